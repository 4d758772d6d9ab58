"""What other apps do once figures changed: each enters its own, and none of it holds the change up."""

from __future__ import annotations

from collections.abc import Callable

Afterwards = Callable[[int, int], object]
"""Called with the school and the user who made the change: it asks the worker for more."""

_after_import: list[Afterwards] = []
_after_change: list[Afterwards] = []


def register(what: Afterwards) -> None:
    """Enters something to do after an import alone; an app calls this when it starts (AppConfig.ready)."""
    if what not in _after_import:
        _after_import.append(what)


def register_change(what: Afterwards) -> None:
    """Enters something to do after every change of what figures are made of, an import too."""
    if what not in _after_change:
        _after_change.append(what)


def call(school: int, user: int) -> None:
    """Calls all of them: after an import, outside its transaction."""
    changed(school, user)
    for what in _after_import:
        what(school, user)


def changed(school: int, user: int) -> None:
    """Calls those for every change; in the transaction of the change, so that nothing is asked when it is undone."""
    for what in _after_change:
        what(school, user)
