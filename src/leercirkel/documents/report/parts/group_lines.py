"""Growth and learning yield of one group, in a line per subject."""

from __future__ import annotations

import math
from collections.abc import Sequence

from leercirkel.analysis.model import GroupGrowth, GroupYield
from leercirkel.core import dutch
from leercirkel.documents.report import words
from leercirkel.documents.report.context import Context, View, subject_order


def lines(context: Context, group: str, drawn: set[tuple[str, str]], notes: Sequence[tuple[str, str]]) -> list[View]:
    """Per subject: growth since each earlier moment, and learning yield.

    `drawn`: tests whose growth over a year stands in a chart already. `notes`: (subject, text) for those that have no
    chart and nothing else to say.
    """
    report = context.report
    now = (group, report.school_year, report.moment)
    found: dict[str, list[str]] = {}
    for g in _one_quantity([g for g in report.growth if (g.group, g.school_year, g.to_moment) == now]):
        in_chart = g.quantity != "avi" and g.from_moment == g.to_moment and (g.subject, g.instrument) in drawn
        found.setdefault(g.subject, []).append("" if in_chart else _growth(context, g))
    for y in report.learning_yield:
        if (y.group, y.school_year, y.moment) == now:
            found.setdefault(y.subject, []).append(_yield(context, y))
    out = [
        {"subject": words.subject(code), "text": " ".join(t for t in found[code] if t)}
        for code in sorted(found, key=subject_order)
    ]
    shown = {line["subject"] for line in out if line["text"]}
    same: dict[str, list[str]] = {}
    for subject, text in notes:
        if subject not in shown:
            same.setdefault(text, []).append(subject)
    out += [{"subject": dutch.sentence(dutch.listed(names).lower()), "text": text} for text, names in same.items()]
    return [line for line in out if line["text"]]


def _one_quantity(growths: Sequence[GroupGrowth]) -> list[GroupGrowth]:
    """Each comparison once, the longest ago first: where a test gives scores and DLEs, growth is told in scores."""
    scored = {(g.subject, g.instrument, g.from_school_year, g.from_moment) for g in growths if g.quantity == "score"}
    kept = [
        g
        for g in growths
        if g.quantity != "dle" or (g.subject, g.instrument, g.from_school_year, g.from_moment) not in scored
    ]
    return sorted(kept, key=lambda g: (g.instrument, g.from_school_year, "BME".find(g.from_moment)))


def _growth(context: Context, g: GroupGrowth) -> str:
    if context.tiny(g.counted):
        return ""
    since = words.moment(g.from_school_year, g.from_moment)
    if g.quantity == "avi":
        return _steps(g, since)
    clear = [] if g.real_up is None else [f"{g.real_up} {dutch.agree(g.real_up, 'ging', 'gingen')} duidelijk vooruit"]
    clear += [f"{g.real_down} achteruit"] if g.real_down else []
    if g.mean is None:
        return f"Sinds {since}, van {words.pupils(g.counted)}: {', '.join(clear)}." if clear else ""
    if g.conditional_z is not None:
        size, side = words.number(abs(g.conditional_z), 2), "onder" if g.conditional_z < 0 else "boven"
        clear.append(f"{size} sd {side} de verwachting" if size != "0,00" else "gelijk aan de verwachting")
    verb = dutch.agree(g.counted, "groeide", "groeiden")
    mean = f"{words.number(g.mean)} {words.unit(g.quantity)}"
    text = f"Sinds {since} {verb} {words.pupils(g.counted)} gemiddeld {mean}"
    if g.low is not None and g.high is not None and not context.few(g.counted):
        text += f" (waarschijnlijk tussen {words.number(g.low)} en {words.number(g.high)})"
    return f"{text}; {', '.join(clear)}." if clear else f"{text}."


def _steps(g: GroupGrowth, since: str) -> str:
    if g.at_least_one_step is None:
        return ""
    verb = dutch.agree(g.at_least_one_step, "ging", "gingen")
    text = f"{g.at_least_one_step} van de {words.pupils(g.counted)} {verb} sinds {since} minstens één AVI-niveau omhoog"
    return f"{text}{_half(g.steps_median or 0.0)}."


def _half(median: float) -> str:
    """What at least half of the pupils did; empty when that says nothing more than "at least one step up".

    A median between two whole numbers of steps still has half of the pupils at or beyond the next whole one.
    """
    steps = math.ceil(median) if median > 0 else -math.floor(median)
    if steps == 0 or (median > 0 and steps == 1):
        return ""
    way = "omhoog" if median > 0 else "omlaag"
    return f"; minstens de helft ging {dutch.counted(steps, 'niveau', 'niveaus')} of meer {way}"


def _yield(context: Context, y: GroupYield) -> str:
    if y.median is None or context.hidden(y.counted):
        return ""
    text = f"Leerrendement: de helft van {words.pupils(y.counted)} heeft {words.number(y.median, 2)} of meer"
    return f"{text}; bij {y.uneven_pupils} een groot verschil met een ander vak." if y.uneven_pupils else f"{text}."
