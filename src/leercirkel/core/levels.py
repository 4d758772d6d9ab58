"""The scales A–E and I–V: their order and the part of the country that each label stands for.

The two scales are other cuts of the same distribution: neither is ever made from the other, and a level comes from a
score and a norm table, not from a rounded percentile. Cuts: `docs/domein/niveaus.md`.
"""

from __future__ import annotations

LETTERS, ROMAN = "A-E", "I-V"

LEVEL_RANKS: dict[str, dict[str, int]] = {
    LETTERS: {"E": 1, "D": 2, "C": 3, "B": 4, "A": 5},
    ROMAN: {"V-": 0, "V": 1, "IV": 2, "III": 3, "II": 4, "I": 5, "I+": 6},
}
"""Per scale the labels from low to high. V- is the lowest tenth within V, I+ the highest tenth within I."""

MAIN_LABELS: dict[str, tuple[str, ...]] = {
    LETTERS: ("E", "D", "C", "B", "A"),
    ROMAN: ("V", "IV", "III", "II", "I"),
}

LOWEST_PERCENTILE: dict[str, dict[str, int]] = {
    LETTERS: {"E": 0, "D": 11, "C": 26, "B": 51, "A": 76},
    ROMAN: {"V": 0, "IV": 21, "III": 41, "II": 61, "I": 81},
}

NATIONAL_SHARE: dict[str, dict[str, float]] = {
    LETTERS: {"E": 0.10, "D": 0.15, "C": 0.25, "B": 0.25, "A": 0.25},
    ROMAN: {"V": 0.20, "IV": 0.20, "III": 0.20, "II": 0.20, "I": 0.20},
}

_SCALE_OF = {label: scale for scale, ranks in LEVEL_RANKS.items() for label in ranks}


class ScaleMismatch(ValueError):
    """A letter was held against a Roman numeral, or the other way round."""


def scale_of(label: str) -> str | None:
    """ "A-E" or "I-V", or None for another word."""
    return _SCALE_OF.get(label)


def scale_and_rank(label: str) -> tuple[str, int]:
    """The scale of a label and its rank within it, higher is better: "III" → ("I-V", 3). Raises ValueError."""
    scale = _SCALE_OF.get(label)
    if scale is None:
        raise ValueError(f"{label!r} is not a level of A-E or I-V")
    return scale, LEVEL_RANKS[scale][label]


def parse(text: str) -> str | None:
    """The label in a cell of a result file (" iii ", "V -", "niveau B"), or None."""
    word = "".join(text.upper().split()).removeprefix("NIVEAU")
    return word if word in _SCALE_OF else None


def at_least(label: str, threshold: str) -> bool:
    """Whether a level reaches another one of the same scale; equal is reached.

    Raises ScaleMismatch for labels of different scales and ValueError for an unknown label.
    """
    scale, rank = scale_and_rank(label)
    wanted, least = scale_and_rank(threshold)
    if scale != wanted:
        raise ScaleMismatch(f"{label} ({scale}) cannot be compared with {threshold} ({wanted})")
    return rank >= least


def level_of_percentile(percentile: float, scale: str) -> str:
    """The label that a percentile (0–100) belongs to; a cut is the lowest percentile of the higher level.

    Not rounded first: 75.9 is B. Raises ValueError outside 0–100 and for an unknown scale.
    """
    if not 0 <= percentile <= 100:
        raise ValueError(f"a percentile lies between 0 and 100, not {percentile}")
    if scale not in LOWEST_PERCENTILE:
        raise ValueError(f"{scale!r} is not a scale of levels")
    cuts = LOWEST_PERCENTILE[scale]
    return max((label for label in cuts if percentile >= cuts[label]), key=cuts.__getitem__)


def national_share_at_least(threshold: str) -> float:
    """The part of the country (0–1) at this level or higher: .60 for III, .75 for C. Raises ValueError for V- and I+
    and unknown labels."""
    scale, rank = scale_and_rank(threshold)
    if threshold not in NATIONAL_SHARE[scale]:
        raise ValueError(f"{threshold} is part of a level")
    return round(sum(s for label, s in NATIONAL_SHARE[scale].items() if LEVEL_RANKS[scale][label] >= rank), 10)
