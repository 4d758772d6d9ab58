"""One school's report: all questions asked of one set of files, put together in one dataclass."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from itertools import pairwise
from typing import Any

import narwhals as nw

from leercirkel.analysis import answers as in_words
from leercirkel.analysis.advices import advice_counts
from leercirkel.analysis.cohort_trend import cohort_trend, measured
from leercirkel.analysis.effect import NOTHING, Undertaken, intervention_effects, known_at
from leercirkel.analysis.expected import PUPIL_TEST, Lazy
from leercirkel.analysis.frames import MARKS, Engine, checked
from leercirkel.analysis.grade_trend import grade_trend
from leercirkel.analysis.ground import ground_of
from leercirkel.analysis.growth import NormPoint, group_growth, pupil_growth, with_expected
from leercirkel.analysis.growth_percentiles import GrowthNorms, by_score, growth_percentiles, of_groups
from leercirkel.analysis.learning_yield import group_yields, pupil_yields
from leercirkel.analysis.lines import for_destinations, judged
from leercirkel.analysis.method_tests import method_tests
from leercirkel.analysis.model import (
    AdviceCounts,
    DestinationChanges,
    GradeTrend,
    InterventionEffect,
    Method,
    SchoolReport,
)
from leercirkel.analysis.observations import observations
from leercirkel.analysis.overview import GROUP, overview, tier_counts, totals
from leercirkel.analysis.pupils import pupil_sheets
from leercirkel.analysis.sittings import COUNTED, Inputs
from leercirkel.analysis.special import special_schools
from leercirkel.analysis.two_below import in_a_row, with_two_below
from leercirkel.core.calendar import MOMENTS, school_year_label, school_year_of
from leercirkel.core.destinations import direction
from leercirkel.core.method_tests import DEFAULT_BOUNDS, MethodBounds
from leercirkel.core.records import dataclass
from leercirkel.core.rules import versions
from leercirkel.core.standards import Standard
from leercirkel.core.verdicts import DEFAULT_POLICY, Policy

SCHEMA = "leercirkel/report/1"

SMALL_ROUND = 0.1
"""A moment with fewer results than this part of the largest moment (a few early tests) is not the report's round."""


class NothingToReport(ValueError):
    """No result belongs to a pupil in a roster of its school year."""


@dataclass(frozen=True, slots=True)
class Context:
    """What the report says about itself: school, files, problems met, and the round when it is not the newest one."""

    school: str
    school_name: str
    files: tuple[str, ...] = ()
    problems: Mapping[str, int] | None = None
    school_year: int | None = None
    moment: str | None = None


