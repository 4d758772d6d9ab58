"""Names of people in what was written: finding them, and leaving those of others out."""

from __future__ import annotations

import re
from collections.abc import Iterable


def without_names(text: str, names: Iterable[str], instead: str) -> str:
    """The text with every one of these names replaced, the longest first. A name counts as it is written, with its
    capitals, as whole words: "Sam" is not found in "Samen" or "sam", but it is in "Sams boek" and "Sam's boek". Empty
    names are passed over."""
    found = _any_of(names)
    return found.sub(lambda _match: instead, text) if found else text


def names_in(text: str, names: Iterable[str]) -> tuple[str, ...]:
    """Which of these names stand in the text, as they come by, each once; the longest where one is part of another.
    What counts as a name is as in `without_names`. A name may be an ordinary word ("Roos", "Storm") at the beginning of
    a sentence: that is for a person to judge."""
    found = _any_of(name for name in names if name.strip() in text)  # of a school's hundreds hardly any
    return tuple(dict.fromkeys(found.findall(text))) if found else ()


def _any_of(names: Iterable[str]) -> re.Pattern[str] | None:
    wanted = sorted({name.strip() for name in names} - {""}, key=lambda name: (-len(name), name))
    return re.compile(rf"{_BEFORE}(?:{'|'.join(map(_with_ending, wanted))})") if wanted else None


_BEFORE, _AFTER = r"(?<![^\W_])", r"(?![^\W_])"
"""Between other than letters and digits. An underscore is no letter: "_Sam_" is Sam, written with emphasis."""
_NO_S = re.compile(r"[aiouysxz]\Z", re.IGNORECASE)
"""After these an apostrophe makes what is somebody's ("Bo's", "Roos'"): "Bos" is not of Bo."""


def _with_ending(name: str) -> str:
    ending = "" if _NO_S.search(name) else "s?"
    return rf"{re.escape(name)}(?={ending}{_AFTER})"


def sentences_with(text: str, name: str) -> str:
    """The sentences and lines of the text in which this name stands, as a whole word; empty when there is none."""
    if not name.strip():
        return ""
    parts = re.split(r"(?<=[.!?])\s+|\n+", text)
    return " ".join(part.strip() for part in parts if names_in(part, [name]))
