"""What is due for someone: each app enters a source, and the start page shows what these give."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from leercirkel.apps.access.request import Request


@dataclass(frozen=True, slots=True)
class Due:
    """One line: what is to be done, in a few words, and where. No names of children: this page is often on a screen.

    `action` is what the link says ("Controleren"); `detail` stands below in small print; `until` is the last day, and
    brings the line to the top when it comes near; `order` decides among lines without one.
    """

    what: Any
    url: str = ""
    action: Any = ""
    detail: Any = ""
    until: date | None = None
    order: int = 50


Source = Callable[[Request], Iterable[Due]]
"""Gives the lines of a user: for who may not do them none, and without a query where the right is lacking."""

_sources: list[Source] = []


def register(source: Source) -> Source:
    """Enters a source; an app calls this when it starts (AppConfig.ready)."""
    if source not in _sources:
        _sources.append(source)
    return source


def of(request: Request) -> list[Due]:
    """Everything that is due for this user: what has a last day first, the nearest first."""
    lines = [line for source in _sources for line in source(request)]
    return sorted(lines, key=lambda line: (line.until is None, line.until or date.max, line.order))
