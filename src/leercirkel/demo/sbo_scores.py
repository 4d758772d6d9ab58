"""The results of the SBO: one learning rate per pupil and subject, DLE = rate × didactic age + noise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from random import Random

import numpy as np

from leercirkel.demo import norms
from leercirkel.demo.careers import History, Pupil, Seat
from leercirkel.demo.interventions import Programme
from leercirkel.demo.rounds import DEMO_DAY, Round, all_rounds, didactic_age, reason_not_taken, test_day, tested
from leercirkel.demo.schools import FORMER_GROUP_NAME
from leercirkel.demo.scores import Floats, Result, avi_level, correlated, distinct_pupils, printed, shuffled_noise

RATES: dict[str, tuple[float, float]] = {
    "rekenen": (0.50, 0.17),
    "begrijpend_lezen": (0.58, 0.18),
    "technisch_lezen": (0.67, 0.23),
    "spelling": (0.55, 0.18),
    "woordenschat": (0.52, 0.18),
}
"""Mean and SD over pupils of the DLE gained per month of didactic age."""

NOISE = 2.5
"""SD of the measurement noise, in DLE."""

SHOCK = 0.10
"""SD of what a class gains or loses in half a year (another teacher, illness, building works), in pupil SDs."""

INSTRUCTION_GROUPS = {"rekenen": ("rekenen", 8), "technisch_lezen": ("lezen", 9)}

OLD_REKENEN_BONUS = 2.6
"""The old version of the rekentoets gave higher DLEs: the line breaks when the version changes."""

LATE_RESULTS = 7

PLUS_READERS = 8

SCHOOL_LEVEL = {"begrijpend_lezen": 2.0, "spelling": 1.9}
"""What the school's teaching adds over the rates from DL 20 on, in DLE."""


@dataclass(slots=True)
class SboModel:
    """What is true of the pupils: rates (a row per pupil, a column per subject) and what the years added, in DLE."""

    history: History
    pupils: list[Pupil]
    subjects: tuple[str, ...]
    rates: Floats
    added: Floats
    row: dict[str, int]

    def dle(self, pupil: Pupil, subject: str, round_: Round, day: date) -> float:
        """The true DLE on a day, before noise."""
        i, j = self.row[pupil.key], self.subjects.index(subject)
        dl = didactic_age(pupil.start_group3, day)
        summer = {"B": 0.5, "M": 0.25, "E": 0.0}[round_.moment]
        value = self.rates[i, j] * dl + self.added[i, j] - summer
        young = min(1.0, dl / 20)
        value += SCHOOL_LEVEL.get(subject, 0.0) * young
        if subject == "technisch_lezen":
            value -= _before_reading_approach(round_, self.history.last_year) * young
        if subject == "rekenen" and round_.school_year < self.history.last_year - 1:
            value += OLD_REKENEN_BONUS * young
        return float(value)


def _before_reading_approach(round_: Round, last_year: int) -> float:
    """How much lower technical reading was before the approach that began two school years back took effect."""
    if round_.school_year < last_year - 1:
        return 2.0
    if round_.school_year == last_year:
        return -1.8 if round_.moment == "B" else -3.2
    return {"B": 2.0, "M": 0.5, "E": -1.0}[round_.moment]


def build_model(history: History, rng: np.random.Generator) -> SboModel:
    """Draws the rates; a few pupils are made to be the exceptions every school has."""
    subjects = history.profile.subjects
    pupils = distinct_pupils(history.seats)
    last = {s.pupil.key: s for s in history.in_year(history.last_year)}
    exact = np.array([p.key in last and last[p.key].grade >= 3 for p in pupils])
    today = date(history.last_year + 1, 2, 1)
    months = np.array([float(didactic_age(p.start_group3, today)) for p in pupils])
    z = correlated(rng, subjects, exact, months)
    means = np.array([RATES[s][0] for s in subjects])
    sds = np.array([RATES[s][1] for s in subjects])
    rates = np.clip(means + sds * z, 0.08, None)
    model = SboModel(history, pupils, subjects, rates, np.zeros_like(rates), {p.key: i for i, p in enumerate(pupils)})
    _make_exceptions(model, [last[p.key] for p in pupils if p.key in last])
    return model


