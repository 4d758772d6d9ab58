"""What a school did about its results: an intervention with who, how long and how far it was carried out.

Measuring what it brought: `core.effect` and `docs/domein/effect.md`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta

from leercirkel.core.records import dataclass

CARRIED_OUT_FROM = 0.5
"""An intervention counts as carried out from this part of the agreed weeks; a school may choose another part."""

LONG_FROM_DAYS = 215
"""From so many days (about seven months) an intervention is measured per half year instead of at once."""


@dataclass(frozen=True, slots=True)
class Observed:
    """A goal that people looked for in pupils where no test measures it: seen in `reached` of the `of` observed."""

    goal: str
    reached: int
    of: int
    observers: int | None = None


@dataclass(frozen=True, slots=True)
class Intervention:
    """One intervention; `start` and `end` are its first and last day.

    Who took part: all pupils of `groups` and of `instruction_groups` on the first day, and `pupils` by key. `subject`
    None: no test measures it. `instrument` None: the test that most of them took. `selected_low`: the lowest scorers
    were chosen.
    """

    name: str
    start: date
    end: date
    subject: str | None = None
    instrument: str | None = None
    weeks_planned: int | None = None
    weeks_given: int | None = None
    groups: tuple[str, ...] = ()
    instruction_groups: tuple[str, ...] = ()
    pupils: tuple[str, ...] = ()
    selected_low: bool = False
    observed: Observed | None = None

    @property
    def long(self) -> bool:
        """Whether it lasted so long that it is measured per half year."""
        return (self.end - self.start).days >= LONG_FROM_DAYS


def carried_out(weeks_given: int | None, weeks_planned: int | None, from_part: float = CARRIED_OUT_FROM) -> bool:
    """Whether enough was given to say something of the effect: from `from_part` (0–1) of the planned weeks.

    True when one of the two is not known: then the school did not say that it fell short.
    """
    if weeks_given is None or not weeks_planned:
        return True
    return weeks_given >= from_part * weeks_planned


def monday_of(day: date) -> date:
    """The Monday of the week of a day: weeks are named by it."""
    return day - timedelta(days=day.weekday())


def halfway(weeks: Sequence[date]) -> date | None:
    """The Monday of the first school week of the second half: when to look on the way. `weeks`: the school weeks from
    the first day to the last, by their Monday, in order; None without weeks."""
    return weeks[len(weeks) // 2] if weeks else None


def weeks_counted(
    planned: int | None, weeks: Collection[date], said: Mapping[date, bool]
) -> tuple[int | None, int | None]:
    """How many weeks were given, and of how many: what `weeks_given` and `weeks_planned` are once weeks were said.

    `weeks`: the school weeks from the first day to the last, by their Monday; `said`: week → whether it was given. A
    week of which nothing was said counts neither for nor against; an agreed week after the last day was not given.
    Weeks said outside the period do not count. None, `planned` when nothing was said.
    """
    told = {week: given for week, given in said.items() if week in weeks}
    if not told:
        return None, planned
    given = sum(told.values())
    if planned is None:
        return given, len(told)
    return given, max(given, planned - (len(weeks) - len(told)))
