"""What changes: trends over the years, the same pupils followed back, growth, and learning yield."""

from __future__ import annotations

from leercirkel.analysis.model import CohortTrend, GradeTrend, GroupGrowth, TrendPool
from leercirkel.documents.report.context import Context, groups_of, subject_order
from leercirkel.documents.report.parts.trends import by_test, is_share, pools_of
from leercirkel.documents.workbook.table import Column, Table, Value, safe

YEAR = (
    Column("who"),
    Column("subject"),
    Column("test"),
    Column("school_year"),
    Column("version"),
    Column("new_version"),
)


def trends(context: Context) -> Table:
    """A row per school year of every trend against a goal, with the years together that end there."""
    rows: list[list[Value]] = []
    for t in _told(context, share=True):
        pools = pools_of(context, t)
        rows += [_share(context, t, i, pools.get(p.school_year)) for i, p in enumerate(t.points)]
    shown = (
        *YEAR, Column("goal"), Column("target", "share"), Column("counted", "count"),
        Column("reached", "count"), Column("share", "share"), Column("share_from", "share"),
        Column("share_to", "share"), Column("verdict", "verdict"), Column("years_together", "count"),
        Column("pool_counted", "count"), Column("pool_reached", "count"),
        Column("pool_goal", "count"), Column("pool_share", "share"), Column("pool_verdict", "verdict"),
        Column("direction"),
    )  # fmt: skip
    return Table("trends", shown, rows)


def mean_trends(context: Context) -> Table:
    """A row per school year of every trend that has means, with the mean of the years together."""
    rows: list[list[Value]] = []
    for t in _told(context, share=False):
        pools = {} if is_share(t) else pools_of(context, t)
        rows += [_mean(context, t, i, pools.get(p.school_year)) for i, p in enumerate(t.points)]
    shown = (
        *YEAR, Column("mean_in"), Column("result", "count"), Column("mean", "number"),
        Column("mean_from", "number"), Column("mean_to", "number"),
        Column("years_together", "count"), Column("pool_mean", "number"), Column("direction"),
    )  # fmt: skip
    return Table("mean_trends", shown, rows)


def _told(context: Context, *, share: bool) -> list[GradeTrend]:
    """The trends with a share, or those with a mean; some have both."""
    everything = [t for _, _, members in by_test(context) for t in members]
    if share:
        return [t for t in everything if is_share(t)]
    return [t for t in everything if any(p.mean is not None for p in t.points)]


def _year(context: Context, t: GradeTrend, i: int) -> list[Value]:
    p = t.points[i]
    return [context.texts.who(t), context.texts.subject(t.subject), safe(t.instrument), p.school_year, safe(p.version),
            context.texts.yes if p.new_version else ""]  # fmt: skip


def _share(context: Context, t: GradeTrend, i: int, pool: TrendPool | None) -> list[Value]:
    p = t.points[i]
    out = [*_year(context, t, i), safe(context.texts.tier(t.tier)) if t.tier else "", t.target_share]
    if not p.judged:
        out += [None] * 6
    else:
        few = context.few(p.judged) or p.verdict == "too_few"
        between = (None, None) if few else (p.low, p.high)
        out += [p.judged, p.reached, p.share, *between, "too_few" if few else p.verdict]
    together: list[Value] = [None] * 6
    if pool is not None:
        together = [len(pool.school_years), pool.judged, pool.reached, pool.goal_count, pool.share, pool.verdict]
    return [*out, *together, _direction(context, t, i)]


def _mean(context: Context, t: GradeTrend, i: int, pool: TrendPool | None) -> list[Value]:
    p = t.points[i]
    out = [*_year(context, t, i), context.texts.units.get(t.quantity or "")]
    if not p.counted:
        out += [None] * 4
    else:
        between = (None, None) if context.few(p.counted) else (p.mean_low, p.mean_high)
        out += [p.counted, p.mean, *between]
    together: list[Value] = [None, None] if pool is None else [len(pool.school_years), pool.mean]
    return [*out, *together, "" if is_share(t) else _direction(context, t, i)]


def _direction(context: Context, t: GradeTrend, i: int) -> str:
    """The direction of the line that this year is on: it begins again at a new version."""
    return context.texts.ways[t.direction] if t.points[i].version == t.points[-1].version else ""


def _order(context: Context) -> dict[str, int]:
    """Groups in the order of the report; one that has no result in the round comes last."""
    return {group: i for i, group in enumerate(groups_of(context.of_round(context.report.overview)))}