def _make_exceptions(model: SboModel, seats: Sequence[Seat]) -> None:
    """Eight readers have AVI Plus, two of them read beyond the end of group 8, one grade-7 pupil does the sums of the
    end of group 8, and three are 15 months further in rekenen than in reading (dyslexia)."""
    re, tl, sp = (model.subjects.index(s) for s in ("rekenen", "technisch_lezen", "spelling"))
    upper = [model.row[s.pupil.key] for s in seats if s.grade == 8]
    for place, i in enumerate(sorted(upper, key=lambda i: -model.rates[i, tl])[:PLUS_READERS]):
        model.rates[i, tl] = max(1.12 if place < 2 else 0.97, model.rates[i, tl])
    sevens = [s for s in seats if s.grade == 7]
    best = max(sevens, key=lambda s: model.rates[model.row[s.pupil.key], re])
    dl = didactic_age(best.pupil.start_group3, date(model.history.last_year + 1, 2, 1))
    model.rates[model.row[best.pupil.key], re] = 60 / dl
    reverse = [s for s in seats if s.grade in (6, 7) and s is not best]
    reverse.sort(key=lambda s: -model.rates[model.row[s.pupil.key], re])
    for seat in reverse[2:5]:
        i = model.row[seat.pupil.key]
        dl = didactic_age(seat.pupil.start_group3, date(model.history.last_year + 1, 2, 1))
        model.rates[i, tl] = max(0.12, model.rates[i, re] - 16 / dl)
        model.rates[i, sp] = min(model.rates[i, sp], model.rates[i, tl] + 0.05)


def generate(model: SboModel, rng: Random, programme: Programme) -> list[Result]:
    """All results, in order of round, subject and class, with what the school's interventions bring in them."""
    history = model.history
    out: list[Result] = []
    plus: set[str] = set()
    by_year = {y: history.in_year(y) for y in range(history.first_year, history.last_year + 1)}
    for round_ in all_rounds(history.first_year, history.last_year):
        seats = by_year[round_.school_year]
        if round_.moment != "B":
            _add_shocks(model, seats, round_, rng)
        _add_effects(model, programme, round_)
        out += _one_round(model, round_, seats, plus, rng)
        programme.results = out
    return _touched_up(out, history)


def _add_shocks(model: SboModel, seats: Sequence[Seat], round_: Round, rng: Random) -> None:
    sds = np.array([RATES[s][1] for s in model.subjects])
    classes = sorted({s.group for s in seats})
    drawn = np.array([[rng.gauss(0, SHOCK) for _ in model.subjects] for _ in classes])
    # Centred: luck of one class against another. What holds for the whole school is told by the story, not by chance.
    effect = dict(zip(classes, drawn - drawn.mean(axis=0), strict=True))
    for seat in seats:
        dl = didactic_age(seat.pupil.start_group3, round_.window[1])
        model.added[model.row[seat.pupil.key]] += effect[seat.group] * sds * dl


def _add_effects(model: SboModel, programme: Programme, round_: Round) -> None:
    """What interventions added since the round before, in SDs of what pupils of this didactic age differ."""
    for key, subject, amount in programme.before(round_):
        i, j = model.row[key], model.subjects.index(subject)
        dl = didactic_age(model.pupils[i].start_group3, round_.window[1])
        model.added[i, j] += amount * RATES[subject][1] * dl


def instruction_groups(model: SboModel, round_: Round, seats: Sequence[Seat]) -> dict[tuple[str, str], str]:
    """(pupil number, subject) → instruction group in this half-year: across classes, by level, lowest first."""
    out = {}
    day = round_.window[0]
    taught = [s for s in seats if s.grade >= 3]
    for subject, (name, count) in INSTRUCTION_GROUPS.items():
        order = sorted(taught, key=lambda s: (model.dle(s.pupil, subject, round_, day), s.pupil.key))
        for place, seat in enumerate(order):
            out[seat.pupil.key, subject] = f"{name} {1 + place * count // len(order)}"
    return out


def _one_round(model: SboModel, round_: Round, seats: Sequence[Seat], plus: set[str], rng: Random) -> list[Result]:
    history, profile = model.history, model.history.profile
    taking = [s for s in seats if tested(s, round_.moment) and s.present_on(round_.window[1])]
    groups = instruction_groups(model, round_, [s for s in seats if s.present_on(round_.window[1])])
    out: list[Result] = []
    for order, subject in enumerate(model.subjects):
        scale = norms.scale_for(subject, round_.school_year, history.last_year)
        days = {g: test_day(round_, order, rng) for g in sorted({s.group for s in taking})}
        truth = {s.pupil.key: model.dle(s.pupil, subject, round_, days[s.group]) for s in taking}
        levels = _test_levels(round_, taking, truth)
        j = model.subjects.index(subject)
        noise = shuffled_noise(len(taking), NOISE, rng)
        for seat, error in zip(taking, noise, strict=True):
            key, day = seat.pupil.key, days[seat.group]
            weak = bool(model.rates[model.row[key], j] < RATES[subject][0])
            group = groups.get((key, subject))
            made = Result(seat, subject, norms.INSTRUMENT, scale.version, day, round_.moment, instruction_group=group)
            reason = reason_not_taken(profile, seat, day, weak, rng)
            score = norms.score_for_dle(scale, truth[key] + error)
            taken = replace(printed(made, scale, score), test_level=levels[key])
            out.append(replace(made, not_taken=reason) if reason else taken)
        if subject == "technisch_lezen" and round_.moment != "B":
            out += _avi(model, round_, taking, truth, days, plus, rng)
    return out


