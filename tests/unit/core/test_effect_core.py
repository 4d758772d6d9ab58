"""The effect of an intervention against the same model written with full matrices, and against sums by hand."""

from __future__ import annotations

import random
from math import sqrt
from typing import Any

import numpy as np
import pytest

from leercirkel.core.effect import own_school
from leercirkel.core.effect_cells import EffectPolicy, cells_of, freedom_of
from leercirkel.core.effect_norms import NormLine, from_norms
from leercirkel.core.interventions import carried_out
from leercirkel.core.linear import Singular, cholesky, solved

Pupil = tuple[int, str, int, float, float]

TRUST_DEFAULT = 1e9
"""A weight at which the school's own shocks no longer count, so that the shock is known."""


def school(seed: int, *, grades: tuple[int, ...] = (3, 4, 5), years: int = 4, size: int = 12) -> list[Pupil]:
    """(grade, class, year, earlier, later) with classes, years and a rising line; spreads differ per grade."""
    dice = random.Random(seed)
    out = []
    for year in range(years):
        lift = dice.gauss(0, 2)
        for grade in grades:
            for letter in "ab":
                own = dice.gauss(0, 1.5)
                for _ in range(size):
                    before = dice.gauss(20 * grade, 8 + grade)
                    after = 12 + before * 0.8 + lift + own + dice.gauss(0, 5)
                    out.append((grade, f"{grade}{letter}", year, before, after))
    return out


def dense(took_part: list[Pupil], others: list[Pupil], shock: float, year_sd: float) -> tuple[float, float]:
    """Difference and standard error: generalised least squares with V written out, pupil by pupil."""
    grades = sorted({p[0] for p in others})
    sd = {g: float(np.std([p[4] for p in others if p[0] == g], ddof=1)) for g in grades}
    middle = {g: float(np.mean([p[3] for p in others if p[0] == g])) for g in grades}
    noise = {g: _within(others, g) / sd[g] ** 2 for g in grades}

    def fixed(p: Pupil) -> list[float]:
        row: list[float] = []
        for g in grades:
            row += [1.0, (p[3] - middle[g]) / sd[g]] if p[0] == g else [0.0, 0.0]
        return row

    def shared(one: Pupil, two: Pupil) -> float:
        same_class = (one[1], one[2]) == (two[1], two[2])
        same_taught = len(one) == 6 and (one[5], one[2]) == (two[5], two[2])  # type: ignore[misc]
        return shock**2 * (same_class + same_taught) + year_sd**2 * (one[2] == two[2])

    x, y = np.array([fixed(p) for p in others]), np.array([p[4] / sd[p[0]] for p in others])
    v = np.array([[shared(a, b) for b in others] for a in others]) + np.diag([noise[p[0]] for p in others])
    inverse = np.linalg.inv(v)
    penalty = np.diag([0.0, 0.01] * len(grades))  # the slope's vague prior
    a = np.linalg.inv(x.T @ inverse @ x + penalty)
    weight = np.array([sd[p[0]] / len(took_part) for p in took_part])
    k = weight @ np.array([fixed(p) for p in took_part])
    c = weight @ np.array([[shared(t, o) for o in others] for t in took_part])
    beta = a @ x.T @ inverse @ y
    expected = k @ beta + c @ inverse @ (y - x @ beta)
    own = weight @ np.array([[shared(s, t) for t in took_part] for s in took_part]) @ weight
    rest = k - c @ inverse @ x
    distance = np.array([p[4] - sd[p[0]] * np.dot(fixed(p), beta) for p in took_part])
    among = sum(weight**2 * [noise[p[0]] for p in took_part])
    pupils = (10 * among + float(distance.var())) / (10 + len(took_part) - 1)
    variance = own - c @ inverse @ c + rest @ a @ rest + pupils
    return float(np.mean([p[4] for p in took_part]) - expected), sqrt(float(variance))


def _within(others: list[Pupil], grade: int) -> float:
    """Residual variance of later on earlier scores with an intercept per class and year."""
    members = [p for p in others if p[0] == grade]
    classes = sorted({(p[1], p[2]) for p in members})
    x = np.array([[float((p[1], p[2]) == c) for c in classes] + [p[3]] for p in members])
    y = np.array([p[4] for p in members])
    residual = y - x @ np.linalg.lstsq(x, y, rcond=None)[0]
    return float(residual @ residual / (len(members) - len(classes) - 1))


