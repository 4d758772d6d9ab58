"""What must hold of every effect, and how often the verdict is wrong when the truth is known."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leercirkel.core.effect import own_school
from leercirkel.core.effect_cells import Effect, cells_of
from leercirkel.core.quantiles import t_quantile

Pupil = tuple[int, str, int, float, float]

RETEST = 0.8
SCHOOLS = 160


def simulated(dice: random.Random, *, shock: float, years: int = 4, whole_year: float = 0.0) -> list[Pupil]:
    """Grades 3–6 in two classes of 14: scores in pupil SDs with a retest correlation of .8 and shocks of classes."""
    out = []
    for year in range(years):
        lift = dice.gauss(0, whole_year)
        for grade in range(3, 7):
            for letter in "ab":
                own = dice.gauss(0, shock)
                for _ in range(14):
                    before = dice.gauss(0, 1)
                    after = 0.5 + RETEST * before + lift + own + dice.gauss(0, math.sqrt(1 - RETEST**2))
                    out.append((grade, f"{grade}{letter}", year, before, after))
    return out


def half(found: Effect) -> float:
    return t_quantile(0.90, found.freedom) * found.error


def effects(truth: float, *, lowest: int = 0, shock: float = 0.10, seed: int = 1, **more: float) -> list[Effect]:
    """Effects in many schools: six pupils of each of four classes take part, or the lowest of the last year."""
    dice = random.Random(seed)
    out = []
    for _ in range(SCHOOLS):
        pupils = simulated(dice, shock=shock, **more)  # type: ignore[arg-type]
        last = [p for p in pupils if p[2] == 3]
        mine = (
            sorted(last, key=lambda p: p[3])[:lowest]
            if lowest
            else [p for g in ("4a", "4b", "5a", "5b") for p in [q for q in last if q[1] == g][:6]]
        )
        others = [p for p in pupils if p not in mine]
        found = own_school(cells_of((g, c, y, b, a + truth) for g, c, y, b, a in mine), cells_of(others))
        assert found is not None
        out.append(found)
    return out


def part(flags: list[bool]) -> float:
    return sum(flags) / len(flags)


@pytest.mark.parametrize("truth", [0.0, 0.4])
@pytest.mark.parametrize("shock", [0.05, 0.10, 0.15])
def test_the_interval_holds_the_truth_nine_times_out_of_ten(truth: float, shock: float) -> None:
    covered = part([abs(found.difference - truth) <= half(found) for found in effects(truth, shock=shock)])

    assert 0.85 <= covered <= 0.96


def test_without_an_effect_more_or_less_comes_out_in_about_one_of_ten() -> None:
    said = part([abs(found.difference) > half(found) for found in effects(0.0, seed=2)])

    assert 0.04 <= said <= 0.15


def test_the_lowest_scorers_do_not_seem_to_gain_without_an_effect() -> None:
    found = effects(0.0, lowest=12, seed=3)

    # What they grow looks like a gain: the line for everybody rises by half an SD.
    assert sum(f.growth - 0.5 for f in found) / len(found) > 0.25
    assert part([f.difference > half(f) for f in found]) <= 0.09
    assert abs(sum(f.difference for f in found) / len(found)) < 0.05


def test_a_year_in_which_the_whole_school_did_better_is_not_taken_for_an_effect() -> None:
    said = part([found.difference > half(found) for found in effects(0.0, seed=4, whole_year=0.4)])

    assert said <= 0.09


def test_two_dozen_pupils_of_four_classes_show_an_effect_of_four_tenths() -> None:
    seen = part([found.difference > half(found) for found in effects(0.4, seed=5)])

    assert seen >= 0.75


SCORES = st.floats(-50, 150, allow_nan=False).map(lambda value: round(value, 1))
PUPILS = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from("abc"), st.integers(1, 3), SCORES, SCORES), min_size=1, max_size=60
)


@settings(max_examples=150, deadline=None)
@given(mine=st.lists(st.tuples(st.integers(0, 2), st.sampled_from("abc"), SCORES, SCORES), min_size=1, max_size=15),
       others=PUPILS, shift=st.integers(-40, 40))  # fmt: skip
def test_a_constant_added_to_all_later_scores_moves_growth_and_expected_alike(
    mine: list[tuple[int, str, float, float]], others: list[Pupil], shift: int
) -> None:
    took_part = [(g, c, 3, b, a) for g, c, b, a in mine]
    plain = own_school(cells_of(took_part), cells_of(others))
    moved = own_school(
        cells_of((g, c, y, b, a + shift) for g, c, y, b, a in took_part),
        cells_of((g, c, y, b, a + shift) for g, c, y, b, a in others),
    )

    assert (plain is None) == (moved is None)
    if plain is None or moved is None:
        return
    assert plain.error > 0
    # The level of a grade is free: a shift of all later scores goes into it entirely.
    assert moved.growth == pytest.approx(plain.growth + shift, abs=1e-6)
    assert moved.expected == pytest.approx(plain.expected + shift, rel=1e-5, abs=1e-4)
    assert moved.error == pytest.approx(plain.error, rel=1e-3, abs=1e-6)


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10_000), scale=st.sampled_from([0.1, 3.0, 50.0]))
def test_another_unit_gives_the_same_effect_in_that_unit(seed: int, scale: float) -> None:
    pupils = simulated(random.Random(seed), shock=0.1, years=2)
    mine, others = [p for p in pupils if p[2] == 1][:20], pupils[:112] + pupils[132:]
    one = own_school(cells_of(mine), cells_of(others))
    scaled = [cells_of((g, c, y, scale * b + 7, scale * a + 7) for g, c, y, b, a in rows) for rows in (mine, others)]
    two = own_school(scaled[0], scaled[1])

    assert one is not None
    assert two is not None
    assert two.difference == pytest.approx(scale * one.difference, rel=1e-4, abs=1e-4 * scale)
    assert two.error == pytest.approx(scale * one.error, rel=1e-4)