def _avi(
    model: SboModel,
    round_: Round,
    taking: Sequence[Seat],
    truth: dict[str, float],
    days: dict[str, date],
    plus: set[str],
    rng: Random,
) -> list[Result]:
    """The AVI cards; who masters Plus is no longer tested."""
    out = []
    for seat in taking:
        key, day = seat.pupil.key, days[seat.group]
        if key in plus:
            continue
        made = Result(seat, "technisch_lezen", "AVI", "", day, round_.moment)
        reason = reason_not_taken(model.history.profile, seat, day, False, rng)
        avi = avi_level(truth[key] + rng.gauss(0, 1.5))
        if reason is None and avi == "Plus":
            plus.add(key)
        out.append(replace(made, not_taken=reason) if reason else replace(made, avi=avi))
    return out


LEVELS = ("M3", "E3", "M4", "E4", "M5", "E5", "M6", "E6", "M7", "E7", "M8", "E8")


def _test_levels(round_: Round, taking: Sequence[Seat], truth: dict[str, float]) -> dict[str, str]:
    """Toets op maat: 85% take a test at least half a year below their grade, 10% one two years below.

    The lowest test is M3, so that who is at M3 takes the test of the own grade and counts among the other 15%.
    """
    shift = 1 if round_.moment == "E" else 0
    own = {s.pupil.key: 2 * (s.grade - 3) + shift for s in taking}
    order = sorted(own, key=lambda k: (own[k] == 0, -(5 * own[k] + 5 - truth[k]), k))
    shares = ((0.10, 4), (0.30, 3), (0.60, 2), (0.85, 1), (1.01, 0))
    out = {}
    for place, key in enumerate(order):
        below = next(steps for limit, steps in shares if (place + 0.5) / len(order) < limit)
        out[key] = "B8" if round_.moment == "B" and below == 0 else LEVELS[max(0, own[key] - below)]
    return out


def _touched_up(results: list[Result], history: History) -> list[Result]:
    """What makes real files real: results after the window, one in the holiday, one wrong test, an old class name."""
    last = Round(history.last_year, "M")
    of_round = [i for i, r in enumerate(results) if (r.seat.school_year, r.moment) == (last.school_year, "M")]
    newest = [i for i in of_round if not results[i].not_taken]
    late = newest[17 :: max(1, len(newest) // LATE_RESULTS)][:LATE_RESULTS]
    month, day = DEMO_DAY
    for place, i in enumerate(late):
        # The first one carries a date in the spring holiday: typed in at home, with the day of typing.
        results[i] = replace(results[i], taken_on=last.day(2, 24) if place == 0 else last.day(month, day - 1))
    wrong = next((i for i in newest if results[i].seat.grade == 5 and results[i].test_level), None)
    if wrong is not None:
        results[wrong] = replace(results[wrong], test_level="M8")
    now, before = FORMER_GROUP_NAME
    return [
        replace(r, group_name=before)
        if r.moment == "B" and r.seat.school_year == last.school_year and r.seat.group == now
        else r
        for r in results
    ]


def from_former_schools(history: History, rng: Random) -> list[Result]:
    """Results that came along with pupils who joined in August: another instrument, its own scale, letters A–E."""
    out = []
    for seat in history.seats:
        joined = seat.pupil.enrolled_on
        if seat.grade < 4 or joined != date(seat.school_year, 8, 1):
            continue
        day = date(seat.school_year, 6, rng.randrange(1, 15))
        for subject, base in (("rekenen", 400), ("technisch_lezen", 700)):
            score = float(base + 12 * seat.grade + rng.randrange(40))
            level = rng.choice("DDEEEC")
            out.append(Result(seat, subject, "Zwaan-volgsysteem", "3", day, "E", score=score, level=level))
    return out
