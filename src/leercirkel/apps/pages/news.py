"""What is new for someone since they were here before: each app enters a source, and the start page shows these."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from leercirkel.apps.access.request import Request
from leercirkel.apps.signin.sessions import BEFORE

MOST = 8
"""So many lines are shown, the newest first."""


@dataclass(frozen=True, slots=True)
class News:
    """One line: what happened, when, and where it is to be seen. No names of children."""

    what: Any
    at: datetime
    url: str = ""


Source = Callable[[Request, datetime], Iterable[News]]
"""Gives what is new for this user since then; without a query where the right is lacking."""

_sources: list[Source] = []


def register(source: Source) -> Source:
    """Enters a source; an app calls this when it starts (AppConfig.ready)."""
    if source not in _sources:
        _sources.append(source)
    return source


def since(request: Request) -> datetime | None:
    """When the user was here before; None at the first time."""
    before = request.session.get(BEFORE)
    return datetime.fromtimestamp(before, UTC) if before else None


def of(request: Request) -> list[News]:
    """What is new, the newest first; nothing at the first time, when everything would be."""
    before = since(request)
    if before is None:
        return []
    lines = [line for source in _sources for line in source(request, before)]
    return sorted(lines, key=lambda line: line.at, reverse=True)[:MOST]
