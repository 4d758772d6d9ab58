"""Growth: what a difference between two scores says, and where a pupil's line leads to.

Rules and sources: `docs/domein/statistiek.md` (difference, regression to the mean, shrinkage) and
`docs/domein/leertijd.md` (the four ways to look ahead). A prognosis is a calculation; the goal is set by people.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import combinations
from statistics import NormalDist, median
from typing import Literal

from leercirkel.core.didactic_age import CAP

RELIABLE_FROM = 1.64
"""From how many standard errors a change is more than what the test can be off, with 90% certainty."""

RETEST_CORRELATION = 0.80
"""How strongly two measurements hang together where the norm file does not say; in practice .7 to .9."""

LOWEST_FIFTH_Z = NormalDist().inv_cdf(0.20)
"""The z-score (−0.84) below which the national lowest fifth lies."""

INTRACLASS_CORRELATION = 0.10
"""The part of the differences between pupils that lies between groups; fixed, as ten groups are too few to estimate."""

EDGE = 2.0
"""How many score points from an end of the scale count as at the ceiling or at the floor."""

COMMON_LINE_BELOW_DLE = 30.0
"""Below this own DLE all pupils have one line; from here on the destination's line holds."""

Point = tuple[float, float]
"""(DL, DLE), both in months."""


def reliable_change_index(before: float, after: float, sem_before: float, sem_after: float) -> float:
    """(after − before) ÷ √(SEM₀² + SEM₁²), all in score points.

    Source: Jacobson & Truax, Journal of Consulting and Clinical Psychology 59 (1991) 12–19. Raises ValueError when both
    measurement errors are 0.
    """
    error = math.hypot(sem_before, sem_after)
    if error <= 0:
        raise ValueError("a test without measurement error does not exist")
    return (after - before) / error


def reliable_change(
    before: float, after: float, sem_before: float, sem_after: float
) -> Literal["up", "down", "within_error"]:
    """Whether a change is probably real: at least 1.64 standard errors up or down. Raises ValueError."""
    index = reliable_change_index(before, after, sem_before, sem_after)
    if abs(index) < RELIABLE_FROM:
        return "within_error"
    return "up" if index > 0 else "down"


def expected_z(z_before: float, rho: float = RETEST_CORRELATION) -> float:
    """The z-score to expect at the second measurement without anything special: it moves to the mean, rho × z₀."""
    return rho * z_before


def conditional_growth(z_before: float, z_after: float, rho: float = RETEST_CORRELATION) -> float:
    """How unusual the second score is given the first, in standard deviations: (z₁ − ρz₀) ÷ √(1 − ρ²).

    Raises ValueError unless rho lies from −1 to 1, ends not included.
    """
    if not -1 < rho < 1:
        raise ValueError(f"a correlation lies between -1 and 1, not {rho}")
    return (z_after - expected_z(z_before, rho)) / math.sqrt(1 - rho * rho)


def mean_z_of_lowest(share: float) -> float:
    """The mean z-score of the lowest `share` (0–1, ends not included) of the country: −1.40 for the lowest fifth."""
    if not 0 < share < 1:
        raise ValueError(f"a share of the country lies between 0 and 1, not {share}")
    normal = NormalDist()
    return -normal.pdf(normal.inv_cdf(share)) / share


def regression_to_mean(z_before: float, rho: float = RETEST_CORRELATION) -> float:
    """The apparent gain, in standard deviations, that chance alone gives after such a score: ρz₀ − z₀.

    0.28 for pupils who were selected because they were in the lowest fifth. Such a gain is no effect of anything.
    """
    return expected_z(z_before, rho) - z_before


def shrink(mean: float, counted: int, grand_mean: float, icc: float = INTRACLASS_CORRELATION) -> float:
    """A group's mean drawn to the grand mean, the more so the smaller the group: μ + w(x̄ − μ), w = τ² ÷ (τ² + σ²/n).

    Raises ValueError unless icc lies from 0 to 1 (ends not included).
    """
    return grand_mean + shrinkage_weight(counted, icc) * (mean - grand_mean)


def shrinkage_weight(counted: int, icc: float = INTRACLASS_CORRELATION) -> float:
    """How much of its own distance to the grand mean a group of this size keeps (0–1): .57 for 12 pupils."""
    if not 0 < icc < 1:
        raise ValueError(f"an intraclass correlation lies between 0 and 1, not {icc}")
    return 0.0 if counted <= 0 else icc / (icc + (1 - icc) / counted)


def at_edge(score: float, lowest: float, highest: float, edge: float = EDGE) -> Literal["floor", "ceiling"] | None:
    """Whether a score lies within `edge` points of an end of the scale, where growth cannot be seen any more."""
    if score <= lowest + edge:
        return "floor"
    return "ceiling" if score >= highest - edge else None


def needed_pace(dle_now: float, dl_now: float, dle_end: float) -> float | None:
    """g*: the months of DLE per month of education needed to end at `dle_end` at DL 60; None from DL 60 on.

    More than 1.0 is faster than the average pupil.
    """
    return None if dl_now >= CAP else (dle_end - dle_now) / (CAP - dl_now)


def pace(points: Sequence[Point]) -> float | None:
    """Months of DLE per month of education by Theil–Sen: the median slope of all pairs of measurements.

    None below three measurements at different DLs: two say too little. Source: Sen, Journal of the American Statistical
    Association 63 (1968) 1379–1389.
    """
    if len({dl for dl, _ in points}) < 3:
        return None
    return median((v1 - v0) / (t1 - t0) for (t0, v0), (t1, v1) in combinations(points, 2) if t0 != t1)


def project_same_yield(dle_now: float, dl_now: float) -> float:
    """(a) The end if the learning yield stays what it is: DLE ÷ DL × 60. Raises ValueError at DL 0."""
    if dl_now <= 0:
        raise ValueError("without learning time there is no learning yield")
    return dle_now / dl_now * CAP


def project_pace(dle_now: float, dl_now: float, months_per_month: float) -> float:
    """(b) The end if the pace from now on is `months_per_month`: DLE + g × (60 − DL)."""
    return dle_now + months_per_month * max(0.0, CAP - dl_now)


def target_line(dl: float, start: Point, dle_end: float) -> float:
    """(c) The DLE to have at `dl` on the straight line from `start` to the destination's DLE at DL 60.

    Raises ValueError when the line starts at DL 60 or later.
    """
    dl_start, dle_start = start
    if dl_start >= CAP:
        raise ValueError("a line to DL 60 cannot start there")
    return dle_start + (dle_end - dle_start) * (dl - dl_start) / (CAP - dl_start)


def standard_line(dl: float, dle_end: float) -> float:
    """(d) The DLE to have at `dl` on the school's growth line for a destination: (DLE at the end ÷ 60) × DL."""
    return dle_end / CAP * dl


def follows_destination(own_dle: float | None, branch: float = COMMON_LINE_BELOW_DLE) -> bool:
    """Whether the destination's line holds for a pupil: from an own last DLE in the subject of `branch` on.

    Without a DLE the common line holds. Never by didactic age or grade.
    """
    return own_dle is not None and own_dle >= branch


def on_course(differences: Sequence[float], margin: float = 3.0) -> Literal["on_course", "behind", "ahead"] | None:
    """Where a pupil is against the line: `differences` are observed − target in months, oldest first.

    Behind or ahead only when the last two both lie more than `margin` on that side; None without a measurement.
    """
    last = differences[-2:]
    if not last:
        return None
    if len(last) == 2 and all(d < -margin for d in last):
        return "behind"
    return "ahead" if len(last) == 2 and all(d > margin for d in last) else "on_course"
