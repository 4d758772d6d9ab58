"""The text of an open-data file as a frame: one string column per column of the file, and the number of the row."""

from __future__ import annotations

import csv

import polars as pl

from leercirkel.core.records import dataclass
from leercirkel.exchange.duo.layouts import squared
from leercirkel.exchange.duo.told import AGAIN, Told
from leercirkel.exchange.tables import lines
from leercirkel.exchange.tables.cells import Limits

LIMITS = Limits(cells=40_000_000)
"""The files with many years of all schools have some seven million cells."""

ROW = "row"
_SAMPLE = 16 * 1024


@dataclass(frozen=True, slots=True)
class Table:
    """`frame`: a string column per column of the file, named by `layouts.squared`, and ROW. `header`: their names."""

    frame: pl.DataFrame
    header: tuple[str, ...]


def read_csv(data: bytes, told: Told) -> Table | None:
    """The table in a CSV file: UTF-8 or Windows-1252, semicolons, tabs or commas. None with the reason in `told`.

    A row with too many or too few cells is left out and told; a quote that is never closed refuses the file.
    """
    plain = _utf8(data, told)
    if plain is None:
        return None
    hint, _, rest = plain.partition(b"\n")
    offset = 2
    if hint[:4].lower() == b"sep=":  # how spreadsheet programs tell the delimiter
        plain, offset = rest, 3
    delimiter = lines.sniff_delimiter(plain[:_SAMPLE].decode("utf-8", "ignore"))
    first, _, body = plain.partition(b"\n")
    body = body.rstrip(b"\n")
    header = _header(first.decode(), delimiter, told)
    if header is None:
        return None
    if (body.count(b"\n") + 1) * len(header) > LIMITS.cells:
        told.refuse("too-many-cells", "Dit bestand is te groot.", "Kies een bestand van één schooljaar.")
        return None
    frame = _quick(body, delimiter, header)
    if frame is None:
        frame = _careful(body, delimiter, header, told, offset)
    else:
        frame = frame.with_row_index(ROW, offset)
    if frame is None:
        return None
    return Table(_whole(frame, header, told, body), header)


def _utf8(data: bytes, told: Told) -> bytes | None:
    """The text as UTF-8 with plain line ends. Windows-1252 has five bytes without a letter: they become the sign for a
    damaged one, and the rest is kept."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data:
        text, refused = lines.decode(data, told.file)
        told.problems += [problem for problem in refused if problem.code != "letters-damaged"]
        if text is None:
            return None
        data = text.encode("utf-8", "replace")
    data = data.removeprefix(b"\xef\xbb\xbf")
    if not data.isascii():
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            data = data.decode("cp1252", "replace").encode()
    return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in data else data


def _header(line: str, delimiter: str, told: Told) -> tuple[str, ...] | None:
    try:
        names = next(csv.reader([line], delimiter=delimiter, strict=True), [])
    except csv.Error:
        names = line.split(delimiter)
    header = tuple(squared(name[:200]) for name in names)
    while header and not header[-1]:
        header = header[:-1]
    if len(header) < 2:
        message = "De eerste regel heeft geen kolomnamen zoals een open-databestand die heeft."
        told.refuse("no-header", message, "Kies het CSV-bestand zoals DUO het uitgeeft.", None, line[:60])
        return None
    if len(header) > LIMITS.columns:
        told.refuse("too-many-columns", f"Dit bestand heeft {len(header)} kolommen.", AGAIN)
        return None
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice:
        told.refuse("column-twice", "Deze kolomnaam staat er twee keer.", AGAIN, twice[0] or "(leeg)")
        return None
    return header


def _quick(body: bytes, delimiter: str, header: tuple[str, ...]) -> pl.DataFrame | None:
    """The engine of Polars, for a body of which every line has the right number of delimiters; None for another."""
    schema = dict.fromkeys(header, pl.String)
    if not body:
        return pl.DataFrame(schema=schema)
    if body.count(delimiter.encode()) != (body.count(b"\n") + 1) * (len(header) - 1):
        return None
    try:
        frame = pl.read_csv(body, has_header=False, schema=schema, separator=delimiter, empty_string_is_null=False)
    except (pl.exceptions.PolarsError, ValueError):
        return None
    # a short row, made up for by a delimiter between quotes elsewhere, ends in nothing
    return None if (frame[header[-1]].fill_null("") == "").any() else frame


def _careful(body: bytes, delimiter: str, header: tuple[str, ...], told: Told, offset: int) -> pl.DataFrame | None:
    """By the letter of RFC 4180, with each row that is too long or too short told."""
    width = len(header)
    sound: list[list[str]] = []
    long: list[tuple[int, object]] = []
    short: list[tuple[int, object]] = []
    number = offset - 1
    try:
        body_lines = (line + "\n" for line in body.decode().split("\n"))
        for number, row in enumerate(csv.reader(body_lines, delimiter=delimiter, strict=True), start=offset):
            if not any(row):
                continue
            if any(row[width:]):
                long.append((number, delimiter.join(row[width:])))
            elif len(row) < width:
                short.append((number, row[0]))
            else:
                sound.append([str(number), *row[:width]])
    except csv.Error:
        message = f"Na rij {number} kloppen de aanhalingstekens niet."
        told.refuse("quotes", message, AGAIN)
        return None
    told.left_out("row-too-long", "Deze rij heeft meer cellen dan er kolommen zijn.", AGAIN, long)
    told.left_out("row-too-short", "Deze rij heeft minder cellen dan er kolommen zijn.", AGAIN, short)
    columns = list(zip(*sound, strict=True)) if sound else [()] * (width + 1)
    named = zip([ROW, *header], columns, strict=True)
    frame = pl.DataFrame({name: pl.Series(values, dtype=pl.String) for name, values in named})
    return frame.with_columns(pl.col(ROW).cast(pl.UInt32))


def _whole(frame: pl.DataFrame, header: tuple[str, ...], told: Told, body: bytes) -> pl.DataFrame:
    """Without empty rows, and without rows that a forgotten quote has pulled together."""
    if frame.height and frame.select((pl.col(header[0]) == "").any()).item():
        frame = frame.filter(pl.any_horizontal(pl.col(name) != "" for name in header))
    if body.count(b"\n") + 1 > frame.height and frame.height:
        broken = frame.filter(pl.any_horizontal(pl.col(name).str.contains("\n", literal=True) for name in header))
        message = "In deze rij loopt een tekst door over meer regels: er ontbreekt een aanhalingsteken."
        told.left_out("row-broken", message, AGAIN, _shown(broken, header[0]))
        frame = frame.filter(~pl.col(ROW).is_in(broken[ROW].implode()))
    return frame.with_columns(pl.col(ROW).cast(pl.Int32))


def _shown(frame: pl.DataFrame, column: str) -> list[tuple[int, object]]:
    return list(frame.select(ROW, column).iter_rows())
