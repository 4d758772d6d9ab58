"""The pupils by first name, for the team only: a report has them when it was asked for them."""

from __future__ import annotations

from leercirkel.analysis.model import PupilPoint, PupilSheet, PupilTest
from leercirkel.documents.report.context import Context
from leercirkel.documents.workbook.table import Column, Table, Value, safe


def pupils(context: Context) -> Table:
    """A row per pupil and test of the round, with the change since the time before; the largest difference between two
    subjects stands beside the one that is further. Keys of pupils stay out. Where a growth norm is for one of the
    tests, also the growth percentile with what it is compared by, or why there is none."""
    now = (context.report.school_year, context.report.moment)
    compared = any(test.growth for sheet in context.report.pupils for test in sheet.tests)
    rows = [
        _row(context, sheet, test, point) + (_percentile(context, test, point) if compared else [])
        for sheet in context.report.pupils
        for test in sheet.tests
        for point in test.points
        if (point.school_year, point.moment) == now
    ]
    shown = (
        Column("pupil"), Column("group"), Column("grade", "count"), Column("own_goals"), Column("destination"),
        Column("subject"), Column("test"), Column("version"), Column("result"), Column("score", "number"),
        Column("level_now"), Column("dle_sign"), Column("dle", "count"), Column("avi"), Column("reference"),
        Column("goal_reached"), Column("change", "number"), Column("change_in"),
        Column("real_change"), Column("further_than"), Column("months_further", "count"), Column("or_more"),
    )  # fmt: skip
    percentile = (
        Column("percentile", "count"), Column("percentile_from", "count"), Column("percentile_to", "count"),
        Column("percentile_by"), Column("percentile_lacks"),
    )  # fmt: skip
    return Table("pupils", (*shown, *percentile) if compared else shown, rows)


def _row(context: Context, sheet: PupilSheet, test: PupilTest, p: PupilPoint) -> list[Value]:
    texts = context.texts
    yes, no = texts.yes, texts.no
    sign = p.dle_operator if p.dle is not None and p.dle_operator != "=" else None
    return [
        safe(texts.name(sheet.name)), safe(texts.group(sheet.group)), sheet.grade, yes if sheet.care else no,
        texts.destination(sheet.destination) if sheet.destination else "", texts.subject(test.subject),
        safe(test.instrument), safe(p.version), yes if p.status == "counted" else safe(texts.reason(p.status)),
        p.score, safe(p.level or ""), texts.beyond.get(sign or "", ""), p.dle, safe(p.avi or ""),
        safe(p.reference_level or ""), "" if p.reached is None else yes if p.reached else no, test.change,
        texts.units.get(test.quantity or "") if test.change is not None else "",
        texts.change_real.get(test.real or "", ""), *_further(context, sheet, test),
    ]  # fmt: skip


def _percentile(context: Context, test: PupilTest, p: PupilPoint) -> list[Value]:
    """That of this result: without one of the round the last result is an earlier one, and so is its percentile."""
    growth = test.growth
    if growth is None or p.status != "counted":
        return [None, None, None, "", ""]
    texts = context.texts
    by = texts.listed([texts.moment(one.school_year, one.moment) for one in reversed(growth.earlier)])
    return [growth.percentile, growth.low, growth.high, by, texts.percentile_lacks.get(growth.withheld or "", "")]


def _further(context: Context, sheet: PupilSheet, test: PupilTest) -> list[Value]:
    """Than which subject this one is further, by how many months, and whether it may be more."""
    gap = sheet.difference
    if gap is None or (gap.ahead, gap.instrument) != (test.subject, test.instrument):
        return ["", None, ""]
    return [context.texts.subject(gap.behind), gap.months, context.texts.yes if gap.at_least else context.texts.no]
