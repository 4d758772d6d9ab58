"""One moment: groups and the school on one test against the standard."""

from __future__ import annotations

from typing import Literal

from leercirkel.core.records import dataclass
from leercirkel.core.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class TierResult:
    """How many pupils reached one tier. `threshold` is None when pupils were held against their own lines.

    `counted` are the pupils with a usable result and a standard; `goal_count` is the smallest whole number of them
    that reaches `target_share`. `reached_goal` is the fact, `verdict` the strength (`core.verdicts`).
    """

    name: str
    scope: str  # "all" or "care"
    threshold: float | str | None
    target_share: float
    counted: int
    reached: int
    share: float | None
    low: float | None
    high: float | None
    goal_count: int | None
    reached_goal: bool | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class OverviewCell:
    """One group (or, in `totals`, the whole school: group None) on one test at one moment.

    expected = counted + missing + sum of not_taken; for a board expected = counted, because it is not told who has no
    result (where nobody has one, all are under "other"). `mean` and `sd` are of `quantity` (score, else dle; censored
    DLEs left out, `censored` counts them). `levels` gives the number of pupils per level as delivered. `didactic_age`
    is the mean DL in months of who was expected, as far as known.
    """

    school_year: str
    group: str | None
    grade: int | None
    didactic_age_band: str | None
    subject: str
    moment: str
    instrument: str
    version: str
    expected: int
    counted: int
    missing: int
    not_taken: dict[str, int]
    quantity: Literal["score", "dle"] | None
    mean: float | None
    sd: float | None
    mean_low: float | None
    mean_high: float | None
    censored: int
    levels: dict[str, int]
    tiers: tuple[TierResult, ...]
    didactic_age: float | None = None
    mean_of: int | None = None  # pupils that the mean is of
