"""Workbooks: achterstandsscores of CBS (XLSX); schoolweging and three-year shares of the inspectorate (ODS)."""

from __future__ import annotations

from leercirkel.exchange.duo import disadvantage, inspectorate, ods
from leercirkel.exchange.duo.layouts import Layout, book, squared
from leercirkel.exchange.duo.made import OpenFile
from leercirkel.exchange.duo.sheets import Sheets, header_row
from leercirkel.exchange.duo.told import Told
from leercirkel.exchange.tables import workbook
from leercirkel.exchange.tables.cells import DEFAULT_LIMITS

_OURS = "Kies het bestand zoals het CBS of de inspectie het uitgeeft."


def read(data: bytes, told: Told, year: int | None) -> OpenFile | None:
    """The rows of a workbook, recognised by its sheets and their columns."""
    sheets = _sheets(data, told)
    if sheets is None:
        return None
    by_columns = [layout for layout in book().layouts if layout.is_sheet and _is(layout, sheets)]
    if not by_columns:
        told.refuse("layout-unknown", "Deze werkbladen en kolommen kennen we niet.", _OURS)
        return None
    layout = by_columns[0]
    if layout.form == "disadvantage":
        return disadvantage.read(sheets, layout, told, year)
    if layout.form == "judgements":
        return inspectorate.judgements(sheets, layout, told, year)
    return inspectorate.weightings(sheets, layout, told)


def _sheets(data: bytes, told: Told) -> Sheets | None:
    if ods.is_ods(data):
        return ods.read(data, told)
    found, problems = workbook.read_sheets(data, told.file, DEFAULT_LIMITS)
    told.problems += problems
    if found is None:
        return None
    return {name: [[cell or "" for cell in row] for row in cells.frame.iter_rows()] for name, cells in found.items()}


def _is(layout: Layout, sheets: Sheets) -> bool:
    """Whether a sheet of the layout is there with the column that says which school it is."""
    names = {squared(name) for name in layout.sheets.values()}
    return any(
        (layout.any_sheet or squared(sheet) in names) and header_row(rows, layout) is not None
        for sheet, rows in sheets.items()
    )
