"""Dates that cannot be true yet: a test long after the newest roster, a roster long after all results.

There is no clock here: the newest roster says what day it is about.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import polars as pl

from leercirkel.core.calendar import school_year_label
from leercirkel.exchange.edexml.model import Roster
from leercirkel.exchange.problems import Problem
from leercirkel.exchange.tables.headers import DUTCH
from leercirkel.exchange.tables.reader import ResultTable

GRACE = timedelta(days=304)
"""How long after the newest roster a test may be taken before it looks like a slip in the year: a roster of 1 October
serves until the end of the school year."""


def in_future(tables: Sequence[ResultTable], rosters: Sequence[Roster]) -> list[Problem]:
    """A warning per file with tests more than `GRACE` after the newest day of reference or making of all rosters.

    Nothing is said of tests when no roster of the newest school year is dated. A roster of a school year that is more
    than one year after that of all results is a warning too. Everything still counts.
    """
    if not rosters or not tables:
        return []
    return _tests(tables, rosters) + _rosters(tables, rosters)


def _tests(tables: Sequence[ResultTable], rosters: Sequence[Roster]) -> list[Problem]:
    newest = max(roster.school_year for roster in rosters)
    dated = [(roster, day) for roster in rosters for day in (roster.reference_date, roster.created_on) if day]
    if all(roster.school_year != newest for roster, _ in dated):
        return []
    last = max(day for _, day in dated)
    problems = []
    for table in tables:
        late = table.frame.filter(pl.col("taken_on") > last + GRACE)
        if late.is_empty():
            continue
        row, day = late.sort("row").select("row", "taken_on").row(0)
        message = f"Deze afnamedatum ligt in de toekomst: de nieuwste leerlingenlijst is van {last:%d-%m-%Y}."
        if late.height > 1:
            message += f" Dit geldt voor {late.height} rijen; dit is de eerste."
        advice = "Kijk het jaar van de datum na. Klopt het, geef dan een nieuwe leerlingenlijst mee."
        problems.append(Problem("warning", table.file, "date-in-future", message, advice, row, DUTCH["taken_on"],
                                f"{day:%d-%m-%Y}"))  # fmt: skip
    return problems


def _rosters(tables: Sequence[ResultTable], rosters: Sequence[Roster]) -> list[Problem]:
    years = [year for table in tables for year in table.frame["school_year"].drop_nulls().unique()]
    if not years:
        return []
    last = max(years)
    problems = []
    for roster in rosters:
        if roster.school_year > last + 1:
            label = school_year_label(roster.school_year)
            message = (f"Het schooljaar van deze leerlingenlijst ligt in de toekomst: de laatste resultaten zijn van "
                       f"{school_year_label(last)}.")  # fmt: skip
            advice = "Kijk het schooljaar na. Klopt het, geef dan ook de resultaten van de jaren ertussen mee."
            problems.append(Problem("warning", roster.file, "roster-in-future", message, advice, None, "schooljaar",
                                    label))  # fmt: skip
    return problems
