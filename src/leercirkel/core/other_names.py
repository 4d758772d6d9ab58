"""Leaving the names of other people out of what was written of one person."""

from __future__ import annotations

import re
from collections.abc import Iterable


def without_names(text: str, names: Iterable[str], instead: str) -> str:
    """The text with every one of these names replaced, the longest first. A name counts as it is written, with its
    capitals, as whole words: "Sam" is not found in "Samen" or "sam". Empty names are passed over."""
    wanted = sorted({name.strip() for name in names} - {""}, key=lambda name: (-len(name), name))
    if not wanted:
        return text
    found = re.compile(r"(?<!\w)(?:" + "|".join(re.escape(name) for name in wanted) + r")(?!\w)")
    return found.sub(lambda _match: instead, text)


def sentences_with(text: str, name: str) -> str:
    """The sentences and lines of the text in which this name stands, as a whole word; empty when there is none."""
    if not name.strip():
        return ""
    parts = re.split(r"(?<=[.!?])\s+|\n+", text)
    found = re.compile(rf"(?<!\w){re.escape(name.strip())}(?!\w)")
    return " ".join(part.strip() for part in parts if found.search(part))
