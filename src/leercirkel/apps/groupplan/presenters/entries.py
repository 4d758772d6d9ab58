"""One thing that was written of a pupil."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was written. `lines`: what more there is to it."""

    on: date
    label: str
    text: str
    lines: tuple[str, ...] = ()
