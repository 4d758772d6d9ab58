"""Growth norms → TOML, as `growth_norms.reader` reads them back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from leercirkel.analysis.growth_norms.cohort import NormTable
from leercirkel.core.calendar import school_year_label

DIGITS = 12
"""Significant digits of a number in the file: a score made of them differs less than a millionth of a point."""


def write(tables: Iterable[NormTable]) -> bytes:
    """The TOML text of these tables, UTF-8. Reading it back gives the same, numbers to DIGITS."""
    return ("\n\n".join("\n".join(_block(table)) for table in tables) + "\n").encode()


def _block(table: NormTable) -> Iterator[str]:
    yield "[[growth_norm]]"
    for key in ("subject", "instrument", "version"):
        yield f"{key} = {_text(getattr(table.test, key))}"
    yield f"to = {_text(str(table.to))}"
    yield f"from = [{', '.join(_text(str(one)) for one in table.earlier)}]"
    yield f"school_years = [{', '.join(_text(school_year_label(year)) for year in table.school_years)}]"
    yield f"pupils = {table.norm.pupils}"
    # one line per percentile, 1 to 99
    yield "coefficients = ["
    for row in table.norm.coefficients:
        yield f"  {_numbers(row)},"
    yield "]"
    for spline in table.norm.splines:
        yield "[[growth_norm.prior]]"
        yield f"knots = {_numbers(spline.knots)}"
        yield f"outer = {_numbers(spline.outer)}"
        yield f"scores = {_numbers(spline.scores)}"


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _numbers(values: Iterable[float]) -> str:
    return f"[{', '.join(repr(float(f'{value:.{DIGITS}g}')) for value in values)}]"
