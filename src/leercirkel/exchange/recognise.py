"""What kind of file is this? Decided by what is in it, never by its name alone."""

from __future__ import annotations

import re
from typing import Literal

from leercirkel.core.records import dataclass
from leercirkel.core.text import squeezed
from leercirkel.exchange import toml_tables
from leercirkel.exchange.doorstroomtoets.reader import looks_like
from leercirkel.exchange.guardians.reader import COLUMNS as GUARDIAN_COLUMNS
from leercirkel.exchange.lists.layout import METHOD_TESTS, OBSERVATIONS, kind_of
from leercirkel.exchange.marks.reader import COLUMNS as MARK_COLUMNS
from leercirkel.exchange.normtables.reader import COLUMNS as NORM_COLUMNS
from leercirkel.exchange.normtables.reader import REQUIRED as NORM_REQUIRED
from leercirkel.exchange.result_files import is_uwlr
from leercirkel.exchange.tables.layout import Sheet, open_sheet

Kind = Literal[
    "edexml", "results", "uwlr", "doorstroomtoets", "method_tests", "observations", "standards", "calendar",
    "normtable", "marks", "guardians", "interventions", "growth_norms", "mapping", "unknown",
]  # fmt: skip

KIND_LABELS: dict[Kind, str] = {
    "edexml": "leerlingen en groepen (EDEXML)",
    "results": "toetsresultaten",
    "uwlr": "leerresultaten (UWLR)",
    "doorstroomtoets": "uitslag van de doorstroomtoets",
    "method_tests": "methodetoetsen",
    "observations": "observaties",
    "standards": "eigen normen",
    "calendar": "toetskalender",
    "normtable": "normtabellen",
    "marks": "kenmerken van leerlingen",
    "guardians": "ouders en gezag",
    "interventions": "aanpakken en afspraken",
    "growth_norms": "groeinormen",
    "mapping": "mapping van kolommen of toetscodes",
    "unknown": "onbekend",
}

