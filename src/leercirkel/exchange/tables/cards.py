"""AVI cards as they were read, one result per card. Takes no Polars.

A row (or, in a table with a row per pupil, a column) says of one card whether it was mastered ("beheersing"), fit for
instruction ("instructie") or too hard ("frustratie"); the card stands where other tests have their level. What
follows from the cards is `core.reading.from_cards`.
"""

from __future__ import annotations

import re

from leercirkel.core import reading
from leercirkel.core.reading import AviResult, Card, CardResult
from leercirkel.core.text import squeezed

_RESULTS: dict[str, CardResult] = {
    "beheersing": "mastery", "beheerst": "mastery", "beheersingsniveau": "mastery",
    "instructie": "instruction", "instructieniveau": "instruction",
    "frustratie": "frustration", "frustratieniveau": "frustration",
}  # fmt: skip
_CARD = re.compile(r"\s*(?:avi[\s-]*)?(?:kaart\s*)?([A-Za-z]+\s?[0-9]?)\s+([A-Za-z]+)\s*", re.IGNORECASE)
_LONGEST = 400


def card_result(text: str) -> CardResult | None:
    """Mastery, instruction or frustration as one cell says it, or None."""
    return _RESULTS.get(squeezed(text)) if len(text) < 40 else None


def card_level(text: str) -> str | None:
    """The card that a header or cell names ("AVI M4", "AVI-kaart Plus"), M3 to Plus, or None."""
    level = reading.parse(re.sub("kaart", "", text, flags=re.IGNORECASE)) if len(text) < 40 else None
    return None if level == "Start" else level


def read_cards(text: str) -> AviResult | None:
    """What follows from cards written behind each other ("M4 instructie, E4 beheersing"), or None when not all can be
    read."""
    if len(text) > _LONGEST:
        return None
    cards = []
    for part in text.split(","):
        found = _CARD.fullmatch(part)
        level, result = (card_level(found[1]), card_result(found[2])) if found else (None, None)
        if level is None or result is None:
            return None
        cards.append(Card(level, result))
    return reading.from_cards(cards)
