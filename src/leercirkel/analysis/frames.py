"""The frames that every analysis takes: column names and dtypes, checked at the door.

`results`: one row per result or per reason why a test was not taken. A row with `not_taken` filled has no score,
level, dle, avi or reference_level. `enrolments`: one row per pupil, school year and group (a pupil who changed groups
within the year has two rows with touching dates; `until` is the last day, included).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol

import narwhals as nw

SCHOOL = "school"
"""Part of whatever tells rows apart: a pupil's key, a group's name and a test mean something within a school only, and
a frame may hold many schools."""

RESULTS: dict[str, Any] = {
    "school": nw.String,  # BRIN + location, e.g. "99XX00"
    "pupil": nw.String,  # key from the roster; never a name or BSN
    "school_year": nw.Int32,  # first year: 2025 for 2025-2026
    "taken_on": nw.Date,
    "moment": nw.String,  # B, M, E or null
    "subject": nw.String,
    "instrument": nw.String,
    "version": nw.String,  # "" when the file names none
    "test_level": nw.String,  # the test that was made, e.g. "M5" (toets op maat), or null
    "instruction_group": nw.String,  # or null
    "score": nw.Float64,  # ability score, or null
    "level": nw.String,  # I-V or A-E exactly as delivered, or null
    "dle": nw.Float64,  # months, or null
    "dle_operator": nw.String,  # "=", "<" or ">"; null without dle
    "percentile": nw.Float64,
    "avi": nw.String,  # mastered AVI level ("Start", "M3" … "E7", "Plus"), or null
    "reference_level": nw.String,  # "<1F", "1F", "1S" or "2F", or null
    "not_taken": nw.String,  # null, or: ill, exempt, too_hard, just_arrived, moved, other
    "source": nw.String,  # file name and row, e.g. "cito.xlsx:12"
}

ENROLMENTS: dict[str, Any] = {
    "school": nw.String,
    "pupil": nw.String,
    "school_year": nw.Int32,
    "group": nw.String,  # name as staff say it
    "grade": nw.Int32,  # 1-8, or null (S, N)
    "from": nw.Date,
    "until": nw.Date,
    "first_year_in_group3": nw.Int32,  # first year of the school year in which group 3 was started, or null
    "dl_estimated": nw.Boolean,  # first_year_in_group3 was inferred, not delivered
}

MARKS: dict[str, Any] = {
    "school": nw.String,
    "pupil": nw.String,
    "from": nw.Date,
    "until": nw.Date,  # or null: still holds
    "destination": nw.String,  # code from core.destinations, or null
    "care": nw.Boolean,  # has an OPP (BAO) or another care mark of the school
}
"""Dated facts about pupils that rosters do not carry: destination and care mark."""

METHOD_TESTS: dict[str, Any] = {
    "school": nw.String,
    "pupil": nw.String,
    "school_year": nw.Int32,
    "taken_on": nw.Date,
    "subject": nw.String,
    "block": nw.String,  # block or chapter of the method
    "goal": nw.String,
    "percent": nw.Float64,  # percentage right, 0-100
    "source": nw.String,
}
"""One row per pupil and goal of a method test; never a sitting of the school's own calendar."""

OBSERVATIONS: dict[str, Any] = {
    "school": nw.String,
    "pupil": nw.String,
    "school_year": nw.Int32,
    "taken_on": nw.Date,
    "moment": nw.String,
    "list": nw.String,  # name of the observation list
    "domain": nw.String,
    "stage": nw.String,  # in the school's own words
    "source": nw.String,
}
"""One row per pupil and domain of an observation list; never a test."""

ADVICES: dict[str, Any] = {
    "school": nw.String,
    "pupil": nw.String,
    "school_year": nw.Int32,
    "taken_on": nw.Date,
    "advice": nw.String,  # code of core.advice
}
"""One row per pupil: what the doorstroomtoets advised."""


class FrameError(ValueError):
    """A frame does not have the columns and dtypes that an analysis takes: a fault of the program, not of a file."""


def checked(frame: Any, schema: dict[str, Any]) -> nw.LazyFrame[Any]:
    """The native or Narwhals frame as a lazy Narwhals frame with exactly the columns of `schema`.

    Raises FrameError, naming every missing column and wrong dtype at once.
    """
    lazy = nw.from_native(frame).lazy()
    have = lazy.collect_schema()
    faults = [f"{name}: missing" for name in schema if name not in have]
    faults += [f"{n}: {have[n]} instead of {t}" for n, t in schema.items() if n in have and have[n] != t]
    if faults:
        raise FrameError("; ".join(faults))
    chosen: nw.LazyFrame[Any] = lazy.select(*schema)
    return chosen


def numbered(frame: nw.LazyFrame[Any], columns: Sequence[str], name: str) -> nw.LazyFrame[Any]:
    """The distinct values of these columns, each with a whole number from 0 in their order, under `name`.

    Joins and groups by one whole number are several times quicker than by names.
    """
    distinct = frame.select(*columns).unique().with_row_index(name, order_by=list(columns))
    return distinct.with_columns(nw.col(name).cast(nw.Int64))


Row = dict[str, Any]

Columns = dict[str, list[Any]]


def tuples(columns: Columns, names: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """The rows of some columns, as tuples in this order: much lighter than a dict per row."""
    return zip(*(columns[name] for name in names), strict=True)


class Engine(Protocol):
    """What an analysis needs of the place where it runs. Implementations: `engines.memory`, `engines.duck`,
    `engines.spark`."""

    def table(self, columns: dict[str, list[Any]], schema: dict[str, Any]) -> nw.LazyFrame[Any]:
        """A small frame of this engine from Python lists, with the given dtypes."""

    def keep(self, frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        """The same frame, computed once, so that using it twice does not compute it twice."""

    def rows(self, frame: nw.LazyFrame[Any]) -> list[Row]:
        """The frame as Python rows, in no particular order."""

    def columns(self, frame: nw.LazyFrame[Any]) -> Columns:
        """The frame as Python lists, one per column: for results of many rows; see `tuples`."""

    def together(self, *questions: Callable[[], Any]) -> list[Any]:
        """The answers to questions that do not need each other, in their order; side by side where the engine can."""
