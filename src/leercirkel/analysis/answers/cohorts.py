"""The same pupils followed (Z17–Z19): growth of who stayed, and what joiners and leavers did to the mean.

Growth is told of stayers only. Expected growth is compared with the interval before rounding, and figures get as many
decimals as it takes to read the same comparison. Rules and templates: `docs/domein/zinnen.md`.
"""

from __future__ import annotations

from collections.abc import Sequence

from leercirkel.analysis.answers.evidence import evidence
from leercirkel.analysis.answers.goals import in_round, whole_cells
from leercirkel.analysis.answers.patterns import History, measurements
from leercirkel.analysis.answers.places import group_place
from leercirkel.analysis.answers.wording import Finding, Round, finding, first_fitting, main_tier_of, test_words
from leercirkel.analysis.model import CohortTrend, OverviewCell
from leercirkel.core import calendar
from leercirkel.core.dutch import at_moment, decimal, listed, number_word

MOST_DECIMALS = 2


def cohort_findings(trends: Sequence[CohortTrend], overview: Sequence[OverviewCell], round_: Round) -> list[Finding]:
    """Findings on the cohorts of this round; with fewer stayers than the policy gives a verdict for, a mean says
    too little to be told.

    Where a cohort is followed back to more than one moment, the same moment a year earlier is told: between June and
    January lies a summer, in which children forget. Without it the nearest one.
    """
    nearest: dict[tuple[str, int | None, str, str, str], CohortTrend] = {}
    for trend in trends:
        if (trend.school_year, trend.to_moment) != (round_.school_year, round_.moment):
            continue
        key = (trend.group, trend.grade, trend.subject, trend.instrument, trend.quantity)
        if key not in nearest or _since(trend) > _since(nearest[key]):
            nearest[key] = trend
    found = []
    now, history = whole_cells(in_round(overview, round_)), History(overview)
    for trend in nearest.values():
        if trend.stayers >= round_.policy.no_verdict_below and trend.growth is not None:
            tests = [t.instrument for t in nearest.values() if (t.group, t.subject) == (trend.group, trend.subject)]
            subject = test_words(trend.subject, trend.instrument, tests)
            found += _growth(trend, subject, round_) + _composition(trend, subject)
            found += _low_but_growing(trend, subject, now, history, round_)
    return found


def _since(trend: CohortTrend) -> tuple[bool, str, int]:
    same = trend.from_moment == trend.to_moment
    return same, trend.from_school_year, calendar.MOMENTS.index(trend.from_moment)


def _unit(trend: CohortTrend, amount: str) -> str:
    """ "8 punten", "1,5 punt", "3 DLE"."""
    one = amount == "1" or amount.startswith(("0,", "1,"))
    word = "punt" if one else "punten"
    return f"{amount} DLE" if trend.quantity == "dle" else f"{amount} {word}"


def _compared(trend: CohortTrend) -> int:
    """The number of decimals at which the ends of the interval stand to the expected growth as they do unrounded."""
    expected, ends = trend.expected_growth, (trend.growth_low, trend.growth_high)
    if expected is None:
        return 0
    for decimals in range(MOST_DECIMALS):  # a sentence may not seem to say otherwise than its own verdict
        shown = _as_shown(expected, decimals)
        if all(e is None or _sign(_as_shown(e, decimals) - shown) == _sign(e - expected) for e in ends):
            return decimals
    return MOST_DECIMALS


def _as_shown(x: float, decimals: int) -> float:
    return float(decimal(x, decimals).replace(",", "."))


def _moved(trend: CohortTrend, growth: float, decimals: int, verb: str) -> str:
    """ "groeiden gemiddeld 8 punten", "gingen gemiddeld 2 punten achteruit", "bleven gemiddeld gelijk"."""
    amount = decimal(abs(growth), decimals)
    if amount == "0":
        return "bleven gemiddeld gelijk"
    if growth < 0:
        return f"gingen gemiddeld {_unit(trend, amount)} achteruit"
    return verb.format(_unit(trend, amount))


def _sign(x: float) -> int:
    return (x > 0) - (x < 0)


def _figures(trend: CohortTrend) -> dict[str, float | int | str | None]:
    return {
        "stayers": trend.stayers,
        "growth": trend.growth,
        "growth_low": trend.growth_low,
        "growth_high": trend.growth_high,
        "expected_growth": trend.expected_growth,
    }


