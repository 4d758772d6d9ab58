"""The invented instrument DEMO-LVS: one scale per subject, its national means, and the norm tables that follow.

Nothing here resembles a scale of a real publisher: the mean rises along a saturating curve over the 60 months of
groups 3–8, the spread grows a little, and all cut-offs are quantiles of a normal distribution (levels I–V hold 20%
each; docs/domein/niveaus.md). DLE is read from the same curve: the month in which the average pupil has the score.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from math import exp
from statistics import NormalDist

INSTRUMENT = "DEMO-LVS"

LEVELS = ("I", "II", "III", "IV", "V")

_TAU = 50.0
"""Months after which growth has slowed to 37% of its first pace."""

NOISE_SHARE = 0.40
"""Standard error of measurement as a share of the pupil SD: reliability .84."""

_GROUP_MEAN_SD = 0.33
"""Spread of group means as a share of the pupil SD."""


@dataclass(frozen=True, slots=True)
class Scale:
    """One subject in one version. `start`: national mean at the start of group 3; `span`: rise until the end of 8."""

    subject: str
    version: str
    start: float
    span: float
    decimals: int = 0
    valid_from: date = date(2018, 8, 1)
    valid_until: date | None = None

    @property
    def name(self) -> str:
        """What the norm table calls the scale."""
        return f"demo-{self.subject.replace('_', '-')}-{self.version}"


_REKENEN_BREAK = "2.0"


@cache
def scales(last_school_year: int) -> tuple[Scale, ...]:
    """All scales. The rekentoets has a new version since the school year before the last one."""
    new = date(last_school_year - 1, 8, 1)
    return (
        Scale("rekenen", "1.0", 30, 200, valid_until=date(last_school_year - 1, 7, 31)),
        Scale("rekenen", _REKENEN_BREAK, 110, 240, valid_from=new),
        Scale("begrijpend_lezen", "1.0", 85, 180),
        Scale("technisch_lezen", "1.0", 12, 170),
        Scale("spelling", "1.0", 210, 240, decimals=1),
        Scale("taalverzorging", "1.0", 45, 190, decimals=1),
        Scale("woordenschat", "1.0", 40, 165),
    )


def scale_for(subject: str, school_year: int, last_school_year: int) -> Scale:
    """The version of a subject's test that the school used in a school year."""
    fitting = [s for s in scales(last_school_year) if s.subject == subject]
    return next(s for s in reversed(fitting) if s.valid_from <= date(school_year, 9, 1))


def months(grade: int, moment: str) -> int:
    """The nominal didactic age of a test: E5 → 30."""
    return 10 * (grade - 3) + {"B": 2, "M": 5, "E": 10}[moment]


def mean(scale: Scale, dl: float) -> float:
    """National mean score after `dl` months."""
    return scale.start + scale.span * (1 - exp(-dl / _TAU)) / (1 - exp(-60 / _TAU))


def sd(scale: Scale, dl: float) -> float:
    """National standard deviation after `dl` months."""
    return scale.span * (0.105 + 0.0004 * dl)


def shown(scale: Scale, score: float) -> float:
    """The score as the instrument prints it, never below zero."""
    return max(0.0, round(score, scale.decimals))


@cache
def level_bounds(scale: Scale, grade: int, moment: str) -> tuple[tuple[str, float], ...]:
    """Lowest score of each level, V first. A score on the bound belongs to the higher level."""
    dl = months(grade, moment)
    normal = NormalDist(mean(scale, dl), sd(scale, dl))
    cuts = [shown(scale, normal.inv_cdf(p)) for p in (0.2, 0.4, 0.6, 0.8)]
    return tuple(zip(reversed(LEVELS), (0.0, *cuts), strict=True))


def level(scale: Scale, grade: int, moment: str, score: float) -> str:
    """The level of a printed score among pupils of this grade and moment."""
    bounds = level_bounds(scale, grade, moment)
    return bounds[bisect_right([b for _, b in bounds], score) - 1][0]


