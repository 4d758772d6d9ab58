"""Positive or negative trend (Z12, Z13) and goals that may fit no longer (Z31).

The direction is that of the analysis (`GradeTrend.direction`); here it is only told, with the counts of the years on
the newest version of the test. Rules and templates: `docs/domein/zinnen.md`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from leercirkel.analysis.answers.evidence import evidence
from leercirkel.analysis.answers.facts import Direction, GoalFit, NoDirection, Topic
from leercirkel.analysis.answers.places import key_of_place, where_of
from leercirkel.analysis.answers.wording import Finding, Round, finding, topic_of_test
from leercirkel.analysis.model import GradeTrend, OverviewCell, TrendPoint
from leercirkel.core.calendar import parse_school_year
from leercirkel.core.dutch import k_of_n

YEARS_TOLD = 3


def trend_findings(trends: Sequence[GradeTrend], overview: Sequence[OverviewCell], round_: Round) -> list[Finding]:
    """Findings on trends of the round's moment and main tier whose newest point is this round's year."""
    group_of = _only_groups(overview, round_)
    found: list[Finding] = []
    current = [t for t in trends if is_current(t, round_)]
    for trend in current:
        where = where_of(trend)
        place = group_of.get(trend.grade, key_of_place(where)) if where.kind == "grade" else key_of_place(where)
        tests = [t.instrument for t in current if _axis(t) == _axis(trend)]
        topic = topic_of_test(trend.subject, trend.instrument, tests)
        one_group = place is None or trend.grade in group_of
        found += _direction(trend, topic, place, one_group, round_) + (
            _fit_of_goal(trend, topic, place, round_) if one_group else []
        )
    return found


def _axis(trend: GradeTrend) -> tuple[object, ...]:
    return trend.grade, trend.didactic_age_band, trend.destination, trend.subject


def is_current(trend: GradeTrend, round_: Round) -> bool:
    """Whether the trend is of this round's moment and main tier, and reaches up to this round."""
    tier = trend.tier is None or round_.tier_name(trend.subject, [trend.tier]) == trend.tier
    newest = max((p.school_year for p in trend.points), default=None)
    return trend.moment == round_.moment and tier and newest == round_.school_year


def _only_groups(overview: Sequence[OverviewCell], round_: Round) -> dict[int | None, str]:
    """Grade → group name, for grades that are one group in this school year."""
    groups: dict[int | None, set[str]] = defaultdict(set)
    for cell in overview:
        if cell.school_year == round_.school_year and cell.grade is not None and cell.group is not None:
            groups[cell.grade].add(cell.group)
    return {grade: next(iter(names)) for grade, names in groups.items() if len(names) == 1}


def _line(trend: GradeTrend) -> list[TrendPoint]:
    """The points since the test version last changed, oldest first."""
    points = sorted(trend.points, key=lambda p: p.school_year)
    starts = [i for i, p in enumerate(points) if p.new_version]
    return points[starts[-1] :] if starts else points


def _direction(trend: GradeTrend, topic: Topic, place: str | None, one_group: bool, round_: Round) -> list[Finding]:
    """Z12, or Z13 for the school and for a grade that is one group: no direction is news only close to home."""
    line = _line(trend)
    if trend.direction is None or len(line) < YEARS_TOLD:
        return []
    told = [p for p in line if p.judged >= max(round_.policy.no_number_below, 1)]
    first, last = line[0].school_year, line[-1].school_year
    span = _years_between(first, last) + 1
    years = len(line) if trend.direction == "none" else span
    proof = [evidence(trend, direction=trend.direction, years=years, **_counts(told))]
    up = trend.direction == "up"
    fact: Direction | NoDirection
    if trend.direction == "none":
        if not one_group:
            return []
        fact = NoDirection(where_of(trend), topic, len(line), _course(line))
    else:
        counts = tuple((p.reached, p.judged) for p in told)
        much = _how_much(line, told, up)
        fact = Direction(where_of(trend), topic, up, span, counts, much, first, last)
    return [
        finding(
            "trend", "Z13" if trend.direction == "none" else "Z12", fact, proof, kind="trend", place=place,
            subject=trend.subject, good=up, weight=0.0 if trend.direction == "none" else 1.0, proud=up,
        )
    ]  # fmt: skip


def _counts(points: Sequence[TrendPoint]) -> dict[str, str]:
    return {p.school_year: k_of_n(p.reached, p.judged) for p in points}


def _years_between(first: str, last: str) -> int:
    """How many years later one school year began than the other."""
    one, other = parse_school_year(first), parse_school_year(last)
    if one is None or other is None:
        raise ValueError(f"{first!r} or {last!r} is not a school year")
    return other - one


def _how_much(line: Sequence[TrendPoint], told: Sequence[TrendPoint], up: bool) -> Literal["each_year", "ends", "none"]:
    """Which counts may be told. "Every year" only when the share went that way at every step of the whole line, without
    a year between; the ends only when they are those of the line and went that way."""
    if len(told) < 2 or told[0] != line[0] or told[-1] != line[-1]:
        return "none"
    unbroken = len(told) == _years_between(line[0].school_year, line[-1].school_year) + 1
    if unbroken and all(_went(a, b, up) for a, b in pairwise(told)):
        return "each_year"
    return "ends" if _went(told[0], told[-1], up) else "none"


def _went(before: TrendPoint, after: TrendPoint, up: bool) -> bool:
    """Whether the share of the pupils really rose (or fell) from one point to the other."""
    change = after.reached * before.judged - before.reached * after.judged
    return change > 0 if up else change < 0


def _course(line: Sequence[TrendPoint]) -> Literal["up_and_down", "rise", "fall", "same"]:
    """What a line without direction did; up and down only when there was a rise and a fall."""
    shares = [p.share for p in line if p.share is not None]
    known = shares if len(shares) == len(line) else [p.mean for p in line if p.mean is not None]
    changes = [b - a for a, b in pairwise(known)]
    rose, fell = any(c > 0 for c in changes), any(c < 0 for c in changes)
    if rose and fell:
        return "up_and_down"
    if rose:
        return "rise"
    return "fall" if fell else "same"


def _fit_of_goal(trend: GradeTrend, topic: Topic, place: str | None, round_: Round) -> list[Finding]:
    """Z31: three years or more in a row clearly above the goal, or three or more below it without a break; all of them
    on the newest version of the test."""
    points = _line(trend)
    share = trend.target_share
    if share is None or any(p.judged < round_.policy.no_verdict_below for p in points[-YEARS_TOLD:]):
        return []
    easy, hard = 0, 0
    for point in reversed(points):
        if point.verdict != "above" or point.judged < round_.policy.no_verdict_below:
            break
        easy += 1
    for point in reversed(points):
        if point.judged < round_.policy.no_verdict_below or point.reached >= share * point.judged - 1e-9:
            break
        hard += 1
    years = max(easy, hard)
    if years < YEARS_TOLD:
        return []
    best = max(points[-years:], key=lambda p: (p.reached / p.judged, p.school_year))
    fact = GoalFit(where_of(trend), topic, trend.moment, years, easy >= hard, best.reached, best.judged)
    proof = [evidence(trend, years=years, best_year=best.school_year, reached=best.reached, judged=best.judged)]
    return [finding("goals_reached", "Z31", fact, proof, kind="goal", place=place, subject=trend.subject)]