def split(pupils: list[Pupil], groups: tuple[str, ...], year: int, most: int = 99) -> tuple[list[Pupil], list[Pupil]]:
    """The first `most` pupils of these groups in this year, and everybody else."""
    mine: list[Pupil] = []
    for group in groups:
        mine += [p for p in pupils if (p[1], p[2]) == (group, year)][:most]
    return mine, [p for p in pupils if p not in mine]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(
    ("groups", "most", "year_sd"),
    [(("4a", "5b"), 6, 1.0), (("4a",), 99, 1.0), (("3a", "3b", "4a", "4b", "5a", "5b"), 99, 0.10)],
)
def test_it_is_the_mixed_model_written_out(seed: int, groups: tuple[str, ...], most: int, year_sd: float) -> None:
    mine, others = split(school(seed), groups, 3, most)

    found = own_school(cells_of(mine), cells_of(others), EffectPolicy(shock_weight=TRUST_DEFAULT))

    assert found is not None
    difference, error = dense(mine, others, 0.20, year_sd)
    assert found.difference == pytest.approx(difference, abs=1e-6)
    assert found.error == pytest.approx(error, rel=1e-6)
    assert found.counted == len(mine)


@pytest.mark.parametrize("whole_group", [True, False])
def test_what_befalls_an_instruction_group_over_classes_is_one_more_chance_beside_that_of_the_class(
    whole_group: bool,
) -> None:
    pupils = [(*p, f"taught {i % 5}") for i, p in enumerate(school(6))]
    mine = [p for p in pupils if p[2] == 3 and (p[5] == "taught 0" if whole_group else p[1] == "4a")]
    others = [p for p in pupils if p not in mine]

    found = own_school(cells_of(mine), cells_of(others), EffectPolicy(shock_weight=TRUST_DEFAULT))
    plain = own_school(
        cells_of(p[:5] for p in mine), cells_of(p[:5] for p in others), EffectPolicy(shock_weight=TRUST_DEFAULT)
    )

    assert found is not None
    assert plain is not None
    difference, error = dense(mine, others, 0.20, 1.0)  # type: ignore[arg-type]
    assert found.difference == pytest.approx(difference, abs=1e-6)
    assert found.error == pytest.approx(error, rel=1e-6)
    # Without it a whole instruction group would seem surer than it is; one that lost a class is shared by the others.
    assert (found.error > 1.2 * plain.error) == whole_group


def test_the_schools_own_shock_is_estimated_without_bias_and_drawn_to_the_default() -> None:
    loud, calm = EffectPolicy(class_shock=0.10, shock_weight=1e-9), EffectPolicy(class_shock=0.10, shock_weight=20)
    squares, pooled = [], []
    for seed in range(60):
        dice = random.Random(seed)
        pupils = []
        for year in range(5):
            for letter in "abcd":
                own = dice.gauss(0, 0.3)
                for _ in range(15):
                    before = dice.gauss(0, 0.8)
                    pupils.append((5, letter, year, before, 0.8 * before + own + dice.gauss(0, 0.6)))
        mine, others = split(pupils, ("a",), 4, 5)
        own_only, both = (own_school(cells_of(mine), cells_of(others), p) for p in (loud, calm))
        assert own_only is not None
        assert both is not None
        squares.append(own_only.class_shock**2)
        pooled.append(both.class_shock)
    spread = sqrt(0.3**2 + 0.8**2 * 0.8**2 + 0.6**2)

    assert np.mean(squares) == pytest.approx((0.3 / spread) ** 2, rel=0.15)
    assert 0.10 < np.mean(pooled) < 0.3 / spread


def test_more_classes_make_the_interval_narrower_with_as_many_pupils() -> None:
    pupils = school(1, grades=(3, 4, 5, 6), size=12)
    one, six = split(pupils, ("4a",), 3, 12), split(pupils, ("3a", "3b", "4a", "4b", "5a", "5b"), 3, 2)

    errors = [own_school(cells_of(mine), cells_of(others)) for mine, others in (one, six)]

    assert errors[0] is not None
    assert errors[1] is not None
    assert errors[1].error < errors[0].error


