"""Reference levels for language and arithmetic at the end of primary school.

Source: Wet referentieniveaus Nederlandse taal en rekenen (2010) and Besluit referentieniveaus Nederlandse taal en
rekenen: fundamental level 1F, target level 1S for arithmetic and 2F for language. See `docs/domein/niveaus.md`.
"""

from __future__ import annotations

from leercirkel.core.text import squeezed

REFERENCE_RANKS: dict[str, int] = {"<1F": 0, "1F": 1, "1S": 2, "2F": 2}
"""1S (arithmetic) and 2F (language) are the target level of their own subject, and therefore one rank."""

_SPELLINGS: dict[str, str] = {
    "1f": "1F",
    "1s": "1S",
    "2f": "2F",
    "nog geen 1f": "<1F",
    "onder 1f": "<1F",
    "lager dan 1f": "<1F",
    "minder dan 1f": "<1F",
    "beneden 1f": "<1F",
}
_KNOWN = {squeezed(word): label for word, label in _SPELLINGS.items()}


def reference_rank(label: str) -> int:
    """The rank of a reference level, higher is more: "<1F" 0, "1F" 1, "1S" and "2F" 2. Raises ValueError."""
    try:
        return REFERENCE_RANKS[label]
    except KeyError:
        raise ValueError(f"{label!r} is not a reference level") from None


def at_least(label: str, threshold: str) -> bool:
    """Whether a result reaches a reference level; equal is reached. Raises ValueError for an unknown level."""
    return reference_rank(label) >= reference_rank(threshold)


def parse(text: str, subject: str | None = None) -> str | None:
    """The reference level as results write it ("1f", "< 1F", "onder 1F", "1S/2F"), or None.

    "1S/2F" is written for both; it becomes 1S for rekenen and 2F for another subject, and None without a subject.
    """
    word = squeezed(text)
    if text.strip().startswith("<"):
        return "<1F" if word == "1f" else None
    if word in ("1s2f", "2f1s") and subject is not None:
        return "1S" if subject == "rekenen" else "2F"
    return _KNOWN.get(word)
