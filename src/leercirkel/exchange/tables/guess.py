"""A proposal for a mapping, from the headers and the values of a file. It proposes; a person decides.

Only when every column that is needed is recognised from its header, once, and its values agree, is there no doubt.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import field
from functools import partial

import polars as pl

from leercirkel.core import dle, expected, levels, reading, reference, subjects
from leercirkel.core.records import dataclass
from leercirkel.exchange.tables import cards, words
from leercirkel.exchange.tables.headers import DUTCH, RESULT_FIELDS, canonical_field, field_of
from leercirkel.exchange.tables.layout import Sheet, open_sheet
from leercirkel.exchange.tables.mapping import Mapping, WideColumn
from leercirkel.exchange.tables.wide_headers import wide_column

_SAMPLE = 300
_ENOUGH = 0.8
_NUMBER = re.compile(r"-?[0-9]{1,4}(?:[.,][0-9]+)?")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A mapping with one sentence per column on how it was read, and what is not certain (empty: nothing)."""

    mapping: Mapping
    explanation: tuple[str, ...]
    doubts: tuple[str, ...]


@dataclass(slots=True)
class _Draft:
    columns: dict[str, str] = field(default_factory=dict)
    wide: list[WideColumn] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


def guess(data: bytes, name: str) -> tuple[Mapping, list[str]]:
    """A mapping for this file and the reasons for it, in Dutch; an empty mapping with the reason when it is unreadable.

    Never raises. The result is a proposal for `mapping_to_toml`, to be looked over by the user.
    """
    sheet, problems = open_sheet(data, name)
    if sheet is None:
        return Mapping(), [f"{p.message} {p.advice}" for p in problems]
    proposal = canonical_proposal(sheet) or propose(sheet)
    notes = [p.message for p in problems]
    return proposal.mapping, [*notes, *proposal.explanation, *(f"Let op: {doubt}" for doubt in proposal.doubts)]


def canonical(sheet: Sheet) -> Mapping | None:
    """The mapping of a table whose every header is one of our own, or None."""
    columns: dict[str, str] = {}
    for header in sheet.headers.values():
        own = canonical_field(header)
        if own is None:
            return None
        columns[own] = header
    return Mapping(columns=columns)


def canonical_proposal(sheet: Sheet) -> Proposal | None:
    """What to say of a table that needs no mapping."""
    mapping = canonical(sheet)
    if mapping is None:
        return None
    return Proposal(mapping, ("Dit bestand heeft onze eigen kop en heeft geen mapping nodig.",), ())


def propose(sheet: Sheet) -> Proposal:
    """The most likely meaning of every column."""
    draft = _Draft()
    unread: list[tuple[str, str]] = []
    fields = {column: field_of(header) for column, header in sheet.headers.items()}
    has_subject = "subject" in fields.values()
    samples = _samples(sheet, [column for column, meant in fields.items() if meant is None or meant in _READERS])
    for column, header in sheet.headers.items():
        values = samples.get(column, [])
        meant = fields[column]
        if meant is not None and not (meant == "avi" and not has_subject):
            _add(draft, meant, header, values)
        elif not has_subject and (found := wide_column(header, _field_of_values(values))) is not None:
            draft.wide.append(found)
            draft.said.append(f"“{header}”: {_test_in_words(found)}.")
        else:
            unread.append((header, column))
    for header, column in unread:
        _from_values(draft, header, samples[column])
    _needed(draft)
    mapping = Mapping(columns=draft.columns, wide=tuple(draft.wide))
    return Proposal(mapping, tuple(draft.said), tuple(draft.doubts))


def _samples(sheet: Sheet, columns: list[str]) -> dict[str, list[str]]:
    """Some of the different texts in each of these columns, in the order of the file."""
    made = (
        sheet.frame.lazy()
        .head(20 * _SAMPLE)
        .select(
            pl.col(column).str.slice(0, 100).drop_nulls().unique(maintain_order=True).head(_SAMPLE).implode()
            for column in columns
        )
    )
    return {column: texts.to_list() for column, (texts,) in made.collect(engine="in-memory").to_dict().items()}


def _add(draft: _Draft, meant: str, header: str, values: list[str]) -> None:
    if meant in draft.columns:
        draft.doubts.append(f"“{draft.columns[meant]}” en “{header}” lijken allebei {DUTCH[meant]}.")
        return
    # a column called "niveau" may hold AVI levels beside the other ones
    reads = _level_or_avi if meant == "level" else _READERS.get(meant)
    if reads and values and _share(values, reads) < _ENOUGH:
        draft.doubts.append(f"“{header}” heet {DUTCH[meant]}, maar de waarden zien er niet zo uit (“{values[0]}”).")
    draft.columns[meant] = header
    draft.said.append(f"“{header}”: {DUTCH[meant]}.")


