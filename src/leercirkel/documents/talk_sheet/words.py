"""What a talk sheet says: short Dutch sentences for parents, one message each, without the words of the trade.

The terms are those of the right column of `GLOSSARY.md`. No norm, no tier, no didactic age; a child is never called
weak, and never the cause. Rules: `docs/domein/rapportgesprek.md`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from leercirkel.analysis.model import PupilPoint, PupilTest
from leercirkel.core import dutch
from leercirkel.core.calendar import parse_school_year

SUBJECTS: dict[str, str] = {
    "rekenen": "Rekenen",
    "begrijpend_lezen": "Begrijpen wat je leest",
    "technisch_lezen": "Vlot lezen",
    "spelling": "Spelling",
    "taalverzorging": "Goed schrijven: spelling, zinnen en leestekens",
    "woordenschat": "Woorden kennen",
    "luisteren": "Luisteren",
}

_LEVELS: dict[str, str] = {
    "I": "ver boven het gemiddelde van Nederland",
    "II": "boven het gemiddelde van Nederland",
    "III": "rond het gemiddelde van Nederland",
    "IV": "onder het gemiddelde van Nederland",
    "V": "ver onder het gemiddelde van Nederland",
    "A": "bij de 25 hoogste van elke 100 kinderen in Nederland",
    "B": "boven het gemiddelde van Nederland",
    "C": "onder het gemiddelde van Nederland",
    "D": "een stuk onder het gemiddelde van Nederland",
    "E": "bij de 10 laagste van elke 100 kinderen in Nederland",
}

_REASONS: dict[str, str] = {
    "missing": "De uitslag is er nog niet.",
    "ill": "Deze toets is niet gemaakt: {name} was ziek.",
    "exempt": "{name} hoeft deze toets niet te maken.",
    "too_hard": "Deze toets past nu niet bij {name}.",
    "just_arrived": "{name} was nog maar kort op school toen de toets er was.",
    "moved": "{name} zat toen niet bij ons op school.",
    "other": "Deze toets is niet gemaakt.",
}

_REFERENCE: dict[str, str] = {
    "<1F": "{name} werkt toe naar het niveau dat de meeste kinderen aan het eind van groep 8 halen (1F).",
    "1F": "{name} heeft het niveau dat de meeste kinderen aan het eind van groep 8 halen (1F).",
    "1S": "{name} heeft het streefniveau voor eind groep 8 (1S).",
    "2F": "{name} heeft het streefniveau voor eind groep 8 (2F).",
}

_PARTS = {"B": "begin", "M": "midden", "E": "eind"}
_SHORT_PARTS = {"B": "beg", "M": "mid", "E": "eind"}


def about(test: PupilTest, name: str, of_round: tuple[str, str], *, compare: bool) -> list[str]:
    """What parents read about one subject: where the child is, whether it went forward and, with `compare`, how the
    result compares with other children.

    Only of the round itself; a test that was not taken then says why.
    """
    now = next((p for p in test.points if (p.school_year, p.moment) == of_round), None)
    if now is None:
        return []
    if now.status != "counted":
        return [_REASONS.get(now.status, _REASONS["other"]).format(name=name)]
    counted = [p for p in test.points if p.status == "counted" and p.version == now.version]
    before = counted[-2] if len(counted) > 1 else None
    told = (_where(now, name, test.subject), _forward(test, now, before, name), _compared(now) if compare else "")
    return [sentence for sentence in told if sentence]


def _where(now: PupilPoint, name: str, subject: str) -> str:
    if now.avi is not None:
        return f"{name} {_reads(now.avi)}."
    if now.reference_level is not None:
        return _REFERENCE[now.reference_level].format(name=name)
    if now.dle is not None:
        of = {"technisch_lezen": "leest", "begrijpend_lezen": "leest en begrijpt"}.get(subject, "werkt")
        return f"{name} {of} ongeveer op het niveau van {matter(now.dle, now.dle_operator or '=')}."
    return ""


def _compared(now: PupilPoint) -> str:
    level = _LEVELS.get(now.level or "")
    return f"De uitslag van nu ligt {level}." if level else ""


def _reads(avi: str) -> str:
    if avi == "Start":
        return "leert de eerste woorden lezen"
    if avi == "Plus":
        return "kan alle teksten van de basisschool lezen"
    return f"kan nu teksten lezen van {_PARTS[avi[0]]} groep {avi[1]}"


def _forward(test: PupilTest, now: PupilPoint, before: PupilPoint | None, name: str) -> str:
    if before is None or test.change is None:
        return "Dit is de eerste uitslag op deze toets; vooruitgang zien we de volgende keer."
    when = moment_words(before)
    if test.quantity == "avi":
        return _forward_in_reading(now, before, name, test.change, when)
    if test.quantity == "score" and before.score is not None and now.score is not None:
        values = f"{_plain(before.score)} punten naar {_plain(now.score)} punten"
    elif before.dle is not None and now.dle is not None:
        values = f"{matter(before.dle, '=')} naar {matter(now.dle, '=')}"
        if values.split(" naar ")[0] == values.split(" naar ")[1]:
            return f"{when} was dat ook zo."
    else:
        return ""
    told = f"Sinds {_since(before)}: van {values}."
    if test.real == "up":
        return f"{told} {name} gaat duidelijk vooruit."
    if test.real == "down":
        return f"{told} Dat is minder dan toen. We kijken samen wat {name} nodig heeft."
    if test.real == "within_error":
        return f"{told} Zo’n verschil is klein: dat kan per keer anders uitvallen."
    return told


def _forward_in_reading(now: PupilPoint, before: PupilPoint, name: str, change: float, when: str) -> str:
    if now.avi == before.avi:
        return f"{when} was dat ook zo."
    then = {"Start": "de eerste woorden", "Plus": "alle teksten"}.get(before.avi or "")
    then = then or f"{_PARTS[(before.avi or 'M3')[0]]} groep {(before.avi or 'M3')[1]}"
    told = f"{when} was dat {then}."
    return f"{told} {name} gaat dus vooruit." if change > 0 else f"{told} We kijken samen wat {name} nodig heeft."


def matter(months: float, operator: str = "=") -> str:
    """How far in the teaching matter, ten months to a school year from group 3: 25 → "midden groep 5".

    A value beyond the scale (">60") is said as such.
    """
    if operator == ">" or months >= 60:
        return "eind groep 8 of verder"
    if operator == "<" or months < 2:
        return "het begin van groep 3"
    years, rest = divmod(round(months), 10)
    if rest in (9, 0, 1):
        return f"eind groep {2 + years + (rest == 9)}"
    part = "begin" if rest < 4 else "midden" if rest < 7 else "de tweede helft van"
    return f"{part} groep {3 + years}"


def moment_words(point: PupilPoint) -> str:
    """When a test was: "In januari 2026", else "Midden 2025-2026". With a capital."""
    if point.taken_on:
        day = date.fromisoformat(point.taken_on)
        return f"In {dutch.MONTHS[day.month - 1]} {day.year}"
    return dutch.sentence(round_words(point.school_year, point.moment))


def subject(code: str) -> str:
    """The subject in parents' words."""
    return SUBJECTS.get(code) or code.replace("_", " ").capitalize()


