"""What a school did about its results: an intervention with who, how long and how far it was carried out.

Measuring what it brought: `core.effect` and `docs/domein/effect.md`.
"""

from __future__ import annotations

from datetime import date

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
