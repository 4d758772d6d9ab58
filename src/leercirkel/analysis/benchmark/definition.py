"""The parameters of "successful", with the published ones as defaults. Whatever prints an outcome prints these."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from leercirkel.analysis.open_data import ADVICE_CODES, TESTS

Population = Literal["weighting", "disadvantage"]
Average = Literal["yearly", "pooled"]

STANDARDISED = "standardised"
"""In place of one test: every test, each standardised within its year (`values.standardised`)."""


DOORSTROOMTOETS = 2023
"""First school year with a doorstroomtoets in place of the end test: other tests and scales, and more double advices. A
comparison over it compares schools with each other, never a school with itself before."""


def over_a_break(years: Collection[int]) -> bool:
    """Whether the years lie on both sides of the change to the doorstroomtoets."""
    return min(years) < DOORSTROOMTOETS <= max(years)


@dataclass(frozen=True, slots=True)
class Definition:
    """What is called successful. Defaults: Gemeente Amsterdam (2019), see `docs/domein/vergelijken.md`.

    `years`: first years of school years. `groups`: so many groups of equally many schools by population, the last with
    the heaviest. `average`: the mean of the yearly values, or one value of all years' pupils together. A school counts
    on an indicator with values in at least `least_years`. It is above with at least `above` SDs (between schools, n -
    1) over the mean of the group's schools, and stable when at most `most_below` of its years lie under the group's
    mean of that year. `score`: the end test whose means are compared, or STANDARDISED.
    """

    years: tuple[int, ...]
    groups: int = 5
    population: Population = "weighting"
    average: Average = "yearly"
    score: str = "cet"
    high_advices: tuple[str, ...] = ("havo", "havo_vwo", "vwo")
    not_counted: tuple[str, ...] = ("vso", "not_possible")
    least_years: int = 2
    above: float = 1.0
    most_below: int = 1
    left_out: tuple[str, ...] = ("mean_off_scale", "rebuilt_one_location", "rebuilt_unknown")

    def __post_init__(self) -> None:
        unknown = {*self.high_advices, *self.not_counted} - set(ADVICE_CODES)
        if unknown:
            raise ValueError(f"unknown advices: {sorted(unknown)}")
        if not self.years or self.groups < 1 or self.least_years < 1:
            raise ValueError("years, groups and least_years start at one")
        if self.score not in {*TESTS, STANDARDISED}:
            raise ValueError(f"unknown test: {self.score}")

    @property
    def other_advices(self) -> tuple[str, ...]:
        """What is in the denominator of the share of high advices besides these."""
        return tuple(code for code in ADVICE_CODES if code not in {*self.high_advices, *self.not_counted})