def percentile(scale: Scale, grade: int, moment: str, score: float) -> int:
    """The percentile 1–99 of a score among pupils of this grade and moment."""
    dl = months(grade, moment)
    return min(99, max(1, round(100 * NormalDist(mean(scale, dl), sd(scale, dl)).cdf(score))))


@cache
def dle_bounds(scale: Scale) -> tuple[float, ...]:
    """Lowest score of each DLE 1 … 60, and of "more than 60" as the last."""
    return tuple(shown(scale, mean(scale, d)) for d in range(1, 62))


def dle_text(scale: Scale, score: float) -> str:
    """The DLE of a printed score as exports write it: "<1", "1" … "60", ">60"."""
    place = bisect_right(dle_bounds(scale), score)
    return "<1" if place == 0 else ">60" if place == 61 else str(place)


def score_for_dle(scale: Scale, dle: float) -> float:
    """The printed score of a pupil who works at this DLE, so that dle_text gives the nearest whole month back."""
    bounds, step = dle_bounds(scale), 10.0**-scale.decimals
    whole = round(dle)
    if whole < 1:
        return shown(scale, bounds[0] - step * max(1, round(-2 * dle)))
    if whole > 60:
        return shown(scale, bounds[60] + 12 * step)
    above = shown(scale, mean(scale, max(dle, whole)))
    return shown(scale, min(bounds[whole] - step, above))


HEADER = (
    "instrument", "version", "subject", "population", "grade", "moment", "scale", "kind", "lower_bound", "label",
    "valid_from", "valid_until", "boundary", "source_note",
)  # fmt: skip

_MEANS_FOR = "rekenen"
"""The subject with a table for group means, to show that a group mean is judged by that table only."""


def rows(last_school_year: int) -> Iterator[tuple[str, ...]]:
    """The norm tables of all scales, in the columns of HEADER."""
    for scale in scales(last_school_year):
        for grade in range(3, 9):
            for moment in ("B", "M") if grade == 8 else ("M", "E"):
                yield from _rows_at(scale, grade, moment)
        for dle, bound in enumerate((0.0, *dle_bounds(scale))):
            label = "<1" if dle == 0 else ">60" if dle == 61 else str(dle)
            yield _row(scale, "pupil", None, None, "dle", bound, label)


def _rows_at(scale: Scale, grade: int, moment: str) -> Iterator[tuple[str, ...]]:
    dl = months(grade, moment)
    for label, bound in level_bounds(scale, grade, moment):
        yield _row(scale, "pupil", grade, moment, "level", bound, label)
    yield _row(scale, "pupil", grade, moment, "mean_sd", round(mean(scale, dl), 2), "mean")
    yield _row(scale, "pupil", grade, moment, "mean_sd", round(sd(scale, dl), 2), "sd")
    yield _row(scale, "pupil", grade, moment, "sem", round(NOISE_SHARE * sd(scale, dl), 2), "sem")
    if scale.subject == _MEANS_FOR:
        groups = NormalDist(mean(scale, dl), _GROUP_MEAN_SD * sd(scale, dl))
        cuts = (0.0, *(round(groups.inv_cdf(p), 1) for p in (0.2, 0.4, 0.6, 0.8)))
        for label, bound in zip(reversed(LEVELS), cuts, strict=True):
            yield _row(scale, "group_mean", grade, moment, "level", bound, label)


def _row(
    scale: Scale, population: str, grade: int | None, moment: str | None, kind: str, bound: float, label: str
) -> tuple[str, ...]:
    until = scale.valid_until.isoformat() if scale.valid_until else ""
    return (
        INSTRUMENT, scale.version, scale.subject, population, str(grade or ""), moment or "", scale.name, kind,
        f"{bound:g}".replace(".", ","), label, scale.valid_from.isoformat(), until, "lower_inclusive",
        "verzonnen voor de demonstratie",
    )  # fmt: skip
