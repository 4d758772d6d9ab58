"""Each analysis by itself on a school's results, on Polars, in one warm process: median milliseconds.

The frames are made here: 220 pupils a year who move up, eight years, six subjects, two moments (about 20,000
results). Usage: bench_analyses.py [RUNS]
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from statistics import median
from typing import Any

import polars as pl
from measure import machine, title

from leercirkel.analysis.cohort_trend import cohort_trend, measured
from leercirkel.analysis.frames import ENROLMENTS, RESULTS
from leercirkel.analysis.grade_trend import grade_trend
from leercirkel.analysis.ground import main_tiers_of
from leercirkel.analysis.growth import NormPoint, group_growth, pupil_growth
from leercirkel.analysis.learning_yield import group_yields, pupil_yields
from leercirkel.analysis.lines import judged
from leercirkel.analysis.overview import overview, totals
from leercirkel.analysis.report import Context, school_report
from leercirkel.analysis.sittings import Inputs, sittings
from leercirkel.core.standards import Standard, Tier
from leercirkel.engines.memory import MemoryEngine

SUBJECTS = ("rekenen", "begrijpend_lezen", "spelling", "technisch_lezen", "woordenschat", "taalverzorging")
FIRST_YEAR, YEARS, PUPILS_A_GRADE = 2018, 8, 36
SCHOOL, INSTRUMENT, VERSION = "99YY00", "Demo LVS", "3.0"


def frames() -> tuple[pl.DataFrame, pl.DataFrame]:
    """Results and enrolments of one invented school, in the columns that the analyses take."""
    rng = random.Random(1)
    results: list[dict[str, Any]] = []
    enrolments: list[dict[str, Any]] = []
    for year in range(FIRST_YEAR, FIRST_YEAR + YEARS):
        for grade in range(3, 9):
            start = year - (grade - 3)
            for number in range(PUPILS_A_GRADE):
                pupil = f"{start}-{number}"
                where = {"school": SCHOOL, "pupil": pupil, "school_year": year}
                ability = random.Random(pupil).gauss(0, 12)
                enrolments.append(
                    where | {"group": f"Groep {grade}", "grade": grade, "from": date(year, 8, 1)}
                    | {"until": date(year + 1, 7, 31), "first_year_in_group3": start, "dl_estimated": False}
                )  # fmt: skip
                for half, moment in enumerate("ME"):
                    taken = date(year + 1, 1 if moment == "M" else 6, 8) + timedelta(days=rng.randrange(14))
                    months = 10 * (grade - 3) + (5 if half == 0 else 10)
                    for subject in SUBJECTS:
                        score = round(60 + 2 * months + ability + rng.gauss(0, 6), 1)
                        dle = max(0, min(60, round(months + (ability + rng.gauss(0, 6)) / 2)))
                        results.append(
                            where | {"taken_on": taken, "moment": moment, "subject": subject}
                            | {"instrument": INSTRUMENT, "version": VERSION, "score": score, "dle": float(dle)}
                            | {"level": rng.choice(("I", "II", "III", "IV", "V")), "dle_operator": "="}
                            | {"source": f"demo.csv:{len(results) + 2}"}
                        )  # fmt: skip
    return _frame(results, RESULTS), _frame(enrolments, ENROLMENTS)


def _frame(rows: list[dict[str, Any]], schema: dict[str, Any]) -> pl.DataFrame:
    dtypes = {name: getattr(pl, dtype.__name__) for name, dtype in schema.items()}
    return pl.DataFrame([{name: row.get(name) for name in schema} for row in rows], schema=dtypes)


def standards() -> list[Standard]:
    """Per subject a common line of two tiers, as a primary school has them."""
    tiers = (Tier("basis", 0.75, threshold="III"), Tier("hoog", 0.25, threshold="I"))
    return [Standard(subject, "level", tiers) for subject in SUBJECTS]


def norms() -> list[NormPoint]:
    """Means, spreads and measurement errors of the invented instrument."""
    return [
        NormPoint(INSTRUMENT, VERSION, subject, grade, moment, 60.0 + 2 * (10 * (grade - 3) + at), 13.0, 4.0)
        for subject in SUBJECTS
        for grade in range(3, 9)
        for moment, at in (("M", 5), ("E", 10))
    ]


def main() -> None:
    """Times every analysis on the same kept frames and prints a line each."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    results, enrolments = frames()
    engine = MemoryEngine()
    inputs = Inputs(engine, results, enrolments)
    own, points = standards(), norms()
    rows = sittings(inputs)
    lines, values, tiers = judged(engine, rows, own), measured(engine, rows), main_tiers_of(own)
    grade: dict[str, Any] = {"main_tiers": tiers, "axis": "grade"}
    questions: dict[str, Callable[[], object]] = {
        "overview, by group": lambda: overview(engine, rows, lines),
        "overview, whole school": lambda: totals(engine, rows, lines),
        "grade trend, whole school": lambda: grade_trend(engine, rows, lines, main_tiers=tiers),
        "grade trend, by grade": lambda: grade_trend(engine, rows, lines, **grade),
        "cohort trend, all steps": lambda: cohort_trend(engine, values, enrolments),
        "growth, pupils and groups": lambda: group_growth(engine, pupil_growth(engine, rows, norms=points)),
        "learning yield, pupils and groups": lambda: group_yields(engine, pupil_yields(engine, rows)),
    }
    shared: dict[str, Callable[[], object]] = {
        "sittings": lambda: sittings(inputs),
        "lines: sittings against standards": lambda: judged(engine, rows, own),
        "measured: one number a sitting": lambda: measured(engine, rows),
    }
    whole: dict[str, Callable[[], object]] = {
        "the whole report's dataclass": lambda: school_report(inputs, own, Context(SCHOOL, "Demo"), norms=points),
    }
    title(f"Analyses on Polars, {results.height:,} results, warm, median of {runs} ({machine()})")
    for heading, group in (("each question", questions), ("made once for all of them", shared), ("together", whole)):
        print(heading)
        for name, ask in group.items():
            print(f"  {name:<36} {milliseconds(ask, runs):7.1f} ms")


def milliseconds(ask: Callable[[], object], runs: int) -> float:
    """The median time of a call, after three uncounted ones."""
    taken = []
    for number in range(runs + 3):
        started = time.perf_counter()
        ask()
        if number >= 3:
            taken.append(1000 * (time.perf_counter() - started))
    return median(taken)


if __name__ == "__main__":
    main()
