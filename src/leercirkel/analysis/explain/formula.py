"""What a formula is: how one figure of a report is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from leercirkel.core.records import dataclass

Record = Mapping[str, Any]
Again = Callable[[Record, Record], Any]


@dataclass(frozen=True, slots=True)
class Formula:
    """How one figure is made: by which rule (`core.rules`), in words, from which other figures of its record."""

    name: str
    rule: str
    text: str
    inputs: tuple[str, ...] = ()
    again: Again | None = None