def _growth(trend: CohortTrend, subject: str, round_: Round) -> list[Finding]:
    """Z17: growth of the stayers, against what was expected where the norms say so."""
    assert trend.growth is not None
    decimals = _compared(trend)
    place = group_place(trend.group)
    moved = _moved(trend, trend.growth, decimals, "groeiden gemiddeld {}")
    interval, verdict, good = "", "", False
    if trend.growth_low is not None and trend.growth_high is not None:
        low, high = (decimal(e, decimals) for e in (trend.growth_low, trend.growth_high))
        what = "" if moved.startswith("groeiden") else "groei "
        interval = f" ({what}waarschijnlijk tussen {low} en {high})"
        if trend.expected_growth is not None:
            verdict, good = _verdict(trend.growth_low, trend.growth_high, trend.expected_growth)
    expected = f"Verwacht was {decimal(trend.expected_growth, decimals)}." if trend.expected_growth is not None else ""
    when = at_moment(trend.from_school_year, trend.from_moment, round_.months)
    who = f"de {number_word(trend.stayers)} leerlingen die er"
    head = f"{place.head}, {subject}: "
    text = first_fitting(
        [f"{head}{who} {when} ook al waren, {moved}{interval}.", expected, verdict],
        [f"{head}{who} toen ook al waren, {moved}{interval}.", expected, verdict],
        [f"{head}{who} toen ook al waren, {moved}.", expected, verdict],
    )
    where = f"{place.where} groeiden {number_word(trend.stayers)} leerlingen bij {subject}"
    proud = f"{where} {moved.removeprefix('groeiden ')}, meer dan we verwachtten."
    return [
        finding(
            "incidental_or_structural", "Z17", text, [evidence(trend, **_figures(trend))],
            kind="growth", place=trend.group, subject=trend.subject, good=good, weight=float(good),
            pride=(proud,) if good and trend.growth > 0 else (),
        )
    ]  # fmt: skip


def _verdict(low: float, high: float, expected: float) -> tuple[str, bool]:
    """How the growth stands to what was expected, and whether that is good news."""
    if low > expected:
        return "Dat is meer dan we verwachtten.", True
    if high < expected:
        return "Dat is minder dan we verwachtten.", False
    return "Dat past bij wat we verwachtten.", False


def _low_but_growing(
    trend: CohortTrend, subject: str, now: Sequence[OverviewCell], history: History, round_: Round
) -> list[Finding]:
    """Z18: below the goal now, below it at the start, and growing as expected.

    Asks for growth that is surely more than nothing and at least what was expected, and a
    goal that these children missed both at the earlier moment and now.
    """
    low, expected, growth = trend.growth_low, trend.expected_growth, trend.growth
    if low is None or expected is None or growth is None or low <= 0 or growth < expected:
        return []
    own = (trend.group, trend.subject, trend.instrument)
    here = [c for c in now if (c.group, c.subject, c.instrument) == own]
    row = measurements(here[0], history) if len(here) == 1 else []
    start = (trend.from_school_year, trend.from_moment)
    before = next((c for c in row[1:] if (c.school_year, c.moment) == start), None)
    if before is None or not (_missed(row[0], round_) and _missed(before, round_)):
        return []
    place = group_place(trend.group)
    proof = [evidence(trend, **_figures(trend)), evidence(row[0]), evidence(before)]
    how = "meer dan verwacht" if low > expected else "zoals verwacht"
    begins, sits, grows = place.verb("begon", "begonnen"), place.verb("zit", "zitten"), place.verb("groeit", "groeien")
    text = first_fitting(
        [
            f"{subject}: {place.name} {begins} lager en {sits} nog onder het doel, maar {grows} {how}.",
            "Het aanbod slaat aan; de afstand is er nog.",
        ]
    )
    return [
        finding(
            "incidental_or_structural", "Z18", text, proof,
            kind="growth", place=trend.group, subject=trend.subject, good=True, weight=2.0,
        )
    ]  # fmt: skip


def _missed(cell: OverviewCell, round_: Round) -> bool:
    tier = main_tier_of(cell, round_)
    return tier is not None and tier.reached_goal is False and tier.counted >= round_.policy.no_verdict_below


def _composition(trend: CohortTrend, subject: str) -> list[Finding]:
    """Z19: the mean moved mostly because of who came and went."""
    total, growth = trend.total_change, trend.growth
    if total is None or growth is None or not total:
        return []
    by_others = total - growth
    if abs(by_others) <= abs(growth) or _sign(by_others) != _sign(total):
        return []
    place = group_place(trend.group)
    who = {
        "wie erbij kwam": trend.joiners,
        "wie wegging": trend.leavers - trend.leavers_present,
        "wie nu geen uitslag heeft": trend.leavers_present,
    }
    causes = listed([f"{words} ({number_word(n)})" for words, n in who.items() if n > 0])
    if not causes:
        return []
    amount = decimal(abs(total), 1)
    if amount == "0":
        return []
    direction = "omhoog" if total > 0 else "omlaag"
    stayed = f"de {number_word(trend.stayers)} blijvers {_moved(trend, growth, 1, 'gingen {} vooruit')}"
    opening = f"{subject}: het gemiddelde van {place.name} ging {_unit(trend, amount)} {direction}."
    cause = f"dat komt vooral door {causes}"
    text = first_fitting([opening, f"{cause}: {stayed}."], [opening, f"{cause}.", f"{stayed}."])
    proof = evidence(
        trend, total_change=total, joiners=trend.joiners, leavers=trend.leavers, leavers_present=trend.leavers_present,
        **_figures(trend),
    )  # fmt: skip
    return [
        finding(
            "incidental_or_structural", "Z19", text, [proof],
            kind="growth", place=trend.group, subject=trend.subject, weight=1.5,
        )
    ]  # fmt: skip
