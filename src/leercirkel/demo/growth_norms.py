"""Growth norms of the invented instrument DEMO-LVS, made of invented pupils: `leercirkel growth-norms` makes the same
of the results of real schools.

The pupils follow the parameters of the demo BAO (`demo.bao_scores`), in as many schools as there are pupils: their
places among pupils of the grade drift from half-year to half-year, and every test is off by its measurement error.
"""

from __future__ import annotations

from functools import cache
from math import sqrt
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from leercirkel.analysis.growth_norms.cohort import NormTable, NormTest, Occasion
from leercirkel.analysis.growth_norms.model import FEWEST, norm_of
from leercirkel.demo import bao_scores, norms
from leercirkel.exchange.growth_norms import writer

PUPILS = FEWEST
"""Invented pupils by number of earlier scores: as many as a growth norm needs, since a demonstration waits for it."""

SUBJECTS = ("rekenen", "begrijpend_lezen", "spelling")
FIRST_GRADE, LAST_GRADE = 4, 8

FILE = "groeinormen-demo-lvs.toml"

_KEPT_APART = sqrt(1 - norms.NOISE_SHARE**2)


def write_growth_norms(folder: Path, last_school_year: int = 2026) -> Path:
    """Writes the file of growth norms into an existing folder; the same bytes each time."""
    path = folder / FILE
    path.write_bytes(growth_norms_toml(last_school_year))
    return path


@cache
def growth_norms_toml(last_school_year: int) -> bytes:
    """The file of growth norms for the round in the middle of a school year: from the middle of the year before, and
    from there and its end, for the version of each test that was used then."""
    return writer.write(_tables(last_school_year))


def _tables(last_school_year: int) -> list[NormTable]:
    made = []
    for number, subject in enumerate(SUBJECTS):
        for grade in range(FIRST_GRADE, LAST_GRADE + 1):
            earlier = [Occasion(grade - 1, "M")]
            if subject == SUBJECTS[0]:
                made.append(_table(subject, grade, [Occasion(grade - 1, "E"), *earlier], last_school_year, number))
            if grade > FIRST_GRADE or subject != "begrijpend_lezen":  # is tested from the end of group 3 on
                made.append(_table(subject, grade, earlier, last_school_year, number))
    return made


def _table(subject: str, grade: int, earlier: list[Occasion], last_school_year: int, number: int) -> NormTable:
    scale = norms.scale_for(subject, last_school_year, last_school_year)
    to = Occasion(grade, "M")
    chance = np.random.default_rng([number, grade, len(earlier)])
    scores = _scores(chance, scale, [to, *earlier])
    norm = norm_of(scores[:, 1:], scores[:, 0])
    test = NormTest(subject, norms.INSTRUMENT, scale.version)
    return NormTable(test, to, tuple(earlier), (last_school_year, last_school_year), norm)


def _scores(chance: np.random.Generator, scale: norms.Scale, occasions: list[Occasion]) -> NDArray[np.float64]:
    """The scores of invented pupils at these occasions, newest first: a column each."""
    many = PUPILS[len(occasions) - 1]
    ordered = occasions[::-1]
    halves = [2 * one.grade + (one.moment == "E") for one in ordered]
    place = chance.standard_normal(many)
    columns = []
    for at, (one, half) in enumerate(zip(ordered, halves, strict=True)):
        kept = bao_scores.DRIFT ** (half - halves[at - 1]) if at else 1.0
        place = kept * place + sqrt(1 - kept**2) * chance.standard_normal(many)
        shown = _KEPT_APART * place + norms.NOISE_SHARE * chance.standard_normal(many)
        dl = norms.months(one.grade, one.moment)
        score = norms.mean(scale, dl) + norms.sd(scale, dl) * shown
        columns.append(np.maximum(0.0, np.round(score, scale.decimals)))
    return np.column_stack(columns[::-1])
