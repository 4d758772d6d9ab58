"""Workbooks of the inspectorate: schoolweging, and the shares over three years with what they are held against.

A school is "99ZZ|C1" there: C1, C2 … are what the inspectorate supervises, not the locations of DUO. Which location it
is can only be said once locations are known, in the store (`store.matched`).
"""

from __future__ import annotations

import re
from typing import Any

import polars as pl

from leercirkel.exchange.duo.flags import MASK
from leercirkel.exchange.duo.layouts import Layout, squared
from leercirkel.exchange.duo.made import OpenFile, shaped
from leercirkel.exchange.duo.sheets import Sheets, Year, header_row, last_year, named_year
from leercirkel.exchange.duo.told import AGAIN, Told

_OVT = re.compile(r"([0-9A-Z]{4})\|(C[0-9]{1,2})")
LEVELS = {"1F": ("signal_1f", "share_1f", "outcome_1f"), "1S/2F": ("signal_1s2f", "share_1s2f", "outcome_1s2f")}
SCALE = (10, 60)
"""Bounds beyond which a number is no schoolweging; the scale runs from about 20 to about 40."""

_COMMON: dict[str, Any] = {
    "brin": pl.String, "location": pl.String, "school_year": pl.Int32, "supervised": pl.String,
    "weighting": pl.Float64, "pupils": pl.Int32, "match": pl.String, "row": pl.Int32, MASK: pl.UInt32,
}  # fmt: skip


def weightings(sheets: Sheets, layout: Layout, told: Told) -> OpenFile | None:
    """Schoolweging per year and over three years; which years stands in the names of sheets and columns."""
    out: list[dict[str, Any]] = []
    for name, rows in sheets.items():
        start = header_row(rows, layout)
        if start is None:
            continue
        header = [squared(cell) for cell in rows[start]]
        mean = squared(name) == squared(layout.sheets["mean"])
        place = next((at for at, title in enumerate(header) if title.startswith(layout.columns["weighting"])), None)
        year = last_year(rows[start][place] if mean and place is not None else name)
        if place is None or year is None:
            message = "Op dit werkblad is het schooljaar of de kolom met de schoolweging niet te vinden."
            told.say("warning", "sheet-unreadable", message, "Het werkblad is niet gelezen.", name)
            continue
        out += _sheet(
            rows,
            start,
            header,
            layout,
            told,
            {"weighting": place, "year": year, "years": 3 if mean else 1, "sheet": name},
        )
    if not out:
        told.refuse(
            "no-rows", "Op geen werkblad staat een schoolweging.", "Download het bestand opnieuw bij de inspectie."
        )
        return None
    frame = pl.DataFrame(out, schema={**_COMMON, "years": pl.Int32, "spread": pl.Float64})
    years = tuple(sorted({row["school_year"] for row in out}))
    return OpenFile(
        told.file,
        layout.dataset,
        layout.code,
        "sheet",
        None,
        years,
        len(out),
        len(told.rows),
        {"weightings": shaped(frame, "weightings")},
    )


def _sheet(
    rows: list[list[str]], start: int, header: list[str], layout: Layout, told: Told, of: dict[str, Any]
) -> list[dict[str, Any]]:
    spread, pupils = (
        header.index(layout.columns[name]) if layout.columns[name] in header else None for name in ("spread", "pupils")
    )
    out, odd = [], []
    for number, row, brin, supervised in _schools(rows, start, header, layout, told, of["sheet"]):
        weighting = _decimal(row[of["weighting"]])
        if weighting is not None and not SCALE[0] <= weighting <= SCALE[1]:
            odd.append((number, row[of["weighting"]]))
            continue
        out.append({
            "brin": brin, "location": None, "school_year": of["year"], "years": of["years"], "supervised": supervised,
            "weighting": weighting, "spread": _decimal(row[spread]) if spread is not None else None,
            "pupils": _whole(row[pupils]) if pupils is not None else None, "match": "unknown", "row": number, MASK: 0,
        })  # fmt: skip
    told.left_out("weighting-unreadable", "Dit is geen schoolweging.", AGAIN, odd, of["sheet"])
    return out


