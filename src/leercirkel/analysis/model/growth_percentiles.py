"""Growth percentiles: of one pupil at one test, and the median of a group."""

from __future__ import annotations

from typing import Literal

from leercirkel.core.records import dataclass


@dataclass(frozen=True, slots=True)
class EarlierScore:
    """When an earlier score was made, on the same test in the same version."""

    school_year: str
    moment: str


@dataclass(frozen=True, slots=True)
class GrowthPercentile:
    """How a pupil's last score lies among those of pupils with the same earlier scores, by a growth norm.

    `percentile` 1–99: so many of 100 of them scored lower. `low` and `high`: where it lies with 90% certainty as far as
    the tests themselves can be off (None without a measurement error of every test in the norm tables). `earlier`: the
    scores that are compared by, newest first. `norm_pupils` and `norm_years`: how many pupils the norm was made of, and
    the first and last school year of their scores.

    `withheld`: why there is no percentile (then None): not every earlier score that the norm asks for is there, in the
    grade that belongs to it ("no_earlier"), or one lies outside those of the pupils the norm was made of ("outside").
    """

    percentile: int | None
    low: int | None
    high: int | None
    earlier: tuple[EarlierScore, ...]
    norm_pupils: int
    norm_years: tuple[str, str]
    withheld: Literal["no_earlier", "outside"] | None = None


@dataclass(frozen=True, slots=True)
class GroupPercentile:
    """The growth percentiles of one group at one test. `counted` pupils have one; `not_placed` have a score that a norm
    is for, but no percentile. `median` with `low` and `high` (at least 90%): None where too few pupils are counted for
    a verdict. 50 is the middle of the pupils that the norm was made of."""

    group: str
    school_year: str
    moment: str
    subject: str
    instrument: str
    version: str
    counted: int
    not_placed: int
    median: float | None
    low: float | None
    high: float | None
