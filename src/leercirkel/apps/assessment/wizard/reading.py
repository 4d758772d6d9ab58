"""Files as somebody uploaded them: what each is, what it holds, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from leercirkel.exchange import registry, result_files
from leercirkel.exchange.doorstroomtoets import reader as doorstroom
from leercirkel.exchange.lists import layout as lists
from leercirkel.exchange.lists import method_tests, observations
from leercirkel.exchange.marks import reader as marks
from leercirkel.exchange.marks.reader import Mark
from leercirkel.exchange.problems import Problem
from leercirkel.exchange.recognise import Kind, by_content, by_headers
from leercirkel.exchange.result_files import AnyMapping, ResultFile
from leercirkel.exchange.tables import reader as tables
from leercirkel.exchange.tables.layout import Sheet
from leercirkel.exchange.tables.mapping import Mapping, mapping_for
from leercirkel.exchange.tables.reader import Opened
from leercirkel.exchange.uwlr import reader as uwlr
from leercirkel.exchange.uwlr.codes import UwlrCodes

KEPT: tuple[Kind, ...] = ("results", "uwlr", "doorstroomtoets", "method_tests", "observations", "marks")
"""Kinds of files whose rows are kept."""

Remembered = Callable[[str], AnyMapping | None]
"""What was decided before on files with this signature."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file, and the mapping that was made for it."""

    name: str
    content: bytes
    mapping: AnyMapping | None = None


@dataclass(frozen=True, slots=True)
class MarksFile:
    """The marks in one file."""

    file: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """One file. `found` is None when nothing of it can be used. `signature` is the same for every export of one source;
    `asks`: somebody has to say what its columns or codes mean."""

    name: str
    sha256: str
    kind: Kind
    signature: str
    found: ResultFile | MarksFile | None
    problems: tuple[Problem, ...]
    asks: bool = False


@dataclass(frozen=True, slots=True)
class _Half:
    kind: Kind
    signature: str
    found: Opened | ResultFile | MarksFile | None
    problems: list[Problem]


def nothing_remembered(signature: str) -> None:
    """Without a memory: every file as proposed."""


def read(
    uploads: Sequence[Upload], remembered: Remembered = nothing_remembered, mappings: Sequence[AnyMapping] = ()
) -> list[Read]:
    """What every file holds, in the order given. `mappings` are for all files, as on the command line; files among the
    uploads that are mappings count as such. Never raises for what is in a file."""
    given = list(mappings)
    for upload in uploads:
        recognised = by_content(upload.content, upload.name)
        if recognised is not None and recognised.kind == "mapping":
            made, _ = result_files.read_mapping(upload.content, upload.name)
            given += [made] if made is not None else []
    halves = [_opened(upload, remembered, given) for upload in uploads]
    finished = iter(tables.read_rows([half.found for half in halves if isinstance(half.found, Opened)]))
    out = []
    for upload, half in zip(uploads, halves, strict=True):
        found, problems = next(finished) if isinstance(half.found, Opened) else (half.found, half.problems)
        asks = any(p.code in ("mapping-needed", "column-missing", "test-unknown") for p in problems)
        asks = asks and half.kind in ("results", "uwlr")
        out.append(Read(upload.name, hash_of(upload.content), half.kind, half.signature, found, _told(problems), asks))
    return out


def hash_of(content: bytes) -> str:
    """By which a file is known again."""
    return sha256(content).hexdigest()


def signature_of(kind: str, headers: Iterable[str] = ()) -> str:
    """Over the headers in the order of the file; of a file without headers its kind."""
    return sha256("\x1f".join([kind, *headers]).encode()).hexdigest()


def _opened(upload: Upload, remembered: Remembered, given: Sequence[AnyMapping]) -> _Half:
    data, name = upload.content, upload.name
    recognised = by_content(data, name)
    if recognised is None:
        return _table(upload, remembered, given)
    kind = recognised.kind
    signature = signature_of(kind)
    if kind == "uwlr":
        codes = [upload.mapping or remembered(signature), *given]
        return _Half(kind, signature, *uwlr.read_all(data, name, [c for c in codes if isinstance(c, UwlrCodes)]))
    if kind == "doorstroomtoets":
        return _Half(kind, signature, *doorstroom.read(data, name))
    return _Half(kind, signature, None, _refused(data, name, kind))