_HEAD = 64 * 1024
_TOML_TABLES: dict[str, Kind] = {
    "standard": "standards", "standards": "standards", "test": "calendar", "tests": "calendar",
    "holiday": "calendar", "holidays": "calendar",
    "intervention": "interventions", "interventions": "interventions", "agreement": "interventions",
    "growth_norm": "growth_norms",
    "columns": "mapping", "wide": "mapping", "values": "mapping", "constants": "mapping", "uwlr": "mapping",
}  # fmt: skip
_TOML_LINE = re.compile(r"\s*\[\[?\s*([A-Za-z_]+)[^\]]*\]\]?\s*(?:#.*)?$")
_TOML_VALUE = re.compile(r"\s*[A-Za-z0-9_\-]+\s*=\s*\S")
_BINARY = {
    b"%PDF": "een PDF",
    b"\x89PNG": "een afbeelding",
    b"\xff\xd8\xff": "een foto",
    b"\x1f\x8b": "een .gz-bestand",
}
_JSON_LIST = re.compile(r"\[\s*(?:[\[\]{\"]|-?[0-9]|true\b|false\b|null\b)")
_JSON_VALUE = re.compile(r"(?:\"[^\"]*\"|-?[0-9.eE+-]+|true|false|null)\s*\Z")
NOT_A_MESSAGE = "dit is JSON, maar geen bericht van de doorstroomtoets"
_MAX_TITLES = 50
_OF_SCHOOLS = {"instellingscode", "brinnummer"}
"""Columns of open data about schools; a file about pupils may have them too."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """The kind of a file and why we think so, in Dutch."""

    kind: Kind
    reason: str


def recognise(data: bytes, name: str) -> Recognised:
    """The kind of these bytes. XML by its first element, TOML by its tables, a table by its header; never raises."""
    return by_content(data, name) or _table(data, name)


def by_content(data: bytes, name: str) -> Recognised | None:
    """The kind of bytes that are no table; None for what must be opened as one (`by_headers` then tells the kind)."""
    head = data[:_HEAD]
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start:
        return Recognised("unknown", "het bestand is leeg")
    if looks_like(data):
        return Recognised("doorstroomtoets", "het noemt de doorstroomtoetsketen")
    for signature, what in _BINARY.items():
        if start.startswith(signature):
            return Recognised("unknown", f"dit is {what}")
    wide = head[:2] in (b"\xff\xfe", b"\xfe\xff")
    text = head.decode("utf-16", "replace") if wide else start.decode("utf-8", "replace")
    text = text.lstrip("\ufeff \t\r\n")
    if text.startswith("{") or _is_json_list(text) or (name.lower().endswith(".json") and _JSON_VALUE.match(text)):
        return Recognised("unknown", NOT_A_MESSAGE)
    if text.startswith("<"):
        return Recognised("uwlr", "het bevat <leerresultaten_verzoek>") if is_uwlr(data) else _xml(text)
    if name.lower().endswith(".toml") or (not wide and _looks_like_toml(text)):
        return _toml(text)
    return None


def _is_json_list(text: str) -> bool:
    """Whether a text is a list in JSON; "[[test]]" or "[columns]" on a line is a table in TOML."""
    return _JSON_LIST.match(text) is not None and not _looks_like_toml(text)


def _xml(text: str) -> Recognised:
    root = re.search(r"<\s*(?:[\w.\-]{1,60}:)?([A-Za-z_][\w.\-]{0,60})[\s/>]", re.sub(r"<[?!][^>]*>", "", text[:8192]))
    if root and root[1].casefold() in ("edex", "leerlinggegevens", "leerlinggegevens_antwoord"):
        return Recognised("edexml", f"het begint met <{root[1]}>")
    if "<!DOCTYPE" in text[:8192] and "<EDEX" in text:
        return Recognised("edexml", "het bevat <EDEX>")
    return Recognised("unknown", f"dit is XML, maar geen EDEXML of UWLR: het begint met <{root[1] if root else '…'}>")


def _looks_like_toml(text: str) -> bool:
    lines = [line for line in text[:4096].split("\n") if line.strip() and not line.lstrip().startswith("#")]
    first = lines[0][:200] if lines else ""
    if first.casefold().startswith("sep="):  # how spreadsheet programs tell the delimiter of a CSV file
        return False
    return bool(_TOML_LINE.match(first) or _TOML_VALUE.match(first))


def _toml(text: str) -> Recognised:
    lines = [line[:200] for line in text.split("\n") if line.lstrip().startswith("[")]
    titles = list(dict.fromkeys(hit[1] for line in lines if (hit := _TOML_LINE.match(line))))[:_MAX_TITLES]
    for title in titles:
        kind = _TOML_TABLES.get(title)
        if kind is not None:
            return Recognised(kind, f"er staat een tabel [{title}] in")
    for title in titles:
        guess = toml_tables.suggestion(title, _TOML_TABLES)
        if guess is not None:
            return Recognised(_TOML_TABLES[guess], f"de tabel [{title}] lijkt op [{guess}]")
    return Recognised("unknown", "er staat geen tabel [[standard]], [[test]], [[intervention]] of [columns] in")


def _table(data: bytes, name: str) -> Recognised:
    sheet, problems = open_sheet(data, name)
    if sheet is None:
        return Recognised("unknown", problems[0].message if problems else "er is geen tabel in gevonden")
    return by_headers(sheet)


def by_headers(sheet: Sheet) -> Recognised:
    """The kind of a table, by what its columns are called."""
    heads = {squeezed(title) for title in sheet.headers.values()}

    def has(columns: dict[str, tuple[str, ...]], key: str) -> bool:
        return any(squeezed(word) in heads for word in (key, *columns[key]))

    kind = kind_of(sheet)
    if kind is METHOD_TESTS:
        return Recognised("method_tests", "er staan een blok en doelen in")
    if kind is OBSERVATIONS:
        return Recognised("observations", "er staat een observatielijst in")
    if has(NORM_COLUMNS, "population") or all(has(NORM_COLUMNS, key) for key in NORM_REQUIRED[-3:]):
        return Recognised("normtable", "de kolommen zijn die van een normtabel")
    if has(MARK_COLUMNS, "vanaf") and (has(MARK_COLUMNS, "bestemming") or has(MARK_COLUMNS, "zorg")):
        return Recognised("marks", "de kolommen zijn die van kenmerken: vanaf, bestemming, zorg")
    if has(GUARDIAN_COLUMNS, "gezag") or has(GUARDIAN_COLUMNS, "contactverbod"):
        return Recognised("guardians", "er staan een ouder en gezag in")
    if len(heads) < 2:
        return Recognised("unknown", "er is maar één kolom gevonden")
    if heads & _OF_SCHOOLS and _is_open_data(sheet):
        return Recognised("unknown", "dit is open data over scholen: lees het in met leercirkel duo add")
    return Recognised("results", f"een tabel met {len(heads)} kolommen")


def _is_open_data(sheet: Sheet) -> bool:
    from leercirkel.exchange.duo import layouts  # its layouts take a moment, and few files come this far

    return layouts.fit([layouts.squared(title) for title in sheet.headers.values()]).layout is not None
