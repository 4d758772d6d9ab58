"""From rows as they stand to a row per result: a table with a row per pupil is unfolded, test by test."""

from __future__ import annotations

import polars as pl

from leercirkel.exchange.tables import cards
from leercirkel.exchange.tables.layout import Sheet
from leercirkel.exchange.tables.mapping import Mapping, WideColumn


def long_rows(sheet: Sheet, mapping: Mapping) -> pl.DataFrame:
    """One row per result: `row` and every mapped field as text.

    For a wide table the headers of the result columns come along as ``@field``, so that a problem can name the column.
    Headers of the mapping that the sheet does not have are left out; the caller has reported them.
    """
    ids = {field: found[0] for field, header in mapping.columns.items() if (found := sheet.column(header))}
    columns = [pl.col(column).alias(field) for field, column in ids.items()]
    if "pupil_key" in ids:
        # Excel's way to keep leading zeros in a CSV file: ="00123"
        at = list(ids).index("pupil_key")
        columns[at] = pl.col(ids["pupil_key"]).str.replace(r'^="(.*)"$', "$1").alias("pupil_key")
    if not mapping.wide:
        return sheet.frame.select("row", *columns)
    parts = [_one_test(sheet, columns, test) for test in tests(mapping)]
    filled = [part for part in parts if part is not None]
    if not filled:
        return sheet.frame.select("row", *columns).clear()
    return pl.concat(filled, how="diagonal").sort("row", maintain_order=True)


def tests(mapping: Mapping) -> list[list[WideColumn]]:
    """The wide columns per test: those with the same constants tell of the same result."""
    grouped: dict[tuple[tuple[str, str], ...], list[WideColumn]] = {}
    for column in mapping.wide:
        grouped.setdefault(tuple(sorted(column.constants.items())), []).append(column)
    return list(grouped.values())


def twice(mapping: Mapping) -> list[WideColumn]:
    """Wide columns that fill the same field of the same test as an earlier one."""
    return [c for test in tests(mapping) for i, c in enumerate(test) if c.field in {d.field for d in test[:i]}]


def _one_test(sheet: Sheet, ids: list[pl.Expr], test: list[WideColumn]) -> pl.DataFrame | None:
    found = [(column, at[0]) for column in test if (at := sheet.column(column.header))]
    if not found:
        return None
    values = [pl.col(at).alias(column.field) for column, at in found]
    headers = [pl.lit(column.header).alias(f"@{column.field}") for column, _ in found]
    constants = [pl.lit(value).alias(field) for field, value in test[0].constants.items()]
    taken = set(test[0].constants) | {column.field for column, _ in found}
    own = [c for c in ids if c.meta.output_name() not in taken]
    made = sheet.frame.select("row", *own, *values, *constants, *headers)
    return made.filter(pl.any_horizontal(pl.col(column.field).is_not_null() for column, _ in found))


def folded(raw: pl.DataFrame) -> pl.DataFrame:
    """The rows of `raw` (text per field, see long_rows) with those of cards made into one: of the same pupil,
    test, day and moment. Without cards the frame as it is."""
    # first only whether there is any: most tables have none
    seen = {text for name in ("avi", "level") for text in raw[name].unique() if text and cards.card_result(text)}
    if not seen:
        return raw
    said = pl.coalesce("avi", "level")
    of_avi = pl.col("instrument").str.to_lowercase().str.contains("avi", literal=True)
    mask = raw.select(
        (said.is_in(list(seen)) & pl.col("test_level").is_not_null() & of_avi).fill_null(False)
    ).to_series()
    own = [c for c in raw.columns if c not in ("row", "avi", "level", "test_level") and not c.startswith("@")]
    read = raw.filter(mask).with_columns(pl.concat_str(pl.col("test_level"), said, separator=" ").alias("avi"))
    joined = read.group_by(own, maintain_order=True).agg(pl.col("row").first(), pl.col("avi").str.join(", "))
    return pl.concat([raw.filter(~mask), joined], how="diagonal").select(raw.columns).sort("row", maintain_order=True)
