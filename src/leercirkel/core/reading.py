"""Technical reading: the twelve AVI levels, what follows from the cards, and steps between them.

The cards' cut-offs are in the publisher's manual and not here: the result per card (mastery, instruction or
frustration) comes from the file. See `docs/domein/toetsen-lezen.md`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from leercirkel.core.records import dataclass
from leercirkel.core.text import squeezed

AVI_LEVELS: tuple[str, ...] = ("Start", "M3", "E3", "M4", "E4", "M5", "E5", "M6", "E6", "M7", "E7", "Plus")

EXPECTED_STEPS_PER_HALF_YEAR = 1

CardResult = Literal["mastery", "instruction", "frustration"]

CARD_LABELS: dict[CardResult, str] = {
    "mastery": "beheersing",
    "instruction": "instructie",
    "frustration": "frustratie",
}

_RANKS = {label: i for i, label in enumerate(AVI_LEVELS)}
_KNOWN = {squeezed(word): label for label in AVI_LEVELS for word in (label, f"AVI {label}")} | {
    "avis": "Start",
    "avip": "Plus",
    "p": "Plus",
}


@dataclass(frozen=True, slots=True)
class Card:
    """One text card that was read: its level (M3 … Plus) and the result."""

    level: str
    result: CardResult


@dataclass(frozen=True, slots=True)
class AviResult:
    """What follows from the cards. `mastery`: highest card mastered, "Start" when none. `instruction`: highest card
    with instruction or mastery. `warnings`: Dutch, one per pair of cards that contradict each other."""

    mastery: str
    instruction: str
    warnings: tuple[str, ...]


def avi_rank(label: str) -> int:
    """The place of an AVI level: Start 0 … Plus 11. Raises ValueError for another word."""
    try:
        return _RANKS[label]
    except KeyError:
        raise ValueError(f"{label!r} is not an AVI level") from None


def parse(text: str) -> str | None:
    """The AVI level as files write it ("AVI-E4", "avi plus", "m3"), or None. Levels of the scale before 2009 (1–9) are
    None: they are another scale."""
    return _KNOWN.get(squeezed(text))


def at_least(label: str, threshold: str) -> bool:
    """Whether an AVI level reaches another one; equal is reached. Raises ValueError for an unknown level."""
    return avi_rank(label) >= avi_rank(threshold)


def steps(before: str, after: str) -> int:
    """How many AVI levels a pupil went up (negative: down). Ordinal: report counts and a median, not a mean level."""
    return avi_rank(after) - avi_rank(before)


def from_cards(cards: Sequence[Card]) -> AviResult:
    """Mastery and instruction level from the raw cards, in the order in which they were read.

    Of a card that was read twice the last result holds, with a warning when they differ. Raises ValueError for a card
    that does not exist ("Start" is no card).
    """
    last: dict[str, CardResult] = {}
    warnings: list[str] = []
    for card in cards:
        if avi_rank(card.level) == 0:
            raise ValueError("there is no card Start")
        if last.get(card.level, card.result) != card.result:
            warnings.append(f"Kaart {card.level} is twee keer gelezen met een andere uitslag; de laatste telt.")
        last[card.level] = card.result
    mastered = [level for level, result in last.items() if result == "mastery"]
    readable = [level for level, result in last.items() if result != "frustration"]
    mastery = max(mastered, key=avi_rank, default="Start")
    instruction = max(readable, key=avi_rank, default="Start")
    return AviResult(mastery, instruction, (*warnings, *_contradictions(last, mastery, instruction)))


def _contradictions(last: dict[str, CardResult], mastery: str, instruction: str) -> Iterable[str]:
    for level in sorted(last, key=avi_rank):
        result = last[level]
        if result != "mastery" and avi_rank(level) < avi_rank(mastery):
            yield f"Kaart {mastery} is beheerst, maar de lagere kaart {level} niet ({CARD_LABELS[result]})."
        elif result == "frustration" and avi_rank(level) < avi_rank(instruction):
            yield f"Kaart {instruction} is instructie, maar de lagere kaart {level} frustratie."


def carried_plus(tested: str | None, earlier: Iterable[str | None]) -> str | None:
    """The AVI level that holds now: what was tested, else Plus when Plus was mastered before, else None.

    Who masters Plus is no longer tested and keeps it: a missing test then is no missing result.
    """
    if tested is not None:
        return tested
    return "Plus" if "Plus" in set(earlier) else None
