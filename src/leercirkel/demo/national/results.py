"""The results of one invented primary school: places among pupils of the grade that drift from half-year to half-year.

The parameters are those of the demo BAO (`demo.bao_scores`); the norm tables are `demo.norms`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from leercirkel.demo import bao_scores, norms
from leercirkel.demo.national.pupils import YEARS, Ints, Pupils, Seats
from leercirkel.demo.rounds import WINDOWS
from leercirkel.demo.schools import BAO
from leercirkel.demo.scores import AVI_LEVELS, correlation_matrix

SUBJECTS = BAO.subjects
MOMENTS = ("B", "M", "E")

SCHOOL_SPREAD = 0.25
"""SD between schools, in pupil SDs."""

FORGOTTEN = 0.008
"""Share of tests of which the files say nothing at all."""

NOT_TAKEN = ("ill", "too_hard", "exempt")

_ABILITY = sqrt(1 - norms.NOISE_SHARE**2 - bao_scores.GROUP_EFFECT**2 - bao_scores.YEAR_EFFECT**2 - SCHOOL_SPREAD**2)
_AVI_NOISE = 0.3
_READING, _COMPREHENSION = SUBJECTS.index("technisch_lezen"), SUBJECTS.index("begrijpend_lezen")


@dataclass(frozen=True, slots=True)
class Table:
    """One row per result or reason. Indices: seat, subject, moment, level (into LEVELS), avi, reason; −1 is none."""

    seat: Ints
    subject: Ints
    moment: Ints
    new_version: NDArray[np.bool_]
    by_avi: NDArray[np.bool_]
    day: NDArray[np.datetime64]
    score: NDArray[np.float64]
    level: Ints
    percentile: Ints
    dle: Ints  # 0 is "<1", 61 is ">60"
    avi: Ints
    reason: Ints


@dataclass(frozen=True, slots=True)
class _Norms:
    """What the norm tables say of one test: for each grade and moment, and for the scale as a whole."""

    decimals: int
    mean: NDArray[np.float64]  # grade × moment
    sd: NDArray[np.float64]
    bounds: NDArray[np.float64]  # grade × moment × 4, lowest score of levels IV … I
    dle: NDArray[np.float64]  # lowest score of DLE 1 … 61


@cache
def _norms(subject: str, new: bool, last_year: int) -> _Norms:
    scale = norms.scale_for(subject, last_year if new else last_year - 3, last_year)
    mean, sd, bounds = np.zeros((9, 3)), np.ones((9, 3)), np.zeros((9, 3, 4))
    for grade in range(3, 9):
        for m, moment in enumerate(MOMENTS):
            dl = norms.months(grade, moment)
            mean[grade, m], sd[grade, m] = norms.mean(scale, dl), norms.sd(scale, dl)
            bounds[grade, m] = [bound for _, bound in norms.level_bounds(scale, grade, moment)[1:]]
    return _Norms(scale.decimals, mean, sd, bounds, np.array(norms.dle_bounds(scale)))


def results_of(rng: np.random.Generator, pupils: Pupils, seats: Seats, last_year: int) -> Table:
    """All results of the school, in order of school year, pupil, moment and subject; AVI at the end."""
    seat, moment = _taken(seats, last_year)
    place = _places(rng, pupils, seats, seat, moment, last_year)
    day = _days(rng, seats, seat, moment)
    parts = [_of_subject(rng, j, seats, seat, moment, place[:, j], day[:, j], last_year) for j in range(len(SUBJECTS))]
    parts.append(_of_avi(rng, seats, seat, moment, place[:, _READING], day[:, _READING], last_year))
    return Table(*(np.concatenate([getattr(part, name) for part in parts]) for name in Table.__slots__))


def _taken(seats: Seats, last_year: int) -> tuple[Ints, Ints]:
    """Which seats take tests at which moment: grades 3–7 at M and E, 8 at B and M; the last year has no E yet."""
    tested = seats.grade >= 3
    at = np.stack([
        seats.grade == 8,
        tested,
        tested & (seats.grade < 8) & (seats.school_year < last_year),
    ], axis=1)  # fmt: skip
    seat, moment = np.nonzero(at)
    return seat.astype(np.int32), moment.astype(np.int32)


def _places(
    rng: np.random.Generator, pupils: Pupils, seats: Seats, seat: Ints, moment: Ints, last_year: int
) -> NDArray[np.float64]:
    """The true place of each taken test among pupils of its grade in the country, in SDs: a column per subject."""
    count, subjects = len(pupils.start), len(SUBJECTS)
    root = np.linalg.cholesky(correlation_matrix(SUBJECTS)) * _ABILITY
    halves = np.empty((2 * YEARS, count, subjects))
    halves[0] = rng.standard_normal((count, subjects)) @ root.T
    halves[0, pupils.repeats > 0] -= 0.7
    step = root.T * sqrt(1 - bao_scores.DRIFT**2)
    for half in range(1, 2 * YEARS):
        halves[half] = bao_scores.DRIFT * halves[half - 1] + rng.standard_normal((count, subjects)) @ step
    cohorts = rng.normal(0, bao_scores.GROUP_EFFECT, (int(np.ptp(pupils.start)) + 1, subjects))
    rooms = rng.normal(0, bao_scores.YEAR_EFFECT, (int(seats.room.max()) + 1, subjects))
    school = rng.normal(0, SCHOOL_SPREAD) + rng.normal(0, 0.1, subjects)
    pupil = seats.pupil[seat]
    half = 2 * (seats.school_year[seat] - (last_year - YEARS + 1)) + (moment == MOMENTS.index("E"))
    cohort = pupils.start[pupil] - pupils.start.min()
    places: NDArray[np.float64] = halves[half, pupil] + cohorts[cohort] + rooms[seats.room[seat]] + school
    return places


def _days(rng: np.random.Generator, seats: Seats, seat: Ints, moment: Ints) -> NDArray[Any]:
    """The school day of each test: a class takes its tests in the first weeks of the window, each on one day."""
    late = rng.integers(0, 3, (int(seats.room.max()) + 1, len(MOMENTS), len(SUBJECTS)))
    offset = 4 * np.arange(len(SUBJECTS)) + late[seats.room[seat], moment]
    years = seats.school_year[seat] - 1970
    first = np.empty(len(seat), dtype="datetime64[D]")
    for m, name in enumerate(MOMENTS):
        (month, day), _ = WINDOWS[name]
        chosen = moment == m
        year = years[chosen] + (month < 8)
        opens = year.astype("datetime64[Y]").astype("datetime64[M]") + np.timedelta64(month - 1, "M")
        first[chosen] = opens.astype("datetime64[D]") + np.timedelta64(day - 1, "D")
    monday = np.busday_offset(first, 0, roll="forward", weekmask="1000000")
    days: NDArray[Any] = np.busday_offset(monday[:, None] + offset, 0, roll="backward")
    return days


def _of_subject(
    rng: np.random.Generator, j: int, seats: Seats, seat: Ints, moment: Ints, place: NDArray[np.float64],
    day: NDArray[Any], last_year: int,
) -> Table:  # fmt: skip
    grade = seats.grade[seat]
    takes = rng.random(len(seat)) >= FORGOTTEN
    if j == _COMPREHENSION:  # tested once children can read: from the end of group 3
        takes &= ~((grade == 3) & (moment == MOMENTS.index("M")))
    seat, moment, place, day, grade = seat[takes], moment[takes], place[takes], day[takes], grade[takes]
    new = (seats.school_year[seat] >= last_year - 1) & (SUBJECTS[j] == "rekenen")
    shown = place + rng.normal(0, norms.NOISE_SHARE, len(place))
    score, dle = np.empty(len(place)), np.empty(len(place), dtype=np.int32)
    level = np.empty(len(place), dtype=np.int32)
    for version in np.unique(new):
        table, own = _norms(SUBJECTS[j], bool(version), last_year), new == version
        g, m = grade[own], moment[own]
        value = np.maximum(0, np.round(table.mean[g, m] + table.sd[g, m] * shown[own], table.decimals))
        score[own] = value
        level[own] = (value[:, None] >= table.bounds[g, m]).sum(axis=1)
        dle[own] = np.searchsorted(table.dle, value, side="right")
    reason = _reasons(rng, place)
    return Table(
        seat=seat, subject=np.full(len(seat), j, dtype=np.int32), moment=moment, new_version=new,
        by_avi=np.zeros(len(seat), dtype=bool), day=day, score=np.where(reason >= 0, np.nan, score),
        level=np.where(reason >= 0, -1, level).astype(np.int32), percentile=_percentiles(shown),
        dle=dle, avi=np.full(len(seat), -1, dtype=np.int32), reason=reason,
    )  # fmt: skip


def _of_avi(
    rng: np.random.Generator, seats: Seats, seat: Ints, moment: Ints, place: NDArray[np.float64], day: NDArray[Any],
    last_year: int,
) -> Table:  # fmt: skip
    """The AVI cards at M and E; who masters Plus is no longer tested."""
    takes = (moment != MOMENTS.index("B")) & (rng.random(len(seat)) >= FORGOTTEN)
    seat, moment, place, day = seat[takes], moment[takes], place[takes], day[takes]
    table, grade = _norms("technisch_lezen", False, last_year), seats.grade[seat]
    score = table.mean[grade, moment] + table.sd[grade, moment] * (place + rng.normal(0, _AVI_NOISE, len(place)))
    dle = np.searchsorted(table.dle, score, side="right")
    plus = len(AVI_LEVELS) - 1
    avi = np.minimum(plus, dle // 5).astype(np.int32)
    when = 2 * seats.school_year[seat] + (moment == MOMENTS.index("E"))
    since = np.full(int(seats.pupil.max()) + 1, np.iinfo(np.int64).max)
    np.minimum.at(since, seats.pupil[seat[avi == plus]], when[avi == plus])
    still = when <= since[seats.pupil[seat]]
    seat, moment, place, day, avi = seat[still], moment[still], place[still], day[still], avi[still]
    reason = np.where(avi == plus, -1, _reasons(rng, place)).astype(np.int32)
    none = np.full(len(seat), -1, dtype=np.int32)
    return Table(
        seat=seat, subject=np.full(len(seat), _READING, dtype=np.int32), moment=moment,
        new_version=np.zeros(len(seat), dtype=bool), by_avi=np.ones(len(seat), dtype=bool), day=day,
        score=np.full(len(seat), np.nan), level=none, percentile=none, dle=none,
        avi=np.where(reason >= 0, -1, avi).astype(np.int32), reason=reason,
    )  # fmt: skip


def _reasons(rng: np.random.Generator, place: NDArray[np.float64]) -> Ints:
    """Why a test was not taken, or −1. Too hard and exempt happen to pupils who are weak in the subject."""
    missing, weak = BAO.missing, place < 0
    draw = rng.random(len(place))
    first, second = missing.ill, missing.ill + 2 * missing.too_hard
    out = np.where(draw < first, 0, -1)
    out = np.where(weak & (draw >= first) & (draw < second), 1, out)
    out = np.where(weak & (draw >= second) & (draw < second + 2 * missing.exempt), 2, out)
    return out.astype(np.int32)


def _percentiles(place: NDArray[np.float64]) -> Ints:
    """Percentile 1–99 of a place in SDs."""
    return (np.searchsorted(_percentile_bounds(), place, side="right") + 1).astype(np.int32)


@cache
def _percentile_bounds() -> NDArray[np.float64]:
    from statistics import NormalDist

    return np.array([NormalDist().inv_cdf((p + 0.5) / 100) for p in range(1, 99)])
