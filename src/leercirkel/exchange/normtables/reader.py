"""Norm tables (CSV or XLSX) → `core.norms.NormTable`. The format is described in docs/gebruik/eigen-normen.md."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from leercirkel.core import levels, norms, subjects
from leercirkel.core.norm_faults import incomplete, validate, validate_all
from leercirkel.core.norms import NormRow, NormTable
from leercirkel.core.records import dataclass
from leercirkel.core.text import squeezed
from leercirkel.exchange.problems import Problem, shorten
from leercirkel.exchange.small_tables import Line, limited, read_lines
from leercirkel.exchange.tables.words import day, grade, moment
from leercirkel.exchange.toml_tables import one_of, suggestion

COLUMNS: dict[str, tuple[str, ...]] = {
    "instrument": ("toets",),
    "version": ("versie",),
    "subject": ("vak",),
    "population": ("populatie",),
    "grade": ("jaargroep",),
    "moment": (),
    "scale": ("schaal",),
    "kind": ("soort",),
    "lower_bound": ("ondergrens",),
    "label": (),
    "valid_from": ("geldig vanaf",),
    "valid_until": ("geldig tot en met", "geldig tot"),
    "boundary": ("grens", "grensregel"),
    "source_note": ("bron",),
}
REQUIRED = ("instrument", "subject", "population", "kind", "lower_bound", "label")
POPULATIONS = {"leerling": "pupil", "leerlingen": "pupil", "groepsgemiddelde": "group_mean", "groep": "group_mean"}
KINDS = {"niveau": "level", "percentiel": "percentile", "gemiddelde en sd": "mean_sd", "meetfout": "sem"}
_NUMBER = re.compile(r"[+\-−]?[0-9]{1,9}(?:[.,][0-9]{1,9})?")
_NO_END = {"", "-", "-inf", "-∞", "laagste"}


KEY = tuple(column for column in COLUMNS if column not in ("lower_bound", "label", "source_note"))


@dataclass(slots=True)
class _Draft:
    """A table while it is being read: `whole` is false when one of its rows could not be read."""

    first: int
    rows: list[NormRow]
    note: str
    whole: bool = True


def read(data: bytes, name: str) -> tuple[tuple[NormTable, ...] | None, list[Problem]]:
    """The norm tables of a file: rows with the same key make one table, in the order of the file.

    Bounds in the unit of the score, decimal comma or point; an empty bound has no lower end. A table written from high
    to low is turned round. A table with an error is left out; None when none is right. Never raises.
    """
    found, problems = read_lines(data, name, COLUMNS, REQUIRED)
    if found is None:
        return None, problems
    drafts: dict[NormTable, _Draft] = {}
    heads: dict[tuple[str, ...], NormTable | None] = {}
    for line in found.lines:
        written = tuple(line.cells.get(column, "") for column in KEY)
        if written not in heads:
            heads[written] = _head(_Cells(line, name, problems), found.sheet)
        head = heads[written]
        if head is None:
            continue
        draft = drafts.setdefault(head, _Draft(line.number, [], ""))
        row = _norm_row(_Cells(line, name, problems), head)
        draft.note = draft.note or line.cells.get("source_note", "")[:200]
        if row is None:
            draft.whole = False
        else:
            draft.rows.append(row)
    tables = [t for head, draft in drafts.items() if (t := _finished(head, draft, name, problems)) is not None]
    problems += [
        Problem("warning", name, "norm-validity", shorten(fault, 200), "Kijk geldig vanaf en geldig tot na.")
        for fault in validate_all(tables)
    ]
    return tuple(tables) or None, limited(sorted(problems, key=lambda p: p.row or 0), name)


def _finished(head: NormTable, draft: _Draft, name: str, problems: list[Problem]) -> NormTable | None:
    if not draft.whole:
        return None
    bounds = [row.lower_bound for row in draft.rows]
    turned = head.kind not in ("mean_sd", "sem") and all(a > b for a, b in pairwise(bounds))
    table = replace(head, rows=tuple(draft.rows[::-1] if turned else draft.rows), source_note=draft.note)
    faults = validate(table)
    for severity, code, texts in (("error", "norm-table", faults), ("warning", "norm-incomplete", incomplete(table))):
        for text in texts:
            message = shorten(f"{table.name}: {text}", 300)
            advice = "Vergelijk met de handleiding van de toets." if code == "norm-table" else "Vul de kolom aan."
            problems.append(Problem(severity, name, code, message, advice, draft.first))  # type: ignore[arg-type]
    return None if faults else table


@dataclass(frozen=True, slots=True)
class _Cells:
    """One row, and where its problems go."""

    line: Line
    file: str
    problems: list[Problem]

    def text(self, column: str) -> str:
        return self.line.cells.get(column, "")

    def error(self, column: str, code: str, message: str, advice: str) -> None:
        value = shorten(self.text(column)) or None
        self.problems.append(Problem("error", self.file, code, message, advice, self.line.number, column, value))


def _head(cells: _Cells, sheet: bool) -> NormTable | None:
    """The key of a table, without rows; None and every fault of the key when it is wrong."""
    before = len(cells.problems)
    for column, word in (("instrument", "De toets"), ("subject", "Het vak")):
        if not cells.text(column) or len(cells.text(column)) > 200:
            cells.error(column, f"{column}-missing", f"{word} ontbreekt of is te lang.", "Vul de naam in.")
    kind = _choice(cells, "kind", norms.KINDS, KINDS)
    table = NormTable(
        instrument=cells.text("instrument"),
        version=cells.text("version")[:200],
        subject=_subject(cells),
        population=_choice(cells, "population", norms.POPULATIONS, POPULATIONS),  # type: ignore[arg-type]
        grade=_grade(cells),
        moment=_moment(cells),
        scale=_scale(cells, kind),
        kind=kind,  # type: ignore[arg-type]
        rows=(),
        valid_from=_day(cells, "valid_from", sheet),
        valid_until=_day(cells, "valid_until", sheet),
        boundary=_choice(cells, "boundary", norms.BOUNDARIES, {"": "lower_inclusive"}),  # type: ignore[arg-type]
    )
    return None if len(cells.problems) > before else table


def _choice(cells: _Cells, column: str, choices: Sequence[str], synonyms: dict[str, str]) -> str:
    word = cells.text(column).casefold()
    if word in synonyms or word in choices:
        return synonyms.get(word, word)
    guess = suggestion(word, choices) if word else None
    advice = f'Bedoelde u "{guess}"?' if guess else f"Kies {one_of(choices)}."
    cells.error(
        column, f"{column}-unknown", f"De waarde van {column} is onbekend." if word else f"{column} is leeg.", advice
    )
    return choices[0]


def _subject(cells: _Cells) -> str:
    """Our code, or a well-formed code of the school's own."""
    text = cells.text("subject")
    code = subjects.parse(text[:200])
    if code is None and text and not subjects.CODE.fullmatch(text[:200]):
        cells.error("subject", "subject-unknown", "Dit vak is onbekend.", f"Bekend zijn: {one_of(subjects.SUBJECTS)}.")
    return code or text


