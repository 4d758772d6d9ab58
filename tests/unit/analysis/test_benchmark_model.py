"""Suppressed counts as a model, shrinkage, the schools most like one, and the inspectorate's indicators."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from scipy.special import gammaln
from tests.support.open_data import advices, open_data, school, table, weightings

from leercirkel.analysis.benchmark import counts_model, levels, strength
from leercirkel.analysis.benchmark.comparable import SURE, Figure, figures_of, most_like, standing
from leercirkel.analysis.benchmark.compare import ADVICE, Comparison, compared
from leercirkel.analysis.benchmark.definition import Definition
from leercirkel.analysis.benchmark.strength import TooFewSchools, believed
from leercirkel.analysis.benchmark.values import Counts
from leercirkel.engines.memory import MemoryEngine

RNG = 20260922


def counts(low: list[list[float]], high: list[list[float]]) -> Counts:
    """One year of some schools, three categories: numerator, beside it, outside."""
    names = tuple(f"99Z{chr(65 + k)}00" for k in range(len(low)))
    shape = (len(low), 1, len(low[0]))
    return Counts(
        names, (2022,), np.array(low).reshape(shape), np.array(high).reshape(shape), np.ones((len(low), 1), dtype=bool)
    )


def by_enumeration(low: list[float], high: list[float], means: list[float], total: float | None) -> tuple[float, float]:
    """Mean and variance of the share, over every combination."""
    weights, shares = [], []
    for each in itertools.product(*(range(int(a), int(b) + 1) for a, b in zip(low, high, strict=True))):
        if total is not None and sum(each) != total:
            continue
        weights.append(np.exp(sum(v * np.log(m) - m - gammaln(v + 1) for v, m in zip(each, means, strict=True))))
        shares.append(each[0] / (each[0] + each[1]))
    mean = float(np.average(shares, weights=weights))
    return mean, float(np.average((np.array(shares) - mean) ** 2, weights=weights))


@pytest.mark.parametrize("total", [None, 17.0, 19.0])
def test_a_share_with_suppressed_counts_is_that_of_every_combination(total: float | None) -> None:
    low, high = [1.0, 10.0, 1.0], [4.0, 14.0, 4.0]
    numbers = counts([low, [5, 10, 2]], [high, [5, 10, 2]])
    rows = np.array([low, [5, 10, 2]]), np.array([high, [5, 10, 2]])
    means = counts_model._means(*rows, np.array([0, 0]), np.array([0, 1]))[0]
    totals = None if total is None else np.array([[total], [np.nan]])

    found = counts_model.shares(numbers, [0], [0, 1], np.array([0, 0]), totals)

    assert (found.mean[0, 0], found.variance[0, 0]) == pytest.approx(by_enumeration(low, high, list(means), total))
    assert (found.mean[1, 0], found.variance[1, 0], found.n[1, 0]) == pytest.approx((1 / 3, 0.0, 15.0))


def test_a_total_that_nothing_reaches_says_nothing() -> None:
    numbers = counts([[1.0, 10.0, 1.0]], [[4.0, 10.0, 4.0]])

    free = counts_model.shares(numbers, [0], [0, 1], np.array([0]))
    told = counts_model.shares(numbers, [0], [0, 1], np.array([0]), np.array([[90.0]]))

    assert told.mean[0, 0] == pytest.approx(free.mean[0, 0])
    assert 0 < free.variance[0, 0] < 0.01


def test_hidden_counts_come_out_right_on_average_and_as_sure_as_said() -> None:
    rng = np.random.default_rng(RNG)
    schools, years = 800, 3
    share = np.array([0.05, 0.1, 0.2, 0.25, 0.25, 0.15])
    own = rng.dirichlet(share * 40, size=schools)
    true = np.array([[rng.multinomial(rng.integers(12, 40), p) for _ in range(years)] for p in own]).astype(float)
    hidden = (true >= 1) & (true <= 4)
    numbers = Counts(
        tuple(str(k) for k in range(schools)), (1, 2, 3), np.where(hidden, 1, true), np.where(hidden, 4, true),
        np.ones((schools, years), dtype=bool),
    )  # fmt: skip

    found = counts_model.shares(numbers, [3, 4, 5], range(6), np.zeros(schools, dtype=int))

    truth = true[:, :, 3:].sum(axis=2) / true.sum(axis=2)
    apart = found.mean - truth
    unsure = found.variance > 0
    assert abs(apart.mean()) < 0.01
    assert 0.8 < (apart[unsure] / np.sqrt(found.variance[unsure])).std() < 1.25


def simulated(schools: int = 1500, years: int = 3) -> tuple[np.ndarray, ...]:  # type: ignore[type-arg]
    rng = np.random.default_rng(RNG)
    population = rng.normal(30, 4, schools)
    own = rng.normal(0, 0.10, schools)
    error = np.broadcast_to((0.45 * 0.55 / rng.integers(8, 60, schools))[:, None], (schools, years))
    line = 0.45 - 0.02 * (population - 30)
    seen = line[:, None] + own[:, None] + rng.normal(0, 0.04, (schools, years)) + rng.normal(0, np.sqrt(error))
    return population, own, error, seen


def test_spreads_of_schools_and_years_and_the_line_are_found() -> None:
    population, _, error, seen = simulated()

    found = believed(seen, error, population)

    assert found.spread_schools == pytest.approx(0.10, abs=0.01)
    assert found.spread_years == pytest.approx(0.04, abs=0.012)
    assert found.stability == pytest.approx(0.86, abs=0.06)
    assert found.line[1] == pytest.approx(-0.08, abs=0.01)


def test_what_is_said_with_a_probability_is_true_that_often() -> None:
    population, own, error, seen = simulated()

    found = believed(seen, error, population)

    for least, most in ((0.0, 0.1), (0.3, 0.6), (0.6, 0.9), (0.9, 1.01)):
        mine = (found.chance >= least) & (found.chance < most)
        assert (own[mine] >= 0.10).mean() == pytest.approx(found.chance[mine].mean(), abs=0.09), (least, most)
    within = np.abs(own - found.above) <= 1.645 * found.sd
    assert within.mean() == pytest.approx(0.9, abs=0.02)


def test_a_small_school_must_say_more_to_stand_out() -> None:
    population, _, error, seen = simulated()
    seen[:2] = 0.45 - 0.02 * (population[:2, None] - 30) + 0.2
    error = error.copy()
    error[0], error[1] = 0.25 / 6, 0.25 / 60

    found = believed(seen, error, population)

    assert found.chance[0] < 0.75 < found.chance[1]
    assert found.above[0] < found.above[1]


def test_it_says_when_the_spread_of_years_is_not_estimated_but_stated() -> None:
    population, _own, error, seen = simulated()
    hidden = np.zeros(seen.shape, dtype=bool)

    estimated, stated = strength.believed(seen, error, population), strength.believed(seen, error, population, hidden)

    assert not estimated.years_stated
    assert stated.years_stated
    assert stated.stability == pytest.approx(1 / (1 + strength.YEARS_STATED**2), abs=0.001)


def test_with_few_schools_there_is_no_verdict() -> None:
    population, _, error, seen = simulated(strength.LEAST_SCHOOLS - 1)

    with pytest.raises(TooFewSchools):
        believed(seen, error, population)


@pytest.fixture(scope="module")
def country() -> Comparison:
    """Two hundred invented schools of which 99KA00 has twice the high advices of its like."""
    rng = np.random.default_rng(RNG)
    names = [f"99{a}{b}00" for a, b in itertools.product("ABCDEFGHIJKLMNOPQRST", "ABCDEFGHIJ")]
    weights = dict(zip(names, np.linspace(22, 38, len(names)).round(2).tolist(), strict=True))
    given = {}
    for name, weight in weights.items():
        chance = 0.8 if name == "99KA00" else 0.6 - 0.025 * (weight - 22)
        for year in (2019, 2020, 2021):
            high = int(rng.binomial(40, chance))
            given[name, year] = {"vwo": high, "vmbo_k": 40 - high}
    data = open_data(advices=advices(given), weightings=weightings(weights))
    return compared(data, Definition(years=(2019, 2020, 2021)))


def test_a_school_stands_among_the_forty_with_the_nearest_population(country: Comparison) -> None:
    populations = dict(zip(country.schools, country.population.tolist(), strict=True))

    like = most_like(populations, "99KA00")

    assert len(like) == 40
    assert max(abs(populations[name] - populations["99KA00"]) for name in like) < 1.7
    assert "99KA00" not in like
    figures = dict(zip(country.schools, figures_of(country, ADVICE), strict=True))
    own = figures["99KA00"]
    assert own is not None
    assert own.low < own.value < own.high
    assert own.stands_out
    found = standing(own, [f for name in like if (f := figures[name])])
    assert found is not None
    assert (found.others, found.higher) == (40, 0)
    assert found.lower >= 38


def test_an_ordinary_school_is_told_apart_from_few(country: Comparison) -> None:
    populations = dict(zip(country.schools, country.population.tolist(), strict=True))
    name = country.schools[50]
    figures = dict(zip(country.schools, figures_of(country, ADVICE), strict=True))
    own = figures[name]
    assert own is not None

    found = standing(own, [f for other in most_like(populations, name) if (f := figures[other])])

    assert found is not None
    assert found.untold >= 20
    assert found.middle[0] < found.middle[1]
    assert not own.stands_out
    assert most_like(populations, "99XX00") == ()
    assert standing(own, []) is None


def reached(
    rows: list[tuple[int, str, str, int, int]], loaded: tuple[int, ...] = (2020, 2021, 2022, 2023, 2024)
) -> dict[levels.Indicator, levels.Reached]:
    """Of a school with these rows. `loaded`: years of which another school has rows."""
    others = [("99ZB00", (year, "rekenen", "1F", 20, 20)) for year in loaded]
    made = [
        {**school(code), "school_year": y, "domain": d, "level": level, "low": low, "high": high}
        for code, (y, d, level, low, high) in [*(("99ZA00", row) for row in rows), *others]
    ]
    data = open_data(reference_levels=table("reference_levels", made))
    assert data.reference_levels is not None
    return levels.reached(MemoryEngine(), data.reference_levels, 2024)["99ZA00"]


def test_three_years_and_three_subjects_go_together() -> None:
    rows = [
        (year, subject, level, n, n)
        for year in (2020, 2022, 2023, 2024)
        for subject, top in (("rekenen", "1S"), ("begrijpend_lezen", "2F"), ("taalverzorging", "2F"))
        for level, n in (("<1F", 1), ("1F", 9), (top, 10 if year > 2020 else 0))
    ]

    found = reached(rows)

    assert (found["1F"].low, found["1F"].high, found["1F"].n) == (pytest.approx(0.95), pytest.approx(0.95), 180)
    assert found["1S/2F"].low == pytest.approx(0.5)
    assert (found["1F"].years, found["1F"].five) == ((2022, 2023, 2024), False)
    assert found["1F"].against(0.95) == "reached"
    assert found["1F"].against(0.96) == "missed"


def test_a_small_school_is_seen_over_five_years_and_suppressed_counts_leave_it_open() -> None:
    rows = [(year, "rekenen", level, 1, 4) for year in (2020, 2023, 2024) for level in ("1F", "1S")]
    few = [
        (year, subject, level, n, n)
        for year, subject, level, n in [(2021, "rekenen", "1F", 5), (2024, "rekenen", "<1F", 0)]
    ]

    found = reached([(y, s, level, 1, 3) for y, s, level, _, _ in rows] + few)

    assert found["1F"].five
    assert found["1F"].years == (2020, 2021, 2023, 2024)
    assert found["1S/2F"].against(0.5) == "unknown"
    assert found["1F"].against(0.85) == "reached"


def test_a_school_is_not_called_small_for_years_that_nobody_loaded() -> None:
    rows = [(2024, "rekenen", "1F", 12, 12)]

    whole, part = (reached(rows, loaded=years)["1F"] for years in ((2022, 2023, 2024), (2024,)))

    assert whole.five
    assert not part.five
    assert part.years == (2024,)


def test_whether_a_school_is_small_can_be_open_and_then_only_what_holds_for_three_and_for_five_years_is_said() -> None:
    """Twelve to 21 pupils in three years: all of 2024 and 2023 suppressed. In 2020 ten more, all below 1F."""
    suppressed = [(2024, "rekenen", level, 1, 4) for level in ("<1F", "1F", "1S")]
    rows = [*suppressed, (2023, "rekenen", "1S", 9, 9), (2020, "rekenen", "<1F", 10, 10)]

    found = reached(rows)["1F"]

    assert found.five is None
    assert found.years == (2020, 2023, 2024)
    # of three years at least 11 of 15 (4 of them <1F) and at most 17 of 18; of five at least 11 of 25 and 17 of 28
    assert (found.low, found.high) == (pytest.approx(11 / 25), pytest.approx(17 / 18))
    assert found.against(0.85) == "unknown"
    assert found.against(0.40) == "reached"
    assert found.against(0.95) == "missed"


def test_a_school_that_is_surely_small_or_surely_not_has_one_rule() -> None:
    small = reached([(2024, "rekenen", "1F", 1, 4), (2023, "rekenen", "1S", 10, 10), (2020, "rekenen", "1F", 5, 5)])
    large = reached([(2024, "rekenen", "1F", 1, 4), (2023, "rekenen", "1S", 14, 14), (2020, "rekenen", "1F", 5, 5)])

    assert small["1F"].five is True
    assert large["1F"].five is False
    assert large["1F"].years == (2023, 2024)


def test_a_tenth_of_the_schools_lies_under_the_estimate_at_every_weighting() -> None:
    rng = np.random.default_rng(RNG)
    weight = rng.uniform(22, 38, 4000)
    share = 0.95 - 0.012 * weight + rng.normal(0, 0.08, 4000)

    line = levels.estimated_signal(weight, share, weight)

    assert line is not None
    for least, most in ((22, 26), (26, 34), (34, 38)):
        mine = (weight >= least) & (weight < most)
        assert (share[mine] < line[mine]).mean() == pytest.approx(0.10, abs=0.025)
    assert levels.estimated_signal(weight[:50], share[:50], weight) is None


def test_the_least_share_at_1f_and_what_is_called_sure_are_what_the_handbook_says() -> None:
    """Regeling leerresultaten PO 2020: 85% for every school; docs/gebruik/vergelijken.md: nine in ten."""
    assert levels.SIGNAL_1F == 0.85
    assert SURE == 0.9


def test_the_half_in_the_middle_lies_between_the_quarters() -> None:
    own = Figure(0.5, 0.01, 0.5, 0.0, 3)
    others = [Figure(value / 100, 0.01, 0.5, 0.0, 3) for value in range(101)]

    found = standing(own, others)

    assert found is not None
    assert found.middle == (pytest.approx(0.25), pytest.approx(0.75))


def test_what_suppression_leaves_open_is_part_of_the_error() -> None:
    mean, n = np.array([[0.5, 0.5, np.nan]]), np.array([[20.0, 20.0, 0.0]])

    found = strength.share_errors(mean, np.array([[0.0, 0.01, 0.0]]), n)

    assert found[0, 0] == pytest.approx(0.25 / 20)
    assert found[0, 1] == pytest.approx(0.25 / 20 + 0.01)
    assert np.isnan(found[0, 2])


def test_where_schools_do_not_differ_none_is_told_apart_from_another() -> None:
    rng = np.random.default_rng(RNG)
    population = np.linspace(30.0, 30.6, 60)
    error = np.full((60, 3), 1.0)

    found = believed(rng.normal(0, 1, (60, 3)), error, population)
    figures = [Figure(*row, 3) for row in zip(found.value, found.sd, found.expected, found.chance, strict=True)]

    assert found.spread_schools < 0.3
    assert found.sd.min() > 0.05  # the line of sixty schools is not known either
    apart = [own.beside(other) for own in figures for other in figures]
    assert sum(map(abs, apart)) / len(apart) < 0.02


def test_the_interval_of_a_school_holds_its_own_level_as_often_as_said_with_few_schools_too() -> None:
    inside = []
    for seed in range(60):
        rng = np.random.default_rng(seed)
        population, own = rng.normal(0, 1, 40), rng.normal(0, 0.06, 40)
        level = 0.45 - 0.1 * population + own
        error = np.broadcast_to((0.25 / rng.integers(10, 40, 40))[:, None], (40, 3))
        found = believed(level[:, None] + rng.normal(0, np.sqrt(error)), error, population)
        inside += list(np.abs(found.value - level) <= 1.645 * found.sd)

    assert np.mean(inside) == pytest.approx(0.90, abs=0.05)


def test_schools_with_one_and_the_same_population_have_no_line_but_are_told() -> None:
    rng = np.random.default_rng(RNG)

    found = believed(0.5 + rng.normal(0, 0.1, (50, 3)), np.full((50, 3), 0.001), np.full(50, 30.0))

    assert np.isfinite(found.value).all()
    assert found.expected == pytest.approx(np.full(50, found.expected[0]))
