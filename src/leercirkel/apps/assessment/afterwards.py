"""What other apps do once an import was carried out: each enters its own, and none of it holds the import up."""

from __future__ import annotations

from collections.abc import Callable

Afterwards = Callable[[int, int], object]
"""Called with the school and the user who confirmed, outside the import's transaction: it asks the worker for more."""

_registered: list[Afterwards] = []


def register(what: Afterwards) -> None:
    """Enters something; an app calls this when it starts (AppConfig.ready)."""
    if what not in _registered:
        _registered.append(what)


def call(school: int, user: int) -> None:
    """Calls all of them."""
    for what in _registered:
        what(school, user)
