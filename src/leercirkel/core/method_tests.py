"""Tests of a method: when a goal is sufficient and when it is good, by the school's own bounds.

Such a test asks what was taught; its percentage says nothing beyond the goal and the class, and is never put in one
line with another goal. The usual bounds (60 and 80 percent) are a custom. See `docs/domein/methodetoetsen.md`.
"""

from __future__ import annotations

from leercirkel.core.records import dataclass

INSUFFICIENT, SUFFICIENT, GOOD = "insufficient", "sufficient", "good"

CATEGORIES: tuple[str, ...] = (INSUFFICIENT, SUFFICIENT, GOOD)

LABELS: dict[str, str] = {INSUFFICIENT: "onvoldoende", SUFFICIENT: "voldoende", GOOD: "goed"}


@dataclass(frozen=True, slots=True)
class MethodBounds:
    """Percentages right from which a goal is sufficient and good, both included; a goal that is sufficient is reached.

    Raises ValueError unless 0 < sufficient_from < good_from ≤ 100.
    """

    sufficient_from: float = 60.0
    good_from: float = 80.0

    def __post_init__(self) -> None:
        if not 0 < self.sufficient_from < self.good_from <= 100:
            raise ValueError(f"bounds must rise between 0 and 100: {self.sufficient_from} and {self.good_from}")

    def category(self, percent: float) -> str:
        """The category of a percentage right (0–100); equal to a bound is reached, compared before rounding."""
        return GOOD if percent >= self.good_from else SUFFICIENT if percent >= self.sufficient_from else INSUFFICIENT


DEFAULT_BOUNDS = MethodBounds()
