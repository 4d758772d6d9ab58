"""Where the school stands: every group on every test of the round, the whole school, every goal, means and levels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from leercirkel.analysis.model import OverviewCell, TierResult, Withheld
from leercirkel.documents.report.context import Context, group_tests, groups_of, subject_order
from leercirkel.documents.workbook.table import Column, Met, Table, Value, safe

WHO = (Column("group"), Column("who"), Column("grade", "count"), Column("dl"), Column("subject"), Column("test"),
       Column("version"))  # fmt: skip
"""`who`: the whole group, or a part of it (a grade of a group that combines some), so that nobody is added up twice."""

Who = tuple[str, str]
Found = tuple[Who, OverviewCell]

COUNTS = (Column("expected", "count"), Column("result", "count"), Column("missing", "count"),
          Column("not_taken", "count"), Column("reason"))  # fmt: skip

GOAL = (Column("goal"), Column("threshold"), Column("target", "share"), Column("counted", "count"),
        Column("reached", "count"), Column("our_goal", "count"), Column("goal_reached"),
        Column("share", "share"), Column("share_from", "share"), Column("share_to", "share"),
        Column("verdict", "verdict"))  # fmt: skip

MEAN = (Column("mean_in"), Column("mean", "number"), Column("mean_from", "number"),
        Column("mean_to", "number"), Column("spread", "number"),
        Column("censored", "count"))  # fmt: skip

LEVELS = ("I", "II", "III", "IV", "V", "A", "B", "C", "D", "E")


def overview(context: Context) -> Table:
    """A row per group and test of the round (of a combination group also per grade), with its main goal."""
    return _table(context, "overview", "overview", _groups(context))


def school(context: Context) -> Table:
    """A row per test of the round, for all groups together."""
    return _table(context, "school", "totals", _school(context))


def goals(context: Context) -> Table:
    """A row per goal: every tier of every row of the other two sheets, also for pupils with extra support."""
    rows: list[list[Value]] = [
        [*_who(context, who, cell), context.texts.extra_support if tier.scope == "care" else context.texts.all_pupils,
         *_goal(context, cell, tier)]
        for who, cell in [*_groups(context), *_school(context)]
        for tier in cell.tiers
    ]  # fmt: skip
    return Table("goals", (*WHO, Column("for_whom"), *GOAL), rows)


def _groups(context: Context) -> Iterator[Found]:
    """Every group on every test, each followed by its grades."""
    texts = context.texts
    for group, members in groups_of(context.of_round(context.report.overview)).items():
        for test in group_tests(members):
            yield (texts.group(group), texts.whole_group), test.whole
            yield from (((texts.group(group), texts.part_of), part) for part in test.grades)


def _school(context: Context) -> Iterator[Found]:
    totals = context.of_round(context.report.totals)
    for cell in sorted(totals, key=lambda c: (subject_order(c.subject), c.instrument, c.version)):
        yield (context.texts.school, context.texts.all_groups), cell


def _table(context: Context, name: str, kind: str, found: Iterable[Found]) -> Table:
    """The rows with figures, then those that were withheld, with the reason."""
    rows = [_row(context, who, cell) for who, cell in found]
    texts, report, empty = context.texts, context.report, [None] * (len(COUNTS) + len(GOAL))
    for w in report.withheld:
        key = w.key
        if w.kind == kind and (key.get("school_year"), key.get("moment")) == (report.school_year, report.moment):
            group, grade = key.get("group"), key.get("grade")
            rows.append([
                texts.school if group is None else safe(texts.group(str(group))),
                texts.all_groups if group is None else "",
                grade if isinstance(grade, int) else None, "", texts.subject(str(key.get("subject"))),
                safe(str(key.get("instrument") or "")), safe(str(key.get("version") or "")), *empty,
                why_withheld(context, w),
            ])  # fmt: skip
    return Table(name, (*WHO, *COUNTS, *GOAL, Column("note")), rows)


def why_withheld(context: Context, withheld: Withheld) -> str:
    """The reason in words."""
    if withheld.reason == "small":
        return context.texts.fewer_pupils_than(context.report.method.no_number_below)
    return context.texts.protects


def _row(context: Context, who: Who, cell: OverviewCell) -> list[Value]:
    tier = context.main_tier(cell)
    goal = [None] * len(GOAL) if tier is None else _goal(context, cell, tier)
    absent: list[Value] = [cell.missing, sum(cell.not_taken.values()), context.texts.reasons(cell)]
    expected = cell.expected if context.tells_absent or not cell.counted else None
    return [*_who(context, who, cell), expected, cell.counted, *(absent if context.tells_absent else [None, None, ""]),
            *goal, "" if cell.counted else context.texts.no_result]  # fmt: skip


def means(context: Context) -> Table:
    """A row per group and test, and for the whole school: the mean, the spread, and pupils per level as delivered."""
    told = [(who, cell) for who, cell in [*_groups(context), *_school(context)] if cell.counted]
    levels = [level for level in LEVELS if any(level in cell.levels for _, cell in told)]
    levels += sorted({level for _, cell in told for level in cell.levels if level not in LEVELS})
    rows: list[list[Value]] = []
    for who, cell in told:
        between = (None, None) if context.few(cell.counted) else (cell.mean_low, cell.mean_high)
        unit = context.texts.units.get(cell.quantity or "") if cell.mean is not None else None
        rows.append([*_who(context, who, cell), cell.counted, unit, cell.mean, *between, cell.sd, cell.censored,
                     *(cell.levels.get(level) for level in levels)])  # fmt: skip
    shown = (*WHO, Column("result", "count"), *MEAN, *(Column("level", "count", of=safe(level)) for level in levels))
    return Table("means", shown, rows)


def _who(context: Context, who: Who, cell: OverviewCell) -> list[Value]:
    return [safe(who[0]), who[1], cell.grade, safe(cell.didactic_age_band or ""), context.texts.subject(cell.subject),
            safe(cell.instrument), safe(cell.version)]  # fmt: skip


def _goal(context: Context, cell: OverviewCell, tier: TierResult) -> list[Value]:
    """The goal as words, then its figures; of a few pupils without interval and verdict."""
    named: list[Value] = [safe(context.texts.tier(tier.name)), safe(context.threshold(cell, tier)), tier.target_share]
    if not tier.counted:
        return [*named, *[None] * (len(GOAL) - len(named))]
    few = tier.verdict == "too_few" or context.few(tier.counted)
    reached = None if tier.reached_goal is None else context.texts.yes if tier.reached_goal else context.texts.no
    count = Met(tier.reached) if tier.reached_goal else tier.reached
    return [*named, tier.counted, count, tier.goal_count, reached, tier.share,
            *((None, None) if few else (tier.low, tier.high)), "too_few" if few else tier.verdict]  # fmt: skip
