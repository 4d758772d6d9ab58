"""The pupils by first name, for the team only: a report has them when it was asked for them."""

from __future__ import annotations

from leercirkel.analysis.answers.nl.words import REASONS
from leercirkel.analysis.model import PupilPoint, PupilSheet, PupilTest
from leercirkel.documents.report import words
from leercirkel.documents.report.context import Context, group_name
from leercirkel.documents.report.parts.pupils import REAL
from leercirkel.documents.workbook.sheets.overview import UNITS
from leercirkel.documents.workbook.table import Column, Table, Value, safe


def pupils(context: Context) -> Table:
    """A row per pupil and test of the round, with the change since the time before. Keys of pupils stay out."""
    now = (context.report.school_year, context.report.moment)
    rows = [
        _row(sheet, test, point)
        for sheet in context.report.pupils
        for test in sheet.tests
        for point in test.points
        if (point.school_year, point.moment) == now
    ]
    shown = (
        Column("Leerling"), Column("Groep"), Column("Jaargroep", "count"), Column("Eigen doelen"), Column("Uitstroom"),
        Column("Vak"), Column("Toets"), Column("Versie"), Column("Uitslag"), Column("Score", "number"),
        Column("Niveau"), Column("DLE-teken"), Column("DLE", "count"), Column("AVI"), Column("Referentieniveau"),
        Column("Doel gehaald"), Column("Verschil met vorige keer", "number"), Column("Verschil in"),
        Column("Meer dan de toets ernaast kan zitten"),
    )  # fmt: skip
    return Table("Leerlingen", shown, rows)


def _row(sheet: PupilSheet, test: PupilTest, p: PupilPoint) -> list[Value]:
    status = {"counted": "ja", "missing": "nog geen uitslag"} | REASONS
    sign = p.dle_operator if p.dle is not None and p.dle_operator != "=" else None
    return [
        safe(sheet.name) or "zonder naam", safe(group_name(sheet.group)), sheet.grade, "ja" if sheet.care else "nee",
        words.destination(sheet.destination) if sheet.destination else "", words.subject(test.subject),
        safe(test.instrument), safe(p.version), status.get(p.status, safe(p.status)), p.score, safe(p.level or ""),
        {"<": "minder dan", ">": "meer dan"}.get(sign or "", ""), p.dle, safe(p.avi or ""),
        safe(p.reference_level or ""), "" if p.reached is None else "ja" if p.reached else "nee", test.change,
        UNITS.get(test.quantity or "") if test.change is not None else "", REAL.get(test.real or "", ""),
    ]  # fmt: skip
