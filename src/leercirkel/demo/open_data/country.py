"""Invented schools and what their pupils did, year by year: population, advices, tests and levels that fit together.

What a school is like (its schoolweging, what it adds to its pupils, its size) stays; cohorts differ by chance. Pupils
have one ability on which their test, their advice and their levels depend, each with noise of its own. The parameters
are chosen to look like the published files (median of 24 pupils in the last grade, schoolweging around 30, double
advices, four in ten cells below five) and are no estimate of anything.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from leercirkel.core.records import dataclass

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

SHARE_SBO = 0.04
SHARE_OF_BRANCHES = 0.06
"""Schools with a second location."""

FIRST_DOORSTROOMTOETS = 2023

ADVICE_SHARES = (0.3, 1.7, 6, 5, 8, 5, 17, 10, 17, 12, 17.4, 0.6)
"""Percentages of the advices in the order of `open_data.ADVICE_CODES`; the first and the last go by chance."""

SCALES = {
    "CET": (535.3, 9.0, 501, 550), "IEP": (80.5, 7.5, 50, 100), "ROUTE8": (204.0, 26.0, 100, 300),
    "DIA": (359.5, 9.0, 321, 390), "AMN": (411.0, 25.0, 300, 500), "DOE": (222.0, 20.0, 100, 300),
    "LIB": (172.0, 5.0, 150, 200),
}  # fmt: skip
"""Test → mean, standard deviation, lowest and highest score."""

OLD_TESTS = {"CET": 0.55, "IEP": 0.28, "ROUTE8": 0.12, "DIA": 0.04, "AMN": 0.01}
NEW_TESTS = {"LIB": 0.45, "IEP": 0.40, "ROUTE8": 0.08, "DIA": 0.05, "AMN": 0.015, "DOE": 0.005}

LEVELS = {"REKENEN": (0.07, 0.52), "LV": (0.02, 0.28), "TV": (0.04, 0.38)}
"""Domain → shares of pupils below 1F and below the target level, in a school of average population."""

SWITCH = 0.05
"""Share of schools that take another test than the year before."""

TWO_TESTS = 0.008


@dataclass(frozen=True, slots=True)
class Country:
    """The schools: one entry per location in every array."""

    brin: tuple[str, ...]
    location: tuple[str, ...]
    sbo: npt.NDArray[np.bool_]
    weighting: Floats
    spread: Floats
    quality: Floats
    size: Floats
    area: Ints
    board: Ints


@dataclass(frozen=True, slots=True)
class Cohort:
    """The last grade of one year, an entry per location: pupils, exempt from the test, advices, and per test the number
    and the mean (NaN where nobody took it); per domain the numbers below 1F, at 1F and at the target level."""

    pupils: Ints
    exempt: Ints
    advices: Ints
    tests: dict[str, tuple[Ints, Floats]]
    levels: dict[str, Ints]


def code(number: int) -> str:
    """The invented BRIN with this number: "85AA" and on. Real ones do not come that far."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return f"{85 + number // 676}{letters[number // 26 % 26]}{letters[number % 26]}"


def country(schools: int, seed: int) -> Country:
    """`schools` locations, some of them of one school and some for special primary education."""
    rng = np.random.default_rng([seed, 1])
    brin: list[str] = []
    location: list[str] = []
    number = 0
    while len(brin) < schools:
        several = rng.random() < SHARE_OF_BRANCHES
        for place in ("00", "01")[: 1 + several]:
            brin.append(code(number))
            location.append(place)
        number += 1
    hard = rng.random(schools) < 0.13
    weighting = np.where(hard, rng.normal(36.3, 1.6, schools), rng.normal(29.2, 2.4, schools)).clip(20.1, 39.9)
    return Country(
        tuple(brin[:schools]),
        tuple(location[:schools]),
        rng.random(schools) < SHARE_SBO,
        weighting,
        rng.normal(6.2, 0.9, schools).clip(2.6, 9.1),
        rng.normal(0, 0.22, schools),
        np.exp(rng.normal(np.log(24), 0.55, schools)).clip(2, 120),
        rng.integers(0, max(1, schools // 20), schools),
        rng.integers(0, max(1, schools // 7), schools),
    )


def tests_of(place: Country, years: Sequence[int], seed: int) -> dict[int, list[str]]:
    """Year → the test of each location. The tests changed at the doorstroomtoets; a few schools change each year."""
    rng = np.random.default_rng([seed, 2])
    out: dict[int, list[str]] = {}
    before: list[str] = []
    for year in years:
        shares = NEW_TESTS if year >= FIRST_DOORSTROOMTOETS else OLD_TESTS
        drawn = rng.choice(list(shares), len(place.brin), p=np.array(list(shares.values())) / sum(shares.values()))
        change = rng.random(len(place.brin)) < SWITCH
        kept = [
            str(new) if not before or odd or old not in shares else old
            for new, odd, old in zip(drawn, change, before or drawn, strict=True)
        ]
        out[year] = before = kept
    return out


def cohort(place: Country, year: int, tests: Sequence[str], seed: int) -> Cohort:
    """What the last grade of this year did."""
    rng = np.random.default_rng([seed, 3, year])
    schools = len(place.brin)
    pupils = rng.poisson(place.size)
    pupils[rng.random(schools) < 0.01] = 0
    of = np.repeat(np.arange(schools), pupils)
    mean = np.where(place.sbo, -1.9, -0.115 * (place.weighting - 30.1)) + place.quality + rng.normal(0, 0.08, schools)
    ability = mean[of] + rng.normal(0, 0.9, of.size)
    exempt_share = np.where(place.sbo, 0.25, 0.012)
    exempt = rng.random(of.size) < exempt_share[of]
    return Cohort(
        pupils,
        np.bincount(of[exempt], minlength=schools),
        _advices(of, ability, schools, rng),
        _scores(of[~exempt], ability[~exempt], tests, schools, rng),
        {name: _levels(of[~exempt], ability[~exempt], shares, schools, rng) for name, shares in LEVELS.items()},
    )


def _advices(of: Ints, ability: Floats, schools: int, rng: np.random.Generator) -> Ints:
    shares = np.array(ADVICE_SHARES) / sum(ADVICE_SHARES)
    latent = ability + rng.normal(0, 0.35, of.size)
    # cut where the shares of a country of average population are; the spread of the latent ability is about 1.1
    middle = shares[1:-1] / shares[1:-1].sum()
    cuts = np.quantile(rng.normal(0, 1.1, 200_000), np.cumsum(middle)[:-1])
    advice = 1 + np.searchsorted(cuts, latent)
    chance = rng.random(of.size)
    advice[chance < shares[0]] = 0
    advice[chance > 1 - shares[-1]] = len(shares) - 1
    counts = np.bincount(of * len(shares) + advice, minlength=schools * len(shares))
    return counts.reshape(schools, len(shares))


def _scores(
    of: Ints, ability: Floats, tests: Sequence[str], schools: int, rng: np.random.Generator
) -> dict[str, tuple[Ints, Floats]]:
    names = list(dict.fromkeys([*OLD_TESTS, *NEW_TESTS]))
    first = np.array([names.index(test) for test in tests])
    second = rng.choice([names.index("IEP"), names.index("ROUTE8")], schools)
    two = rng.random(schools) < TWO_TESTS
    taken = np.where(two[of] & (rng.random(of.size) < 0.4), second[of], first[of])
    out: dict[str, tuple[Ints, Floats]] = {}
    for number, name in enumerate(names):
        centre, deviation, lowest, highest = SCALES[name]
        mine = taken == number
        score = (centre + deviation * (0.9 * ability[mine] + rng.normal(0, 0.4, int(mine.sum())))).clip(lowest, highest)
        if name in ("CET", "ROUTE8", "LIB"):
            score = np.rint(score)
        count = np.bincount(of[mine], minlength=schools)
        total = np.bincount(of[mine], weights=score, minlength=schools)
        out[name] = count, np.divide(total, count, out=np.full(schools, np.nan), where=count > 0)
    return out


def _levels(of: Ints, ability: Floats, shares: tuple[float, float], schools: int, rng: np.random.Generator) -> Ints:
    latent = 0.85 * ability + rng.normal(0, 0.5, of.size)
    cuts = np.quantile(rng.normal(0, 0.98, 200_000), shares)
    counts = np.bincount(of * 3 + np.searchsorted(cuts, latent), minlength=schools * 3)
    return counts.reshape(schools, 3)