def _from_values(draft: _Draft, header: str, values: list[str]) -> None:
    """A column whose header says nothing: proposed on its values when they can be one thing only."""
    meant = _meaning_of(values) if len(values) > 1 else None
    if meant is None or meant in draft.columns or draft.wide:
        draft.said.append(f"“{header}”: niet gelezen.")
        return
    draft.columns[meant] = header
    draft.said.append(f"“{header}”: {DUTCH[meant]} (afgeleid uit de waarden, zoals “{values[0]}”).")
    if meant in ("subject", "taken_on", *RESULT_FIELDS):
        draft.doubts.append(f"“{header}” is alleen aan de waarden herkend als {DUTCH[meant]}.")


def _meaning_of(values: list[str]) -> str | None:
    days = [d for d in (words.day(v) for v in values) if d is not None]
    if days and len(days) >= _ENOUGH * len(values):
        # pupils are born over many years and years ago; tests are taken on few days
        births = len(days) > 8 and max(days).year - min(days).year >= 4
        return "birth_date" if births else "taken_on"
    for meant in ("level", "avi", "subject", "reference_level"):
        if _share(values, _READERS[meant]) >= 0.95:
            return meant
    return None


def _field_of_values(values: list[str]) -> str | None:
    """What a result column without a word for it holds: levels, AVI, reference levels, censored DLEs or scores."""
    if not values:
        return None
    if _share(values, cards.card_result) >= _ENOUGH:
        return "card"
    for meant in ("level", "avi", "reference_level"):
        if _share(values, _READERS[meant]) >= _ENOUGH:
            return meant
    if any(v[0] in "<>" for v in values) and _share(values, _READERS["dle"]) >= _ENOUGH:
        return "dle"
    return "score" if _share(values, _READERS["score"]) >= _ENOUGH else None


def _share(values: list[str], reads: Callable[[str], object]) -> float:
    return sum(reads(value) is not None for value in values) / len(values) if values else 0.0


def _level_or_avi(text: str) -> object:
    return levels.parse(text) or reading.parse(text)


_READERS: dict[str, Callable[[str], object]] = {
    "birth_date": partial(words.day, sheet=True),
    "taken_on": partial(words.day, sheet=True),
    "grade": words.grade,
    "subject": subjects.parse,
    "moment": words.moment,
    "school_year": words.school_year,
    "score": _NUMBER.fullmatch,
    "level": levels.parse,
    "dle": dle.parse,
    "percentile": _NUMBER.fullmatch,
    "reference_level": partial(reference.parse, subject="rekenen"),
    "avi": words.avi,
    "test_level": words.test_level,
    "not_taken": expected.parse,
}


def _test_in_words(column: WideColumn) -> str:
    told = ("instrument", "version", "test_level", "moment", "school_year", "taken_on")
    parts = [subjects.label(column.constants["subject"])]
    parts += [column.constants[key] for key in told if key in column.constants]
    return f"{DUTCH[column.field]} van {' '.join(parts)}"


def _needed(draft: _Draft) -> None:
    """Say what is missing before results can be read, or can be read in one way only."""
    columns, wide = draft.columns, draft.wide
    if not {"pupil_key", "surname", "name"} & set(columns):
        draft.doubts.append("Er is geen kolom met leerlingnummers of namen gevonden.")
    elif "pupil_key" not in columns and "birth_date" not in columns:
        draft.doubts.append("Zonder leerlingnummer is een geboortedatum nodig om leerlingen te vinden.")
    if not wide and not any(f in columns for f in RESULT_FIELDS):
        draft.doubts.append("Er is geen kolom met resultaten gevonden.")
    if not wide and "subject" not in columns:
        draft.doubts.append('Er is geen kolom met het vak; zet onder [constants] bijvoorbeeld: subject = "rekenen".')
    dated = {"taken_on", "school_year"}
    if not dated & set(columns) and not (wide and all(dated & set(c.constants) for c in wide)):
        draft.doubts.append('Er is geen afnamedatum; zet onder [constants] bijvoorbeeld: school_year = "2025-2026".')
    grades = {level[-1] for c in wide if (level := c.constants.get("test_level")) and not dated & set(c.constants)}
    if len(grades) > 1 and not dated & set(columns):
        draft.doubts.append("De toetsen zijn van verschillende jaren; zet bij elke [[wide.column]] een school_year.")
    if wide and any(f in columns for f in RESULT_FIELDS):
        both = next(columns[f] for f in RESULT_FIELDS if f in columns)
        draft.doubts.append(f"“{both}” hoort bij geen toets; geef hem een vak of laat hem weg.")
