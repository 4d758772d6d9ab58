"""Result files made by hand: CSV text, real workbooks, and workbooks that someone tampered with."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import polars as pl
import xlsxwriter

from leercirkel.exchange.problems import Problem
from leercirkel.exchange.tables import reader
from leercirkel.exchange.tables.mapping import Mapping

HEADER = (
    "leerlingnummer;achternaam;roepnaam;geboortedatum;groep;jaargroep;vak;toets;versie;afnamedatum;moment;"
    "vaardigheidsscore;niveau;dle;reden_niet_gemaakt;toetsniveau;avi;schooljaar;percentiel;referentieniveau"
)
GOOD = {
    "leerlingnummer": "101", "achternaam": "Berg", "roepnaam": "Jan", "geboortedatum": "03-04-2015", "groep": "6a",
    "jaargroep": "6", "vak": "rekenen", "toets": "DEMO", "versie": "1", "afnamedatum": "20-01-2026", "moment": "M",
    "vaardigheidsscore": "104,5", "niveau": "II", "dle": "35",
}  # fmt: skip
SHEET = "xl/worksheets/sheet1.xml"


def row(**cells: str) -> dict[str, str]:
    """A good row of our own layout with some cells written otherwise."""
    return GOOD | cells


def csv(*rows: dict[str, str]) -> bytes:
    """A CSV file of our own layout."""
    names = HEADER.split(";")
    return "\n".join([HEADER, *(";".join(r.get(n, "") for n in names) for r in rows)]).encode()


def xlsx(rows: Sequence[Sequence[Any]], sheets: Sequence[tuple[str, Sequence[Sequence[Any]]]] = ()) -> bytes:
    """A workbook; `sheets` stand before the sheet with `rows`."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    as_date = book.add_format({"num_format": "dd-mm-yyyy"})
    for title, content in (*sheets, ("Resultaten", rows)):
        sheet = book.add_worksheet(title)
        for r, line in enumerate(content):
            for c, value in enumerate(line):
                if isinstance(value, date):
                    sheet.write_datetime(r, c, value, as_date)  # type: ignore[arg-type]
                elif value is not None:
                    sheet.write(r, c, value)
    book.close()
    return buffer.getvalue()


def tampered(data: bytes, change: Callable[[str, bytes], bytes], **extra: bytes) -> bytes:
    """The archive with every part passed through `change` and parts added (underscores in names become slashes)."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, change(entry.filename, old.read(entry)))
        for name, content in extra.items():
            new.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


def swapped(data: bytes, old: bytes, new: bytes, part: str = SHEET) -> bytes:
    """The archive with `old` replaced by `new` in one part."""

    def change(name: str, content: bytes) -> bytes:
        if name != part:
            return content
        assert old in content, f"{old!r} is not in {part}"
        return content.replace(old, new, 1)

    return tampered(data, change)


def frame_of(data: bytes, mapping: Mapping | None = None, name: str = "toets.csv") -> pl.DataFrame:
    """The rows that count, of a file that can be read."""
    table, problems = reader.read(data, name, mapping)
    assert table is not None, problems
    return table.frame


def problems_of(data: bytes, mapping: Mapping | None = None, name: str = "toets.csv") -> list[Problem]:
    """All problems of a file."""
    return reader.read(data, name, mapping)[1]


def refused(data: bytes, name: str = "toets.csv") -> Problem:
    """The one problem of a file that cannot be read."""
    table, problems = reader.read(data, name)
    assert table is None
    assert len(problems) == 1, problems
    assert problems[0].severity == "error"
    return problems[0]
