"""One page per group: its tests with every tier, where a difference comes from, growth and learning yield."""

from __future__ import annotations

from collections.abc import Sequence

from leercirkel.analysis.model import CohortTrend, GroupGrowth, GroupYield, OverviewCell, TierResult
from leercirkel.core import dutch
from leercirkel.documents.charts import FlowPart, flow, levels
from leercirkel.documents.report import words
from leercirkel.documents.report.context import Context, View, group_name, group_tests, groups_of, subject_order

_HIGH_FIRST = {"I": 0, "I+": -1, "A+": -1, "II": 1, "III": 2, "IV": 3, "V": 4, "A": 0, "B": 1, "C": 2, "D": 3, "E": 4}


def groups(context: Context) -> list[View]:
    """The groups of the round that have at least one test, in the order of the overview."""
    cells = context.of_round(context.report.overview)
    return [_group(context, group, members) for group, members in groups_of(cells).items()]


def _group(context: Context, group: str, cells: Sequence[OverviewCell]) -> View:
    rows: list[View] = []
    for test in group_tests(cells):
        rows.append(_test(context, test.whole, words.subject(test.whole.subject)))
        for part in test.grades:
            label = f"groep {part.grade}" if part.grade else f"DL {part.didactic_age_band or '–'}"
            rows.append(_test(context, part, f"{words.subject(part.subject)}, {label}"))
    flows = [_flow(context, c) for c in _year_on_year(context, group)]
    return {
        "name": group_name(group),
        "size": words.pupils(max(c.expected for c in cells)),
        "rows": rows,
        "flows": [f for f in flows if f["chart"]],
        "lines": _lines(context, group, [f["note"] for f in flows if not f["chart"]]),
    }


def _test(context: Context, cell: OverviewCell, label: str) -> View:
    """One test of a group: who took it, its tiers, mean and levels; nothing but the count when it is too small."""
    foot = words.reasons(cell)
    base: View = {"subject": label, "test": words.instrument(cell.instrument, cell.version), "foot": foot}
    if cell.counted == 0:
        return base | {"tiers": [], "text": f"Geen uitslag van {words.pupils(cell.expected)}.", "summary": None}
    if context.hidden(cell.counted):
        return base | {"tiers": [], "text": f"{dutch.sentence(context.too_small)} leerlingen met een uitslag.",
                       "summary": None}  # fmt: skip
    tiers = [_tier(context, cell, t) for t in cell.tiers]
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
    mean = "" if cell.mean is None else f"{words.number(cell.mean)} {words.unit(cell.quantity)}"
    spread = "" if cell.sd is None else f"spreiding {words.number(cell.sd)}"
    censored = f"{cell.censored} buiten de schaal" if cell.censored else ""
    ordered = sorted(((k, n) for k, n in cell.levels.items() if n), key=lambda kv: (_HIGH_FIRST.get(kv[0], 9), kv[0]))
    said = f"Leerlingen per niveau: {words.counts(dict(ordered))}."
    bar = levels(ordered, said, width=128) if ordered else ""
    return {"mean": mean, "spread": spread, "censored": censored, "levels": bar, "said": said}


def _year_on_year(context: Context, group: str) -> list[CohortTrend]:
    report = context.report
    found = [
        c for c in report.cohort_trend
        if c.group == group and c.school_year == report.school_year
        and c.to_moment == report.moment and c.from_moment == report.moment
    ]  # fmt: skip
    return sorted(found, key=lambda c: (subject_order(c.subject), c.instrument, c.version))


def _flow(context: Context, c: CohortTrend) -> View:
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
    chart = flow(parts, ("samen", ""), said, write=words.signed)
    since = words.moment(c.from_school_year, c.from_moment)
    return {
        "title": title,
        "test": words.instrument(c.instrument),
        "since": since,
        "note": note,
        "chart": chart,
        "said": said,
    }


def _lines(context: Context, group: str, notes: Sequence[tuple[str, str]]) -> list[View]:
    """Per subject: growth since each earlier moment, and learning yield."""
    report = context.report
    lines: dict[str, list[str]] = {}
    for g in report.growth:
        if (g.group, g.school_year, g.to_moment) == (group, report.school_year, report.moment):
            lines.setdefault(g.subject, []).append(_growth(context, g))
    for y in report.learning_yield:
        if (y.group, y.school_year, y.moment) == (group, report.school_year, report.moment):
            lines.setdefault(y.subject, []).append(_yield(context, y))
    out = [
        {"subject": words.subject(code), "text": " ".join(t for t in lines[code] if t)}
        for code in sorted(lines, key=subject_order)
    ]
    shown = {line["subject"] for line in out if line["text"]}
    out += [{"subject": subject, "text": text} for subject, text in notes if subject not in shown]
    return [line for line in out if line["text"]]


def _growth(context: Context, g: GroupGrowth) -> str:
    if context.hidden(g.counted):
        return ""
    since = words.moment(g.from_school_year, g.from_moment)
    if g.quantity == "avi":
        if g.at_least_one_step is None:
            return ""
        verb = dutch.agree(g.at_least_one_step, "ging", "gingen")
        steps = "" if g.steps_median is None else f", de middelste {_steps(g.steps_median)}"
        return (f"{g.at_least_one_step} van de {words.pupils(g.counted)} {verb} sinds {since} minstens één AVI-niveau "
                f"omhoog{steps}.")  # fmt: skip
    if g.mean is None:
        return ""
    text = f"Sinds {since} groeiden {words.pupils(g.counted)} gemiddeld {words.number(g.mean)} {words.unit(g.quantity)}"
    if g.low is not None and g.high is not None and not context.few(g.counted):
        text += f" (waarschijnlijk tussen {words.number(g.low)} en {words.number(g.high)})"
    if g.real_up is not None:
        text += f"; {g.real_up} {dutch.agree(g.real_up, 'ging', 'gingen')} duidelijk vooruit"
        text += f", {g.real_down} achteruit" if g.real_down else ""
    text += "."
    if g.conditional_z is not None:
        side = "meer" if g.conditional_z >= 0 else "minder"
        text += f" Dat is {words.number(abs(g.conditional_z), 2)} standaarddeviatie {side} dan verwacht."
    return text


def _steps(median: float) -> str:
    return f"{dutch.decimal(median)} {'niveau' if median == 1 else 'niveaus'}"


def _yield(context: Context, y: GroupYield) -> str:
    if y.median is None or context.hidden(y.counted):
        return ""
    text = f"Leerrendement van {words.pupils(y.counted)}: de helft heeft {words.number(y.median, 2)} of meer."
    if y.uneven_pupils:
        text += f" Bij {words.pupils(y.uneven_pupils)} is het verschil met een ander vak groot."
    return text