def school_report(
    inputs: Inputs,
    standards: Sequence[Standard],
    context: Context,
    *,
    norms: Sequence[NormPoint] = (),
    main_tier: str | None = None,
    policy: Policy = DEFAULT_POLICY,
    interventions: Undertaken = NOTHING,
    bounds: MethodBounds = DEFAULT_BOUNDS,
    names: Mapping[str, str] | None = None,
    care_two_below: bool = False,
    first_page: bool = False,
    growth_norms: GrowthNorms = (),
) -> SchoolReport:
    """Every analysis on one school's files. Raises NothingToReport when no result counts.

    `names` (pupil key → first name): the pupils of the round by name, for the team only; without, no pupil is in it.

    `interventions` without their instruction groups (`exchange.interventions.members`); those that began after the
    round that the report is about, and agreements made after it, are left out. The effect is measured up to that round,
    in special schools only against the own school.

    `care_two_below`: two measurements in a row below the line also make a care pupil, in that subject.

    `growth_norms`: of larger populations, for growth percentiles in the round, of groups and (with `names`) of pupils.

    `first_page`: growth, learning yield and what is listed apart (method tests, observations, advices) are left out: no
    answer rests on them.
    """
    engine = inputs.engine
    made = ground_of(inputs, standards, norms=norms, main_tier=main_tier, care_two_below=care_two_below)
    rows, lines, main_tiers = made.rows, made.lines, dict(made.main_tiers)
    school_year, moment = round_of(engine, rows, context.school_year, context.moment)
    interventions = known_at(interventions, (school_year, moment), _last_day(engine, rows, (school_year, moment)))
    so_far = nw.col("school_year") <= school_year
    special = _is_special(engine, rows)
    placed = [] if first_page else growth_percentiles(engine, rows, growth_norms, norms, (school_year, moment))

    def by_lines() -> tuple[Any, ...]:
        tiers = engine.keep(tier_counts(lines, (*GROUP, "grade", "split")))
        return tuple(engine.together(
            lambda: overview(engine, rows, tiers, policy),
            lambda: totals(engine, rows, tiers, policy),
            lambda: _trends(
                engine, rows.filter(so_far), lines.filter(so_far), tiers.filter(so_far), standards, main_tiers, policy,
                special=special,
            ),
            lambda: () if names is None else pupil_sheets(
                engine, rows, lines, main_tiers=main_tiers, of_round=(school_year, moment), names=names, norms=norms,
                before=1, growth=by_score(placed),
            ),
        ))  # fmt: skip

    (cells, school_cells, trends, pupils), cohorts, growth, yields, effects = engine.together(
        by_lines,
        lambda: with_expected(cohort_trend(engine, measured(engine, rows), inputs.enrolments, policy=policy), norms),
        lambda: () if first_page else group_growth(engine, pupil_growth(engine, rows, norms=norms), policy),
        lambda: () if first_page else group_yields(engine, pupil_yields(engine, rows, norms)),
        lambda: _effects(inputs, rows, (school_year, moment), () if special else norms, policy, interventions),
    )
    report = SchoolReport(
        schema=SCHEMA,
        school=context.school,
        school_name=context.school_name,
        school_year=school_year_label(school_year),
        moment=moment,
        as_of=_as_of(engine, rows),
        overview=cells,
        totals=school_cells,
        grade_trend=trends,
        cohort_trend=cohorts,
        growth=growth,
        learning_yield=yields,
        destination_changes=_destination_changes(inputs),
        answers=(),
        method=_method(engine, rows, lines, context, inputs, main_tiers, policy, (school_year, moment)),
        standards=tuple(asdict(standard) for standard in standards),
        interventions=effects,
        agreements=interventions.agreements,
        method_tests=() if first_page else method_tests(
            engine, inputs.method_tests, inputs.enrolments, bounds, policy
        ),
        observations=() if first_page else observations(engine, inputs.observations, inputs.enrolments),
        test_advices=() if first_page else _advices(inputs, (school_year, moment), special=special),
        pupils=pupils,
        growth_percentiles=of_groups(placed, policy),
    )  # fmt: skip
    return replace(report, answers=in_words.answers_of(report, main_tiers, policy, standards))


def round_of(engine: Engine, rows: Lazy, school_year: int | None = None, moment: str | None = None) -> tuple[int, str]:
    """School year and moment of the round: the newest with results, among those asked for. Raises NothingToReport."""
    counts = engine.rows(rows.filter(nw.col("status") == COUNTED).group_by("school_year", "moment").agg(n=nw.len()))
    fits = [row for row in counts if school_year in (None, row["school_year"]) and moment in (None, row["moment"])]
    if not fits:
        raise NothingToReport
    largest = max(row["n"] for row in fits)
    large = [row for row in fits if row["n"] >= SMALL_ROUND * largest]
    last = max(large, key=lambda row: (row["school_year"], MOMENTS.index(row["moment"])))
    return last["school_year"], last["moment"]


def _as_of(engine: Engine, rows: Lazy) -> str:
    last = _last_day(engine, rows)
    return "" if last is None else last.isoformat()


def _last_day(engine: Engine, rows: Lazy, of_round: tuple[int, str] | None = None) -> date | None:
    """The day of the last result that counts, of all rounds or of one."""
    counted = rows.filter(nw.col("status") == COUNTED)
    if of_round is not None:
        counted = counted.filter((nw.col("school_year") == of_round[0]) & (nw.col("moment") == of_round[1]))
    last = engine.rows(counted.select(nw.col("taken_on").max()))[0]["taken_on"]
    return last if isinstance(last, date) else None


