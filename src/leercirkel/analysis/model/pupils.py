"""What is told of single pupils (inside the team), and the destinations that changed."""

from __future__ import annotations

from typing import Literal

from leercirkel.analysis.model.growth_percentiles import GrowthPercentile
from leercirkel.core.records import dataclass


@dataclass(frozen=True, slots=True)
class PupilPoint:
    """What came of one test at one moment for one pupil. `status`: "counted", "missing" or a reason.

    Only what was delivered is filled. `reached`: whether the main tier that holds for this pupil was reached.
    """

    school_year: str
    moment: str
    version: str
    taken_on: str | None
    status: str
    score: float | None
    level: str | None
    dle: float | None
    dle_operator: str | None
    avi: str | None
    reference_level: str | None
    reached: bool | None


@dataclass(frozen=True, slots=True)
class PupilTest:
    """All moments of one pupil on one test, oldest first.

    `change` is from the last result before to the last one, in `quantity` (steps for AVI), on one version only;
    `real`: whether that is more than the test can be off (None without a measurement error in the norm file).
    `growth`: the growth percentile of the last result that counts, None where no growth norm is for it.
    """

    subject: str
    instrument: str
    points: tuple[PupilPoint, ...]
    quantity: Literal["score", "dle", "avi"] | None
    change: float | None
    real: Literal["up", "down", "within_error"] | None
    growth: GrowthPercentile | None = None


@dataclass(frozen=True, slots=True)
class SubjectGap:
    """One subject of a pupil that is further than another, by more than the tests can be off: `months` of DLE between
    both on one instrument, in the round.

    `at_least`: one of both DLEs lies beyond its scale, so it may be more. `text` says it in Dutch, `text_en` in English
    (Z28).
    """

    ahead: str
    behind: str
    instrument: str
    months: float
    at_least: bool
    text: str
    text_en: str


@dataclass(frozen=True, slots=True)
class PupilSheet:
    """One pupil of the round with all tests. `pupil` is the key in the roster, `name` the first name; both stay inside
    the team. `difference`: the largest between two subjects, None when none is beyond what the tests can be off."""

    pupil: str
    name: str
    group: str
    grade: int | None
    care: bool
    destination: str | None
    tests: tuple[PupilTest, ...]
    difference: SubjectGap | None = None


@dataclass(frozen=True, slots=True)
class DestinationChanges:
    """Destinations changed within a school year; analyses use the one that held at its start."""

    school_year: str
    changed: int
    up: int
    down: int
