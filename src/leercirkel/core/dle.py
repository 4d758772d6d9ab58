"""DLE: the number of months of education after which the average pupil reaches a score.

A DLE may be censored (">60": beyond the scale, "<1": below it). Such a value can be compared where the answer is
certain, and never enters a mean. See `docs/domein/leertijd.md`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from statistics import median as _median
from typing import Literal

from leercirkel.core.records import dataclass

Operator = Literal["=", "<", ">"]

_WRITTEN = re.compile(r"\s*([<>=]?)\s*([0-9]{1,3}(?:[.,][0-9]{1,4})?)\s*")


class CensoredError(ValueError):
    """A DLE such as ">60" would enter a calculation that needs its exact value."""


@dataclass(frozen=True, slots=True)
class Dle:
    """Months of education, exactly ("="), above ("> months", beyond the scale) or below ("< months").

    Raises ValueError for negative or infinite months and for less than nothing.
    """

    months: float
    operator: Operator = "="

    def __post_init__(self) -> None:
        if not 0 <= self.months < math.inf or (self.operator == "<" and self.months == 0):
            raise ValueError(f"a DLE cannot be {self.operator}{self.months}")
        if self.operator not in ("=", "<", ">"):
            raise ValueError(f"{self.operator!r} is not =, < or >")

    @property
    def censored(self) -> bool:
        """Whether the exact value is unknown."""
        return self.operator != "="

    @property
    def text(self) -> str:
        """As people write it: "35", "12,5", ">60"."""
        months = f"{self.months:g}".replace(".", ",")
        return months if self.operator == "=" else self.operator + months

    @property
    def exact(self) -> float:
        """The months. Raises CensoredError when they are not known exactly."""
        if self.censored:
            raise CensoredError(f"the exact value of a DLE of {self.text} is not known")
        return self.months

    def reached(self, threshold: float) -> bool | None:
        """Whether the DLE is at least `threshold`: True, False, or None when a censored value cannot tell.

        ">60" reaches 60 and not certainly 65; "<1" does not reach 1 or 5.
        """
        if self.operator == "=":
            return self.months >= threshold
        if self.operator == ">":
            return True if self.months >= threshold else None
        if threshold <= 0:
            return True
        return False if self.months <= threshold else None

    def at_most(self, threshold: float) -> bool | None:
        """Whether the DLE is not above `threshold`: True, False, or None when a censored value cannot tell."""
        if self.operator == "=":
            return self.months <= threshold
        if self.operator == ">":
            return False if self.months >= threshold else None
        return True if self.months <= threshold else None


def parse(text: str) -> Dle | None:
    """The DLE in a cell: "35", "12,5", ">60", "< 1"; None for anything else."""
    match = _WRITTEN.fullmatch(text)
    if match is None:
        return None
    months = float(match[2].replace(",", "."))
    if match[1] == "<":
        return Dle(months, "<") if months > 0 else None
    return Dle(months, ">") if match[1] == ">" else Dle(months)


def compare(first: Dle, second: Dle) -> Literal[-1, 0, 1] | None:
    """−1, 0 or 1 as `first` is below, equal to or above `second`; None when censored values leave it open."""
    if not first.censored and not second.censored:
        return 0 if first.months == second.months else -1 if first.months < second.months else 1
    if first.operator != "<" and second.operator != ">" and first.months >= second.months:
        return 1  # the lowest that first can be is not below the highest that second can be, and one end is open
    if first.operator != ">" and second.operator != "<" and first.months <= second.months:
        return -1
    return None


def mean(values: Iterable[Dle]) -> float | None:
    """The mean in months; None for no values. Raises CensoredError when one of them is censored."""
    months = [value.exact for value in values]
    return math.fsum(months) / len(months) if months else None


def median(values: Iterable[Dle]) -> Dle | None:
    """The median, itself censored when the middle lies beyond the scale; None for no values.

    Raises CensoredError when censored values leave the middle open.
    """
    dles = list(values)
    if not dles:
        return None
    low = _median(0.0 if d.operator == "<" else d.months for d in dles)
    high = _median(math.inf if d.operator == ">" else d.months for d in dles)
    if low == high:
        return Dle(low)
    majority = len(dles) // 2 + 1
    if sum(_certainly_above(d, low) for d in dles) >= majority:
        return Dle(low, ">")
    if sum(_certainly_below(d, high) for d in dles) >= majority:
        return Dle(high, "<")
    raise CensoredError("censored values leave the median open")


def _certainly_above(dle: Dle, bound: float) -> bool:
    return dle.months >= bound if dle.operator == ">" else dle.operator == "=" and dle.months > bound


def _certainly_below(dle: Dle, bound: float) -> bool:
    return dle.months <= bound if dle.operator == "<" else dle.operator == "=" and dle.months < bound
