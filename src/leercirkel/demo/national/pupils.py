"""Who sat where in one invented primary school: pupils and their seats through ten school years, as arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]

YEARS = 10
FIRST_GRADE, LAST_GRADE = 1, 8

MEAN_SIZE = 242
"""Pupils of a school in one year, not counting that some come late or go early: 6,500 schools hold 1.4 million."""

_SIZE_SPREAD = 0.45
"""SD of the logarithm of a school's size."""

REPEATS, JOINS, LEAVES = 0.10, 0.14, 0.12
"""Shares of pupils who do a grade twice, come after grade 1, and go before the end of grade 8."""

CARE = 0.03
"""Share of pupils with a care mark, all of them in the lower half."""

_COMBINED_BELOW, _PARALLEL_ABOVE, _CLASS = 14, 31, 27
"""Pupils a grade below which two grades share a class, and above which a grade has several of about `_CLASS`."""


@dataclass(frozen=True, slots=True)
class Pupils:
    """One row per pupil. `start`: first year of the school year in which group 3 was (or will be) started."""

    start: Ints
    repeats: Ints  # the grade done twice, or 0
    joins: Ints  # first grade at this school
    leaves: Ints  # last grade at this school


@dataclass(frozen=True, slots=True)
class Seats:
    """One row per pupil and school year. `group`: index into `names`; `room`: a number per group and school year."""

    pupil: Ints
    school_year: Ints
    grade: Ints
    group: Ints
    names: tuple[str, ...]

    @property
    def room(self) -> Any:
        """Which class in which year, as one number."""
        return (self.school_year - self.school_year.min()) * len(self.names) + self.group


def pupils_of(rng: np.random.Generator, last_year: int) -> tuple[Pupils, int]:
    """The pupils who sat in this school in any of the years, and the school's pupils a grade."""
    size = MEAN_SIZE * np.exp(rng.normal(-(_SIZE_SPREAD**2) / 2, _SIZE_SPREAD))
    a_grade = max(4, round(float(size) / LAST_GRADE))
    first_year = last_year - YEARS + 1
    starts = np.arange(first_year - (LAST_GRADE - 3) - 1, last_year + 3, dtype=np.int32)
    start = np.repeat(starts, np.maximum(1, rng.poisson(a_grade, len(starts))))
    count = len(start)
    draw = rng.random((4, count))
    grades = rng.integers(3, LAST_GRADE, count)
    return Pupils(
        start=start,
        repeats=np.where(draw[0] < REPEATS, grades, 0).astype(np.int32),
        joins=np.where(draw[1] < JOINS, rng.integers(2, LAST_GRADE + 1, count), 1).astype(np.int32),
        leaves=np.where(draw[2] < LEAVES, rng.integers(1, LAST_GRADE, count), LAST_GRADE).astype(np.int32),
    ), a_grade


def seats_of(pupils: Pupils, a_grade: int, last_year: int) -> Seats:
    """Every seat of the years, in order of school year and pupil."""
    years = np.arange(last_year - YEARS + 1, last_year + 1, dtype=np.int32)
    nominal = years[:, None] - pupils.start[None, :] + 3
    later = (pupils.repeats > 0) & (nominal > pupils.repeats)
    grade = (nominal - later).astype(np.int32)
    there = (grade >= np.maximum(FIRST_GRADE, pupils.joins)) & (grade <= np.minimum(LAST_GRADE, pupils.leaves))
    row, pupil = np.nonzero(there)
    names, group = _groups(grade[there], pupil, a_grade)
    return Seats(pupil.astype(np.int32), years[row], grade[there], group, names)


def _groups(grade: Ints, pupil: NDArray[np.intp], a_grade: int) -> tuple[tuple[str, ...], Ints]:
    """The name of each class and which one a pupil sits in; groups 1 and 2 always sit together."""
    rooms = max(1, round(a_grade / _CLASS)) if a_grade > _PARALLEL_ABOVE else 1
    letters = [chr(ord("A") + i) if rooms > 1 else "" for i in range(rooms)]
    pairs = a_grade < _COMBINED_BELOW
    units = ("1/2", "3/4", "5/6", "7/8") if pairs else ("1/2", *(str(g) for g in range(3, LAST_GRADE + 1)))
    unit = (grade - 1) // 2 if pairs else np.maximum(0, grade - 2)
    names = tuple(f"Groep {unit}{letter}" for unit in units for letter in letters)
    return names, (unit * rooms + pupil % rooms).astype(np.int32)