def _table(upload: Upload, remembered: Remembered, given: Sequence[AnyMapping]) -> _Half:
    data, name = upload.content, upload.name
    own = upload.mapping if isinstance(upload.mapping, Mapping) else None
    own = own or mapping_for(name, [m for m in given if isinstance(m, Mapping)])
    sheet, problems = tables.opened_sheet(data, name, own)
    if sheet is None:
        return _Half("unknown", "", None, problems)
    kind = by_headers(sheet).kind
    signature = signature_of("table", sheet.headers.values())
    before = remembered(signature) if own is None else None
    own = before if isinstance(before, Mapping) else own
    if kind in ("method_tests", "observations") and not (own is not None and own.files):
        return _Half(kind, signature, *_list(data, name, lists.kind_of(sheet) is lists.METHOD_TESTS))
    if kind == "marks":
        return _Half(kind, signature, *_marks(data, name))
    if kind == "results" or own is not None:
        return _Half("results", signature, *_results(sheet, problems, name, own))
    return _Half(kind, signature, None, _refused(data, name, kind))


def _list(data: bytes, name: str, of_methods: bool) -> tuple[ResultFile | None, list[Problem]]:
    return method_tests.read(data, name) if of_methods else observations.read(data, name)


def _results(
    sheet: Sheet, problems: list[Problem], name: str, mapping: Mapping | None
) -> tuple[Opened | None, list[Problem]]:
    return tables.open_rows(sheet, problems, name, mapping)


def _marks(data: bytes, name: str) -> tuple[MarksFile | None, list[Problem]]:
    table, problems = marks.read_table(data, name)
    if table is None:
        return None, problems
    lines = marks.lines_of(table, name, problems)
    marks.frame_of(lines, "", None, name, problems)
    at = {problem.row for problem in problems if problem.code == "marks-overlap"}
    return MarksFile(name, tuple(line for line in lines if line.row not in at)), problems


_ELSEWHERE: dict[Kind, tuple[str, str]] = {
    "edexml": ("Dit is een leerlingenlijst (EDEXML).", "Lees die in bij Beheer, Leerlingenlijst."),
    "guardians": ("Dit is een lijst van ouders en gezag.", "Lees die in bij Beheer, Ouders inlezen."),
    "standards": ("Dit zijn eigen normen.", "Lees ze in bij Kwaliteit, Eigen normen."),
    "calendar": ("Dit is een toetskalender.", "Vul hem in bij Toetsen, Toetskalender."),
    "normtable": ("Dit zijn normtabellen.", "Lees ze in bij Kwaliteit, Normtabellen."),
    "interventions": ("Dit zijn aanpakken en afspraken.", "Lees ze in bij Kwaliteit, Aanpakken."),
    "growth_norms": ("Dit zijn groeinormen.", "Gebruik ze op de opdrachtregel: leercirkel growth-norms --use."),
}


def _refused(data: bytes, name: str, kind: Kind) -> list[Problem]:
    """Why nothing of this file comes in, and where to go with it."""
    if kind == "mapping":
        found, problems = result_files.read_mapping(data, name)
        told = Problem("notice", name, "mapping-used", "Dit is een mapping; zij is gebruikt voor de andere bestanden.",
                       "U hoeft niets te doen.")  # fmt: skip
        return problems if found is None else [*problems, told]
    if kind in _ELSEWHERE:
        message, advice = _ELSEWHERE[kind]
        return [Problem("error", name, "other-kind", f"{message} Er komt niets van binnen bij de resultaten.", advice)]
    return registry.check([(data, name)])


_ON_A_PAGE = {
    "mapping-needed": "Kies bij dit bestand wat de kolommen betekenen.",
    "columns-recognised": "Klopt dit niet, kies dan bij dit bestand zelf wat de kolommen betekenen.",
    "test-unknown": "Kies bij dit bestand wat deze toetscode is.",
    "date-unreadable": "Schrijf de datum als 31-01-2027, of kies bij dit bestand hoe de datums staan.",
}
_IN_A_MAPPING = re.compile(r"; zet (?:onder|bij elke) \[.*?(?=\.(?: |$))")


def _told(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """What readers say for the command line, as it is done on the page."""
    return tuple(
        replace(p, message=_IN_A_MAPPING.sub("", p.message), advice=_ON_A_PAGE.get(p.code, p.advice)) for p in problems
    )
