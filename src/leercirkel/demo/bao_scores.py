"""The results of the BAO: a place among pupils of the same grade that drifts slowly from half-year to half-year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from math import sqrt
from random import Random

import numpy as np

from leercirkel.demo import norms
from leercirkel.demo.careers import UNITS, History, Pupil, Seat
from leercirkel.demo.interventions import Programme
from leercirkel.demo.rounds import Round, all_rounds, reason_not_taken, test_day, tested
from leercirkel.demo.scores import Floats, Result, avi_level, correlated, correlation_matrix, distinct_pupils, printed

GROUP_EFFECT = 0.15
YEAR_EFFECT = 0.10
"""SD between cohorts, and between the years of one class, in pupil SDs."""

KEPT = 0.5
"""How much of what a class has of its own is still there half a year later. So what happens to a class in half a year
(another teacher, illness, building works) has an SD of 0.10 on its growth as well: √2·√(1 − KEPT) · YEAR_EFFECT."""

_FRESH = YEAR_EFFECT * sqrt(1 - KEPT**2)

NOISE = norms.NOISE_SHARE
DRIFT = 0.96
"""Correlation of the true ability over half a year; with the noise and the effects the retest correlation is .80."""

_ABILITY = sqrt(1 - NOISE**2 - GROUP_EFFECT**2 - YEAR_EFFECT**2)
"""SD of the true ability within a class, so that printed scores have the spread of the norm tables."""

ROUTES = (("begeleide route", 0.25), ("basisroute", 0.80), ("vliegroute", 1.01))
"""What a school with units calls its instruction groups, lowest first, and up to which share of the unit each goes."""

ROUTE_SUBJECTS = {"rekenen": "rekenen", "technisch_lezen": "lezen", "spelling": "spelling"}
"""Subjects that are taught in instruction groups over the unit, and how their names begin."""


@dataclass(slots=True)
class BaoModel:
    """True ability now: a row per pupil, a column per subject, in SDs of the norm group. `luck`: what the class of the
    pupil has of its own in this half-year, likewise.

    `routes`: (school year, pupil number, subject) → instruction group of the newest half-year of that school year.
    """

    history: History
    pupils: list[Pupil]
    subjects: tuple[str, ...]
    ability: Floats
    luck: Floats
    row: dict[str, int]
    routes: dict[tuple[int, str, str], str] = field(default_factory=dict)


def build_model(history: History, rng: np.random.Generator) -> BaoModel:
    """Draws the abilities; who repeats a grade is lower."""
    pupils = distinct_pupils(history.seats)
    last = {s.pupil.key: s.grade for s in history.in_year(history.last_year) if s.grade >= 3}
    subjects = history.profile.subjects
    exact, grades = np.array([p.key in last for p in pupils]), np.array([float(last.get(p.key, 0)) for p in pupils])
    ability = _ABILITY * correlated(rng, subjects, exact, grades)
    ability[[i for i, p in enumerate(pupils) if p.repeats]] -= 0.7
    rows = {p.key: i for i, p in enumerate(pupils)}
    model = BaoModel(history, pupils, subjects, ability, np.zeros_like(ability), rows)
    for seat in _newcomers(history):
        for subject, less in (("woordenschat", 1.2), ("begrijpend_lezen", 1.0), ("taalverzorging", 0.8)):
            ability[model.row[seat.pupil.key], subjects.index(subject)] -= less
    return model


def _newcomers(history: History) -> list[Seat]:
    """The pupils of groups 4–7 who came last: they have the subjects of language still to catch up."""
    middle = [s for s in history.in_year(history.last_year) if 4 <= s.grade <= 7]
    newest = sorted(middle, key=lambda s: (-s.pupil.enrolled_on.toordinal(), s.pupil.key))
    return newest[: history.profile.newcomers]


def generate(model: BaoModel, rng: Random, np_rng: np.random.Generator, programme: Programme) -> list[Result]:
    """All results, in order of round, subject and class, with what the school's interventions bring in them."""
    history = model.history
    out: list[Result] = []
    plus: set[str] = set()
    cohort: dict[tuple[int, str], float] = {}
    step = np.linalg.cholesky(correlation_matrix(model.subjects)) * _ABILITY * sqrt(1 - DRIFT**2)
    by_year = {y: history.in_year(y) for y in range(history.first_year, history.last_year + 1)}
    for round_ in all_rounds(history.first_year, history.last_year):
        if round_.moment != "B":
            fresh = np_rng.standard_normal(model.ability.shape)
            model.ability = DRIFT * model.ability + fresh @ step.T
            _next_luck(model, by_year[round_.school_year], rng)
        for key, subject, amount in programme.before(round_):
            model.ability[model.row[key], model.subjects.index(subject)] += amount
        if history.profile.units and round_.moment != "M":
            _set_routes(model, by_year[round_.school_year])  # new groups in September and in March
        out += _one_round(model, round_, by_year[round_.school_year], cohort, plus, rng)
        programme.results = out
    return out


