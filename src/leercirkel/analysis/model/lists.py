"""What stands beside the tests of the calendar: method tests, observations, advices of the doorstroomtoets."""

from __future__ import annotations

from leercirkel.core.records import dataclass


@dataclass(frozen=True, slots=True)
class MethodTestCell:
    """One goal of a method test in one group (of a combination group: one grade; grade None: a mixed one).

    `counted` are the pupils with a percentage right; `categories` splits them into insufficient, sufficient and good by
    the school's own bounds (percentages, included); `reached` are sufficient or good. `taken_on`: ISO date of the last
    pupil. Who is not counted is not missing.
    """

    school_year: str
    group: str
    grade: int | None
    subject: str
    block: str
    goal: str
    taken_on: str
    counted: int
    categories: dict[str, int]
    reached: int
    share: float | None
    low: float | None
    high: float | None
    sufficient_from: float
    good_from: float


@dataclass(frozen=True, slots=True)
class ObservationCell:
    """One domain of an observation list in one group (of a combination group: one grade; grade None: a mixed one) at
    one moment.

    `stages` gives the number of pupils per stage in the school's own words, in order; `not_observed` are the others who
    were in the group while the list was filled in.
    """

    school_year: str
    moment: str
    group: str
    grade: int | None
    list: str
    domain: str
    observed: int
    not_observed: int
    stages: dict[str, int]


@dataclass(frozen=True, slots=True)
class AdviceCounts:
    """What the doorstroomtoets advised in one school year; only of schools for basisonderwijs.

    `pupils` sat in group 8 while the test was taken, `counted` of them have an advice; `advices` gives the number of
    pupils per advice (`core.advice`), from low to high. For a board `pupils` is `counted`.
    """

    school_year: str
    pupils: int
    counted: int
    advices: dict[str, int]
