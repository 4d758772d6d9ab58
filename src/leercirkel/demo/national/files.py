"""An invented country as Parquet: results, enrolments and marks in the columns that the analyses take.

A file holds the schools of fifty numbers in a row, sorted by school, so that whoever asks for some schools reads
little else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from leercirkel.analysis.frames import ENROLMENTS, MARKS, RESULTS
from leercirkel.core.written import written
from leercirkel.demo import norms
from leercirkel.demo.goals import calendar_toml, standards_toml
from leercirkel.demo.national.pupils import CARE, Pupils, Seats, pupils_of, seats_of
from leercirkel.demo.national.results import MOMENTS, NOT_TAKEN, SUBJECTS, Table, results_of
from leercirkel.demo.schools import BAO
from leercirkel.demo.scores import AVI_LEVELS

MOST_SCHOOLS = 40_000
"""As many invented codes as there are."""

SCHOOLS_A_FILE = 50
ROWS_A_GROUP = 100_000

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class SchoolFrames:
    """One school's frames, in the columns of `analysis.frames`."""

    results: pl.DataFrame
    enrolments: pl.DataFrame
    marks: pl.DataFrame


def write_national(
    directory: Path, *, schools: int, seed: int, last_school_year: int = 2026, progress: Progress | None = None
) -> list[Path]:
    """Writes results/, enrolments/ and marks/ with the schools numbered from 0, and the norms and calendar that all
    follow; returns the paths made.

    School i is the same whatever the number of schools. `progress` hears after each file how many schools are done, of
    how many. Raises ValueError unless 1 ≤ schools ≤ MOST_SCHOOLS.
    """
    if not 1 <= schools <= MOST_SCHOOLS:
        raise ValueError("schools")
    made = []
    for name in ("results", "enrolments", "marks"):
        (directory / name).mkdir(parents=True, exist_ok=True)
    for first in range(0, schools, SCHOOLS_A_FILE):
        until = min(first + SCHOOLS_A_FILE, schools)
        frames = [school_frames(number, seed, last_school_year) for number in range(first, until)]
        for name in ("results", "enrolments", "marks"):
            path = directory / name / f"schools-{first:05}.parquet"
            whole = pl.concat([getattr(frame, name) for frame in frames])
            with written(path):
                whole.write_parquet(path, compression="zstd", row_group_size=ROWS_A_GROUP)
            made.append(path)
        if progress:
            progress(until, schools)
    for name, text in (("normen.toml", standards_toml(BAO, last_school_year)), ("toetsen.toml", calendar_toml(BAO))):
        (directory / name).write_text(text, encoding="utf-8")
        made.append(directory / name)
    return made


def school_code(number: int) -> str:
    """The code of school `number`, in the order of the numbers; such codes (from 40 on) are of no real school."""
    tens, rest = divmod(number, 26 * 26)
    return f"{40 + tens}{chr(65 + rest // 26)}{chr(65 + rest % 26)}00"


def school_frames(number: int, seed: int, last_school_year: int = 2026) -> SchoolFrames:
    """School `number`: the same for the same arguments."""
    rng = np.random.default_rng([seed, number])
    pupils, a_grade = pupils_of(rng, last_school_year)
    seats = seats_of(pupils, a_grade, last_school_year)
    table = results_of(rng, pupils, seats, last_school_year)
    code = school_code(number)
    return SchoolFrames(_results(code, seats, table), _enrolments(code, pupils, seats), _marks(code, rng, seats, table))


def _named(values: tuple[str, ...], index: Any) -> pl.Series:
    """The names at these places, null at −1."""
    return pl.Series(values, dtype=pl.String).gather(
        pl.Series(np.where(index < 0, len(values), index)), null_on_oob=True
    )


