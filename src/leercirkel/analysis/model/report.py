"""The report as a whole: for whom, how it was made, and what it leaves out."""

from __future__ import annotations

from dataclasses import field
from typing import Literal

from leercirkel.analysis.model.answers import Answer
from leercirkel.analysis.model.growth_percentiles import GroupPercentile
from leercirkel.analysis.model.interventions import Agreement, InterventionEffect
from leercirkel.analysis.model.lists import AdviceCounts, MethodTestCell, ObservationCell
from leercirkel.analysis.model.over_time import CohortTrend, GradeTrend, GroupGrowth, GroupYield
from leercirkel.analysis.model.overview import OverviewCell
from leercirkel.analysis.model.pupils import DestinationChanges, PupilSheet
from leercirkel.core.records import dataclass


@dataclass(frozen=True, slots=True)
class Method:
    """How the figures were made, so that each can be recomputed."""

    confidence: float
    no_number_below: int
    no_verdict_below: int
    dl_convention: str
    main_tiers: dict[str, str]
    didactic_ages_estimated: int
    files: tuple[str, ...]
    problems: dict[str, int]  # severity → number
    without_standard: int  # results for which the school has no standard
    rules: dict[str, str] = field(default_factory=dict)  # rule → version (`core.rules`)


@dataclass(frozen=True, slots=True)
class Withheld:
    """A figure that the report has but does not tell (only in the form for the board).

    `kind`: the list it was in ("overview", "totals", "grade_trend", …), or a part of a told cell ("tier", "mean",
    "levels", "pool"), or "absent": who has no result, in every cell. `key`: what names it there. `reason`: "small"
    (fewer pupils than `method.no_number_below`), or "protects" (from it a small figure would follow). See
    `docs/domein/privacy.md`.
    """

    kind: str
    key: dict[str, str | int | None]
    reason: Literal["small", "protects"]


@dataclass(frozen=True, slots=True)
class KeptFigures:
    """Figures left as an earlier report for the board told them, because too few pupils changed since.

    `key`: the school year, moment, subject, instrument and version of the column, or what names the row of `kind`.
    `as_of`: the ISO date of that report.
    """

    kind: str
    key: dict[str, str | int | None]
    as_of: str


Audience = Literal["team", "board"]
"""For whom a report is: "team" tells everything; "board" withholds what would tell of fewer than five pupils."""


@dataclass(frozen=True, slots=True)
class SchoolReport:
    """Everything the report says. `school_year` and `moment` name the round the report is about: the newest one with
    results; the lists hold all years that were given."""

    schema: str
    school: str
    school_name: str
    school_year: str
    moment: str
    as_of: str  # ISO date of the newest result
    overview: tuple[OverviewCell, ...]
    totals: tuple[OverviewCell, ...]
    grade_trend: tuple[GradeTrend, ...]
    cohort_trend: tuple[CohortTrend, ...]
    growth: tuple[GroupGrowth, ...]
    learning_yield: tuple[GroupYield, ...]
    destination_changes: tuple[DestinationChanges, ...]
    answers: tuple[Answer, ...]
    method: Method
    standards: tuple[dict[str, object], ...] = field(default=())
    interventions: tuple[InterventionEffect, ...] = field(default=())
    agreements: tuple[Agreement, ...] = field(default=())
    audience: Audience = "team"
    withheld: tuple[Withheld, ...] = field(default=())
    kept: tuple[KeptFigures, ...] = field(default=())
    method_tests: tuple[MethodTestCell, ...] = field(default=())
    observations: tuple[ObservationCell, ...] = field(default=())
    test_advices: tuple[AdviceCounts, ...] = field(default=())
    pupils: tuple[PupilSheet, ...] = field(default=())  # by name, only when the team asked for it
    growth_percentiles: tuple[GroupPercentile, ...] = field(default=())  # of the round, where there is a growth norm
