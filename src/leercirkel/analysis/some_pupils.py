"""What a school's report says of some of its pupils: those of a class, of an instruction group, or one.

Sittings, and sittings against the standards, are made once of the whole school (`ground`); every question here takes
its part of them. So each number is the one that the school's report has: also what the version of most of the school
decides, or what half of a group took.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import narwhals as nw

from leercirkel.analysis.ground import Ground
from leercirkel.analysis.growth_percentiles import by_score, growth_percentiles, of_groups
from leercirkel.analysis.model import GroupPercentile, OverviewCell, PupilSheet
from leercirkel.analysis.overview import GROUP, overview, tier_counts
from leercirkel.analysis.pupils import pupil_sheets
from leercirkel.analysis.report import SMALL_ROUND
from leercirkel.analysis.sittings import COUNTED
from leercirkel.core.calendar import MOMENTS
from leercirkel.core.records import dataclass
from leercirkel.core.verdicts import DEFAULT_POLICY, Policy

Round = tuple[int, str]
"""School year and moment."""


@dataclass(frozen=True, slots=True)
class RoundOf:
    """A round in which some pupils have results: how many, and whether these are enough to speak of the round
    (`report.SMALL_ROUND`)."""

    school_year: int
    moment: str
    results: int
    large: bool


def rounds_of(ground: Ground, pupils: Collection[str]) -> tuple[RoundOf, ...]:
    """The rounds in which these pupils have results, the newest first."""
    own = ground.rows.filter(_among(pupils) & (nw.col("status") == COUNTED))
    counts = ground.engine.rows(own.group_by("school_year", "moment").agg(n=nw.len()))
    largest = max((row["n"] for row in counts), default=0)
    found = [RoundOf(r["school_year"], r["moment"], r["n"], r["n"] >= SMALL_ROUND * largest) for r in counts]
    return tuple(sorted(found, key=lambda r: (r.school_year, MOMENTS.index(r.moment)), reverse=True))


def seated_in(ground: Ground, group: str, school_year: int) -> frozenset[str]:
    """The pupils of whom a test was expected or taken in this class and year."""
    of_class = (nw.col("group") == group) & (nw.col("school_year") == school_year)
    return frozenset(row["pupil"] for row in ground.engine.rows(ground.rows.filter(of_class).select("pupil").unique()))


def cells_of_group(
    ground: Ground, group: str, of_round: Round, policy: Policy = DEFAULT_POLICY
) -> tuple[OverviewCell, ...]:
    """The overview of one class in one round."""
    of_class = _in(of_round) & (nw.col("group") == group)
    rows, lines = ground.rows.filter(of_class), ground.lines.filter(of_class)
    return overview(ground.engine, rows, tier_counts(lines, (*GROUP, "grade", "split")), policy)


def cells_of_pupils(
    ground: Ground,
    pupils: Collection[str],
    name: str,
    of_round: Round,
    subject: str | None = None,
    policy: Policy = DEFAULT_POLICY,
) -> tuple[OverviewCell, ...]:
    """The overview of these pupils as if they were one group with this name: an instruction group (its `subject`), or
    the pupils of a class in a round when they sat elsewhere."""
    own = _in(of_round) & _among(pupils)
    if subject:
        own = own & (nw.col("subject") == subject)
    together = {"group": nw.lit(name), "split": nw.lit(False)}
    rows, lines = (frame.filter(own).with_columns(**together) for frame in (ground.rows, ground.lines))
    return overview(ground.engine, rows, tier_counts(lines, (*GROUP, "grade", "split")), policy)


def sheets_of(
    ground: Ground, pupils: Collection[str], of_round: Round, names: Mapping[str, str], before: int = 8
) -> tuple[PupilSheet, ...]:
    """The sheets (`pupils.pupil_sheets`) of those of these pupils who were to take a test in the round."""
    own = _among(pupils)
    rows = ground.rows.filter(own)
    growth = by_score(growth_percentiles(ground.engine, rows, ground.growth_norms, ground.norms))
    return pupil_sheets(
        ground.engine, rows, ground.lines.filter(own), main_tiers=ground.main_tiers,
        of_round=of_round, names=names, norms=ground.norms, before=before, growth=growth,
    )  # fmt: skip


def growth_of_group(
    ground: Ground, group: str, of_round: Round, policy: Policy = DEFAULT_POLICY
) -> tuple[GroupPercentile, ...]:
    """The growth percentiles of who took a test of the round in this class."""
    pupils = seated_in(ground, group, of_round[0]) if ground.growth_norms else frozenset()
    rows = ground.rows.filter(_among(pupils))
    found = growth_percentiles(ground.engine, rows, ground.growth_norms, ground.norms, of_round)
    return of_groups([one for one in found if one[0].group == group], policy)


def growth_of_pupils(
    ground: Ground,
    pupils: Collection[str],
    name: str,
    of_round: Round,
    subject: str | None = None,
    policy: Policy = DEFAULT_POLICY,
) -> tuple[GroupPercentile, ...]:
    """The growth percentiles of these pupils as if they were one group with this name, as `cells_of_pupils`."""
    rows = ground.rows.filter(_among(pupils))
    found = growth_percentiles(ground.engine, rows, ground.growth_norms, ground.norms, of_round)
    return of_groups([one for one in found if subject in (None, one[0].subject)], policy, lambda _one: name)


def _among(pupils: Collection[str]) -> nw.Expr:
    return nw.col("pupil").is_in(sorted(pupils))


def _in(of_round: Round) -> Any:
    return (nw.col("school_year") == of_round[0]) & (nw.col("moment") == of_round[1])