def cohorts(context: Context) -> Table:
    """A row per group, test and earlier moment: the same pupils, who joined and who left."""
    report, order = context.report, _order(context)
    found = [c for c in report.cohort_trend if (c.school_year, c.to_moment) == (report.school_year, report.moment)]
    found.sort(
        key=lambda c: (order.get(c.group, len(order)), subject_order(c.subject), c.instrument, c.version, c.quantity,
                       c.grade or 0, c.from_school_year, "BME".find(c.from_moment))
    )  # fmt: skip
    shown = (
        Column("group"), Column("grade", "count"), Column("subject"), Column("test"), Column("version"), Column("unit"),
        Column("since"), Column("stayers", "count"), Column("joiners", "count"), Column("leavers", "count"),
        Column("leavers_present", "count"), Column("mean_then", "number"), Column("mean_now", "number"),
        Column("difference", "number"), Column("stayer_growth", "number"), Column("growth_from", "number"),
        Column("growth_to", "number"), Column("expected_growth", "number"), Column("joiner_effect", "number"),
        Column("leaver_effect", "number"),
    )  # fmt: skip
    return Table("cohorts", shown, [_cohort(context, c) for c in found])  # fmt: skip


def _cohort(context: Context, c: CohortTrend) -> list[Value]:
    texts = context.texts
    since = texts.moment(c.from_school_year, c.from_moment)
    out: list[Value] = [safe(texts.group(c.group)), c.grade, texts.subject(c.subject), safe(c.instrument),
                        safe(c.version), texts.units[c.quantity], since]  # fmt: skip
    between = (None, None) if context.few(c.stayers) else (c.growth_low, c.growth_high)
    return [*out, c.stayers, c.joiners, c.leavers, c.leavers_present, c.mean_from, c.mean_to, c.total_change, c.growth,
            *between, c.expected_growth, c.joiner_effect, c.leaver_effect]  # fmt: skip


def growth(context: Context) -> Table:
    """A row per group, test, quantity and earlier moment."""
    report, order = context.report, _order(context)
    found = [g for g in report.growth if (g.school_year, g.to_moment) == (report.school_year, report.moment)]
    found.sort(
        key=lambda g: (order.get(g.group, len(order)), subject_order(g.subject), g.instrument, g.quantity,
                       g.from_school_year, "BME".find(g.from_moment))
    )  # fmt: skip
    shown = (
        Column("group"), Column("subject"), Column("test"), Column("unit"), Column("since"), Column("pupils", "count"),
        Column("growth", "number"), Column("growth_from", "number"), Column("growth_to", "number"),
        Column("clearly_up", "count"), Column("clearly_down", "count"),
        Column("above_expected", "number"), Column("lowest_fifth", "count"),
        Column("step_up", "count"), Column("steps_median", "number"),
    )  # fmt: skip
    return Table("growth", shown, [_growth(context, g) for g in found])


def _growth(context: Context, g: GroupGrowth) -> list[Value]:
    texts = context.texts
    out: list[Value] = [safe(texts.group(g.group)), texts.subject(g.subject), safe(g.instrument),
                        texts.units[g.quantity], texts.moment(g.from_school_year, g.from_moment)]  # fmt: skip
    between = (None, None) if context.few(g.counted) else (g.low, g.high)
    return [*out, g.counted, g.mean, *between, g.real_up, g.real_down, g.conditional_z, g.low_scorers,
            g.at_least_one_step, g.steps_median]  # fmt: skip


def growth_percentiles(context: Context) -> Table:
    """A row per group and test of the round that a growth norm is for; fewer pupils than a verdict asks for have no
    median."""
    texts, report, order = context.texts, context.report, _order(context)
    found = [m for m in report.growth_percentiles if (m.school_year, m.moment) == (report.school_year, report.moment)]
    found.sort(key=lambda m: (order.get(m.group, len(order)), subject_order(m.subject), m.instrument, m.version))
    rows: list[list[Value]] = [
        [safe(texts.group(m.group)), texts.subject(m.subject), safe(m.instrument), safe(m.version), m.counted,
         m.not_placed, m.median, m.low, m.high]
        for m in found
    ]  # fmt: skip
    shown = (
        Column("group"), Column("subject"), Column("test"), Column("version"), Column("placed", "count"),
        Column("not_placed", "count"), Column("percentile_median", "number"), Column("percentile_from", "number"),
        Column("percentile_to", "number"),
    )  # fmt: skip
    return Table("growth_percentiles", shown, rows)


def learning_yield(context: Context) -> Table:
    """A row per group and subject of the round. A yield is DLE ÷ DL, told as a share."""
    texts, report, order = context.texts, context.report, _order(context)
    found = [y for y in report.learning_yield if (y.school_year, y.moment) == (report.school_year, report.moment)]
    found.sort(key=lambda y: (order.get(y.group, len(order)), subject_order(y.subject)))
    rows: list[list[Value]] = [
        [safe(texts.group(y.group)), texts.subject(y.subject), y.counted, y.median, y.uneven_pupils, y.dl_below_10,
         y.without_dl, y.censored]
        for y in found
    ]  # fmt: skip
    shown = (
        Column("group"), Column("subject"), Column("pupils", "count"), Column("yield_median", "share"),
        Column("uneven", "count"), Column("dl_below_10", "count"),
        Column("dl_unknown", "count"), Column("censored", "count"),
    )  # fmt: skip
    return Table("learning_yield", shown, rows)
