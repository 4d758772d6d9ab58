"""Results: the record, what both schools share, and the reading levels."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from random import Random
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from leercirkel.demo import norms
from leercirkel.demo.careers import Pupil, Seat

Floats = NDArray[np.float64]

AVI_LEVELS = ("Start", "M3", "E3", "M4", "E4", "M5", "E5", "M6", "E6", "M7", "E7", "Plus")

_AVI_FROM = tuple(range(5, 56, 5))
"""DLE from which a level is mastered: M3 at 5 … E7 at 50, Plus at 55 (the average pupil masters E3 at the end of 3)."""

CORRELATIONS: dict[tuple[str, str], float] = {
    ("spelling", "technisch_lezen"): 0.75,
    ("begrijpend_lezen", "woordenschat"): 0.65,
    ("rekenen", "begrijpend_lezen"): 0.55,
    ("rekenen", "spelling"): 0.45,
    ("begrijpend_lezen", "technisch_lezen"): 0.50,
    ("begrijpend_lezen", "spelling"): 0.50,
    ("rekenen", "technisch_lezen"): 0.40,
    ("rekenen", "woordenschat"): 0.45,
    ("technisch_lezen", "woordenschat"): 0.35,
    ("spelling", "woordenschat"): 0.40,
    ("taalverzorging", "spelling"): 0.70,
    ("taalverzorging", "technisch_lezen"): 0.60,
    ("taalverzorging", "begrijpend_lezen"): 0.60,
    ("taalverzorging", "rekenen"): 0.50,
    ("taalverzorging", "woordenschat"): 0.50,
}
"""Correlation of the underlying learning rates of two subjects."""


@dataclass(frozen=True, slots=True)
class Result:
    """One result, or the reason why there is none (then score, level, dle and avi are empty).

    `dle` is text as exports write it (">60"). `not_taken` is a code: ill, exempt, too_hard, just_arrived.
    """

    seat: Seat
    subject: str
    instrument: str
    version: str
    taken_on: date
    moment: str
    test_level: str | None = None
    instruction_group: str | None = None
    score: float | None = None
    level: str | None = None
    percentile: int | None = None
    dle: str | None = None
    avi: str | None = None
    not_taken: str | None = None
    group_name: str | None = None


def correlation_matrix(subjects: Sequence[str]) -> Floats:
    """The matrix of CORRELATIONS in the order of `subjects`."""
    matrix = np.eye(len(subjects))
    for i, one in enumerate(subjects):
        for j, two in enumerate(subjects):
            if i != j:
                matrix[i, j] = CORRELATIONS.get((one, two)) or CORRELATIONS[two, one]
    return matrix


def correlated(rng: np.random.Generator, subjects: Sequence[str], exact: NDArray[np.bool_], months: Floats) -> Floats:
    """Standard normal values, a row per pupil and a column per subject, with the correlations of the subjects.

    The rows where `exact` is true are as good as exactly normal, with these correlations and no relation to `months`
    (their didactic age): the pupils of the last school year must look like the school that is described, whatever the
    seed. Exactness is a matter of the whole; which pupil has which value is chance.
    """
    raw = rng.standard_normal((len(exact), len(subjects)))
    target = np.linalg.cholesky(correlation_matrix(subjects))
    if exact.sum() > 2 * len(subjects):
        line = np.column_stack([np.ones(int(exact.sum())), months[exact]])
        chosen = raw[exact] - line @ np.linalg.lstsq(line, raw[exact], rcond=None)[0]
        own = np.linalg.cholesky(np.cov(chosen, rowvar=False))
        raw[exact] = np.linalg.solve(own, chosen.T).T
    values: Floats = raw @ target.T
    for column in values.T:
        column[exact] = even_normal(int(exact.sum()))[column[exact].argsort().argsort()]
    return values


def even_normal(count: int) -> Floats:
    """`count` standard normal values at even distances in probability, from low to high."""
    normal = NormalDist()
    return np.array([normal.inv_cdf((i + 0.5) / count) for i in range(count)])


def shuffled_noise(count: int, sd: float, rng: Random) -> list[float]:
    """Noise for `count` results: together exactly normal, so that luck does not lift or lower a whole school."""
    values: list[float] = (sd * even_normal(count)).tolist()
    rng.shuffle(values)
    return values


def avi_level(dle: float) -> str:
    """The AVI level that a reader with this DLE masters."""
    return AVI_LEVELS[bisect_right(_AVI_FROM, dle)]


def distinct_pupils(seats: Sequence[Seat]) -> list[Pupil]:
    """Every pupil once, in order of number."""
    return sorted({s.pupil.key: s.pupil for s in seats}.values(), key=lambda p: int(p.key))


def printed(made: Result, scale: norms.Scale, score: float) -> Result:
    """The result with its score, and what the norm tables say of it for the pupil's own grade and this moment."""
    grade, moment = made.seat.grade, made.moment
    return replace(
        made,
        score=score,
        level=norms.level(scale, grade, moment, score),
        percentile=norms.percentile(scale, grade, moment, score),
        dle=norms.dle_text(scale, score),
    )
