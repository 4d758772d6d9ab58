"""The last part: definitions, formulas and inputs, so that every figure in the report can be made again."""

from __future__ import annotations

from collections.abc import Sequence

from leercirkel.analysis.model import CohortTrend
from leercirkel.core.standards import Standard, Tier
from leercirkel.documents.report.context import Context, View, subject_order
from leercirkel.documents.report.parts.definitions import effect_topic, topic, topics
from leercirkel.documents.texts import Texts


def method(context: Context) -> View:
    """Definitions as (title, paragraphs), the worked example, the standards as a table, files and problems."""
    m = context.report.method
    return {
        "columns": _balanced([_counting(context), *topics(context), _decomposition(context), *effect_topic(context)]),
        "standards": _standards(context),
        "files": [context.texts.name(f) for f in m.files],
        "problems": context.texts.problems(list(m.problems.items())),
    }


def _balanced(topics: list[View]) -> list[list[View]]:
    """The topics in two columns of about the same height, in reading order."""
    heights = [sum(len(p) for p in t["text"]) + 120 for t in topics]
    cut = min(range(1, len(topics)), key=lambda i: abs(sum(heights[:i]) - sum(heights[i:])))
    return [topics[:cut], topics[cut:]]


def _decomposition(context: Context) -> View:
    """Where a difference comes from, worked out with the largest comparison of this report."""
    example, texts, said = _example(context), context.texts, ""
    if example is not None:
        c = example
        since, until = texts.moment(c.from_school_year, c.from_moment), texts.moment(c.school_year, c.to_moment)
        said = texts.example(
            (c.group, c.subject, since, until),
            (c.mean_from, c.mean_to),
            (c.stayers, c.joiners, c.leavers),
            (c.growth or 0.0, c.joiner_effect or 0.0, c.leaver_effect or 0.0),
            c.quantity,
        )
    return topic(texts.decomposition_topic(said))


def _example(context: Context) -> CohortTrend | None:
    report = context.report
    usable = [
        c for c in report.cohort_trend
        if c.school_year == report.school_year and c.to_moment == report.moment and not context.few(c.stayers)
        and None not in (c.growth, c.joiner_effect, c.leaver_effect, c.mean_from, c.mean_to)
    ]  # fmt: skip
    return max(
        usable,
        key=lambda c: (_adds_up(c), c.from_moment == c.to_moment, c.stayers, c.joiners + c.leavers),
        default=None,
    )


def _adds_up(c: CohortTrend) -> bool:
    """Whether the example also adds up for who recomputes it with the rounded figures on paper."""
    growth, joined, left, before, after = (
        round(v or 0.0, 1) for v in (c.growth, c.joiner_effect, c.leaver_effect, c.mean_from, c.mean_to)
    )
    total = round((c.growth or 0.0) + (c.joiner_effect or 0.0) - (c.leaver_effect or 0.0), 1)
    return abs(growth + joined - left - total) < 1e-6 and abs(after - before - total) < 1e-6


def _counting(context: Context) -> View:
    report = context.report
    changes = [
        (d.school_year, d.changed, d.up, d.down)
        for d in report.destination_changes
        if d.changed and d.school_year == report.school_year and not context.hidden(d.changed)
    ]
    return topic(context.texts.counting_topic(report.method.without_standard, changes))


def _standards(context: Context) -> list[View]:
    """The standards as rows; those that differ in destination only are one row."""
    texts, rows = context.texts, dict[tuple[object, ...], tuple[list[str], list[str]]]()
    order = sorted(
        context.standards, key=lambda s: (subject_order(s.subject), s.instrument or "", s.moment or "", _span(s))
    )
    for s in order:
        key = (s.subject, s.instrument, s.moment, *whom(context, s), *(_tier(context, s, t) for t in s.tiers))
        _, destinations_ = rows.setdefault(key, (whom(context, s), []))
        if s.destination:
            destinations_.append(s.destination)
    return [
        {
            "subject": texts.subject(str(key[0])),
            "test": str(key[1] or texts.any_test),
            "when": texts.parts_of_year.get(str(key[2] or ""), texts.any_moment),
            "whom": "; ".join(for_whom + ([texts.for_destinations(ends)] if ends else [])) or texts.all_pupils,
            "tiers": [str(text) for text in key[3 + len(for_whom) :]],
        }
        for key, (for_whom, ends) in rows.items()
    ]


def _span(s: Standard) -> tuple[object, ...]:
    return s.grades or (0,), s.didactic_age or (0, 0), s.own_dle or (0.0, 0.0), s.scope


NO_UPPER_END = 100
"""A DLE never comes here: a standard that ends here has no upper end."""


def whom(context: Context, s: Standard) -> list[str]:
    """For which pupils and years, apart from the destination."""
    texts = context.texts
    out = [texts.extra_support] if s.scope == "care" else []
    if s.grades:
        out.append(texts.in_grades(s.grades))
    if s.didactic_age:
        out.append(texts.ages(*s.didactic_age))
    if s.own_dle:
        low, high = float(s.own_dle[0]), float(s.own_dle[1])
        out.append(texts.own_dle(low, high if high < NO_UPPER_END else None))
    if s.school_years:
        out.append(texts.listed(_years(texts, s.school_years)))
    return out


def _years(texts: Texts, found: Sequence[int]) -> list[str]:
    """School years, three or more in a row as the first and the last."""
    runs: list[list[int]] = []
    for year in sorted(found):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    out = []
    for run in runs:
        named = [f"{year}-{year + 1}" for year in run]
        out += named if len(run) < 3 else [texts.years_through(named[0], named[-1])]
    return out


def _tier(context: Context, s: Standard, t: Tier) -> str:
    texts = context.texts
    quantity = texts.quantities.get(s.quantity, s.quantity)
    if t.dl_factor is not None:
        limit = f"{quantity} ≥ {texts.plain(t.dl_factor, 3)} × DL"
    elif isinstance(t.threshold, str):
        limit = f"{quantity} {t.threshold}"
    else:
        limit = f"{quantity} {texts.plain(float(t.threshold or 0), 2)}"
    return texts.standard_tier(t.name, t.target_share, limit)
