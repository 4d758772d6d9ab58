"""What stands beside the tests of the calendar: tests of a method per goal, observation lists of the youngest, advices
of the doorstroomtoets."""

from __future__ import annotations

from datetime import date

from leercirkel.analysis.answers.places import natural_key
from leercirkel.core.method_tests import CATEGORIES
from leercirkel.documents.report.context import Context
from leercirkel.documents.workbook.table import Column, Table, Value, safe

GROUP = (Column("group"), Column("grade", "count"))


def method_tests(context: Context) -> Table:
    """A row per goal of every method test of the school year."""
    cells = [c for c in context.report.method_tests if c.school_year == context.report.school_year]
    cells.sort(key=lambda c: (natural_key(c.group), c.grade or 0, c.subject, c.taken_on, c.block))
    texts, rows = context.texts, list[list[Value]]()
    for c in cells:
        taken_on = date.fromisoformat(c.taken_on) if c.taken_on else None
        out: list[Value] = [safe(texts.group(c.group)), c.grade, texts.subject(c.subject), safe(c.block), safe(c.goal),
                            taken_on]  # fmt: skip
        between = (None, None) if context.few(c.counted) else (c.low, c.high)
        rows.append([*out, c.counted, *(c.categories.get(name, 0) for name in CATEGORIES), c.reached, c.share,
                     *between])  # fmt: skip
    shown = (
        *GROUP, Column("subject"), Column("block"), Column("aim"), Column("date"), Column("pupils", "count"),
        *(Column(name, "count") for name in CATEGORIES), Column("reached_short", "count"),
        Column("share", "share"), Column("share_from", "share"), Column("share_to", "share"),
    )  # fmt: skip
    return Table("method_tests", shown, rows)


def observations(context: Context) -> Table:
    """A row per group, domain and stage of every observation list of the school year."""
    cells = [c for c in context.report.observations if c.school_year == context.report.school_year]
    cells.sort(key=lambda c: (natural_key(c.group), c.grade or 0, c.list, "BME".find(c.moment), c.domain))
    texts, rows = context.texts, list[list[Value]]()
    for c in cells:
        out: list[Value] = [safe(texts.group(c.group)), c.grade, texts.parts_of_year.get(c.moment, safe(c.moment)),
                            safe(c.list), safe(c.domain)]  # fmt: skip
        rows += [[*out, safe(stage), n, c.observed, c.not_observed] for stage, n in c.stages.items()]
    shown = (
        *GROUP, Column("moment"), Column("list"), Column("domain"), Column("stage"), Column("pupils", "count"),
        Column("observed", "count"), Column("not_observed", "count"),
    )  # fmt: skip
    return Table("observations", shown, rows)


def advices(context: Context) -> Table:
    """A row per school year and advice, from low to high."""
    years, told = context.report.test_advices, context.tells_absent
    rows: list[list[Value]] = [
        [safe(year.school_year), context.texts.advice(code), n, year.counted, year.pupils if told else None]
        for year in years
        for code, n in year.advices.items()
    ]
    shown = (
        Column("school_year"), Column("advice"), Column("pupils", "count"), Column("with_advice", "count"),
        Column("group_8", "count"),
    )  # fmt: skip
    return Table("advices", shown, rows)
