"""Weeks of school in a period, and the days on which a plan is looked back on (`docs/domein/groepsplannen.md`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from leercirkel.core.calendar import Holiday
from leercirkel.core.records import dataclass

FEWEST_FOR_INTERIM = 4
"""A plan of fewer school weeks is looked back on once, at its end."""
PUPIL_WEEKS = (6, 8)
"""A plan of one pupil runs for six to eight school weeks (own choice, docs/domein/handelingsplannen.md)."""


@dataclass(frozen=True, slots=True)
class ReviewDays:
    """When a plan is looked back on; `interim` None for a short one."""

    interim: date | None
    final: date


def school_weeks(first: date, last: date, holidays: Iterable[Holiday]) -> list[date]:
    """The first school day of every week with a school day between `first` and `last`, both included.

    A school day is a Monday to Friday outside the holidays of the calendar; other free days are not known and count.
    """
    free = list(holidays)
    found: list[date] = []
    day, week = first, None
    while day <= last:
        if day.weekday() < 5 and not any(one.first <= day <= one.last for one in free):
            this = day.isocalendar()[:2]
            if this != week:
                found.append(day)
                week = this
        day += timedelta(days=1)
    return found


def review_days(weeks: Sequence[date], last: date, interim_percent: int = 50, final_weeks: int = 2) -> ReviewDays:
    """The days for a plan with these school weeks that ends on `last`.

    In between: the first school day after `interim_percent` (1-99) of the weeks. At the end: the first school day of
    the week with which `final_weeks` weeks are left, never before the one in between. Without school weeks: `last`.
    """
    if not weeks:
        return ReviewDays(None, last)
    final = max(0, len(weeks) - max(1, final_weeks))
    middle = len(weeks) * interim_percent // 100
    if len(weeks) < FEWEST_FOR_INTERIM or not 0 < middle < final:
        return ReviewDays(None, weeks[final])
    return ReviewDays(weeks[middle], weeks[final])


def pupil_plan_days(weeks: Sequence[date], agenda: Iterable[date], first: date) -> tuple[date, date]:
    """The day on which a plan of one pupil is looked back on, and its last day: the Friday of that week.

    `weeks`: the school weeks from its `first` day on (`school_weeks`). `agenda`: days on which the group plan is looked
    back on; the last of these in the sixth to the eighth week is taken, so that both are talked about together. Else
    the first school day of the eighth week, or of the last one there is.
    """
    fewest, most = PUPIL_WEEKS
    if not weeks:
        return first, first
    ahead = weeks[:most]
    if len(ahead) >= fewest:
        monday = ahead[fewest - 1] - timedelta(days=ahead[fewest - 1].weekday())
        inside = [day for day in agenda if monday <= day <= _friday(ahead[-1])]
    else:
        inside = []
    review = max(inside, default=ahead[-1])
    return review, max(review, _friday(review))


def _friday(day: date) -> date:
    return day + timedelta(days=4 - day.weekday())
