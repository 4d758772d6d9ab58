"""A series of talks placed in days and hours: nobody at two at once, each led by someone who works that day.

A proposal for who plans them (`docs/domein/cyclus.md`); nothing is moved that stands already.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from leercirkel.core.calendar import Holiday
from leercirkel.core.records import dataclass


@dataclass(frozen=True, slots=True)
class Wanted:
    """A talk to be placed: `key`, and who must be there beside who leads it (the teachers)."""

    key: int
    people: frozenset[int]


@dataclass(frozen=True, slots=True)
class Taken:
    """Time that somebody has something else. Touching is no clash: the next may begin when this ends."""

    person: int
    starts: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class Placed:
    """When a talk is, and who leads it."""

    key: int
    leader: int
    starts: datetime
    ends: datetime


def days_between(first: date, last: date, holidays: Iterable[Holiday]) -> list[date]:
    """Mondays to Fridays from `first` to `last`, both included, outside the holidays."""
    free = list(holidays)
    span = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [day for day in span if day.weekday() < 5 and not any(one.first <= day <= one.last for one in free)]


def place(
    wanted: Sequence[Wanted],
    slots: Sequence[tuple[datetime, datetime]],
    leaders: Mapping[int, frozenset[int]],
    taken: Iterable[Taken] = (),
) -> tuple[tuple[Placed, ...], tuple[int, ...]]:
    """Where each talk can be, and the keys of those for which there is no room.

    `slots`: from when to when, in order, none over another. `leaders`: who can lead, and on which days of the week
    (Monday 0). A talk goes to the first slot that is free for all its people and one leader; the leader with the fewest
    talks so far first. When a talk finds no room, those before it are moved once more for it (an augmenting path), so
    that none is left out that fits beside the others, but for people who are in several talks.
    """
    busy: dict[int, list[tuple[datetime, datetime]]] = {}
    for one in taken:
        busy.setdefault(one.person, []).append((one.starts, one.ends))

    def free(person: int, slot: int) -> bool:
        starts, ends = slots[slot]
        return all(ends <= a or b <= starts for a, b in busy.get(person, ()))

    of_key = {one.key: one for one in wanted}
    at: dict[tuple[int, int], int] = {}
    """(slot, leader) → key of the talk that is there."""
    where: dict[int, tuple[int, int]] = {}

    def clashes(one: Wanted, slot: int, leader: int) -> bool:
        """Whether somebody of this talk is in another talk in that slot, apart from the one that would be moved."""
        there = {*one.people, leader}
        return any(
            there & {*of_key[key].people, who}
            for (number, who), key in at.items()
            if number == slot and who != leader and key != one.key
        )

    def seats(one: Wanted) -> list[tuple[int, int]]:
        load = {leader: sum(1 for _, who in at if who == leader) for leader in leaders}
        return [
            (slot, leader)
            for slot in range(len(slots))
            if all(free(person, slot) for person in one.people)
            for leader in sorted(leaders, key=lambda who: (load[who], who))
            if slots[slot][0].weekday() in leaders[leader] and free(leader, slot)
        ]

    def settle(one: Wanted, tried: set[tuple[int, int]]) -> bool:
        options = [seat for seat in seats(one) if not clashes(one, *seat)]
        for seat in options:
            if seat not in at:
                at[seat], where[one.key] = one.key, seat
                return True
        for seat in options:
            if seat in tried or seat not in at:
                continue
            tried.add(seat)
            other = at.pop(seat)
            del where[other]
            at[seat], where[one.key] = one.key, seat
            if settle(of_key[other], tried):
                return True
            del where[one.key]
            at[seat], where[other] = other, seat
        return False

    left_out = tuple(one.key for one in wanted if not settle(one, set()))
    placed = (Placed(key, who, *slots[slot]) for key, (slot, who) in where.items())
    return tuple(sorted(placed, key=lambda one: (one.starts, one.leader))), left_out


def clash(placed: Sequence[tuple[frozenset[int], datetime, datetime]], taken: Iterable[Taken]) -> int | None:
    """The place in `placed` (who is there, from, until) of the first talk with someone who is elsewhere then, or None.

    Among themselves and with what stands already.
    """
    others = list(taken)
    for number, (people, starts, ends) in enumerate(placed):
        if any(one.person in people and one.starts < ends and starts < one.ends for one in others):
            return number
        if any(who & people and a < ends and starts < b for who, a, b in placed[:number]):
            return number
    return None
