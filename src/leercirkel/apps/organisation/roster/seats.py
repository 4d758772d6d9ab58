"""Where a pupil sits on which days of a school year, after one more roster. Days run up to but not including the last.

What was known before `as_of` stays: a roster tells where somebody is, not since when. Entry and leaving dates do hold
for the past. The rules in words, with examples: docs/domein/leerlingadministratie.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeVar

from leercirkel.apps.organisation.roster.model import Ref, Seat, Span
from leercirkel.core.calendar import school_year_of, school_year_start

Dated = TypeVar("Dated", Seat, Span)


@dataclass(frozen=True, slots=True)
class Record:
    """One line of a roster: in this class from `first` up to `until`. `first` None: since when is not told."""

    group: Ref | None
    grade: str
    first: date | None
    until: date


def seats_after(was: Sequence[Seat], records: Sequence[Record], as_of: date, unknown_first: date) -> tuple[Seat, ...]:
    """All seats of a pupil in a school year, given those known and the lines of a roster that is true on `as_of`.

    A seat that ended before a line begins stays. Several lines (enrolled twice, one after the other) follow each other:
    the next one ends the one before. `unknown_first`: where a line without an entry date begins when no seat was known.
    Without lines every seat ends at `as_of`.
    """
    if not records:
        return tuple(cut(was, until=as_of))
    alone = len(records) == 1  # of one of several lines it is not clear which seats it is about
    found = [
        (_first(record, was, unknown_first) if alone else _first(record, (), date.max), record) for record in records
    ]
    started = sorted((each for each in found if each[0] < each[1].until), key=lambda each: (each[0], each[1].until))
    if not started:
        return tuple(cut(was, until=as_of))
    seats = [seat for seat in was if seat.until <= started[0][0]]
    bounds = [first for first, _ in started[1:]] + [date.max]
    for (first, record), bound in zip(started, bounds, strict=True):
        until = min(record.until, bound)
        # only within a line: a day of entry stays a boundary, or the next roster would move it
        seats += _joined(_of_record(cut(was, first, bound), replace(record, until=until), first, as_of))
    return tuple(seats)


def _first(record: Record, was: Sequence[Seat], unknown: date) -> date:
    if record.first is not None:
        return record.first
    first = min((seat.first for seat in was if seat.first < record.until), default=unknown)
    # who came and left between two rosters was there from some day of the school year on
    return first if first < record.until else school_year_start(school_year_of(record.until - timedelta(days=1)))


def _of_record(known: Sequence[Seat], record: Record, first: date, as_of: date) -> list[Seat]:
    if first >= record.until:
        return []
    whole = Seat(record.group, record.grade, first, record.until)
    past = cut(known, until=min(as_of, record.until))
    if not past:
        return [whole]
    past[0] = replace(past[0], first=first)
    if as_of < record.until:
        past.append(replace(whole, first=as_of))
    else:  # left by then: the leaving date holds for what was known
        past[-1] = replace(past[-1], until=record.until)
    return past


def spans_after(was: Sequence[Span], told: Span | None, as_of: date) -> tuple[Span, ...]:
    """The days of somebody with one group: those known before `as_of`, and from then on what is told.

    `told` begins where it begins when nothing was known, and else at `as_of`.
    """
    past = cut(was, until=as_of if told is None else min(as_of, told.until))
    if told is None:
        return tuple(past)
    now = replace(told, first=max(told.first, as_of)) if past else told
    return tuple(_joined([*past, now] if now.first < now.until else past))


def without(span: Span, others: Iterable[Span]) -> list[Span]:
    """The parts of a span on which none of the others lies."""
    parts = [span]
    for other in others:
        parts = [p for part in parts for p in (*cut([part], until=other.first), *cut([part], first=other.until))]
    return parts


def cut(rows: Iterable[Dated], first: date = date.min, until: date = date.max) -> list[Dated]:
    """The parts of rows within these days, in order."""
    parts = (replace(row, first=max(row.first, first), until=min(row.until, until)) for row in rows)
    return sorted((row for row in parts if row.first < row.until), key=lambda row: row.first)


def _joined(rows: Iterable[Dated]) -> list[Dated]:
    """Rows that say the same and follow each other without a day between them are one."""
    made: list[Dated] = []
    for row in sorted(rows, key=lambda r: r.first):
        if made and replace(made[-1], first=row.first, until=row.until) == row and made[-1].until == row.first:
            made[-1] = replace(made[-1], until=row.until)
        else:
            made.append(row)
    return made