def _next_luck(model: BaoModel, seats: Sequence[Seat], rng: Random) -> None:
    """Another half-year for every class: part of what it had of its own stays with its pupils, part is new."""
    classes = sorted({s.group for s in seats})
    fresh = {g: np.array([rng.gauss(0, _FRESH) for _ in model.subjects]) for g in classes}
    for row, group in {model.row[s.pupil.key]: s.group for s in seats}.items():
        model.luck[row] = KEPT * model.luck[row] + fresh[group]


def _set_routes(model: BaoModel, seats: Sequence[Seat]) -> None:
    """The instruction groups of a half-year: over each unit, by what the pupils can do now."""
    for subject, name in ROUTE_SUBJECTS.items():
        j = model.subjects.index(subject)
        for unit in UNITS[1:]:
            for grade in unit:
                own = sorted(
                    (s for s in seats if s.grade == grade),
                    key=lambda s: float(model.ability[model.row[s.pupil.key], j]),
                )
                for place, seat in enumerate(own):
                    route = next(r for r, share in ROUTES if (place + 0.5) / len(own) < share)
                    group = f"{name} {unit[0]}-{unit[1]} {route}"
                    model.routes[seat.school_year, seat.pupil.key, subject] = group


def _one_round(
    model: BaoModel,
    round_: Round,
    seats: Sequence[Seat],
    cohort: dict[tuple[int, str], float],
    plus: set[str],
    rng: Random,
) -> list[Result]:
    profile, last_year = model.history.profile, model.history.last_year
    taking = [s for s in seats if tested(s, round_.moment) and s.present_on(round_.window[1])]
    classes = sorted({s.group for s in taking})
    out: list[Result] = []
    for j, subject in enumerate(model.subjects):
        scale = norms.scale_for(subject, round_.school_year, last_year)
        days = {g: test_day(round_, j, rng) for g in classes}
        for seat in taking:
            if subject == "begrijpend_lezen" and seat.grade == 3 and round_.moment == "M":
                continue  # comprehension is tested once children can read: from the end of group 3
            key, day = seat.pupil.key, days[seat.group]
            born = seat.school_year - seat.grade
            common = cohort.setdefault((born, subject), rng.gauss(0, GROUP_EFFECT))
            row = model.row[key]
            true = float(model.ability[row, j] + model.luck[row, j]) + common + profile.level
            group = model.routes.get((seat.school_year, key, subject))
            made = Result(seat, subject, norms.INSTRUMENT, scale.version, day, round_.moment, instruction_group=group)
            reason = reason_not_taken(profile, seat, day, true < 0, rng)
            score = _score(scale, seat, round_.moment, true + rng.gauss(0, NOISE))
            out.append(replace(made, not_taken=reason) if reason else printed(made, scale, score))
            if subject == "technisch_lezen" and round_.moment != "B" and key not in plus:
                out.append(_avi(made, scale, true + rng.gauss(0, 0.3), reason, plus))
    return out


def _score(scale: norms.Scale, seat: Seat, moment: str, place: float) -> float:
    """The printed score of a pupil at this place among pupils of the grade, in SDs."""
    dl = norms.months(seat.grade, moment)
    return norms.shown(scale, norms.mean(scale, dl) + norms.sd(scale, dl) * place)


def _avi(made: Result, scale: norms.Scale, place: float, reason: str | None, plus: set[str]) -> Result:
    """The AVI cards; who masters Plus is no longer tested."""
    made = replace(made, instrument="AVI", version="", instruction_group=None)
    if reason:
        return replace(made, not_taken=reason)
    text = norms.dle_text(scale, _score(scale, made.seat, made.moment, place))
    avi = avi_level({"<1": 0.0, ">60": 61.0}.get(text) or float(text.strip("<>")))
    if avi == "Plus":
        plus.add(made.seat.pupil.key)
    return replace(made, avi=avi)
