"""Growth, growth percentiles and learning yield of one group, in a line per subject."""

from __future__ import annotations

import math
from collections.abc import Sequence

from leercirkel.analysis.model import GroupGrowth, GroupYield
from leercirkel.documents.growth_texts import growth_middle
from leercirkel.documents.report.context import Context, View, subject_order


def lines(context: Context, group: str, drawn: set[tuple[str, str]], notes: Sequence[tuple[str, str]]) -> list[View]:
    """Per subject: growth since each earlier moment, the median growth percentile, and learning yield.

    `drawn`: tests whose growth over a year stands in a chart already. `notes`: (subject, text) for those that have no
    chart and nothing else to say.
    """
    report, texts = context.report, context.texts
    now = (group, report.school_year, report.moment)
    found: dict[str, list[str]] = {}
    for g in _one_quantity([g for g in report.growth if (g.group, g.school_year, g.to_moment) == now]):
        in_chart = g.quantity != "avi" and g.from_moment == g.to_moment and (g.subject, g.instrument) in drawn
        found.setdefault(g.subject, []).append("" if in_chart else _growth(context, g))
    for m in report.growth_percentiles:
        if (m.group, m.school_year, m.moment) == now:
            found.setdefault(m.subject, []).append(growth_middle(texts, m))
    for y in report.learning_yield:
        if (y.group, y.school_year, y.moment) == now:
            found.setdefault(y.subject, []).append(_yield(context, y))
    out = [
        {"subject": texts.subject(code), "text": " ".join(t for t in found[code] if t)}
        for code in sorted(found, key=subject_order)
    ]
    shown = {line["subject"] for line in out if line["text"]}
    same: dict[str, list[str]] = {}
    for subject, text in notes:
        if subject not in shown:
            same.setdefault(text, []).append(subject)
    out += [{"subject": texts.sentence(texts.listed(names).lower()), "text": text} for text, names in same.items()]
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
    texts = context.texts
    since = texts.moment(g.from_school_year, g.from_moment)
    if g.quantity == "avi":
        if g.at_least_one_step is None:
            return ""
        return texts.steps(since, g.at_least_one_step, g.counted, _half(g.steps_median or 0.0))
    clear = [] if g.real_up is None else [texts.clearly_up(g.real_up)]
    clear += [texts.clearly_down(g.real_down)] if g.real_down else []
    if g.mean is None:
        return texts.only_clear(since, g.counted, clear) if clear else ""
    if g.conditional_z is not None:
        clear.append(texts.against_expected(g.conditional_z))
    known = g.low is not None and g.high is not None and not context.few(g.counted)
    ends = (g.low or 0.0, g.high or 0.0) if known else None
    return texts.growth(since, g.counted, g.mean, g.quantity, ends, clear)


def _half(median: float) -> int:
    """What at least half of the pupils did, in levels; 0 when that says nothing more than "at least one step up".

    A median between two whole numbers of steps still has half of the pupils at or beyond the next whole one.
    """
    steps = math.ceil(median) if median > 0 else math.floor(median)
    return 0 if steps == 1 else steps


def _yield(context: Context, y: GroupYield) -> str:
    if y.median is None or context.hidden(y.counted):
        return ""
    return context.texts.learning_yield(y.counted, y.median, y.uneven_pupils)
