"""Answers in words to the questions that a school asks of its results.

The questions are those of step 3 of the quality card on leading by results (opbrengstgericht leidinggeven): were the
goals reached, by which groups, in one test or more broadly, is there a trend, is it incidental or structural, and what
did interventions bring. The last is answered where the school has recorded them. Sentences are made from the
result dataclasses alone, so that page, PDF and JSON say the same. The modules here decide what is said (`facts`); `nl`
and `en` decide how. Rules and templates: `docs/domein/zinnen.md`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from leercirkel.analysis.answers.absent import absence_findings
from leercirkel.analysis.answers.breadth import breadth_findings
from leercirkel.analysis.answers.cohorts import cohort_findings
from leercirkel.analysis.answers.destinations import destination_findings
from leercirkel.analysis.answers.evidence import in_order
from leercirkel.analysis.answers.goals import goal_findings
from leercirkel.analysis.answers.interventions import agreement_findings, effect_findings
from leercirkel.analysis.answers.once import told_once
from leercirkel.analysis.answers.order import ordered
from leercirkel.analysis.answers.patterns import pattern_findings
from leercirkel.analysis.answers.pools import pool_findings
from leercirkel.analysis.answers.trends import trend_findings
from leercirkel.analysis.answers.versions import version_findings
from leercirkel.analysis.answers.wording import Finding, Round
from leercirkel.analysis.model import (
    Agreement,
    Answer,
    CohortTrend,
    DestinationChanges,
    GradeTrend,
    InterventionEffect,
    OverviewCell,
    SchoolReport,
)
from leercirkel.core.standards import Standard
from leercirkel.core.verdicts import DEFAULT_POLICY, Policy

QUESTIONS: dict[str, str] = {
    "goals_reached": "Zijn de doelen gehaald?",
    "which_groups": "Welke groepen doen het goed, en waar valt het tegen?",
    "one_test_or_broader": "Zit het bij één toets of is het breder?",
    "trend": "Gaat het over de jaren omhoog of omlaag?",
    "incidental_or_structural": "Is het eenmalig of zien we het steeds weer?",
    "interventions": "Wat hebben onze aanpakken opgeleverd?",
}
"""The questions answered here, as a reader would ask them."""

QUESTIONS_EN: dict[str, str] = {
    "goals_reached": "Were the goals reached?",
    "which_groups": "Which groups do well, and where are results disappointing?",
    "one_test_or_broader": "Is it one test or is it broader?",
    "trend": "Is it going up or down over the years?",
    "incidental_or_structural": "Did it happen once or do we see it again and again?",
    "interventions": "What did our interventions bring?",
}
"""The same questions in English."""


def answers_of(
    report: SchoolReport,
    main_tiers: Mapping[str, str] | None = None,
    policy: Policy = DEFAULT_POLICY,
    standards: Sequence[Standard] = (),
) -> tuple[Answer, ...]:
    """The answers about the round of a report, from nothing but the lists it holds.

    So they can be made again of a report from which cells were taken out: what is not in it is not told.
    """
    return answer(
        school_year=report.school_year,
        moment=report.moment,
        overview=report.overview,
        totals=report.totals,
        grade_trend=report.grade_trend,
        cohort_trend=report.cohort_trend,
        destination_changes=report.destination_changes,
        interventions=report.interventions,
        agreements=report.agreements,
        main_tiers=main_tiers,
        policy=policy,
        standards=standards,
        absence=report.audience != "board",
    )


def answer(
    *,
    school_year: str,
    moment: str,
    overview: Sequence[OverviewCell],
    totals: Sequence[OverviewCell],
    grade_trend: Sequence[GradeTrend] = (),
    cohort_trend: Sequence[CohortTrend] = (),
    destination_changes: Sequence[DestinationChanges] = (),
    interventions: Sequence[InterventionEffect] = (),
    agreements: Sequence[Agreement] = (),
    main_tiers: Mapping[str, str] | None = None,
    policy: Policy = DEFAULT_POLICY,
    standards: Sequence[Standard] = (),
    months: Mapping[str, int] | None = None,
    absence: bool = True,
) -> tuple[Answer, ...]:
    """The answers about one round (`school_year` "2025-2026" and `moment` B, M or E), the most important first.

    `overview` and `totals` hold all years and moments: earlier ones show what is structural. The first six answers are
    a cover; then follow the school and the groups, at most six per group. `main_tiers`: subject → name of the tier by
    which goals are told; a subject that is absent has "basis", else its first tier. `standards`: where thresholds come
    from, so that a number is named in its own quantity (without, a number is in the quantity of the cell). `months`:
    moment → month in which the school takes that test, for "januari 2027" instead of "midden 2026-2027".
    `absence`: whether it is told who has no result and why (Z07, Z08); a report for a board does not hold that.
    """
    round_ = Round(school_year, moment, main_tiers or {}, policy, standards, months or {})
    overview, totals = in_order(overview), in_order(totals)
    grade_trend, cohort_trend = in_order(grade_trend), in_order(cohort_trend)
    return ordered(
        _found(
            round_, overview, totals, grade_trend, cohort_trend, destination_changes, in_order(interventions),
            in_order(agreements), absence=absence,
        )
    )  # fmt: skip


def findings_of(
    report: SchoolReport,
    main_tiers: Mapping[str, str] | None = None,
    policy: Policy = DEFAULT_POLICY,
    standards: Sequence[Standard] = (),
) -> list[Finding]:
    """All that can be said about the round of a report, before it is put in order and cut to what is read first."""
    round_ = Round(report.school_year, report.moment, main_tiers or {}, policy, standards, {})
    return _found(
        round_, in_order(report.overview), in_order(report.totals), in_order(report.grade_trend),
        in_order(report.cohort_trend), report.destination_changes, in_order(report.interventions),
        in_order(report.agreements), absence=report.audience != "board",
    )  # fmt: skip


def _found(
    round_: Round,
    overview: Sequence[OverviewCell],
    totals: Sequence[OverviewCell],
    grade_trend: Sequence[GradeTrend],
    cohort_trend: Sequence[CohortTrend],
    destination_changes: Sequence[DestinationChanges],
    interventions: Sequence[InterventionEffect],
    agreements: Sequence[Agreement],
    *,
    absence: bool,
) -> list[Finding]:
    found = [
        *goal_findings(totals, round_),
        *goal_findings(overview, round_),
        *(absence_findings(totals, round_) if absence else ()),
        *(absence_findings(overview, round_) if absence else ()),
        *pool_findings(overview, grade_trend, round_),
        *breadth_findings([*totals, *overview], round_),
        *pattern_findings(overview, totals, round_),
        *trend_findings(grade_trend, overview, round_),
        *version_findings(grade_trend, round_),
        *cohort_findings(cohort_trend, overview, round_),
        *destination_findings(grade_trend, destination_changes, round_),
        *effect_findings(interventions, round_),
        *agreement_findings(agreements, totals, overview, round_),
    ]
    return told_once(found, [*totals, *overview], grade_trend)
