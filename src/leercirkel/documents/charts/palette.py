"""Colours of charts: blue and burnt orange, grey for what cannot be told; never red against green.

Text colours have a contrast of at least 4.5:1 on their ground, marks of at least 3:1 (WCAG 2.2, 1.4.3 and 1.4.11);
`contrast` computes it.
"""

from __future__ import annotations

from leercirkel.core.records import dataclass


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours as "#rrggbb". `levels` runs from the highest level to the lowest; `level_text` is written on each."""

    ground: str = "#ffffff"
    ink: str = "#20242c"
    soft: str = "#5d6470"
    line: str = "#e4e0d6"
    hair: str = "#efece4"
    track: str = "#e9e6dd"
    brand: str = "#0d5463"
    above: str = "#1d62a3"
    below: str = "#b8500f"
    undecided: str = "#767c87"
    levels: tuple[str, ...] = ("#0d5463", "#357683", "#93bac2", "#c3dadf", "#e6f0f2")
    level_text: tuple[str, ...] = ("#ffffff", "#ffffff", "#20242c", "#20242c", "#20242c")

    def of(self, verdict: str) -> str:
        """The colour of a verdict (above, below, undecided or too_few)."""
        return {"above": self.above, "below": self.below}.get(verdict, self.undecided)


SCREEN = Palette()


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two colours, 1 to 21, as WCAG 2.2 defines it."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
