"""Results dated on a day on which no test is taken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import polars as pl

from leercirkel.core.calendar import Holiday
from leercirkel.exchange.problems import Problem
from leercirkel.exchange.tables.headers import DUTCH
from leercirkel.exchange.tables.reader import ResultTable


def taken_in(holidays: Iterable[Holiday], tables: Sequence[ResultTable]) -> list[Problem]:
    """A warning per file and holiday with results dated in it: the first row, and how many there are.

    Everything still counts: the day is most often the one on which a result was typed in.
    """
    problems = []
    for free in holidays:
        for table in tables:
            inside = table.frame.filter(pl.col("taken_on").is_between(free.first, free.last))
            if inside.is_empty():
                continue
            row, on = inside.sort("row").select("row", "taken_on").row(0)
            message = (
                f"Deze afnamedatum valt in de {free.name} ({free.first:%d-%m-%Y} tot en met {free.last:%d-%m-%Y})."
            )
            if inside.height > 1:
                message += f" Dit geldt voor {inside.height} rijen; dit is de eerste."
            advice = "Is dit de dag van invoeren, zet er dan de dag van afname neer; de toets telt wel mee."
            problems.append(Problem("warning", table.file, "date-in-holiday", message, advice, row, DUTCH["taken_on"],
                                    f"{on:%d-%m-%Y}"))  # fmt: skip
    return problems