def judgements(sheets: Sheets, layout: Layout, told: Told, year: int | None) -> OpenFile | None:
    """The inspectorate's shares over three years per school and level, as percentages."""
    rows = next((rows for name, rows in sheets.items() if squared(name) == squared(layout.sheets["data"])), [])
    start = header_row(rows, layout)
    header = [squared(cell) for cell in rows[start]] if start is not None else []
    wanted = ("weighting", "signal_1f", "share_1f", "signal_1s2f", "share_1s2f")
    missing = [layout.columns[name] for name in wanted if layout.columns[name] not in header]
    if start is None or missing:
        message = f"Op het werkblad met gegevens ontbreken kolommen: {', '.join(missing) or 'OVT'}."
        told.refuse("column-missing", message, "Download het bestand opnieuw bij de inspectie.")
        return None
    titles = " ".join(title for title in header if title.startswith(layout.columns["year"]))
    last = last_year(titles.replace("_", " "))
    dated = Year(last, "column") if last is not None else named_year(told, year)
    if dated is None:
        return None
    at = {name: header.index(title) for name, title in layout.columns.items() if title in header}
    out: list[dict[str, Any]] = []
    for number, row, brin, supervised in _schools(rows, start, header, layout, told, layout.sheets["data"]):
        for level, (signal, share, outcome) in LEVELS.items():
            out.append({
                "brin": brin, "location": None, "school_year": dated.first, "supervised": supervised,
                "weighting": _decimal(row[at["weighting"]]), "level": level, "signal": _decimal(row[at[signal]]),
                "share": _decimal(row[at[share]]), "pupils": _whole(row[at["pupils"]]) if "pupils" in at else None,
                "outcome": (row[at[outcome]].strip() or None) if outcome in at else None, "match": "unknown",
                "row": number, MASK: 0,
            })  # fmt: skip
    text = {"level": pl.String, "signal": pl.Float64, "share": pl.Float64, "outcome": pl.String}
    frame = _as_percentages(pl.DataFrame(out, schema={**_COMMON, **text}))
    tables = {"judgements": shaped(frame, "judgements")}
    return OpenFile(
        told.file,
        layout.dataset,
        layout.code,
        dated.found_in,
        None,
        (dated.first,),
        len(out) // 2,
        len(told.rows),
        tables,
    )


def _as_percentages(frame: pl.DataFrame) -> pl.DataFrame:
    """A workbook may hold 0.85 and show 85%: shares that are all at most 1 are times a hundred."""
    whole = (
        frame.select(pl.max_horizontal(pl.col("signal").max(), pl.col("share").max())).item() if frame.height else None
    )
    if whole is not None and whole <= 1:
        return frame.with_columns((pl.col("signal", "share") * 100).round(9))
    return frame


def _schools(
    rows: list[list[str]], start: int, header: list[str], layout: Layout, told: Told, sheet: str
) -> list[tuple[int, list[str], str, str]]:
    """Number, cells, BRIN and number of supervision of each row with a school; what is none is told."""
    at = header.index(layout.columns["school"])
    out, odd, seen = [], [], set()
    for number, row in enumerate(rows[start + 1 :], start=start + 2):
        code = row[at].strip().upper()
        found = _OVT.fullmatch(code)
        if found and code not in seen:
            seen.add(code)
            out.append((number, row, found[1], found[2]))
        elif code:
            odd.append((number, row[at]))
    told.left_out(
        "brin-unreadable",
        "Dit is geen school zoals de inspectie die schrijft (99ZZ|C1), of hij staat er twee keer.",
        AGAIN,
        odd,
        sheet,
    )
    return out


def _decimal(text: str) -> float | None:
    word = text.strip().removesuffix("%").strip().replace(",", ".")
    try:
        number = float(word)
    except ValueError:
        return None
    return number if abs(number) < 1e6 else None


def _whole(text: str) -> int | None:
    number = _decimal(text)
    return int(number) if number is not None and number >= 0 and number == int(number) else None
