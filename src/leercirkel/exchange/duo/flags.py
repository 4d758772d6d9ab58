"""Quality flags while a file is read: one bit each, so that a column of them costs little; a list at the end."""

from __future__ import annotations

from typing import Any

import polars as pl

from leercirkel.analysis.open_data import FLAGS

BITS = {code: 1 << number for number, code in enumerate(FLAGS)}
MASK = "mask"


def where(condition: pl.Expr, flag: str) -> pl.Expr:
    """The bit of a flag where a condition holds (null is not), else nothing."""
    return pl.when(condition.fill_null(False)).then(pl.lit(BITS[flag], pl.UInt32)).otherwise(pl.lit(0, pl.UInt32))


def listed(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with `flags`, a list of codes, in the place of MASK."""
    masks = frame[MASK].unique().to_list()
    if masks == [0]:
        return frame.drop(MASK).with_columns(pl.lit([], pl.List(pl.String)).alias("flags"))
    lists = [[code for code, bit in BITS.items() if mask & bit] for mask in masks]
    schema: dict[str, Any] = {MASK: pl.UInt32, "flags": pl.List(pl.String)}
    return frame.join(
        pl.DataFrame({MASK: masks, "flags": lists}, schema=schema), on=MASK, how="left", maintain_order="left"
    ).drop(MASK)