def test_a_grade_without_enough_comparable_pupils_does_not_count() -> None:
    pupils = school(2)
    few = [p for p in pupils if p[0] != 3 or p[2] == 3]
    mine, others = split(few, ("3a", "4a"), 3)
    others = [p for p in others if p[0] != 3] + [p for p in others if p[0] == 3][:9]

    found = own_school(cells_of(mine), cells_of(others))

    assert found is not None
    assert found.counted == sum(p[0] == 4 for p in mine)
    assert own_school(cells_of([p for p in mine if p[0] == 3]), cells_of(others)) is None


def test_one_class_alone_is_no_comparison() -> None:
    pupils = [p for p in school(3) if p[0] == 4]
    mine = [p for p in pupils if p[1:3] == ("4a", 3)]

    assert own_school(cells_of(mine), cells_of([p for p in pupils if p[1:3] == ("4b", 3)])) is None


@pytest.mark.parametrize("scores", [[(5.0, 9.0)] * 12, [(float(i), 7.0) for i in range(12)]])
def test_scores_without_spread_give_no_expectation_and_no_fault(scores: list[tuple[float, float]]) -> None:
    others = [(4, letter, year, x, y) for letter in "ab" for year in (1, 2) for x, y in scores]

    assert own_school(cells_of([(4, "c", 2, 5.0, 9.0)]), cells_of(others)) is None


def test_against_the_norms_by_hand() -> None:
    mine: list[Pupil] = [(5, "a", 1, 60.0, 80.0), (5, "a", 1, 70.0, 82.0), (6, "b", 1, 80.0, 99.0)]
    lines = {5: NormLine(70, 10, 80, 12), 6: NormLine(80, 12, 90, 14)}

    found = from_norms(cells_of(mine), lines)

    assert found is not None
    # 70.4, 80 and 90 are expected afterwards: 12 · 0.8 · (−1) below 80, and the means themselves.
    assert found.difference == pytest.approx((80 - 70.4 + 82 - 80 + 99 - 90) / 3)
    assert found.expected == pytest.approx((70.4 - 60 + 80 - 70 + 90 - 80) / 3)
    among = (2 * 0.36 * 12**2 + 0.36 * 14**2) / 9
    distances = [80 - 70.4, 82 - 80, 99 - 90]
    pupils = (10 * among + np.var(distances)) / (10 + 3 - 1)
    classes = 0.04 * ((2 * 12 / 3) ** 2 + (14 / 3) ** 2)
    assert found.error == pytest.approx(sqrt(pupils + classes + 0.01 * (38 / 3) ** 2))
    assert from_norms(cells_of(mine), {}) is None


@pytest.mark.parametrize(
    ("given", "planned", "part", "enough"),
    [(15, 16, 0.5, True), (3, 12, 0.5, False), (6, 12, 0.5, True), (6, 12, 0.75, False), (None, 12, 0.5, True),
     (0, None, 0.5, True), (0, 12, 0.5, False)],
)  # fmt: skip
def test_carried_out_is_a_part_of_the_planned_weeks(given: Any, planned: Any, part: float, enough: bool) -> None:
    assert carried_out(given, planned, part) is enough


@pytest.mark.parametrize("wrong", [{"class_shock": -0.1}, {"shock_weight": 0}, {"comparable": 2}, {"own_line": 5}])
def test_a_policy_that_cannot_be_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"line|spread"):
        EffectPolicy(**wrong)


def test_freedom_shrinks_as_more_of_the_chance_is_that_of_classes_that_few_classes_tell() -> None:
    pupils_only = freedom_of(500, 24, EffectPolicy())
    half = freedom_of(500, 24, EffectPolicy(), of_classes=0.5, classes=10)
    classes_only = freedom_of(500, 24, EffectPolicy(), of_classes=1.0, classes=10)

    # 10 + 24 − 1; 1 ÷ (0.25 ÷ 33 + 0.25 ÷ (10 + 10)) = 49.8; the 10 of the policy and the 10 that told.
    assert (pupils_only, half, classes_only) == (33, 50, 20)
    assert freedom_of(5, 24, EffectPolicy()) == 5


def test_a_symmetric_system_is_solved_as_numpy_does() -> None:
    dice = np.random.default_rng(1)
    raw = dice.normal(size=(30, 12))
    matrix, right = raw.T @ raw, dice.normal(size=12)

    found = solved(cholesky(matrix.tolist()), right.tolist())

    assert found == pytest.approx(np.linalg.solve(matrix, right).tolist())
    with pytest.raises(Singular):
        cholesky([[1.0, 1.0], [1.0, 1.0]])