def _plain(value: float) -> str:
    return dutch.decimal(value, 0)


def _since(point: PupilPoint) -> str:
    """ "januari 2026", else "midden 2025-2026": after "sinds"."""
    words = moment_words(point)
    return words.removeprefix("In ") if words.startswith("In ") else words[0].lower() + words[1:]


def short_moment(point: PupilPoint) -> str:
    """Below a point in the chart: "jan 26", else "mid 26" or "eind 26"."""
    if point.taken_on:
        day = date.fromisoformat(point.taken_on)
        return f"{dutch.MONTHS[day.month - 1][:3]} {day.year % 100:02}"
    year = (parse_school_year(point.school_year) or 0) + (point.moment != "B")
    return f"{_SHORT_PARTS[point.moment]} {year % 100:02}"


def chart_label(name: str, code: str, points: Sequence[PupilPoint], values: Sequence[str]) -> str:
    """The chart in one sentence, for who cannot see it."""
    told = dutch.listed([f"{value} in {short_moment(p)}" for p, value in zip(points, values, strict=True)])
    return f"{subject(code)} van {name}: {told}."


def opened(text: str) -> str:
    """With a capital: "uw kind leest …" → "Uw kind leest …"."""
    return dutch.sentence(text)


def round_words(school_year: str, moment: str) -> str:
    """ "midden 2026-2027"."""
    return f"{_PARTS[moment]} {school_year}"
