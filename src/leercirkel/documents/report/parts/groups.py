"""One page per group: its tests with every tier, where a difference comes from, growth and learning yield."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from leercirkel.analysis.model import CohortTrend, OverviewCell, TierResult
from leercirkel.core import dutch
from leercirkel.documents.charts import FlowPart, flow, levels
from leercirkel.documents.report import words
from leercirkel.documents.report.context import Context, View, group_name, group_tests, groups_of, subject_order
from leercirkel.documents.report.parts.group_lines import lines

_SCALES = (("I", "II", "III", "IV", "V"), ("A", "B", "C", "D", "E"))
"""Levels from high to low: each keeps its place and shade, also when no pupil has it."""

PAGE = 250.0
"""Room for groups on one page, in millimetres."""


def groups(context: Context) -> list[View]:
    """The groups of the round with a result that may be shown, in the order of the overview.

    `new_page` says which of them begin a page: small groups share one, a large one stands alone.
    """
    cells = context.of_round(context.report.overview)
    shown = [_group(context, g, members) for g, members in groups_of(cells).items() if _can_show(context, members)]
    used = PAGE
    for group in shown:
        height = _height(group)
        group["new_page"] = used + height > PAGE
        used = height if group["new_page"] else used + height
    return shown


def too_small(context: Context) -> list[str]:
    """The names of the groups of the round of which no test may be shown."""
    cells = context.of_round(context.report.overview)
    return [group_name(g) for g, members in groups_of(cells).items() if not _can_show(context, members)]


def _can_show(context: Context, cells: Sequence[OverviewCell]) -> bool:
    return any(not context.hidden(c.counted) for c in cells)


def _height(group: View) -> float:
    """About how many millimetres a group takes."""
    rows = sum(max(4.2 * len(r["tiers"]), 7.0 + (3.0 if r["foot"] else 0.0)) for r in group["rows"])
    flows = 8 + 40 * -(-len(group["flows"]) // 3) if group["flows"] else 0
    lines = 8 + sum(4.0 * (1 + len(x["text"]) // 115) for x in group["lines"]) if group["lines"] else 0
    return float(18 + rows + flows + lines)


def _group(context: Context, group: str, cells: Sequence[OverviewCell]) -> View:
    rows: list[View] = []
    for test in group_tests(cells):
        rows.append(_test(context, test.whole, words.subject(test.whole.subject)))
        for part in test.grades:
            label = f"groep {part.grade}" if part.grade else f"DL {part.didactic_age_band or '–'}"
            if not context.hidden(part.counted):
                rows.append(_test(context, part, f"{words.subject(part.subject)}, {label}", main_only=True))
    compared = _year_on_year(context, group)
    flows = [_flow(context, c, 150.0 if len(compared) <= 6 else 125.0) for c in compared]
    drawn = {(c.subject, c.instrument) for c, f in zip(compared, flows, strict=True) if f["chart"]}
    return {
        "name": group_name(group),
        "size": words.pupils(max(c.expected for c in cells)),
        "rows": rows,
        "flows": [f for f in flows if f["chart"]],
        "lines": lines(context, group, drawn, [f["note"] for f in flows if not f["chart"]]),
    }


def _test(context: Context, cell: OverviewCell, label: str, *, main_only: bool = False) -> View:
    """One test of a group: who took it, its tiers, mean and levels; nothing but the count when it is too small."""
    foot = words.reasons(cell)
    base: View = {"subject": label, "test": words.instrument(cell.instrument, cell.version), "foot": foot}
    if cell.counted == 0:
        return base | {"tiers": [], "text": f"Geen uitslag van {words.pupils(cell.expected)}.", "summary": None}
    if context.hidden(cell.counted):
        return base | {"tiers": [], "text": f"{dutch.sentence(context.too_small)} leerlingen met een uitslag.",
                       "summary": None}  # fmt: skip
    main = context.main_tier(cell)
    tiers = [_tier(context, cell, t) for t in cell.tiers if not main_only or t == main]
    return base | {"tiers": tiers, "text": "" if tiers else "Geen eigen norm.", "summary": _summary(cell)}


def _tier(context: Context, cell: OverviewCell, tier: TierResult) -> View:
    name = dutch.sentence(words.name(tier.name)) + (", extra ondersteuning" if tier.scope == "care" else "")
    base: View = {"name": name, "threshold": context.threshold(cell, tier)}
    if context.hidden(tier.counted):
        return base | {"count": context.too_small, "goal": "", "between": "", "verdict": "too_few", "said": "",
                       "bold": False}  # fmt: skip
    few = tier.verdict == "too_few" or context.few(tier.counted)
    return base | {
        "count": f"{tier.reached} van {tier.counted}",
        "goal": f"{tier.goal_count} ({words.percentage(tier.target_share)})",
        "between": "" if few else words.between(tier.low, tier.high, tier.counted, tier.verdict),
        "verdict": "too_few" if few else tier.verdict,
        "said": words.VERDICTS["too_few" if few else tier.verdict],
        "bold": bool(tier.reached_goal),
    }


def _summary(cell: OverviewCell) -> View:
    mean = "" if cell.mean is None else f"{words.number(cell.mean)} {words.unit(cell.quantity, cell.mean)}"
    spread = "" if cell.sd is None else f"spreiding {words.number(cell.sd)}"
    censored = f"{cell.censored} buiten de schaal" if cell.censored else ""
    ordered = _high_first(cell.levels)
    said = f"Leerlingen per niveau: {words.counts({k: n for k, n in ordered if n})}."
    bar = levels(ordered, said, width=128) if any(cell.levels.values()) else ""
    return {"mean": mean, "spread": spread, "censored": censored, "levels": bar, "said": said}


def _high_first(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """All levels of the scale that these belong to; for an unknown scale, the levels that occur by name."""
    for scale in _SCALES:
        if set(counts) <= set(scale):
            return [(level, counts.get(level, 0)) for level in scale]
    return sorted(counts.items())


def _year_on_year(context: Context, group: str) -> list[CohortTrend]:
    report = context.report
    found = [
        c for c in report.cohort_trend
        if c.group == group and c.school_year == report.school_year
        and c.to_moment == report.moment and c.from_moment == report.moment
    ]  # fmt: skip
    return sorted(found, key=lambda c: (subject_order(c.subject), c.instrument, c.version))


def _flow(context: Context, c: CohortTrend, height: float) -> View:
    """The difference as a flow, or a line of text when too few pupils stayed to say something about growth."""
    title = words.subject(c.subject)
    if context.hidden(c.stayers) or c.growth is None or c.joiner_effect is None or c.leaver_effect is None:
        text = f"{c.stayers} van de leerlingen waren" if not context.hidden(c.stayers) else (
            f"{dutch.sentence(context.too_small)} leerlingen waren"
        )  # fmt: skip
        return {
            "chart": "",
            "note": (title, f"{text} er een jaar eerder ook al met deze toets; de groei tonen we niet."),
        }
    interval = c.growth_low is not None and c.growth_high is not None and not context.few(c.stayers)
    low, high = (c.growth_low, c.growth_high) if interval else (None, None)
    unit, total = words.unit(c.quantity), c.growth + c.joiner_effect - c.leaver_effect
    parts = [
        FlowPart(c.growth, (str(c.stayers), dutch.agree(c.stayers, "blijver", "blijvers")), low, high),
        FlowPart(c.joiner_effect, (str(c.joiners), "erbij")),
        FlowPart(-c.leaver_effect, (str(c.leavers), "weg")),
    ]
    growth = f"{words.signed(c.growth)} {unit}"
    if low is not None and high is not None:
        growth += f", waarschijnlijk tussen {words.signed(low)} en {words.signed(high)}"
    note = f"Blijvers {growth}." + (f" Verwacht was {words.signed(c.expected_growth)}." if c.expected_growth else "")
    if c.leavers_present:
        verb = dutch.agree(c.leavers_present, "zit", "zitten")
        note += f" Van wie “weg” telt {verb} {c.leavers_present} nog in de groep, zonder uitslag."
    said = (
        f"{title}: het gemiddelde veranderde {words.signed(total)} {unit}. De {words.pupils(c.stayers)} die er bij de "
        f"vorige meting ook waren groeiden {growth}; {c.joiners} erbij: {words.signed(c.joiner_effect)}; {c.leavers} "
        f"weg: {words.signed(-c.leaver_effect)}."
    )
    chart = flow(parts, ("samen", ""), said, write=words.signed, height=height)
    since = words.moment(c.from_school_year, c.from_moment)
    return {
        "title": title,
        "test": words.instrument(c.instrument),
        "since": since,
        "note": note,
        "chart": chart,
        "said": said,
    }
