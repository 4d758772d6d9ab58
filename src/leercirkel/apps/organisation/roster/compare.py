"""The plan: everything that a roster would change of what is known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

from leercirkel.apps.organisation.roster.groups import match_groups
from leercirkel.apps.organisation.roster.matching import Choices, match, window
from leercirkel.apps.organisation.roster.model import (
    Facts,
    GroupChange,
    Mode,
    Move,
    Plan,
    PupilChange,
    Ref,
    Seat,
    Span,
    Spans,
    State,
)
from leercirkel.apps.organisation.roster.seats import Record, cut, seats_after, spans_after
from leercirkel.apps.organisation.roster.staff import compare_staff, compare_teachers
from leercirkel.core.calendar import school_year_start
from leercirkel.exchange.edexml.model import Pupil, Roster


def mode_of(state: State) -> Mode:
    """What a roster of the state's school year is to the school."""
    if state.groups or any(state.seats.values()):
        return Mode.UPDATE
    if state.newest_year is None:
        return Mode.FIRST
    return Mode.NEW_YEAR if state.school_year > state.newest_year else Mode.HISTORY


def compare(
    state: State,
    roster: Roster,
    today: date,
    choices: Choices | None = None,
    subjects: Mapping[str, str] | None = None,
) -> Plan:
    """What confirming this roster would do. Pure: the same arguments give the same plan.

    `today` is the day that it is true on when the file tells none. `choices`: answers to the questions of an earlier
    plan on the same state; `subjects`: key of an instruction group → subject. Raises WrongChoice (matching.py).
    """
    mode = mode_of(state)
    first, end = school_year_start(roster.school_year), school_year_start(roster.school_year + 1)
    as_of = min(max(roster.reference_date or roster.created_on or today, first), end)
    matching = match(state, roster, choices)
    groups, vanished = match_groups(state, roster, matching, subjects)
    refs: dict[str, Ref] = {group.ref: group.ref if group.id is None else group.id for group in groups}
    lines: dict[int | str, list[int]] = defaultdict(list)
    for index in sorted([*matching.pupils, *matching.same_as]):
        root = matching.same_as.get(index, index)
        pupil = matching.pupils[root]
        lines[f"new-{root}" if pupil is None else pupil].append(index)
    comparer = _Comparer(state, roster, mode, as_of, refs)
    changes = [comparer.change(who if isinstance(who, int) else None, tuple(rows)) for who, rows in lines.items()]
    absent = [pupil for pupil in {**state.before, **state.seats} if pupil not in lines]
    gone = [comparer.change(pupil, ()) for pupil in absent]
    changes += [change for change in gone if change.changed or change.move is Move.LEAVES]
    return Plan(
        roster=roster,
        mode=mode,
        as_of=as_of,
        matching=matching,
        groups=groups,
        vanished=tuple(group for group in vanished if _used(state, group.id, as_of)),
        pupils=tuple(changes),
        members=_members(state, roster, groups, changes, refs, as_of, mode, {group.id for group in vanished}),
        staff=compare_staff(state, roster, as_of),
        teachers=compare_teachers(state, roster, refs, as_of, update=mode is Mode.UPDATE),
    )


def _used(state: State, group: int, day: date) -> bool:
    """Whether anybody is in a group on or after a day."""
    seats = (seat for rows in state.seats.values() for seat in rows)
    in_class = any(seat.group == group and seat.until > day for seat in seats)
    return in_class or any(span.group == group and span.until > day for span in state.members)


