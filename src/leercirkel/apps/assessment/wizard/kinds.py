"""The kinds of rows that an import brings, and when two of them are about the same thing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from leercirkel.apps.assessment.models import Advice, MethodResult, Observation, PupilMark, Result


@dataclass(frozen=True, slots=True)
class Kind:
    """`same`: columns by which two rows are about one thing; `says`: what they tell of it, null being nothing.

    `columns`: those of the table that a row fills, and their types; `texts`: those that are "" in the table for null.
    """

    name: str
    model: type[Any]
    same: tuple[str, ...]
    says: tuple[str, ...]
    columns: dict[str, Any]
    texts: tuple[str, ...] = ()

    @property
    def table(self) -> str:
        """Its name in the database."""
        return str(self.model._meta.db_table)


S, D, F, N = pl.String, pl.Date, pl.Float64, pl.Int32

RESULTS = Kind(
    "results", Result,
    ("pupil_id", "subject", "instrument", "version", "test_level", "taken_on", "school_year"),
    ("moment", "score", "level", "dle", "dle_operator", "percentile", "avi", "reference_level", "not_taken"),
    {
        "school_year": N, "taken_on": D, "moment": S, "subject": S, "instrument": S, "version": S, "test_level": S,
        "instruction_group": S, "score": F, "level": S, "dle": F, "dle_operator": S, "percentile": F, "avi": S,
        "reference_level": S, "not_taken": S, "source": S,
    },
    ("moment", "test_level", "instruction_group", "level", "dle_operator", "avi", "reference_level", "not_taken"),
)  # fmt: skip
METHOD_TESTS = Kind(
    "method_tests", MethodResult, ("pupil_id", "taken_on", "subject", "block", "goal"), ("percent",),
    {"school_year": N, "taken_on": D, "subject": S, "block": S, "goal": S, "percent": F, "source": S},
)  # fmt: skip
OBSERVATIONS = Kind(
    "observations", Observation, ("pupil_id", "taken_on", "moment", "list", "domain"), ("stage",),
    {"school_year": N, "taken_on": D, "moment": S, "list": S, "domain": S, "stage": S, "source": S}, ("moment",),
)  # fmt: skip
ADVICES = Kind(
    "advices", Advice, ("pupil_id", "school_year"), ("advice",), {"school_year": N, "taken_on": D, "advice": S}
)
MARKS = Kind(
    "marks", PupilMark, ("pupil_id", "since"), ("until", "destination", "care"),
    {"since": D, "until": D, "destination": S, "care": S}, ("destination", "care"),
)  # fmt: skip

KINDS = (RESULTS, METHOD_TESTS, OBSERVATIONS, ADVICES, MARKS)
