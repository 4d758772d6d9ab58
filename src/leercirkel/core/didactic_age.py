"""Didactic age (DL): the months of education since the start of group 3, at most 60.

Ten months make a school year, September to June. Suppliers count in three ways that differ by one month or more, so
the convention is named with every value. Conventions, worked examples and sources: `docs/domein/leertijd.md`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Literal

from leercirkel.core.calendar import moment_of, school_year_of
from leercirkel.core.records import dataclass

Convention = Literal["in_progress", "completed", "nominal_moment"]

CONVENTIONS: tuple[Convention, ...] = ("in_progress", "completed", "nominal_moment")

CONVENTION_LABELS: dict[Convention, str] = {
    "in_progress": "de lopende maand telt mee",
    "completed": "alleen afgeronde maanden tellen",
    "nominal_moment": "B, M en E tellen als 0, 5 en 10 maanden",
}

MONTHS_PER_YEAR = 10
CAP = 60
NOMINAL_MONTHS: dict[str, int] = {"B": 0, "M": 5, "E": 10}


History = Sequence[tuple[int, int | None]]
"""(school year, grade 1–8 or None) per year that is known, in any order; a year may occur twice."""

StartSource = Literal["delivered", "history", "grade", "age", "unknown"]

_PLAUSIBLE_AGE = range(4, 11)
"""In which year of life group 3 can have been started; a delivered date outside it is a typing error."""


@dataclass(frozen=True, slots=True)
class DidacticAge:
    """Months of education since the start of group 3 (0–60), with the convention that made them.

    `years_beyond`: school years begun after month 60 (the mark "60+"). `estimated`: the start of group 3 was inferred.
    `effective`: months that the school itself puts beside it (long absence, late arrival), with the reason; it never
    replaces `months`.
    """

    months: int
    convention: Convention
    years_beyond: int = 0
    estimated: bool = False
    effective: int | None = None
    effective_reason: str | None = None

    @property
    def text(self) -> str:
        """As people write it: "37", or "60+" for a pupil who stays after month 60."""
        return f"{self.months}+" if self.years_beyond else str(self.months)


@dataclass(frozen=True, slots=True)
class Group3Start:
    """The school year in which group 3 was started, whether it was inferred, and from what. `year` is None when
    nothing is known."""

    year: int | None
    estimated: bool
    source: StartSource


def months_into_year(d: date, convention: Convention = "in_progress", moment: str | None = None) -> int:
    """Education months of the school year at date `d`, 0–10.

    "in_progress": September 1 … June 10, July 10, August 0. "completed": only months that are over, September 0 …
    June 9, July 10. "nominal_moment": B 0, M 5, E 10, by `moment` or else by the default windows.
    """
    if convention == "nominal_moment":
        return NOMINAL_MONTHS[moment or moment_of(d)]
    begun = min((d.month - 8) % 12, MONTHS_PER_YEAR)
    return begun if convention == "in_progress" or d.month in (7, 8) else begun - 1


def by_grade(d: date, grade: int, convention: Convention = "in_progress", moment: str | None = None) -> int:
    """DL by the pupil's grade (1–8): what it would be without doublure or skipping. 0–60; groups 1 and 2 are 0."""
    if grade < 3:
        return 0
    return min(MONTHS_PER_YEAR * (grade - 3) + months_into_year(d, convention, moment), CAP)


def elapsed(
    d: date,
    first_year_in_group3: int,
    convention: Convention = "in_progress",
    moment: str | None = None,
    estimated: bool = False,
) -> DidacticAge:
    """DL by the time that passed since the school year in which group 3 was started; it keeps counting in a doublure.

    0 before group 3, capped at 60; `years_beyond` counts the school years begun after the cap.
    """
    raw = MONTHS_PER_YEAR * (school_year_of(d) - first_year_in_group3) + months_into_year(d, convention, moment)
    beyond = max(0, -(-(raw - CAP) // MONTHS_PER_YEAR))
    return DidacticAge(max(0, min(raw, CAP)), convention, beyond, estimated)


def with_effective(age: DidacticAge, months: int, reason: str) -> DidacticAge:
    """The same DL with the school's own effective months beside it. Raises ValueError without a reason or outside
    0–60."""
    if not reason.strip():
        raise ValueError("effective months need a reason")
    if not 0 <= months <= CAP:
        raise ValueError(f"effective months lie between 0 and {CAP}, not {months}")
    return replace(age, effective=months, effective_reason=reason.strip())


def band_of(dl: int) -> str:
    """The band of ten months that a DL (0–60) lies in: 0 → "0", 1–10 → "1-10" … 51–60 → "51-60".

    The bands are the school years 3 to 8 under the default convention. Raises ValueError outside 0–60.
    """
    if not 0 <= dl <= CAP:
        raise ValueError(f"a DL lies between 0 and {CAP}, not {dl}")
    if dl == 0:
        return "0"
    first = (dl - 1) // MONTHS_PER_YEAR * MONTHS_PER_YEAR + 1
    return f"{first}-{first + MONTHS_PER_YEAR - 1}"


def first_year_in_group3(history: History, start_date: date | None, birth_date: date | None) -> Group3Start:
    """The first school year in group 3, from the best source there is.

    1. "delivered": `start_date`, the start of group 3 as the file gives it, unless the pupil would have been younger
       than 4 or older than 10. 2. "history": the move from group 1–2 to group 3 or higher was seen, or the first year
       seen is in group 3 and the pupil is too young to have been there a year before. 3. "grade": counted back from the
       first grade seen, as if no year was repeated (estimated). 4. "age": the school year in which the pupil was 6 on
       1 October (estimated).
    """
    if start_date is not None and _plausible(start_date, birth_date):
        return Group3Start(school_year_of(start_date), False, "delivered")
    by_age = None if birth_date is None else _year_by_age(birth_date)
    years = sorted((year, grade) for year, grade in history if grade is not None)
    upper = next(((year, grade) for year, grade in years if grade >= 3), None)
    if upper is None:
        return _before_group3(years, by_age)
    year, grade = upper
    kindergarten = max((y for y, g in years if g < 3 and y < year), default=None)
    counted_back = year - (grade - 3)
    if kindergarten is None:
        seen = grade == 3 and by_age is not None and by_age >= year
        return Group3Start(counted_back, not seen, "history" if seen else "grade")
    start = max(counted_back, kindergarten + 1)
    return Group3Start(start, start != kindergarten + 1, "history")


def _before_group3(years: Sequence[tuple[int, int]], by_age: int | None) -> Group3Start:
    """Nobody starts group 3 before the year after the last one seen in group 1–2."""
    if by_age is None:
        return Group3Start(None, True, "unknown")
    return Group3Start(max([by_age, *(year + 1 for year, _ in years)]), True, "age")


def _year_by_age(birth_date: date) -> int:
    """The school year in which the pupil is 6 years old on 1 October for the first time."""
    sixth = birth_date.year + 6
    return sixth if (birth_date.month, birth_date.day) <= (10, 1) else sixth + 1


def _plausible(start: date, birth_date: date | None) -> bool:
    if birth_date is None:
        return True
    age = start.year - birth_date.year - ((start.month, start.day) < (birth_date.month, birth_date.day))
    return age in _PLAUSIBLE_AGE