class _Comparer:
    def __init__(self, state: State, roster: Roster, mode: Mode, as_of: date, refs: Mapping[str, Ref]) -> None:
        self.state, self.roster, self.mode, self.as_of, self.refs = state, roster, mode, as_of, refs
        self.start = school_year_start(roster.school_year)
        self.unknown_first = as_of if mode is Mode.UPDATE else self.start

    def change(self, pupil: int | None, indexes: tuple[int, ...]) -> PupilChange:
        """What the lines at these places (none: not in the roster) do to a pupil (None: a new one)."""
        known = self.state.pupils[pupil] if pupil is not None else None
        was = self.state.seats.get(pupil, ()) if pupil is not None else ()
        rows = sorted((self.roster.pupils[i] for i in indexes), key=lambda row: row.enrolled_on or date.min)
        there = [row for row in rows if _days(row, self.roster.school_year, self.start) > 0]
        records = [self._record(row) for row in there]
        seats = seats_after(was, records, self.as_of, self.unknown_first) if records else self._gone(was, rows)
        before = self._before(pupil, rows)
        facts = known.facts if known else Facts()
        if rows:
            newest = known is None or known.last_year is None or self.roster.school_year >= known.last_year
            facts = facts.filled(self._facts(rows[-1]), overwrite=newest)
        came = seats and not was and self._last(pupil) is None and self.mode in (Mode.UPDATE, Mode.NEW_YEAR)
        if came and facts.enrolled_on is None:
            facts = replace(facts, enrolled_on=seats[0].first)
        order = sorted(indexes, key=lambda i: self.roster.pupils[i].enrolled_on or date.min)
        return PupilChange(
            id=pupil,
            indexes=tuple(order),
            move=self._move(pupil, was, seats),
            facts=facts,
            known=known,
            keys=frozenset(known.keys if known else ()) | {row.key for row in rows if row.stable_key},
            seats=seats,
            was=was,
            last=self._last(pupil),
            before=before,
        )

    def _record(self, row: Pupil) -> Record:
        first, until = window(row, self.roster.school_year)
        return Record(self.refs.get(row.group or ""), row.grade or "", first, until)

    def _gone(self, was: tuple[Seat, ...], rows: list[Pupil]) -> tuple[Seat, ...]:
        """The seats of who is not there: up to the leaving date when it is told, else up to the day of the roster."""
        left = [row.left_on for row in rows if row.left_on]
        until = min([self.as_of, *(day + timedelta(days=1) for day in left)]) if left else self.as_of
        return tuple(cut(was, until=until))

    def _before(self, pupil: int | None, rows: list[Pupil]) -> tuple[Seat, ...] | None:
        """The seats of the year before, when they run into this year or past the day of leaving."""
        before = self.state.before.get(pupil, ()) if pupil is not None else ()
        until = self.start
        last = rows[-1] if rows else None
        if last is not None and last.left_on and not (last.enrolled_on and last.enrolled_on > last.left_on):
            until = min(until, last.left_on + timedelta(days=1))
        after = tuple(cut(before, until=until))
        return None if after == before else after

    @staticmethod
    def _facts(row: Pupil) -> Facts:
        return Facts(
            row.first_name, row.prefix, row.surname, row.birth_date, row.gender, row.start_group3, row.enrolled_on
        )

    def _last(self, pupil: int | None) -> Seat | None:
        """Where the pupil sat on the last day of the year before."""
        before = self.state.before.get(pupil, ()) if pupil is not None else ()
        return next((seat for seat in before if seat.until >= self.start), None)

    def _move(self, pupil: int | None, was: tuple[Seat, ...], seats: tuple[Seat, ...]) -> Move:
        end = school_year_start(self.roster.school_year + 1)
        if pupil is None:
            return Move.JOINS
        if was:
            until = seats[-1].until if seats else date.min
            if until < min(was[-1].until, end):
                return Move.LEAVES
            if was[-1].until <= self.as_of < until:
                return Move.RETURNS
            same = bool(seats) and (seats[-1].group, seats[-1].grade) == (was[-1].group, was[-1].grade)
            return Move.STAYS if same else Move.MOVES
        last = self._last(pupil)
        if not seats:
            return Move.LEAVES if last and self.mode is Mode.NEW_YEAR else Move.FORMER
        if self.mode is Mode.HISTORY:
            return Move.STAYS
        if self.mode is Mode.UPDATE or last is None:
            return Move.RETURNS
        return _grade_move(last.grade, seats[-1].grade)


def _days(row: Pupil, school_year: int, start: date) -> int:
    first, until = window(row, school_year)
    return (until - (first or start)).days


def _grade_move(before: str, now: str) -> Move:
    """Up, the same grade again, or more than one up; grades that are no number (S) just stay."""
    if not (before.isdigit() and now.isdigit()):
        return Move.STAYS
    step = int(now) - int(before)
    return {0: Move.REPEATS, 1: Move.UP}.get(step, Move.SKIPS if step > 1 else Move.REPEATS)


def _members(
    state: State,
    roster: Roster,
    groups: tuple[GroupChange, ...],
    changes: list[PupilChange],
    refs: Mapping[str, Ref],
    as_of: date,
    mode: Mode,
    vanished: Collection[int],
) -> Spans:
    """Who comes in and who goes out of instruction groups. A roster that has none says nothing of them. Who was put in
    one by the school itself stays there, unless the roster tells where this pupil is taught that subject, or the group
    is no more (`vanished`)."""
    if not any(group.mixed for group in groups):
        return Spans()
    was: dict[tuple[Ref, Ref], list[Span]] = defaultdict(list)
    for span in state.members:
        was[span.who, span.group].append(span)
    told = dict(_told(roster, changes, refs, as_of, mode))
    never = (date.min, date.min)
    within: dict[Ref, tuple[date, date]] = {
        change.id: (change.seats[0].first, change.seats[-1].until) if change.seats else never
        for change in changes
        if change.id
    }
    subject: dict[Ref, str] = {refs[group.ref]: group.subject for group in groups if group.mixed}
    taught = {(who, subject.get(group)) for who, group in told}
    added: list[Span] = []
    removed: list[Span] = []
    for pair in dict.fromkeys([*was, *told]):
        who, group = pair
        before = tuple(was.get(pair, ()))
        stays = (who, subject.get(group)) not in taught and group not in vanished
        own = [span for span in before if span.fixed and stays]
        rest = tuple(span for span in before if span not in own)
        after = cut([*spans_after(rest, told.get(pair), as_of), *own], *within.get(who, (date.min, date.max)))
        added += [span for span in after if span not in before]
        removed += [span for span in before if span not in after]
    return Spans(tuple(added), tuple(removed))


def new_ref(change: PupilChange) -> str:
    """What stands for the id of a pupil who is new."""
    return f"new-{change.indexes[0]}"


def _told(
    roster: Roster, changes: list[PupilChange], refs: Mapping[str, Ref], as_of: date, mode: Mode
) -> Iterator[tuple[tuple[Ref, Ref], Span]]:
    """Who is in which instruction group, from the last line on each pupil: as long as the pupil is at school, and in a
    school year that was known from the day of the roster."""
    for change in changes:
        if not change.indexes or not change.seats:
            continue
        who: Ref = change.id if change.id is not None else new_ref(change)
        first, until = change.seats[0].first, change.seats[-1].until
        if mode is Mode.UPDATE and change.was:
            first = max(first, as_of)
        for key in roster.pupils[change.indexes[-1]].instruction_groups:
            if first < until:
                yield (who, refs[key]), Span(who, refs[key], first, until)