def _trends(
    engine: Engine,
    rows: Lazy,
    lines: Lazy,
    tiers: Lazy,
    standards: Sequence[Standard],
    main_tiers: dict[str, str],
    policy: Policy,
    *,
    special: bool,
) -> tuple[GradeTrend, ...]:
    """The whole school and by grade; for special schools (no grades, or a destination for most pupils) also by
    didactic-age band and by destination."""
    trends = grade_trend(engine, rows, tiers, main_tiers=main_tiers, policy=policy)
    trends += grade_trend(engine, rows, tiers, main_tiers=main_tiers, axis="grade", policy=policy)
    if special:
        trends += grade_trend(engine, rows, lines, main_tiers=main_tiers, axis="band", policy=policy)
        known = engine.keep(rows.filter(~nw.col("destination").is_null()))
        own_lines = judged(engine, known, for_destinations(standards))
        of_destinations = grade_trend(
            engine, known, own_lines, main_tiers=main_tiers, axis="destination", policy=policy
        )
        trends += with_two_below(engine, of_destinations, in_a_row(engine, own_lines, main_tiers))
    return trends


def _effects(
    inputs: Inputs,
    rows: Lazy,
    of_round: tuple[int, str],
    norms: Sequence[NormPoint],
    policy: Policy,
    done: Undertaken,
) -> tuple[InterventionEffect, ...]:
    """What interventions brought, up to and including the round. `norms`: none for special schools."""
    if not done.interventions:
        return ()
    year, moment = of_round
    so_far = MOMENTS[: MOMENTS.index(moment) + 1]
    upto = (nw.col("school_year") < year) | ((nw.col("school_year") == year) & nw.col("moment").is_in(so_far))
    return intervention_effects(
        inputs.engine, rows.filter(upto), inputs.enrolments, done.interventions, norms, policy,
        carried_out_from=done.carried_out_from, results=inputs.results,
    )  # fmt: skip


def _advices(inputs: Inputs, of_round: tuple[int, str], *, special: bool) -> tuple[AdviceCounts, ...]:
    if inputs.advices is None or special:
        return ()
    return advice_counts(inputs.engine, inputs.advices, inputs.enrolments, of_round)


def _is_special(engine: Engine, rows: Lazy) -> bool:
    return any(row["special"] for row in engine.rows(special_schools(rows)))


def _destination_changes(inputs: Inputs) -> tuple[DestinationChanges, ...]:
    if inputs.marks is None:
        return ()
    marks = inputs.engine.rows(checked(inputs.marks, MARKS).filter(~nw.col("destination").is_null()))
    by_pupil: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for mark in sorted(marks, key=lambda m: m["from"]):
        by_pupil[mark["pupil"]].append(mark)
    changes: dict[int, Counter[str]] = defaultdict(Counter)
    for members in by_pupil.values():
        for before, after in pairwise(members):
            if before["destination"] != after["destination"]:
                way = direction(before["destination"], after["destination"])
                changes[school_year_of(after["from"])].update(["changed", way or "sideways"])
    return tuple(
        DestinationChanges(school_year_label(year), count["changed"], count["up"], count["down"])
        for year, count in sorted(changes.items())
    )


def _method(
    engine: Engine,
    rows: Lazy,
    lines: Lazy,
    context: Context,
    inputs: Inputs,
    main_tiers: dict[str, str],
    policy: Policy,
    of_round: tuple[int, str],
) -> Method:
    now = (nw.col("school_year") == of_round[0]) & (nw.col("moment") == of_round[1])
    counted = rows.filter(now & (nw.col("status") == COUNTED))
    estimated = counted.filter("dl_estimated").select("pupil").unique()
    bare = counted.join(lines.filter(now).select(*PUPIL_TEST).unique(), on=list(PUPIL_TEST), how="anti")
    return Method(
        confidence=policy.confidence,
        no_number_below=policy.no_number_below,
        no_verdict_below=policy.no_verdict_below,
        dl_convention=inputs.dl_convention,
        main_tiers=main_tiers,
        didactic_ages_estimated=_count(engine, estimated),
        files=context.files,
        problems=dict(context.problems or {}),
        without_standard=_count(engine, bare),
        rules=versions(),
    )


def _count(engine: Engine, frame: Lazy) -> int:
    return int(engine.rows(frame.select(n=nw.len()))[0]["n"])
