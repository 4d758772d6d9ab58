"""Subjects: codes, Dutch labels, and the names that exports use for them. A school may declare more codes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from leercirkel.core.text import squeezed

LABELS: dict[str, str] = {
    "rekenen": "rekenen",
    "begrijpend_lezen": "begrijpend lezen",
    "technisch_lezen": "technisch lezen",
    "spelling": "spelling",
    "taalverzorging": "taalverzorging",
    "woordenschat": "woordenschat",
    "luisteren": "luisteren",
}

LABELS_EN: dict[str, str] = {
    "rekenen": "arithmetic",
    "begrijpend_lezen": "reading comprehension",
    "technisch_lezen": "reading fluency",
    "spelling": "spelling",
    "taalverzorging": "grammar and punctuation",
    "woordenschat": "vocabulary",
    "luisteren": "listening",
}

SUBJECTS: tuple[str, ...] = tuple(LABELS)

CODE = re.compile(r"[a-z][a-z0-9_]*")
"""What a subject code looks like."""

_SPELLINGS: dict[str, tuple[str, ...]] = {
    "rekenen": ("RW", "R&W", "RE", "REK", "rekenen-wiskunde", "rekenen en wiskunde", "reken-wiskunde", "wiskunde"),
    "begrijpend_lezen": ("BL", "BGL", "begr. lezen", "begrijpendlezen", "leesbegrip"),
    "technisch_lezen": ("TL", "TELE", "techn. lezen", "tech. lezen", "DMT", "AVI", "drie-minuten-toets", "leestempo",
                        "technisch lezen tekst", "technisch lezen woorden", "vloeiend lezen"),
    "spelling": ("SP", "SPEL", "spellen", "spelling werkwoorden", "spelling niet-werkwoorden", "werkwoordspelling"),
    "taalverzorging": ("TV", "TVZ", "taal verzorging"),
    "woordenschat": ("WS", "WO", "WRD", "leeswoordenschat"),
    "luisteren": ("LU", "LUI", "begrijpend luisteren", "luistervaardigheid"),
}  # fmt: skip

_KNOWN: dict[str, str] = {squeezed(word): code for code in SUBJECTS for word in (code, LABELS[code], *_SPELLINGS[code])}


def parse(text: str, declared: Iterable[str] = ()) -> str | None:
    """The code for a subject as exports write it ("Rekenen-Wiskunde", "DMT"), or None.

    `declared`: codes that the caller adds to ours ("schrijven"); they are matched on their own name and go first.
    """
    word = squeezed(text)
    for code in declared:
        if squeezed(code) == word:
            return code
    return _KNOWN.get(word)


def is_code(code: str, declared: Iterable[str] = ()) -> bool:
    """Whether this is one of our codes or one that the caller declared."""
    return code in LABELS or code in tuple(declared)


def label(code: str, language: Literal["nl", "en"] = "nl") -> str:
    """The name of a subject; for a declared code the code itself with spaces."""
    return (LABELS_EN if language == "en" else LABELS).get(code) or code.replace("_", " ")
