"""CSV in, as a frame of text."""

from __future__ import annotations

import polars as pl

from leercirkel.exchange.problems import Problem
from leercirkel.exchange.tables import lines
from leercirkel.exchange.tables.cells import Cells, Limits


def read_text(data: bytes, name: str, limits: Limits) -> tuple[Cells | None, list[Problem]]:
    """The cells of a CSV file; the rows of `lines.split_rows`, which for a long file without quotes Polars finds."""
    text, delimiter, problems = lines.opened(data, name, limits)
    if text is None:
        return None, problems
    frame, refused = _quoted(text, delimiter, name, limits) if '"' in text else _plain(text, delimiter, name, limits)
    if frame is None:
        return None, refused
    return Cells(frame, sheet=False), problems


def _plain(text: str, delimiter: str, name: str, limits: Limits) -> tuple[pl.DataFrame | None, list[Problem]]:
    """A text without any quote: every line is a row, so that Polars may split it."""
    rows = text.split("\n")
    width = max(row.count(delimiter) for row in rows) + 1
    refused = lines.too_wide(width, len(rows), name, limits)
    if refused:
        return None, refused
    # a lone empty line between two others is a row; at the end there is none, the text was stripped
    schema = {f"c{i}": pl.String for i in range(width)}
    if width == 1:  # Polars would skip blank lines of a file with one column
        return pl.DataFrame({"c0": rows}, schema=schema), []
    frame = pl.read_csv(
        text.encode(), has_header=False, schema=schema, separator=delimiter, quote_char=None, missing_columns="insert"
    )
    return frame, []


def _quoted(text: str, delimiter: str, name: str, limits: Limits) -> tuple[pl.DataFrame | None, list[Problem]]:
    """A text with quotes, by the letter of RFC 4180: a quote that is never closed would silently swallow rows."""
    rows, refused = lines.quoted(text, delimiter, name, limits)
    if rows is None:
        return None, refused
    columns = zip(*rows, strict=True)
    return pl.DataFrame({f"c{i}": pl.Series(column, dtype=pl.String) for i, column in enumerate(columns)}), []