def _results(code: str, seats: Seats, table: Table) -> pl.DataFrame:
    seat, blank = table.seat, table.reason >= 0
    with_dle = (table.dle >= 0) & ~blank
    number = pl.Series("n", np.arange(2, len(seat) + 2))
    frame = pl.DataFrame({
        "pupil": pl.Series(seats.pupil[seat] + 1).cast(pl.String),
        "school_year": seats.school_year[seat],
        "taken_on": table.day,
        "moment": _named(MOMENTS, table.moment),
        "subject": _named(SUBJECTS, table.subject),
        "instrument": _named((norms.INSTRUMENT, "AVI"), table.by_avi.astype(np.int32)),
        "version": _named(("1.0", "2.0", ""), np.where(table.by_avi, 2, table.new_version)),
        "score": pl.Series(table.score).fill_nan(None),
        "level": _named(tuple(reversed(norms.LEVELS)), table.level),
        "dle": pl.Series(np.where(with_dle, np.clip(table.dle, 1, 60), np.nan), dtype=pl.Float64).fill_nan(None),
        "dle_operator": _named(
            ("<", "=", ">"), np.where(with_dle, (table.dle > 0).astype(np.int32) + (table.dle > 60), -1)
        ),
        "percentile": pl.Series(np.where(with_dle, table.percentile, np.nan), dtype=pl.Float64).fill_nan(None),
        "avi": _named(AVI_LEVELS, table.avi),
        "not_taken": _named(NOT_TAKEN, table.reason),
        "source": pl.select(pl.format("{}.csv:{}", pl.lit(code), number)).to_series(),
    }).with_columns(school=pl.lit(code), test_level=None, instruction_group=None, reference_level=None)  # fmt: skip
    return _shaped(frame, RESULTS)


def _enrolments(code: str, pupils: Pupils, seats: Seats) -> pl.DataFrame:
    start = pupils.start[seats.pupil]
    frame = pl.DataFrame({
        "pupil": pl.Series(seats.pupil + 1).cast(pl.String),
        "school_year": seats.school_year,
        "group": _named(seats.names, seats.group),
        "grade": seats.grade,
        "first_year_in_group3": pl.select(pl.when(pl.Series(seats.grade >= 3)).then(pl.Series(start))).to_series(),
    }).with_columns(
        pl.date(pl.col("school_year"), 8, 1).alias("from"), pl.date(pl.col("school_year") + 1, 7, 31).alias("until"),
        school=pl.lit(code), dl_estimated=pl.lit(False),
    )  # fmt: skip
    return _shaped(frame, ENROLMENTS)


def _marks(code: str, rng: np.random.Generator, seats: Seats, table: Table) -> pl.DataFrame:
    """Care marks of pupils with mostly low levels, from their fifth grade on."""
    low = np.bincount(seats.pupil[table.seat], weights=(table.level >= 0) & (table.level <= 1), minlength=1)
    known = np.maximum(1, np.bincount(seats.pupil[table.seat], weights=table.level >= 0, minlength=1))
    draw = rng.random(len(low))
    in_five = seats.grade == 5
    pupil, year = seats.pupil[in_five], seats.school_year[in_five]
    first = np.unique(pupil, return_index=True)[1]
    pupil, year = pupil[first], year[first]
    has = np.zeros(len(pupil), dtype=bool)
    within = pupil < len(low)
    has[within] = ((low / known)[pupil[within]] > 0.5) & (draw[pupil[within]] < CARE / 0.3)
    frame = pl.DataFrame({"pupil": pl.Series(pupil[has] + 1).cast(pl.String), "year": year[has]}).select(
        pl.lit(code).alias("school"), "pupil", pl.date("year", 9, 1).alias("from"),
        pl.lit(None, pl.Date).alias("until"), pl.lit(None, pl.String).alias("destination"),
        pl.lit(True).alias("care"),
    )  # fmt: skip
    return _shaped(frame, MARKS)


def _shaped(frame: pl.DataFrame, schema: dict[str, Any]) -> pl.DataFrame:
    """Exactly the columns and dtypes of the schema."""
    return frame.select(pl.col(name).cast(getattr(pl, dtype.__name__)) for name, dtype in schema.items())
