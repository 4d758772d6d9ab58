"""What interventions brought, on every engine: who, which measurements, against whom, and what is said."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import pytest
from tests.support.naive_effect import naive
from tests.support.school import class_of, enrolments, results

from leercirkel.analysis.effect import Undertaken, intervention_effects, known_at
from leercirkel.analysis.growth import NormPoint
from leercirkel.analysis.model import Agreement, InterventionEffect
from leercirkel.analysis.sittings import sittings
from leercirkel.core.interventions import Intervention, Observed
from leercirkel.core.quantiles import t_quantile

YEARS = (2023, 2024, 2025)
CLASSES = {"5a": 5, "5b": 5, "6a": 6, "6b": 6}
SIZE = 12
SPRING = {"start": date(2026, 2, 9), "end": date(2026, 5, 22)}


def key(year: int, group: str, number: int) -> str:
    """Other children in every class and year."""
    return f"{year}-{group}-{number}"


def spring_school() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """(results, seats): M and E in three years, four classes of twelve; the first six of 5a grow ten points more in
    the last year."""
    dice = random.Random(5)
    taken, seats = [], []
    for year in YEARS:
        for group, grade in CLASSES.items():
            keys = [key(year, group, i) for i in range(SIZE)]
            seats += class_of(group, grade, *keys, year=year)
            for i, pupil in enumerate(keys):
                before = round(dice.gauss(10 * grade, 8), 1)
                after = round(12 + 0.8 * before + dice.gauss(0, 3), 1) + 10 * (year == 2025 and group == "5a" and i < 6)
                both = {"pupil": pupil, "grade": grade, "group": group, "school_year": year, "version": "1"}
                taken.append(both | {"score": before, "moment": "M", "taken_on": date(year + 1, 1, 26)})
                taken.append(both | {"score": after, "moment": "E", "taken_on": date(year + 1, 6, 2)})
    return taken, seats


TAKEN, SEATS = spring_school()
SIX = tuple(key(2025, "5a", i) for i in range(6))


def made(**more: Any) -> Intervention:
    return Intervention(**({"name": "Extra", "subject": "rekenen"} | SPRING | more))


def effects(load: Any, *interventions: Intervention, taken: Any = None, seats: Any = None, **more: Any) -> list[
    InterventionEffect
]:  # fmt: skip
    inputs = load(results(*(TAKEN if taken is None else taken)), enrolments(*(SEATS if seats is None else seats)))
    return list(intervention_effects(inputs.engine, sittings(inputs), inputs.enrolments, interventions, **more))


def test_growth_and_expectation_are_those_of_the_loops(load) -> None:
    twelve = (*SIX, *(key(2025, "6b", i) for i in range(6)))
    other = made(name="Ander", pupils=tuple(key(2025, "5b", i) for i in range(3)), start=date(2026, 3, 2))

    found, _ = effects(load, made(pupils=twelve), other)

    busy = {p: (date(2026, 3, 2), SPRING["end"]) for p in other.pupils}
    steps = {"year": 2025, "first": "M", "last": "E", "version": "1"}
    expected = naive(TAKEN, set(twelve), busy, steps)
    (period,) = found.periods
    assert expected is not None
    assert (period.from_school_year, period.from_moment, period.to_moment) == ("2025-2026", "M", "E")
    assert (found.pupils, found.groups, found.instrument, found.quantity) == (12, ("5a", "6b"), "DEMO", "score")
    assert (period.counted, period.expected_from) == (12, "own_school")
    assert period.growth == pytest.approx(expected.growth)
    assert period.difference == pytest.approx(expected.difference)
    assert period.low is not None
    assert period.high is not None
    assert period.high - period.difference == pytest.approx(t_quantile(0.90, expected.freedom) * expected.error)
    assert period.low + period.high == pytest.approx(2 * expected.difference)


def test_whole_groups_count_as_they_were_on_the_first_day(load) -> None:
    moved = [s if s["pupil"] != SIX[0] else s | {"until": date(2026, 2, 1)} for s in SEATS]
    moved.append(next(s for s in SEATS if s["pupil"] == SIX[0]) | {"group": "5b", "from": date(2026, 2, 2)})

    (found,) = effects(load, made(groups=("5a",)), seats=moved)

    assert (found.pupils, found.groups, found.periods[0].counted) == (SIZE - 1, ("5a",), SIZE - 1)


def test_a_clear_gain_is_more_and_a_clear_loss_less(load) -> None:
    twelve = (*SIX, *(key(2025, "6b", i) for i in range(6)))
    lost = [t | {"score": t["score"] - 12} if t["pupil"] in twelve and t["moment"] == "E" else t for t in TAKEN]
    gained = [t | {"score": t["score"] + 8} if t["pupil"] in twelve and t["moment"] == "E" else t for t in TAKEN]

    verdicts = [effects(load, made(pupils=twelve), taken=taken)[0].periods[0].verdict for taken in (gained, lost)]

    assert verdicts == ["more", "less"]


def test_a_long_intervention_has_a_period_per_half_year_and_each_begins_at_its_own_level(load) -> None:
    seats, taken = [], []
    dice = random.Random(9)
    for year in (2022, 2023, 2024):
        for letter in "ab":
            keys = [f"{year}{letter}{i}" for i in range(12)]
            seats += class_of(f"5{letter}", 5, *keys, year=year) + class_of(f"6{letter}", 6, *keys, year=year + 1)
            for pupil in keys:
                score = dice.gauss(50, 8)
                for when, moment in ((date(year + 1, 1, 26), "M"), (date(year + 1, 6, 2), "E"),
                                     (date(year + 2, 1, 26), "M")):  # fmt: skip
                    taken.append({"pupil": pupil, "score": score, "moment": moment, "taken_on": when})
                    score = 14 + 0.8 * score + dice.gauss(0, 3) + 9 * (year == 2024 and letter == "a" and moment == "E")
    long = made(groups=("5a",), start=date(2025, 2, 3), end=date(2026, 1, 23))

    (found,) = effects(load, long, taken=taken, seats=seats)

    pairs = [(p.from_school_year, p.from_moment, p.to_school_year, p.to_moment) for p in found.periods]
    assert pairs == [("2024-2025", "M", "2024-2025", "E"), ("2024-2025", "E", "2025-2026", "M")]
    first, second = (p.difference for p in found.periods)
    assert first is not None
    assert second is not None
    assert abs(first) < 4
    assert second == pytest.approx(9, abs=3)


def test_what_was_not_carried_out_has_no_effect_and_what_has_no_test_only_an_observation(load) -> None:
    seen = Observed("vraagt hulp", 5, 8, 2)

    skipped, sova, early, few = effects(
        load,
        made(groups=("5a",), weeks_planned=12, weeks_given=3),
        made(subject=None, pupils=SIX, observed=seen),
        made(groups=("5a",), start=date(2025, 9, 1), end=date(2025, 12, 19)),
        made(pupils=SIX, selected_low=True),
    )

    (period,) = skipped.periods
    assert (skipped.carried_out, period.verdict, period.counted) == (False, "not_carried_out", SIZE)
    assert {period.growth, period.expected, period.difference, period.low, period.high} == {None}
    assert (sova.periods[0].verdict, sova.observed_reached, sova.observed_of, sova.observers) == ("no_measure", 5, 8, 2)
    assert (early.periods[0].verdict, early.periods[0].counted) == ("no_measure", 0)
    assert (few.periods[0].verdict, few.periods[0].counted, few.selected_low) == ("too_few", 6, True)
    assert few.periods[0].difference is not None
    assert few.periods[0].low is None


def test_without_comparable_pupils_the_norms_tell_and_else_nothing_is_expected(load) -> None:
    now = [t for t in TAKEN if t["school_year"] == 2025 and t["group"] == "5a"]
    norms = [
        NormPoint("DEMO", "1", "rekenen", 5, "M", mean=50.0, sd=8.0),
        NormPoint("DEMO", "1", "rekenen", 5, "E", mean=52.0, sd=8.0),
    ]  # fmt: skip

    (by_norms,) = effects(load, made(groups=("5a",)), taken=now, norms=norms)
    (bare,) = effects(load, made(groups=("5a",)), taken=now)

    (period,) = by_norms.periods
    before = [t["score"] for t in now if t["moment"] == "M"]
    assert period.expected_from == "norms"
    assert period.expected == pytest.approx(sum(52 + 0.8 * (b - 50) - b for b in before) / SIZE)
    assert (bare.periods[0].verdict, bare.periods[0].expected, bare.periods[0].expected_from) == ("too_few", None, None)
    assert bare.periods[0].growth == pytest.approx(period.growth)


def test_who_took_another_version_of_the_test_does_not_count(load) -> None:
    changed = {SIX[0], SIX[1]}
    taken = [t | {"version": "2"} if t["pupil"] in changed and t["moment"] == "E" else t for t in TAKEN]

    (found,) = effects(load, made(groups=("5a",)), taken=taken)

    assert found.periods[0].counted == SIZE - 2


def test_who_repeats_a_grade_is_no_part_of_the_growth_over_summer(load) -> None:
    seats, taken = [], []
    for number in range(14):
        seats += class_of("5a", 5, f"p{number}", year=2024)
        grade = 5 if number == 0 else 6
        seats += class_of(f"{grade}a", grade, f"p{number}", year=2025)
        for when, moment in ((date(2025, 6, 2), "E"), (date(2026, 1, 26), "M")):
            taken.append({"pupil": f"p{number}", "score": 50.0 + number, "moment": moment, "taken_on": when})
    autumn = made(pupils=tuple(f"p{n}" for n in range(14)), start=date(2025, 9, 8), end=date(2026, 1, 9))

    (found,) = effects(load, autumn, taken=taken, seats=seats)

    assert (found.pupils, found.periods[0].counted) == (14, 13)


def test_a_report_on_an_old_round_knows_nothing_of_what_came_after_it() -> None:
    last = date(2026, 1, 30)
    on_the_day = Intervention("lezen", last, date(2026, 6, 1))
    day_after = Intervention("later", date(2026, 1, 31), date(2026, 6, 1))
    rounds = [("2025-2026", "B"), ("2025-2026", "M"), ("2025-2026", "E"), ("2026-2027", "B")]
    agreed = [Agreement(year, moment, "oefenen", "done", None, None) for year, moment in rounds]
    done = Undertaken((on_the_day, day_after), tuple(agreed))

    known = known_at(done, (2025, "M"), last)

    assert known.interventions == (on_the_day,)
    assert [(a.school_year, a.moment) for a in known.agreements] == rounds[:2]
    assert known_at(done, (2025, "M"), None).interventions == (), "without dates the round is on 25 January"
