"""Every kind of file we read, in one place: what it is, what reads it, and what must hold between files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from leercirkel.core.records import dataclass
from leercirkel.exchange import cross_checks, result_files
from leercirkel.exchange.calendar import reader as calendar_reader
from leercirkel.exchange.contents import Contents
from leercirkel.exchange.edexml import reader as edexml_reader
from leercirkel.exchange.guardians import reader as guardians_reader
from leercirkel.exchange.interventions import reader as interventions_reader
from leercirkel.exchange.marks import reader as marks_reader
from leercirkel.exchange.normtables import reader as normtables_reader
from leercirkel.exchange.problems import Problem, has_errors, shorten
from leercirkel.exchange.recognise import KIND_LABELS, Kind, Recognised, recognise
from leercirkel.exchange.result_files import AnyMapping
from leercirkel.exchange.standards import reader as standards_reader
from leercirkel.exchange.tables import reader as tables_reader
from leercirkel.exchange.tables.reader import ResultTable

__all__ = ["FORMATS", "KIND_LABELS", "AnyMapping", "Contents", "Format", "Kind", "Recognised", "check", "recognise"]


Reader = Callable[[bytes, str, Contents], list[Problem]]


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file: its Dutch name, what it looks like, and the function that reads it into the contents."""

    kind: Kind
    label: str
    looks_like: str
    read: Reader


def _into(target: str, reader: Callable[[bytes, str], tuple[Any, list[Problem]]], *, named: bool = False) -> Reader:
    def read(data: bytes, name: str, contents: Contents) -> list[Problem]:
        found, problems = reader(data, name)
        if found is not None:
            getattr(contents, target).append((name, found) if named else found)
        return problems

    return read


def _read_results(data: bytes, name: str, contents: Contents) -> list[Problem]:
    found, problems = result_files.read(data, name, contents.mappings)
    if isinstance(found, ResultTable):
        contents.results.append(found)
    elif found is not None:
        contents.other_results.append(found)
    return problems


def _read_marks(data: bytes, name: str, contents: Contents) -> list[Problem]:
    school = contents.rosters[-1].school if contents.rosters else ""
    frame, problems = marks_reader.read(data, name, school)
    if frame is not None:
        contents.marks.append((name, frame))
    return problems


def _read_growth_norms(data: bytes, name: str, contents: Contents) -> list[Problem]:
    from leercirkel.exchange.growth_norms import reader  # brings numpy, for a file that few have

    return _into("growth_norms", reader.read, named=True)(data, name, contents)


# In the order of reading: a mapping before the results it is for, rosters before the marks of their pupils.
FORMATS: tuple[Format, ...] = (
    Format("mapping", KIND_LABELS["mapping"], "TOML met [columns] of [[uwlr]]",
           _into("mappings", result_files.read_mapping)),
    Format("edexml", KIND_LABELS["edexml"], "XML dat begint met <EDEX>", _into("rosters", edexml_reader.read)),
    Format("results", KIND_LABELS["results"], "CSV of XLSX, een rij per resultaat of per leerling", _read_results),
    Format("uwlr", KIND_LABELS["uwlr"], "XML met <leerresultaten_verzoek>", _read_results),
    Format("doorstroomtoets", KIND_LABELS["doorstroomtoets"], "JSON met resultatenscores", _read_results),
    Format("method_tests", KIND_LABELS["method_tests"], "CSV of XLSX met vak, blok, datum en doelen", _read_results),
    Format("observations", KIND_LABELS["observations"], "CSV of XLSX met lijst, datum en domeinen", _read_results),
    Format("standards", KIND_LABELS["standards"], "TOML met [[standard]]", _into("standards", standards_reader.read)),
    Format("calendar", KIND_LABELS["calendar"], "TOML met [[test]] of [[holiday]]",
           _into("calendars", calendar_reader.read_all, named=True)),
    Format("normtable", KIND_LABELS["normtable"], "CSV met instrument, population, kind, lower_bound en label",
           _into("norms", normtables_reader.read, named=True)),
    Format("marks", KIND_LABELS["marks"], "CSV met leerlingnummer, vanaf, tot, bestemming, zorg", _read_marks),
    Format("guardians", KIND_LABELS["guardians"], "CSV met leerlingnummer, achternaam, gezag",
           _into("guardians", guardians_reader.read, named=True)),
    Format("interventions", KIND_LABELS["interventions"], "TOML met [[intervention]] of [[agreement]]",
           _into("interventions", interventions_reader.read)),
    Format("growth_norms", KIND_LABELS["growth_norms"], "TOML met [[growth_norm]]",
           _read_growth_norms),
)  # fmt: skip


def check(files: Sequence[tuple[bytes, str]], mappings: Sequence[AnyMapping] = ()) -> list[Problem]:
    """Everything that is wrong with these files, given as (bytes, name), each read by the reader of its kind.

    First the problems per file, in the order given; then those between files (`cross_checks`), which only run on what
    could be read. `mappings` are used for result tables, beside mapping files among `files`. Never raises.
    """
    contents = Contents(mappings=list(mappings))
    recognised = [recognise(data, name) for data, name in files]
    found: dict[int, list[Problem]] = {}
    for format_ in FORMATS:
        for place, (data, name) in enumerate(files):
            if recognised[place].kind == format_.kind:
                found[place] = format_.read(data, name, contents)
    for place, (data, name) in enumerate(files):
        if recognised[place].kind == "unknown":
            found[place] = _refused(data, name, recognised[place].reason)
    problems = [problem for place in range(len(files)) for problem in found[place]]
    return problems + cross_checks.between(contents)


def _refused(data: bytes, name: str, reason: str) -> list[Problem]:
    """Why a file that is of no kind cannot be read: what the nearest reader says of it, else what we do read."""
    start = data[:64].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if start.startswith(b"<"):
        return edexml_reader.read(data, name)[1]
    told = tables_reader.read(data, name)[1] if data.strip() else []
    # a table that was opened no further than its own fault: that record has the row and the advice
    if has_errors(told) and (start.startswith(b"PK") or reason == told[0].message):
        return told
    known = "; ".join(f"{f.label} ({f.looks_like})" for f in FORMATS)
    message = f"Wij herkennen dit bestand niet: {shorten(reason, 160).rstrip('.')}."
    return [Problem("error", name, "file-unknown", message, f"Wij lezen: {known}.")]
