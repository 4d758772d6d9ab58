"""The pupils that a growth norm is made of or used for: their scores at one test and at the same test before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import narwhals as nw
import numpy as np

from leercirkel.analysis.expected import Lazy
from leercirkel.analysis.frames import SCHOOL, Engine, tuples
from leercirkel.analysis.growth_norms.model import MOST_PRIORS, GrowthNorm
from leercirkel.analysis.growth_norms.splines import Numbers
from leercirkel.analysis.sittings import COUNTED, TEST
from leercirkel.core.calendar import MOMENTS
from leercirkel.core.records import dataclass

_WRITTEN = re.compile(r"([1-8])/([BME])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Occasion:
    """A grade (1–8) and a moment (B, M or E)."""

    grade: int
    moment: str

    def __str__(self) -> str:
        return f"{self.grade}/{self.moment}"

    @property
    def place(self) -> tuple[int, int]:
        """By which occasions sort in time for a pupil who repeats no grade."""
        return self.grade, MOMENTS.index(self.moment)


def occasion(written: str) -> Occasion | None:
    """ "5/M" → grade 5, moment M; None for anything else."""
    hit = _WRITTEN.fullmatch(written.strip())
    return Occasion(int(hit[1]), hit[2].upper()) if hit else None


def earlier_occasions(to: Occasion, given: Sequence[Occasion], priors: int) -> tuple[Occasion, ...] | None:
    """So many occasions before `to`, newest first: those given, then from the last of these a year back each time. None
    when they are not in that order, or there is no such grade."""
    made = list(given[:priors])
    while made and len(made) < priors:
        made.append(Occasion(made[-1].grade - 1, made[-1].moment))
    places = [to.place, *[one.place for one in made]]
    falling = all(later > before for later, before in pairwise(places))
    return tuple(made) if 1 <= priors <= MOST_PRIORS and made and falling and made[-1].grade >= 1 else None


@dataclass(frozen=True, slots=True)
class NormTest:
    """A test in a version: only scores on the same one are compared."""

    subject: str
    instrument: str
    version: str


@dataclass(frozen=True, slots=True)
class NormTable:
    """A growth norm with what it holds for: the test, the occasion of the score, those of the earlier scores (newest
    first), and the first and last school year (by their first year) that the pupils had the later test in."""

    test: NormTest
    to: Occasion
    earlier: tuple[Occasion, ...]
    school_years: tuple[int, int]
    norm: GrowthNorm


@dataclass(frozen=True, slots=True)
class Cohort:
    """Pupils with a score at every occasion, one row each: earlier scores (a column per occasion), the score, who they
    are and the school year of the score."""

    priors: Numbers
    scores: Numbers
    pupils: tuple[tuple[str, str], ...]
    school_years: tuple[int, ...]


def cohorts(engine: Engine, rows: Lazy, to: Occasion, earlier: Sequence[Occasion]) -> dict[NormTest, Cohort]:
    """Per test the pupils of `rows` (see `sittings`) with a score at `to` and at each of `earlier`.

    Counts what counts everywhere: one result per pupil and test, the last one. A pupil is in the grade of each occasion
    in the school year that belongs to it, so who repeated or skipped a grade in between is left out, and so is who
    changed schools; every later school year counts. A pupil without a grade, or with no score but a level or DLE, is
    left out.
    """
    scored = rows.filter(
        (nw.col("status") == COUNTED) & ~nw.col("score").is_null() & ~nw.col("grade").is_null()
    ).select(SCHOOL, "pupil", *TEST, "school_year", "grade", "moment", "score")
    scored = engine.keep(scored)
    key = [SCHOOL, "pupil", *TEST, "school_year"]
    found = _at(scored, to).select(*key, "score")
    for number, before in enumerate(earlier):
        prior = _at(scored, before).with_columns(
            school_year=nw.col("school_year") + (to.grade - before.grade), before=nw.col("score")
        )
        found = found.join(prior.select(*key, nw.col("before").alias(f"before{number}")), on=key, how="inner")
    names = [f"before{number}" for number in range(len(earlier))]
    made: dict[NormTest, list[tuple[object, ...]]] = {}
    for row in sorted(tuples(engine.columns(found), (*TEST, SCHOOL, "pupil", "school_year", "score", *names))):
        made.setdefault(NormTest(*row[:3]), []).append(row[3:])
    return {test: _cohort(of) for test, of in made.items()}


def _at(scored: Lazy, one: Occasion) -> Lazy:
    return scored.filter((nw.col("grade") == one.grade) & (nw.col("moment") == one.moment))


def _cohort(rows: Sequence[tuple[object, ...]]) -> Cohort:
    numbers = np.array([row[3:] for row in rows], dtype=np.float64)
    pupils = tuple((str(row[0]), str(row[1])) for row in rows)
    return Cohort(numbers[:, 1:], numbers[:, 0], pupils, tuple(int(str(row[2])) for row in rows))


def together(parts: Sequence[Cohort]) -> Cohort:
    """The pupils of all parts (at least one), in their order."""
    return Cohort(
        np.concatenate([part.priors for part in parts]),
        np.concatenate([part.scores for part in parts]),
        tuple(pupil for part in parts for pupil in part.pupils),
        tuple(year for part in parts for year in part.school_years),
    )
