"""Advices on secondary education, also double ones ("vmbo-kader/gl-tl"), in the order of the demands made.

A code is that of a destination (`core.destinations`), or of two that follow each other, joined by a plus. A double
advice stands between its two: half a step. See `docs/domein/doorstroomtoets.md`.
"""

from __future__ import annotations

import re
from typing import Literal

from leercirkel.core import destinations

LOWEST = "PRO"
"""The lowest advice on regular secondary education."""

_UP_TO = re.compile(r"[\s_]t/?m[\s_]", re.IGNORECASE)
_BETWEEN = re.compile(r"[/–-]|\ben\b")
_FAMILY = "vmbo"


def parse(text: str) -> str | None:
    """The code of an advice as tests and standards write it ("vmbo-bb tm vmbo-kb", "HAVO_TM_VWO", "kb/gl-tl"), or None.

    Learning support (lwoo) is left off, as in `destinations.parse`. Two destinations that do not follow each other are
    no advice, and "geen specifiek advies mogelijk" is none.
    """
    single = destinations.parse(text)
    if single is not None:
        return single if _order(single) is not None else None
    word = re.sub(r"[\s_]*(?:met[\s_]+)?lwoo\b", "", text, flags=re.IGNORECASE)
    for mark in (*_UP_TO.finditer(word), *_BETWEEN.finditer(word)):
        low, high = destinations.parse(word[: mark.start()]), destinations.parse(_whole(word[mark.end() :]))
        if low is not None and high is not None and _order(high) == (_order(low) or 0) + 1:
            return f"{low}+{high}" if _order(low) is not None else None
    return None


def _whole(word: str) -> str:
    return word if destinations.parse(word) else f"{_FAMILY} {word}"


def _order(code: str) -> int | None:
    """The place of one destination, from 0 for praktijkonderwijs; None for what lies below it or has no place."""
    lowest, rank = destinations.rank(LOWEST) or 0, destinations.rank(code)
    return None if rank is None or rank < lowest else rank - lowest


def order(code: str) -> float:
    """The place of an advice, 0 the lowest; a double advice half a step above its lower one."""
    parts = [_order(part) or 0 for part in code.split("+")]
    return sum(parts) / len(parts)


def label(code: str, language: Literal["nl", "en"] = "nl") -> str:
    """ "vmbo-kader", "vmbo-kader/gl/tl", "havo/vwo": what two have in common stands there once."""
    low, *rest = (destinations.label(part, language) for part in code.split("+"))
    if not rest:
        return low
    family, _, _ = low.partition("-")
    return f"{low} / {rest[0].removeprefix(f'{family}-')}"
