"""Reading one open-data file: recognised by its columns, never by its name. Rules: docs/domein/open-data.md."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from leercirkel.exchange.duo import long, text, wide, workbooks
from leercirkel.exchange.duo.layouts import Fit, Layout, fit
from leercirkel.exchange.duo.made import OpenFile
from leercirkel.exchange.duo.schools import Known, known
from leercirkel.exchange.duo.told import Told
from leercirkel.exchange.problems import Problem, has_errors
from leercirkel.exchange.tables.cells import is_workbook

MOST_LEFT_OUT = 0.05
"""A file of which more rows cannot be read is another kind of file, or a damaged one."""

FORMS: dict[str, Callable[[Known, Layout, Told], dict[str, pl.DataFrame]]] = {
    "counts": wide.counts,
    "tests": wide.tests,
    "pupils": wide.pupils,
    "locations": wide.locations,
    "long": long.counts,
    "long_tests": long.tests,
    "long_pupils": long.pupils,
}

_OURS = "Kies een bestand met open data van DUO, het CBS of de inspectie, zoals het is uitgegeven."


def read(data: bytes, name: str, year: int | None = None) -> tuple[OpenFile | None, list[Problem]]:
    """The rows of a file for the tables of the store, or None; and everything that is wrong with it.

    `year`: the school year (its first year) for files in which none is found. Never raises for any `data`. A cell that
    cannot be read is left out and told; when that are more than MOST_LEFT_OUT of the rows, or a column is missing, the
    file is refused.
    """
    told = Told(name)
    made = workbooks.read(data, told, year) if is_workbook(data) else _table(data, told, year)
    if made is not None and made.left_out > MOST_LEFT_OUT * (made.rows + made.left_out):
        told.refuse("too-much-unreadable", f"Van {made.left_out} rijen is iets niet te lezen.", _OURS)
    return (None if has_errors(told.problems) else made), told.problems


def _table(data: bytes, told: Told, year: int | None) -> OpenFile | None:
    if not data.strip():
        told.refuse("file-empty", "Dit bestand is leeg.", _OURS)
        return None
    table = text.read_csv(data, told)
    if table is None:
        return None
    found = fit(table.header)
    if found.layout is None:
        _not_ours(found, told)
        return None
    if not table.frame.height:
        told.refuse("no-rows", "Onder de kolomnamen staat niets.", _OURS)
        return None
    rows = known(table, found.layout, told, year)
    if rows is None:
        return None
    tables = FORMS[found.layout.form](rows, found.layout, told)
    tables["schools"] = wide.schools(rows)
    years = tuple(sorted(rows.frame["school_year"].unique().to_list()))
    used = rows.frame.height - len(told.rows & set(rows.frame["row"].to_list())) if told.rows else rows.frame.height
    layout, out = found.layout, len(told.rows)
    return OpenFile(told.file, layout.dataset, layout.code, rows.year_from, rows.drawn_on, years, used, out, tables)


def _not_ours(found: Fit, told: Told) -> None:
    if found.nearest is None:
        told.refuse("layout-unknown", "Deze kolommen kennen we niet: dit lijkt geen open data over scholen.", _OURS)
        return
    from leercirkel.analysis.open_data import DATASETS

    missing = ", ".join(found.missing[:6]) + (" …" if len(found.missing) > 6 else "")
    message = f"Dit lijkt op {DATASETS[found.nearest.dataset]}, maar deze kolommen ontbreken: {missing}."
    told.refuse(
        "column-missing",
        message,
        "Download het bestand opnieuw. Is het een nieuwe indeling: meld het ons.",
        found.missing[0],
    )
