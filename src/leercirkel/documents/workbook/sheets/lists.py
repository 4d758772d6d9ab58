"""What teachers keep themselves: tests of a method per goal, and observation lists of the youngest."""

from __future__ import annotations

from datetime import date

from leercirkel.analysis.answers.places import natural_key
from leercirkel.core import dutch
from leercirkel.core.method_tests import CATEGORIES, LABELS
from leercirkel.documents.report import words
from leercirkel.documents.report.context import Context, group_name
from leercirkel.documents.workbook.table import Column, Table, Value, safe

GROUP = (Column("Groep"), Column("Jaargroep", "count"))


def method_tests(context: Context) -> Table:
    """A row per goal of every method test of the school year."""
    cells = [c for c in context.report.method_tests if c.school_year == context.report.school_year]
    cells.sort(key=lambda c: (natural_key(c.group), c.grade or 0, c.subject, c.taken_on, c.block))
    rows: list[list[Value]] = []
    for c in cells:
        taken_on = date.fromisoformat(c.taken_on) if c.taken_on else None
        out: list[Value] = [safe(group_name(c.group)), c.grade, words.subject(c.subject), safe(c.block), safe(c.goal),
                            taken_on]  # fmt: skip
        between = (None, None) if context.few(c.counted) else (c.low, c.high)
        rows.append([*out, c.counted, *(c.categories.get(name, 0) for name in CATEGORIES), c.reached, c.share,
                     *between])  # fmt: skip
    shown = (
        *GROUP, Column("Vak"), Column("Blok"), Column("Leerdoel"), Column("Datum"), Column("Leerlingen", "count"),
        *(Column(dutch.sentence(LABELS[name]), "count") for name in CATEGORIES), Column("Gehaald", "count"),
        Column("Aandeel", "share"), Column("Aandeel vanaf", "share"), Column("Aandeel tot", "share"),
    )  # fmt: skip
    return Table("Methodetoetsen", shown, rows, "Er zijn geen methodetoetsen meegegeven bij --results.")


def observations(context: Context) -> Table:
    """A row per group, domain and stage of every observation list of the school year."""
    cells = [c for c in context.report.observations if c.school_year == context.report.school_year]
    cells.sort(key=lambda c: (natural_key(c.group), c.grade or 0, c.list, "BME".find(c.moment), c.domain))
    rows: list[list[Value]] = []
    for c in cells:
        out: list[Value] = [safe(group_name(c.group)), c.grade, words.PARTS_OF_YEAR.get(c.moment, safe(c.moment)),
                            safe(c.list), safe(c.domain)]  # fmt: skip
        rows += [[*out, safe(stage), n, c.observed, c.not_observed] for stage, n in c.stages.items()]
    shown = (
        *GROUP, Column("Moment"), Column("Lijst"), Column("Domein"), Column("Fase"), Column("Leerlingen", "count"),
        Column("Geobserveerd", "count"), Column("Niet geobserveerd", "count"),
    )  # fmt: skip
    return Table("Observaties", shown, rows, "Er zijn geen observatielijsten meegegeven bij --results.")
