"""Over the years: the same grade, the same pupils, growth, and learning yield."""

from __future__ import annotations

from typing import Literal

from leercirkel.core.records import dataclass
from leercirkel.core.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One school year in a trend: other children every year. `share` is of the main tier."""

    school_year: str
    version: str
    new_version: bool  # the test version differs from the point before: the line begins again here
    counted: int
    mean: float | None
    mean_low: float | None
    mean_high: float | None
    judged: int  # pupils with a standard, the denominator of share
    reached: int
    share: float | None
    low: float | None
    high: float | None
    verdict: Verdict
    mean_of: int | None = None  # pupils that the mean is of
    two_below: int | None = None  # of `judged`, below the line now and at the measurement before; only by destination


@dataclass(frozen=True, slots=True)
class TrendPool:
    """The last three calendar years taken together (fewer when the version changed or years are absent)."""

    school_years: tuple[str, ...]
    counted: int
    mean: float | None
    judged: int
    reached: int
    share: float | None
    low: float | None
    high: float | None
    goal_count: int | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class GradeTrend:
    """Same grade (or didactic-age band, or destination) and moment over the years. Exactly one of the three is set;
    all three None: the whole school."""

    grade: int | None
    didactic_age_band: str | None
    destination: str | None
    subject: str
    instrument: str
    moment: str
    quantity: Literal["score", "dle"] | None
    tier: str | None
    target_share: float | None
    points: tuple[TrendPoint, ...]
    pools: tuple[TrendPool, ...]  # a moving pool, one per point where at least two years could be pooled
    pool: TrendPool | None  # up to and including the newest point; None right after a new version
    direction: Literal["up", "down", "none"] | None  # None: fewer than three years of enough pupils on one version


@dataclass(frozen=True, slots=True)
class CohortTrend:
    """The same pupils followed back. total_change = growth + joiner_effect − leaver_effect, exactly.

    Stayers have a result at both moments; joiners only at the later; leavers only at the earlier one, of whom
    `leavers_present` still sit in the group but have no later result.
    """

    group: str
    grade: int | None
    school_year: str
    subject: str
    instrument: str
    version: str
    quantity: Literal["score", "dle"]
    from_moment: str
    from_school_year: str
    to_moment: str
    stayers: int
    joiners: int
    leavers: int
    leavers_present: int
    mean_from: float | None
    mean_to: float | None
    total_change: float | None
    growth: float | None
    growth_low: float | None
    growth_high: float | None
    joiner_effect: float | None
    leaver_effect: float | None
    expected_growth: float | None  # from the norm file's means, else None


@dataclass(frozen=True, slots=True)
class GroupGrowth:
    """Growth of the pupils of one group between two moments, in one quantity.

    `steps_median` only for AVI. `real_up` and `real_down` count pupils whose change is larger than what the test can
    be off (None without a measurement error in the norm file). `conditional_z` is the mean conditional growth in SDs
    (None without norms), `low_scorers` the part of the pupils in the national lowest fifth at the earlier moment,
    for whom a plain before/after misleads.
    """

    group: str
    school_year: str
    subject: str
    instrument: str
    quantity: Literal["score", "dle", "avi"]
    from_moment: str
    from_school_year: str
    to_moment: str
    counted: int
    mean: float | None
    low: float | None
    high: float | None
    steps_median: float | None
    at_least_one_step: int | None
    real_up: int | None
    real_down: int | None
    conditional_z: float | None
    low_scorers: int | None


@dataclass(frozen=True, slots=True)
class GroupYield:
    """Learning yield (DLE ÷ DL) in one group: the median, and what was left out by the noise rule."""

    group: str
    school_year: str
    moment: str
    subject: str
    counted: int
    median: float | None
    dl_below_10: int
    without_dl: int
    censored: int
    uneven_pupils: int  # pupils for whom this subject differs from another one beyond noise
