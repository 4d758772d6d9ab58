"""Trends per test: the school, then grades, bands or destinations, each as a chart with its table."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from leercirkel.analysis.model import GradeTrend, TrendPool
from leercirkel.documents.charts import TrendMark
from leercirkel.documents.charts import trend as draw
from leercirkel.documents.charts.trend import count_notes
from leercirkel.documents.report.context import Context, View, subject_order
from leercirkel.documents.report.parts.trend_pages import chart_height, new_pages, rows_of

WIDTH = 460.0

# So many digits fit on one line of each column of a card's table, beside a mark; a letter and a space together take
# less room than two digits.
_ONE_LINE = (11, 13, 18, 11)

_DIRECTION_FROM = 3
"""Years on one version from which a direction can be told, if the groups are large enough."""


def trends(context: Context, *, narrow: float | None = None) -> list[View]:
    """A section per subject and instrument with at least one chart, in the order of subjects. `narrow`: each card also
    has its chart in this width, for a telephone."""
    drawn = [
        _section(context, subject, instrument, members, narrow) for subject, instrument, members in by_test(context)
    ]
    shown = [section for section in drawn if section["cards"]]
    sizes = [(s["wide"], len(s["cards"]), max(len(c["table"]["rows"]) for c in s["cards"])) for s in shown]
    return [s | {"new_page": begins} for s, begins in zip(shown, new_pages(sizes), strict=True)]


def by_test(context: Context) -> list[tuple[str, str, list[GradeTrend]]]:
    """Subject, instrument and trends at the moment of the round: the school first, then grades, or didactic-age bands
    and destinations. A special school is told by these two; its grades are for the administration only."""
    found: dict[tuple[str, str], list[GradeTrend]] = {}
    for trend in context.report.grade_trend:
        if trend.moment == context.report.moment:
            found.setdefault((trend.subject, trend.instrument), []).append(trend)
    out = []
    for (subject, instrument), members in sorted(found.items(), key=lambda x: (subject_order(x[0][0]), x[0][1])):
        by_age = any(t.didactic_age_band is not None for t in members)
        told = sorted((t for t in members if t.grade is None or not by_age), key=partial(_place, context))
        out.append((subject, instrument, told))
    return out


def _section(
    context: Context, subject: str, instrument: str, ordered: Sequence[GradeTrend], narrow: float | None
) -> View:
    shown = [t for t in ordered if _can_show(context, t)]
    texts = context.texts
    small = [texts.who(t) for t in ordered if t not in shown and len(t.points) > 1]
    lines = {(t.tier, t.target_share) for t in shown if t.target_share is not None}
    norm, key = "", texts.trend_key(shares=any(map(is_share, shown)))
    if len(lines) == 1:
        tier, share = lines.pop()
        norm = texts.trend_norm(share or 0, tier)
    wide = bool(shown) and texts.who(shown[0]) == texts.whole_school
    height = chart_height(max((len(t.points) for t in shown), default=0), rows_of(len(shown), wide))
    cards = [_card(context, t, height) for t in shown]
    if narrow is not None:
        cards = [card | {"narrow": _chart(context, t, height, narrow)} for card, t in zip(cards, shown, strict=True)]
    if len(units := {card["unit"] for card in cards}) == 1:  # then once, above all cards
        norm = f"{norm} {units.pop()}".strip()
        cards = [card | {"unit": ""} for card in cards]
    star = texts.star if any(card["table"].pop("star") for card in cards) else ""
    return {
        "subject": subject,
        "title": texts.subject(subject),
        "test": texts.instrument(instrument),
        "norm": f"{norm} {key} {star}".strip(),
        "wide": wide,
        "cards": cards,
        "small": texts.not_drawn_trends(small, context.report.method.no_number_below) if small else "",
    }


def _place(context: Context, t: GradeTrend) -> tuple[int, int, str, str]:
    kind = 1 if t.grade is not None else 2 if t.didactic_age_band is not None else 3 if t.destination else 0
    return kind, t.grade or 0, (t.didactic_age_band or "").rjust(9), context.texts.who(t)


def _can_show(context: Context, t: GradeTrend) -> bool:
    """A line needs two years with enough pupils to see a line in: of one or two pupils a chart shows the pupil."""
    told = [p for i, p in enumerate(t.points) if not context.tiny(_counted(t, i))]
    return len(told) > 1 and any((p.share if is_share(t) else p.mean) is not None for p in told)


def is_share(t: GradeTrend) -> bool:
    """Whether the trend is told as the share that reached the goal; else as a mean."""
    return t.target_share is not None and any(p.share is not None for p in t.points)


def _counted(t: GradeTrend, i: int) -> int:
    return t.points[i].judged if is_share(t) else t.points[i].counted


def pools_of(context: Context, t: GradeTrend) -> dict[str, TrendPool]:
    """The pool that ends in each school year, where it is large enough for a value."""
    share = is_share(t)
    return {
        p.school_years[-1]: p
        for p in t.pools
        if not context.few(p.judged if share else p.counted) and (p.share if share else p.mean) is not None
    }


def _card(context: Context, t: GradeTrend, height: float) -> View:
    share = is_share(t)
    return {
        "title": context.texts.who(t),
        "caption": context.texts.trend_caption(t.subject, t.instrument, context.texts.who(t)),
        "table_of": context.texts.table_of(context.texts.who(t)),
        "note": _direction(context, t),
        "unit": "" if share else context.texts.mean_unit(t.quantity),
        "chart": _chart(context, t, height),
        "said": _said(context, t),
        "table": _table(context, t),
    }


def _direction(context: Context, t: GradeTrend) -> str:
    """Whether the line goes up or down, or why that cannot be told."""
    if t.direction is not None:
        return context.texts.directions[t.direction]
    versions = [p.version for p in t.points]
    if versions.count(versions[-1]) >= _DIRECTION_FROM:
        return context.texts.too_few_a_year
    return context.texts.not_three_years if len(set(versions)) > 1 else ""


def _chart(context: Context, t: GradeTrend, height: float, width: float = WIDTH) -> str:
    texts, share, pools = context.texts, is_share(t), pools_of(context, t)
    pairs = [(p.reached if share else p.counted, p.judged if share else p.counted) for p in t.points]
    template = texts.of if share else lambda _, n: texts.short_pupils(n)
    notes, label = count_notes(pairs, template, texts.pupils_short, width=width)
    marks = []
    for i, p in enumerate(t.points):
        n = _counted(t, i)
        hidden, few = context.hidden(n), context.few(n)
        value, low, high = (p.share, p.low, p.high) if share else (p.mean, p.mean_low, p.mean_high)
        pool = pools.get(p.school_year)
        verdict = p.verdict if share and not few else "too_few" if few else "undecided"
        marks.append(TrendMark(
            texts.short_year(p.school_year), "–" if hidden else notes[i],
            None if hidden else value, None if few else low, None if few else high, verdict,
            None if pool is None else pool.share if share else pool.mean, p.new_version,
        ))  # fmt: skip
    return draw(
        marks, _said(context, t), bounds=(0.0, 1.0) if share else None,
        axis=texts.percentage if share else texts.plain, norm=t.target_share if share else None,
        norm_label=texts.norm_label, break_label=texts.break_label, width=width,
        height=height, note_label=label,
    )  # fmt: skip


def _said(context: Context, t: GradeTrend) -> str:
    """The whole chart in a sentence per year."""
    texts, share, years = context.texts, is_share(t), []
    for i, p in enumerate(t.points):
        n, anew = _counted(t, i), p.new_version
        if context.hidden(n):
            years.append(texts.year_without(p.school_year, anew=anew))
        elif share:
            years.append(texts.year_reached(p.school_year, p.reached, p.judged, anew=anew))
        else:
            years.append(texts.year_mean(p.school_year, p.mean, n, anew=anew))
    said = texts.trend_said(texts.who(t), t.subject, t.target_share or 0.0 if share else None, years)
    return f"{said} {_pool_said(context, t)}".strip()


def _pool_said(context: Context, t: GradeTrend) -> str:
    pool = pools_of(context, t).get(t.points[-1].school_year)
    if pool is None:
        return ""
    years = len(pool.school_years)
    if is_share(t):
        return context.texts.pool_reached(years, pool.reached, pool.judged, pool.goal_count)
    return context.texts.pool_mean(years, pool.mean)


def _table(context: Context, t: GradeTrend) -> View:
    texts, share, pools = context.texts, is_share(t), pools_of(context, t)
    rows = []
    for i, p in enumerate(t.points):
        n = _counted(t, i)
        year = p.school_year + (" *" if p.new_version else "")
        pool = pools.get(p.school_year)
        if context.hidden(n):
            rows.append(_row([year, context.too_small, "", ""]))
            continue
        if share:
            middle = "–" if context.few(n) else texts.between(p.low, p.high, p.judged, p.verdict)
            pooled = texts.of(pool.reached, pool.judged) if pool else ""
            verdict = "too_few" if context.few(n) else p.verdict
            rows.append(_row([year, texts.of(p.reached, p.judged), middle, pooled], verdict))
        else:
            middle = "–" if context.few(n) or p.mean_low is None else (
                texts.both(texts.number(p.mean_low), texts.number(p.mean_high))
            )  # fmt: skip
            pooled = texts.number(pool.mean) if pool else ""
            rows.append(_row([year, f"{texts.number(p.mean)} ({n})", middle, pooled]))
    return {"heads": texts.trend_heads(share=share), "rows": rows, "star": any(p.new_version for p in t.points)}


def _row(cells: list[str], verdict: str = "") -> View:
    one_line = all(len(text) <= most for text, most in zip(cells, _ONE_LINE, strict=True))
    return {"cells": cells, "verdict": verdict, "one_line": one_line}
