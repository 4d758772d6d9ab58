"""Positive or negative trend (Z12, Z13) and goals that may fit no longer (Z31).

The direction is that of the analysis (`GradeTrend.direction`); here it is only told, with the counts of the last
three years on one version of the test. Rules and templates: `docs/domein/zinnen.md`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from leercirkel.analysis.answers.evidence import evidence
from leercirkel.analysis.answers.places import SCHOOL, Place, place_of
from leercirkel.analysis.answers.wording import Finding, Round, finding, first_fitting, test_words
from leercirkel.analysis.model import Evidence, GradeTrend, OverviewCell, TrendPoint
from leercirkel.core.dutch import k_of_n, listed, number_word

YEARS_TOLD = 3

_TIMES_OF_YEAR = {"B": "aan het begin van het jaar", "M": "midden in het jaar", "E": "aan het eind van het jaar"}


def trend_findings(trends: Sequence[GradeTrend], overview: Sequence[OverviewCell], round_: Round) -> list[Finding]:
    """Findings on trends of the round's moment and main tier whose newest point is this round's year."""
    group_of = _only_groups(overview, round_)
    found: list[Finding] = []
    current = [t for t in trends if is_current(t, round_)]
    for trend in current:
        place = None if place_of(trend) is SCHOOL else group_of.get(trend.grade, place_of(trend).name)
        tests = [t.instrument for t in current if _axis(t) == _axis(trend)]
        subject = test_words(trend.subject, trend.instrument, tests)
        one_group = place is None or trend.grade in group_of
        found += _direction(trend, subject, place, one_group, round_) + (
            _fit_of_goal(trend, subject, place, round_) if one_group else []
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


def _direction(trend: GradeTrend, subject: str, place: str | None, one_group: bool, round_: Round) -> list[Finding]:
    """Z12, or Z13 for the school and for a grade that is one group: no direction is news only close to home."""
    line = _line(trend)
    if trend.direction is None or len(line) < YEARS_TOLD:
        return []
    where, up = place_of(trend), trend.direction == "up"
    told = [p for p in line if p.judged >= round_.policy.no_number_below][-YEARS_TOLD:]
    proof = [evidence(trend, direction=trend.direction, years=len(line), **_counts(told))]
    if trend.direction == "none":
        return [_finding(trend, "Z13", _no_direction(where, subject, line), proof, place)] if one_group else []
    text, fact = _clear(where, subject, line, told, up)
    return [_finding(trend, "Z12", text, proof, place, good=up, weight=1.0, pride=(fact, _others(where)) if up else ())]


def _finding(
    trend: GradeTrend, template: str, text: str, proof: Sequence[Evidence], place: str | None, *,
    good: bool = False, weight: float = 0.0, pride: tuple[str, ...] = (),
) -> Finding:  # fmt: skip
    return finding(
        "trend", template, text, proof,
        kind="trend", place=place, subject=trend.subject, good=good, weight=weight, pride=pride,
    )  # fmt: skip


def _counts(points: Sequence[TrendPoint]) -> dict[str, str]:
    return {p.school_year: k_of_n(p.reached, p.judged) for p in points}


def _others(place: Place) -> str:
    """Whose results a trend compares: a grade has other children every year, a school only in part."""
    different = "deels" if place is SCHOOL or place.head.startswith("uitstroom") else "steeds"
    return f"Het zijn wel {different} andere kinderen."


def _clear(
    place: Place, subject: str, line: Sequence[TrendPoint], told: Sequence[TrendPoint], up: bool
) -> tuple[str, str]:
    """Z12 and its first sentence. "Elk jaar" only when the counts of the last three years really say so."""
    amount = "meer" if up else "minder"
    changes = [b.reached * a.judged - a.reached * b.judged for a, b in pairwise(told)]
    consecutive = len(told) == YEARS_TOLD and list(told) == list(line)[-YEARS_TOLD:]
    if consecutive and all((c > 0) == up and c != 0 for c in changes):
        opening = f"{place.where} halen elk jaar {amount} leerlingen ons doel voor {subject}"
        counts = ", ".join(k_of_n(p.reached, p.judged) for p in told)
        later = f"het waren er {listed([k_of_n(p.reached, p.judged) for p in told])}."
        variants = [[f"{opening}: {counts}.", _others(place)], [f"{opening}.", later, _others(place)]]
        return first_fitting(*variants), f"{opening}."
    years = f"over {number_word(len(line))} jaar"
    if len(told) > 1 and sum(changes) != 0 and (sum(changes) > 0) == up:
        opening = f"{place.where} halen {years} gezien {amount} leerlingen ons doel voor {subject}"
        counts = f"van {k_of_n(told[0].reached, told[0].judged)} naar {k_of_n(told[-1].reached, told[-1].judged)}"
        return first_fitting([f"{opening}: {counts}.", _others(place)], [f"{opening}.", _others(place)]), f"{opening}."
    opening = f"{place.where} {'stijgen' if up else 'dalen'} de uitslagen voor {subject}, {years} gezien."
    return first_fitting([opening, _others(place)]), opening


def _no_direction(place: Place, subject: str, line: Sequence[TrendPoint]) -> str:
    """Z13; "op en neer" only when there was a rise and a fall."""
    years = number_word(len(line))
    shares = [p.share for p in line if p.share is not None]
    known = shares if len(shares) == len(line) else [p.mean for p in line if p.mean is not None]
    changes = [b - a for a, b in pairwise(known)]
    if any(c > 0 for c in changes) and any(c < 0 for c in changes):
        story = "gaan op en neer"
    elif any(c > 0 for c in changes):
        story = "lopen iets op, maar dat kan toeval zijn"
    elif any(c < 0 for c in changes):
        story = "lopen iets terug, maar dat kan toeval zijn"
    else:
        story = "blijven gelijk"
    closing = f"Over {years} jaar samen zien we geen stijging en geen daling."
    if "toeval" in story:
        closing = f"Over {years} jaar samen zien we geen duidelijke stijging of daling."
    return first_fitting([f"{subject}: de uitslagen van {place.name} {story}.", closing])


def _fit_of_goal(trend: GradeTrend, subject: str, place: str | None, round_: Round) -> list[Finding]:
    """Z31: three years or more in a row clearly above the goal, or three or more below it without a break."""
    points = sorted(trend.points, key=lambda p: p.school_year)
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
    when = _TIMES_OF_YEAR.get(trend.moment, "")
    how = "ruim" if easy >= hard else "niet"
    where = place_of(trend)
    text = first_fitting(
        [
            f"{where.head}, {subject}: dit doel haalden we {when} {number_word(years)} jaar op rij {how}.",
            "Past het nog?",
            f"Ons beste jaar gaf {k_of_n(best.reached, best.judged)}.",
        ]
    )
    proof = [evidence(trend, years=years, best_year=best.school_year, reached=best.reached, judged=best.judged)]
    return [finding("goals_reached", "Z31", text, proof, kind="goal", place=place, subject=trend.subject)]
