"""One page per group: what we see, its tests with every tier, what a difference comes from, growth, learning yield."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from leercirkel.analysis.model import OverviewCell, TierResult
from leercirkel.documents.charts import levels
from leercirkel.documents.report.context import Context, View, group_tests, groups_of
from leercirkel.documents.report.parts import cohorts
from leercirkel.documents.report.parts.group_answers import group_answers
from leercirkel.documents.report.parts.group_lines import lines
from leercirkel.documents.report.parts.pupils import pupils

_SCALES = (("I", "II", "III", "IV", "V"), ("A", "B", "C", "D", "E"))
"""Levels from high to low: each keeps its place and shade, also when no pupil has it."""

PAGE = 255.0
"""Room for groups on one page, in millimetres."""

FLOWS_HEAD = 7.0
"""The heading above those charts."""

CHART_HEIGHTS = (120.0, 104.0, 90.0, 78.0)
"""Of the charts of where a difference comes from: lower where a group would not fit on its page."""


def groups(context: Context) -> list[View]:
    """The groups of the round with a result that may be shown, in the order of the overview.

    `new_page` says which of them begin a page: small groups share one, a large one stands alone.
    """
    cells = context.of_round(context.report.overview)
    said = group_answers(context)
    shown = [
        _group(context, g, members, said.get(g, ()))
        for g, members in groups_of(cells).items()
        if _can_show(context, members)
    ]
    used = PAGE
    for group in shown:
        height = _height(group)
        group["new_page"] = used + height > PAGE
        used = height if group["new_page"] else used + height
        if group["pupils"]:
            used = PAGE
    return shown


def too_small(context: Context) -> list[str]:
    """The names of the groups of the round of which no test may be shown."""
    cells = context.of_round(context.report.overview)
    return [context.texts.group(g) for g, members in groups_of(cells).items() if not _can_show(context, members)]


def _can_show(context: Context, cells: Sequence[OverviewCell]) -> bool:
    return any(not context.hidden(c.counted) for c in cells)


def _height(group: View) -> float:
    """About how many millimetres a group takes."""
    rows = sum(
        max(4.05 * len(r["tiers"]), 0.0 if r["part"] else 6.5 + (3.0 if r["foot"] else 0.0)) for r in group["rows"]
    )
    said = [1.6 + 3.2 * max(1 + len(text) // 78 for text in pair) for pair in _pairs(group["answers"])]
    flows = group["flow_room"]
    lines_ = 7 + sum(1.2 + 3.2 * (1 + len(x["text"]) // 118) for x in group["lines"]) if group["lines"] else 0
    return float(18 + rows + flows + lines_ + (7 + sum(said) if said else 0))


def _pairs(texts: Sequence[str]) -> list[Sequence[str]]:
    """As they stand on paper: two beside each other."""
    return [texts[i : i + 2] for i in range(0, len(texts), 2)]


def _group(context: Context, group: str, cells: Sequence[OverviewCell], answers: Sequence[str]) -> View:
    rows: list[View] = []
    for test in group_tests(cells):
        rows.append(_test(context, test.whole, context.texts.subject(test.whole.subject)))
        rows += [_part(context, part) for part in test.grades if part.tiers]
    compared = cohorts.year_on_year(context, group)
    drawn = [c for c in compared if cohorts.can_draw(context, c)]
    made: View = {
        "name": context.texts.group(group),
        "caption": context.texts.results_of(context.texts.group(group)),
        "size": context.size(cells),
        "answers": list(answers),
        "rows": rows,
        "flows": [],
        "since": "",
        "flow_room": 0.0,
        "lines": lines(
            context,
            group,
            {(c.subject, c.instrument) for c in drawn},
            [cohorts.not_drawn(context, c) for c in compared if c not in drawn],
        ),
        "pupils": pupils(context, group),
    }
    if drawn:
        room = PAGE - _height(made) - FLOWS_HEAD
        in_rows = -(-len(drawn) // 3)
        height = next((h for h in CHART_HEIGHTS if in_rows * _flow_height(h) <= room), CHART_HEIGHTS[-1])
        made["flows"] = [cohorts.card(context, c, height) for c in drawn]
        made["since"] = context.texts.since(made["flows"][0]["since"])
        made["flow_room"] = FLOWS_HEAD + in_rows * _flow_height(height)
    return made


def _flow_height(chart: float) -> float:
    """About how many millimetres a card with a chart of this height takes."""
    return 15.0 + 0.2 * chart


def _part(context: Context, cell: OverviewCell) -> View:
    """One grade of a combination group: a single line below the group's own, with its main goal and its mean."""
    label = context.texts.part_of_group(cell.grade, cell.didactic_age_band)
    bare = _test(context, replace(cell, levels={}, censored=0), label, main_only=True)
    return bare | {"part": True, "test": "", "foot": ""}


def _test(context: Context, cell: OverviewCell, label: str, *, main_only: bool = False) -> View:
    """One test of a group: who took it, its tiers, mean and levels; nothing but the count when it is too small."""
    texts = context.texts
    base: View = {
        "part": False,
        "subject": label,
        "test": texts.instrument(cell.instrument, cell.version),
        "foot": texts.reasons(cell) if context.tells_absent else "",
    }
    if cell.counted == 0:
        return base | {"tiers": [], "text": texts.no_result_of(cell.expected), "summary": None}
    main = context.main_tier(cell)
    told = [t for t in cell.tiers if t.scope == "all" or not context.hidden(t.counted)]
    tiers = [_tier(context, cell, t) for t in told if not main_only or t == main]
    return base | {"tiers": tiers, "text": "" if tiers else f"{texts.sentence(texts.no_standard)}.",
                   "summary": _summary(context, cell)}  # fmt: skip


def _tier(context: Context, cell: OverviewCell, tier: TierResult) -> View:
    texts = context.texts
    extra = f"{texts.extra_support}, " if tier.scope == "care" else ""
    short = texts.short_threshold(context.threshold(cell, tier))
    base: View = {"name": texts.sentence(texts.tier(tier.name)), "threshold": extra + short}
    if context.hidden(tier.counted):
        return base | {"count": context.too_small, "goal": "", "between": "", "verdict": "too_few", "said": "",
                       "bold": False}  # fmt: skip
    few = tier.verdict == "too_few" or context.few(tier.counted)
    return base | {
        "count": texts.of(tier.reached, tier.counted),
        "goal": f"{tier.goal_count} ({texts.percentage(tier.target_share)})",
        "between": "" if few else texts.between(tier.low, tier.high, tier.counted, tier.verdict),
        "verdict": "too_few" if few else tier.verdict,
        "said": texts.verdicts["too_few" if few else tier.verdict],
        "bold": bool(tier.reached_goal),
    }


def _summary(context: Context, cell: OverviewCell) -> View:
    texts = context.texts
    unit = " DLE" if cell.quantity == "dle" else ""  # for a score the name of the test says enough
    mean = "" if cell.mean is None else f"{texts.number(cell.mean)}{unit}"
    spread = "" if cell.sd is None else texts.spread(cell.sd)
    censored = texts.censored(cell.censored) if cell.censored else ""
    ordered = _high_first(cell.levels)
    said = texts.per_level({k: n for k, n in ordered if n})
    bar = levels(ordered, said, width=128) if any(cell.levels.values()) else ""
    return {"mean": mean, "spread": spread, "censored": censored, "levels": bar, "said": said}


def _high_first(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """All levels of the scale that these belong to; for an unknown scale, the levels that occur by name."""
    for scale in _SCALES:
        if set(counts) <= set(scale):
            return [(level, counts.get(level, 0)) for level in scale]
    return sorted(counts.items())