def _grade(cells: _Cells) -> int | None:
    text = cells.text("grade")
    found = grade(text) if 0 < len(text) <= 40 else None
    if text and found is None:
        cells.error("grade", "grade-unknown", "Dit is geen jaargroep.", "Vul 1 tot en met 8 in, of laat de cel leeg.")
    return found or None


def _moment(cells: _Cells) -> str | None:
    text = cells.text("moment")
    found = moment(text) if 0 < len(text) <= 40 else None
    if text and found is None:
        cells.error("moment", "moment-unknown", "Dit moment is onbekend.", "Vul B, M of E in, of laat de cel leeg.")
    return found


def _scale(cells: _Cells, kind: str) -> str:
    """For levels the scale may be left out when the label tells it; "a–e" is "A-E"."""
    text = cells.text("scale")[:200]
    if kind != "level":
        return text
    if not text:
        label = levels.parse(cells.text("label")[:40])
        return levels.scale_and_rank(label)[0] if label else text
    return next((scale for scale in levels.LEVEL_RANKS if squeezed(scale) == squeezed(text)), text)


def _day(cells: _Cells, column: str, sheet: bool) -> date | None:
    text = cells.text(column)
    found = day(text, sheet=sheet) if 0 < len(text) <= 40 else None
    if text and (found is None or not 1990 <= found.year <= 2100):
        cells.error(column, "date-unreadable", "De datum is niet te lezen of kan niet kloppen.", "Schrijf 01-08-2025.")
        return None
    return found


def _norm_row(cells: _Cells, head: NormTable) -> NormRow | None:
    text = cells.text("lower_bound").replace("−", "-")
    open_below = text.casefold() in _NO_END and head.kind not in ("mean_sd", "sem")
    if not open_below and not _NUMBER.fullmatch(text):
        cells.error("lower_bound", "bound-unreadable", "De ondergrens is geen getal.", "Schrijf bijvoorbeeld 104,7.")
        return None
    bound = -math.inf if open_below else float(text.replace(",", "."))
    label = cells.text("label")
    if not label or len(label) > 40:
        cells.error("label", "label-missing", "Het label ontbreekt of is te lang.", "Vul het niveau of de waarde in.")
        return None
    if head.kind == "level":
        label = levels.parse(label) or label
    elif head.kind in ("mean_sd", "sem"):
        label = {"gemiddelde": "mean", "meetfout": "sem"}.get(label.casefold(), label.casefold())
    return NormRow(bound, label)
