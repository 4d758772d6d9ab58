"""Where the table stands in a file: below which title rows its header is, and what the columns are called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

import polars as pl

from leercirkel.core.records import dataclass
from leercirkel.exchange.problems import Problem, shorten
from leercirkel.exchange.tables.cells import DEFAULT_LIMITS, Cells, Limits, is_workbook, megabytes, refusal
from leercirkel.exchange.tables.headers import field_of
from leercirkel.exchange.tables.text import read_text
from leercirkel.exchange.tables.workbook import read_workbook

_ROWS_ABOVE = 30
_LONGEST_HEADER = 200
_AGAIN = "Maak de export opnieuw."


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with its header. `headers`: column ``c0`` … → what stands above it, only where something does.

    above = tuple(tuple(tidy(v[:_LONGEST_HEADER]) for v in row if v) for row in cells.frame.head(header).rows())
    return Sheet(headers, header + 1, _rows_below(cells.frame, header, list(headers)), cells.sheet, above)
    """

    headers: dict[str, str]
    header_row: int
    frame: pl.DataFrame
    sheet: bool
    above: tuple[tuple[str, ...], ...] = ()

    def column(self, header: str) -> list[str]:
        """The columns under this header: exactly as written, else without regard to capitals."""
        wanted = tidy(header)
        exact = [c for c, title in self.headers.items() if title == wanted]
        return exact or [c for c, title in self.headers.items() if title.casefold() == wanted.casefold()]


def tidy(header: str) -> str:
    """A header on one line, single spaces."""
    return " ".join(header.split())


def open_sheet(
    data: bytes, name: str, known: Collection[str] = (), limits: Limits = DEFAULT_LIMITS
) -> tuple[Sheet | None, list[Problem]]:
    """The table in a CSV or XLSX file, or None with the one reason. `known`: headers that a mapping names."""
    if len(data) > limits.file:
        return None, refusal(
            name, "file-too-large", f"Dit bestand is {megabytes(len(data))}; wij lezen tot {megabytes(limits.file)}.",
            "Maak een export per schooljaar.",
        )  # fmt: skip
    if not data.strip():
        return None, refusal(name, "file-empty", "Het bestand is leeg.", _AGAIN)
    cells, problems = (read_workbook if is_workbook(data) else read_text)(data, name, limits)
    if cells is None:
        return None, problems
    sheet = _with_header(cells, {tidy(header).casefold() for header in known})
    if sheet is None:
        return None, refusal(name, "file-empty", "In dit bestand staat geen enkele gevulde cel.", _AGAIN)
    if sheet.frame.is_empty():
        return None, refusal(name, "no-rows", "Onder de kop staan geen rijen.", _AGAIN, sheet.header_row)
    if sheet.header_row > 1:
        shown = shorten(", ".join(sheet.headers.values()))
        message = f"De kop van de tabel staat op rij {sheet.header_row}; wat erboven staat, is niet gelezen."
        advice = "U hoeft niets te doen."
        problems.append(Problem("notice", name, "header-below", message, advice, sheet.header_row, None, shown))
    return sheet, problems


def _with_header(cells: Cells, known: set[str]) -> Sheet | None:
    best, most, first = None, 1, None
    named: dict[str, bool] = {"": False}  # most cells of the rows below a header stand there many times
    for index, values in enumerate(cells.frame.head(_ROWS_ABOVE).rows()):
        titles = [tidy(value) for value in values if value and len(value) <= _LONGEST_HEADER]
        if first is None and any(titles):
            first = index
        for title in titles:
            if title not in named:
                named[title] = title.casefold() in known or field_of(title) is not None
        score = sum(named[title] for title in titles)
        if score > most:
            best, most = index, score
        if score == cells.frame.width:  # no row below can name more
            break
    header = best if best is not None else first
    if header is None:
        return None
    titles_row = cells.frame.row(header)
    headers = {
        column: tidy(value[:_LONGEST_HEADER])
        for column, value in zip(cells.frame.columns, titles_row, strict=True)
        if value and value.strip()
    }
    above = tuple(tuple(tidy(v[:_LONGEST_HEADER]) for v in row if v) for row in cells.frame.head(header).rows())
    return Sheet(headers, header + 1, _rows_below(cells.frame, header, list(headers)), cells.sheet, above)


def _rows_below(frame: pl.DataFrame, header: int, columns: list[str]) -> pl.DataFrame:
    stripped = pl.col(columns).str.strip_chars()
    cells = pl.when(stripped.str.len_bytes() > 0).then(stripped)
    rows = frame.lazy().slice(header + 1).select(cells).collect(engine="in-memory")
    rows.insert_column(0, pl.Series("row", range(header + 2, frame.height + 1), dtype=pl.Int64))
    # most tables have a column without a gap, and then no row is empty
    if any(rows[column].null_count() == 0 for column in columns):
        return rows
    return rows.filter(pl.any_horizontal(pl.col(columns).is_not_null()))


def repeated(sheet: Sheet, headers: Collection[str]) -> list[str]:
    """Those of `headers` that stand above more than one column."""
    counts = Counter(title.casefold() for title in sheet.headers.values())
    return sorted({h for h in headers if counts[tidy(h).casefold()] > 1 and len(sheet.column(h)) > 1})
