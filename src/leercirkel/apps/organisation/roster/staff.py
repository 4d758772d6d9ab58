"""The people of a roster and the groups they teach, against who is known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from leercirkel.apps.organisation.roster.model import Ref, Span, Spans, StaffChange, State
from leercirkel.apps.organisation.roster.seats import spans_after, without
from leercirkel.core.calendar import school_year_start
from leercirkel.exchange.edexml.codes import ROLES
from leercirkel.exchange.edexml.model import Roster, Staff


def function_of(person: Staff) -> str:
    """What the roster calls the job, in words; it grants nothing."""
    return ", ".join(ROLES.get(role, role) for role in person.roles)[:80]


def compare_staff(state: State, roster: Roster, as_of: date) -> tuple[StaffChange, ...]:
    """Who is new, changed or gone. A roster without staff says nothing of them, and one of an older year takes nobody
    away. Who comes back, or was known from later years only, is there from the school year on."""
    if not roster.staff:
        return ()
    first = school_year_start(roster.school_year)
    known = {each.key: each for each in state.staff}
    newest = state.newest_year is None or roster.school_year >= state.newest_year
    changes = []
    for person in roster.staff:
        was = known.get(person.key)
        start: date | None = first
        until: date | None = None
        if was is not None:
            start = min(first, was.first) if was.first else None
            back = newest and was.until is not None and was.until <= as_of
            until = None if back else was.until
        elif not newest:
            until = school_year_start(roster.school_year + 1)
        changes.append(StaffChange(person.key, was, person, function_of(person), start, until))
    if newest:
        present = {person.key for person in roster.staff}
        for was in state.staff:
            if was.key not in present and (was.first is None or was.first < as_of):
                until = as_of if was.until is None else min(was.until, as_of)
                changes.append(StaffChange(was.key, was, None, first=was.first, until=until))
    return tuple(changes)


def compare_teachers(state: State, roster: Roster, groups: Mapping[str, Ref], as_of: date, *, update: bool) -> Spans:
    """Who begins and who stops teaching a group; a substitute that the school entered stays as it is.

    In a school year that was known, a teacher of whom nothing was known begins on `as_of`.
    """
    if not roster.staff:
        return Spans()
    ids: dict[str, Ref] = {person.key: person.key for person in roster.staff} | {p.key: p.id for p in state.staff}
    start, end = school_year_start(roster.school_year), school_year_start(roster.school_year + 1)
    was: dict[tuple[Ref, Ref], list[Span]] = defaultdict(list)
    fixed: dict[tuple[Ref, Ref], list[Span]] = defaultdict(list)
    for span in state.teachers:
        (fixed if span.fixed else was)[span.who, span.group].append(span)
    told = {
        (ids[person.key], groups[key]): Span(ids[person.key], groups[key], as_of if update else start, end)
        for person in roster.staff
        for key in person.groups
        if key in groups
    }
    added: list[Span] = []
    removed: list[Span] = []
    for pair in dict.fromkeys([*was, *told]):
        before = tuple(was.get(pair, ()))
        after = [
            part for span in spans_after(before, told.get(pair), as_of) for part in without(span, fixed.get(pair, ()))
        ]
        added += [span for span in after if span not in before]
        removed += [span for span in before if span not in after]
    return Spans(tuple(added), tuple(removed))
