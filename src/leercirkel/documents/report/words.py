"""How the report says things: verdicts, intervals, counts, reasons, names. Rules: `docs/domein/zinnen.md`."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date

from leercirkel.analysis.answers.nl.words import REASONS
from leercirkel.analysis.model import GradeTrend, OverviewCell, TierResult
from leercirkel.core import destinations, dutch, subjects

VERDICTS: dict[str, str] = {
    "above": "duidelijk boven de norm",
    "below": "duidelijk onder de norm",
    "undecided": "kan toeval zijn",
    "too_few": "te weinig leerlingen",
}

PARTS_OF_YEAR: dict[str, str] = {"B": "begin", "M": "midden", "E": "eind"}

_UNITS: dict[str | None, tuple[str, str]] = {"dle": ("DLE", "DLE"), "score": ("punt", "punten")}


def name(text: str) -> str:
    """A name from a file on one line, never empty."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split()) or "zonder naam"


def subject(code: str) -> str:
    """ "Begrijpend lezen": the subject as a heading."""
    return dutch.sentence(subjects.label(code))


def moment(school_year: str, code: str) -> str:
    """ "midden 2026-2027"."""
    return f"{PARTS_OF_YEAR.get(code, code)} {school_year}"


def day(iso: str) -> str:
    """ "3 maart 2027", or an empty text when there is no date."""
    return dutch.day(date.fromisoformat(iso)) if iso else ""


def pupils(n: int) -> str:
    """ "1 leerling", "15 leerlingen": in digits, for tables."""
    return f"{n} {dutch.agree(n, 'leerling', 'leerlingen')}"


def number(value: float | None, decimals: int = 1) -> str:
    """A number with a decimal comma and always as many decimals, so that columns line up; "–" for None."""
    if value is None:
        return "–"
    text = plain(value, decimals)
    if not decimals:
        return text
    whole, _, rest = text.partition(",")
    return f"{whole},{rest.ljust(decimals, '0')}"


def plain(value: float, decimals: int = 1) -> str:
    """A number as short as it can be, with a real minus: "8", "4,6", "−1"."""
    return dutch.decimal(value, decimals).replace("-", "−")


def signed(value: float) -> str:
    """ "+4,2", "−3,0", "0,0"."""
    text = number(value)
    return text if text.startswith("−") or not text.strip("0,") else f"+{text}"


def percentage(share: float) -> str:
    """A share as a whole percentage."""
    return f"{dutch.decimal(100 * share, 0)}%"


def unit(quantity: str | None, value: float = 2.0) -> str:
    """ "DLE", "punt" or "punten"."""
    one, more = _UNITS.get(quantity, ("", ""))
    return one if abs(value) == 1 else more


def ends(low: float, high: float, counted: int, verdict: str) -> tuple[str, str]:
    """The ends of a share's interval as people read them.

    From 20 pupils as percentages. Below that as whole pupils, rounded so that they agree with the verdict: inwards
    when it is clear, outwards when it is not.
    """
    if counted >= dutch.PERCENT_FROM:
        return percentage(low), percentage(high)
    inwards, slack = verdict in ("above", "below"), 1e-9
    first = math.ceil(low * counted - slack) if inwards else math.floor(low * counted + slack)
    last = math.floor(high * counted + slack) if inwards else math.ceil(high * counted - slack)
    return str(first), str(last)


def between(low: float | None, high: float | None, counted: int, verdict: str) -> str:
    """ "4 en 9" or "52% en 68%"; "–" without an interval."""
    if low is None or high is None:
        return "–"
    return " en ".join(ends(low, high, counted, verdict))


def reasons(cell: OverviewCell) -> str:
    """Who has no result: "3 nog geen uitslag, 2 ziek"; empty when everybody has one."""
    parts = [f"{cell.missing} nog geen uitslag"] if cell.missing else []
    parts += [f"{n} {REASONS.get(code, code)}" for code, n in cell.not_taken.items() if n]
    return ", ".join(parts)


def instrument(code: str, version: str = "") -> str:
    """The test with its version, if any."""
    return f"{name(code)} {version}".strip()


def who(trend: GradeTrend) -> str:
    """Whom a trend is about: "Hele school", "Groep 5", "DL 20-29", "Uitstroom praktijkonderwijs"."""
    if trend.grade is not None:
        return f"Groep {trend.grade}"
    if trend.didactic_age_band is not None:
        return f"DL {trend.didactic_age_band.removeprefix('DL').strip()}"
    if trend.destination is not None:
        return f"Uitstroom {destination(trend.destination)}"
    return "Hele school"


def destination(code: str) -> str:
    """ "vmbo-basis", "vso-arbeid", "vso-dagbesteding (arbeidsmatig)": no comma, so that it can stand in a list."""
    head, _, kind = destinations.LABELS.get(code, name(code)).replace("vso ", "vso-", 1).partition(", ")
    return f"{head} ({kind})" if kind else head


def short_year(school_year: str) -> str:
    """ "2026-2027" → "26-27", for the foot of a chart."""
    first, _, second = school_year.partition("-")
    return f"{first[-2:]}-{second[-2:]}"


def goal_sentence(tier: TierResult) -> str:
    """The figures of one tier in full, as a screen reader says them."""
    k, n = tier.reached, tier.counted
    fact = "doel gehaald" if tier.reached_goal else "doel niet gehaald"
    verb = dutch.agree(k, "haalde", "haalden")
    said = f"{k} van de {pupils(n)} {verb} het doel; ons doel was {tier.goal_count}: {fact}."
    if tier.verdict == "too_few":
        return f"{said} Voor een oordeel is de groep te klein."
    said += f" Waarschijnlijk tussen {between(tier.low, tier.high, n, tier.verdict)}"
    return f"{said}; norm {percentage(tier.target_share)}: {VERDICTS[tier.verdict]}."


def counts(levels: Mapping[str, int]) -> str:
    """ "I: 4, II: 6"."""
    return ", ".join(f"{level}: {n}" for level, n in levels.items())
