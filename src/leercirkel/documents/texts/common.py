"""What every language writes in the same way: figures, but for their marks, and names from files."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import ClassVar, Literal

from leercirkel.core import dutch

Language = Literal["nl", "en"]

PERCENT_FROM = dutch.PERCENT_FROM

MINUS = "−"
"""A real minus: as wide as a plus, and no hyphen."""


def one_line(text: str) -> str:
    """Text from a file on one line, without signs that cannot be shown."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


class Common:
    """Numbers, shares, ends of intervals, names. Rounding is that of `core.dutch`, so that both languages name the same
    figures."""

    language: ClassVar[Language]
    decimal_mark: ClassVar[str]
    thousands_mark: ClassVar[str]
    unnamed: ClassVar[str]

    def count(self, n: int) -> str:
        """A whole number in digits."""
        return f"{n:,}".replace(",", self.thousands_mark)

    def number(self, value: float | None, decimals: int = 1) -> str:
        """A number with always as many decimals, so that columns line up; "–" for None."""
        if value is None:
            return "–"
        text = self.plain(value, decimals)
        if not decimals:
            return text
        whole, _, rest = text.partition(self.decimal_mark)
        return f"{whole}{self.decimal_mark}{rest.ljust(decimals, '0')}"

    def plain(self, value: float, decimals: int = 1) -> str:
        """A number as short as it can be, with a real minus: "8", "4,6", "−1"."""
        whole, _, rest = dutch.decimal(value, decimals).partition(",")
        text = self.count(int(whole))
        if whole == "-0":
            text = "-0"
        return (f"{text}{self.decimal_mark}{rest}" if rest else text).replace("-", MINUS)

    def signed(self, value: float) -> str:
        """ "+4,2", "−3,0", "0,0"."""
        text = self.number(value)
        return text if text.startswith(MINUS) or not text.strip("0,.") else f"+{text}"

    def percentage(self, share: float) -> str:
        """A share as a whole percentage."""
        return f"{dutch.decimal(100 * share, 0)}%"

    def ends(self, low: float, high: float, counted: int, verdict: str) -> tuple[str, str]:
        """The ends of a share's interval as people read them.

        From 20 pupils as percentages. Below that as whole pupils, rounded so that they agree with the verdict: inwards
        when it is clear, outwards when it is not.
        """
        if counted >= PERCENT_FROM:
            return self.percentage(low), self.percentage(high)
        inwards, slack = verdict in ("above", "below"), 1e-9
        first = math.ceil(low * counted - slack) if inwards else math.floor(low * counted + slack)
        last = math.floor(high * counted + slack) if inwards else math.ceil(high * counted - slack)
        return str(first), str(last)

    def name(self, text: str) -> str:
        """A name from a file on one line, never empty."""
        return one_line(text) or self.unnamed

    def instrument(self, code: str, version: str = "") -> str:
        """The test with its version, if any."""
        return f"{self.name(code)} {version}".strip()

    def short_year(self, school_year: str) -> str:
        """ "2026-2027" → "26-27", for the foot of a chart."""
        first, _, second = school_year.partition("-")
        return f"{first[-2:]}-{second[-2:]}"

    def counts(self, levels: Mapping[str, int]) -> str:
        """ "I: 4, II: 6"."""
        return ", ".join(f"{level}: {n}" for level, n in levels.items())


SIZES = (0.2, 0.5, 0.8)
"""From how many standard deviations a difference is small, middling and large (Cohen, Statistical Power Analysis for
the Behavioral Sciences, 1988)."""


def size_step(z: float) -> int:
    """0 for a difference too small to name, else 1, 2 or 3 by `SIZES`."""
    return sum(abs(z) >= limit for limit in SIZES)
