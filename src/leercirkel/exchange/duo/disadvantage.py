"""Achterstandsscores of CBS: Tabel 1 with the threshold, Tabel 2 without, in parts; remarks are letters."""

from __future__ import annotations

import re
from typing import Any

import polars as pl

from leercirkel.exchange.duo.flags import BITS, MASK
from leercirkel.exchange.duo.layouts import Layout, squared
from leercirkel.exchange.duo.made import OpenFile, shaped
from leercirkel.exchange.duo.sheets import Sheets, Year, header_row, named_year
from leercirkel.exchange.duo.told import AGAIN, Told

PARTS = {"all": "a", "lower": "b", "upper": "c"}
"""Part of the school → the remark that says that its score stands on too few pupils."""

_SCHOOL = re.compile(r"([0-9A-Z]{4})([0-9A-Z]{2})")
_END = re.compile(r"bron\b|[abc] ", re.IGNORECASE)
_SCHEMA: dict[str, Any] = {
    "brin": pl.String, "location": pl.String, "school_year": pl.Int32, "kind": pl.String, "row": pl.Int32,
    "pupils": pl.Int32, MASK: pl.UInt32,
}  # fmt: skip


def read(sheets: Sheets, layout: Layout, told: Told, year: int | None) -> OpenFile | None:
    """Scores per school with and without the threshold, and the funded pupils of each school."""
    dated = _year(sheets, layout, told, year)
    if dated is None:
        return None
    named = {squared(name): rows for name, rows in sheets.items()}
    first = _rows(named.get(squared(layout.sheets["with_threshold"]), []), layout, ("pupils", "score"), told)
    second = _rows(named.get(squared(layout.sheets["without_threshold"]), []), layout, tuple(PARTS), told)
    if first is None or second is None:
        message = "Tabel 1 of Tabel 2 heeft niet de kolommen die erbij horen."
        told.refuse("column-missing", message, "Download het bestand opnieuw bij het CBS.")
        return None
    pupils = {school: _whole(row["pupils"]) for school, row in first.items()}
    out: list[dict[str, Any]] = []
    for school, row in first.items():
        out.append(_score(school, dated.first, True, "all", row, "score", pupils.get(school), told))
    for school, row in second.items():
        for part in PARTS:
            of_school = pupils.get(school) if part == "all" else None
            out.append(_score(school, dated.first, False, part, row, part, of_school, told))
    schools = pl.DataFrame(out, schema={**_SCHEMA, "threshold": pl.Boolean, "part": pl.String, "score": pl.Float64})
    funded = schools.filter(pl.col("threshold") & pl.col("pupils").is_not_null())
    funded = funded.with_columns(
        pl.lit(0, pl.UInt32).alias(MASK), low="pupils", high="pupils", counted=pl.lit("funded")
    )
    tables = {"disadvantage": shaped(schools, "disadvantage"), "pupils": shaped(funded, "pupils")}
    used = len(first) + len(second)
    return OpenFile(
        told.file, layout.dataset, layout.code, dated.found_in, None, (dated.first,), used, len(told.rows), tables
    )


def _year(sheets: Sheets, layout: Layout, told: Told, year: int | None) -> Year | None:
    """The 1 October that stands above the tables is of the school year that began in that year."""
    for name in layout.sheets.values():
        for row in sheets.get(name, [])[:10]:
            found = re.search(rf"{layout.day} (20\d\d)", " ".join(row))
            if found:
                return Year(int(found[1]), "sheet")
    return named_year(told, year)


def _rows(
    rows: list[list[str]], layout: Layout, wanted: tuple[str, ...], told: Told
) -> dict[str, dict[str, Any]] | None:
    """School → its cells by our names, the remarks as "remarks" and the number of the row; None without the columns."""
    start = header_row(rows, layout)
    if start is None:
        return None
    header = [squared(cell) for cell in rows[start]]
    places = {name: header.index(layout.columns[name]) for name in wanted if layout.columns[name] in header}
    if len(places) < len(wanted):
        return None
    at, last = header.index(layout.columns["school"]), max(places.values())
    out: dict[str, dict[str, Any]] = {}
    odd: list[tuple[int, object]] = []
    for number, row in enumerate(rows[start + 1 :], start=start + 2):
        code = row[at].strip().upper()
        if not code or _END.match(code):
            continue
        if not _SCHOOL.fullmatch(code) or code in out:
            odd.append((number, row[at]))
            continue
        remarks = {letter.strip().lower() for cell in row[last + 1 :] for letter in cell.split(",")}
        out[code] = {**{name: row[place] for name, place in places.items()}, "remarks": remarks, "row": number}
    told.left_out("brin-unreadable", "Dit is geen BRIN met vestiging, of hij staat er twee keer.", AGAIN, odd, "School")
    return out


def _whole(text: str) -> int | None:
    word = text.strip().removesuffix(".0")
    return int(word) if word.isascii() and word.isdigit() and len(word) < 7 else None


def _score(
    school: str, year: int, threshold: bool, part: str, row: dict[str, Any], column: str, pupils: int | None, told: Told
) -> dict[str, Any]:
    text = row[column].strip()
    score: float | None = None
    mask = BITS["few_pupils"] if PARTS[part] in row["remarks"] else 0
    if text in (".", "x", "X"):
        mask |= BITS["secret"]
    elif text:
        try:
            score = float(text.replace(",", "."))
        except ValueError:
            score = None
        if score is None or not 0 <= score < 1_000_000:
            score = None
            told.left_out("score-unreadable", "Dit is geen achterstandsscore.", AGAIN, [(row["row"], text)], column)
    return {
        "brin": school[:4], "location": school[4:], "school_year": year, "kind": "bo", "threshold": threshold,
        "part": part, "pupils": pupils, "score": score, MASK: mask, "row": row["row"],
    }  # fmt: skip
