"""Rows of open data about invented schools, as the store has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import narwhals as nw
import numpy as np
import polars as pl

from leercirkel.analysis.benchmark.compare import OpenData, compared
from leercirkel.analysis.benchmark.definition import STANDARDISED, Definition
from leercirkel.analysis.benchmark.levels import Reached
from leercirkel.analysis.open_data import ADVICE_CODES, TABLES
from leercirkel.apps.benchmark.actions import About, Signal, publish
from leercirkel.apps.benchmark.models import ComparedSchool, Comparison
from leercirkel.engines.memory import MemoryEngine

ORIGIN: dict[str, Any] = {"source": "f" * 16, "row": 2, "flags": []}
_TYPES = {
    nw.String: pl.String, nw.Int32: pl.Int32, nw.Float64: pl.Float64, nw.Boolean: pl.Boolean,
}  # fmt: skip


def table(name: str, rows: Iterable[Mapping[str, Any]]) -> pl.DataFrame:
    """A table of the store; what a row does not say is null."""
    schema = {column: _TYPES.get(kind, pl.List(pl.String)) for column, kind in TABLES[name].items()}
    return pl.DataFrame([{**dict.fromkeys(schema), **ORIGIN, **row} for row in rows], schema=schema, orient="row")


def school(code: str) -> dict[str, Any]:
    """The columns that name a school: "99ZA00"."""
    return {"brin": code[:4], "location": code[4:], "kind": "bo"}


def advices(given: Mapping[tuple[str, int], Mapping[str, int | str]]) -> pl.DataFrame:
    """(school, year) → advice → a number or "<5"; the others zero."""
    rows = [
        {**school(code), "school_year": year, "advice": advice, "low": low, "high": high}
        for (code, year), told in given.items()
        for advice in ADVICE_CODES
        for low, high in [(1, 4) if told.get(advice) == "<5" else (told.get(advice, 0),) * 2]
    ]
    return table("advices", rows)


def scores(given: Mapping[tuple[str, int], Sequence[tuple[str, int, float | None]]]) -> pl.DataFrame:
    """(school, year) → test, pupils and their mean."""
    rows = [
        {**school(code), "school_year": year, "test": test, "taken_low": n, "taken_high": n, "mean": mean}
        for (code, year), told in given.items()
        for test, n, mean in told
    ]
    return table("end_scores", rows)


def weightings(given: Mapping[str, float], year: int = 2021) -> pl.DataFrame:
    """School → schoolweging over three years."""
    rows = [
        {**school(code), "school_year": year, "years": 3, "weighting": value, "match": "one_location"}
        for code, value in given.items()
    ]
    return table("weightings", [{k: v for k, v in row.items() if k != "kind"} for row in rows])


def open_data(engine: Any = None, **tables: pl.DataFrame) -> OpenData:
    """These tables on an engine, Polars unless told otherwise."""
    engine = engine or MemoryEngine()
    in_memory = isinstance(engine, MemoryEngine)
    loaded = {name: nw.from_native(frame.lazy()) if in_memory else engine.load(frame) for name, frame in tables.items()}
    return OpenData(engine, **loaded)


OWN, BEST = "97KA00", "97LA00"
YEARS = (2022, 2023, 2024)
ELSEWHERE = "98ZZ00"
"""A school in the country that does not use Leercirkel."""
_FIGURE = {"value": 0.5, "sd": 0.03, "expected": 0.45, "chance": 0.4, "years": 3, "answer": "no", "range": [0.5, 0.5]}


def published(codes: Iterable[str]) -> Comparison:
    """A comparison of these schools and ELSEWHERE, as the pages read it."""
    kept = Comparison.objects.create(
        made_at=datetime(2026, 11, 1, tzinfo=UTC),
        definition={"years": [2022, 2023, 2024], "population": "weighting", "score": "standardised"},
        sources=[{"what": "schooladviezen", "file": "adviezen.csv", "school_year": 2024}],
        counts={"schools": 2},
    )
    for number, code in enumerate([*codes, ELSEWHERE]):
        ComparedSchool.objects.create(
            comparison=kept, code=code, name=f"De {code}", place="Verzonnen", population=30.0 + number / 10, group=3,
            figures={"advice": _FIGURE}, levels={}, flags={},
        )  # fmt: skip
    return kept


def publish_country(schools: int, filled: Sequence[int] = YEARS) -> int:
    """Publishes so many invented schools with figures in the years `filled`; OWN is ordinary, BEST next to it has twice
    the high advices. Gives the number of rows."""
    rng = np.random.default_rng(7)
    names = [OWN, BEST, *(f"96{chr(65 + k // 26 % 26)}{chr(65 + k % 26)}{k // 676:02}" for k in range(schools - 2))]
    weights = {name: 30.0 + 0.01 * k for k, name in enumerate(names)}
    given, tests = {}, {}
    for name in names:
        own = 0.9 if name == BEST else float(np.clip(rng.normal(0.45, 0.06), 0.1, 0.8))
        for year in filled:
            high = int(rng.binomial(30, own))
            given[name, year] = {"vwo": high, "vmbo_k": 30 - high}
            tests[name, year] = [("iep", 30, float(rng.normal(80, 2)))]
    data = open_data(advices=advices(given), end_scores=scores(tests), weightings=weightings(weights))
    made = compared(data, Definition(years=YEARS, score=STANDARDISED))
    reached = {
        name: {
            "1F": Reached(0.93, 0.97, 90, YEARS, False),
            "1S/2F": Reached(0.40, 0.55, 90, YEARS, False),
        }
        for name in names
    }
    return publish(
        made=made,
        about={name: About(f"Basisschool {name}", "Verzonnen", "Verzonnen", {"suppressed": 3}) for name in names},
        levels=reached,  # type: ignore[arg-type]
        signals={name: Signal(0.5, estimated=True) for name in names},
        sources=[{"what": "schooladviezen", "file": "adviezen-2024.csv", "school_year": 2024}],
        counts={"schools": len(names)},
        at=datetime(2026, 11, 1, tzinfo=UTC),
    )
