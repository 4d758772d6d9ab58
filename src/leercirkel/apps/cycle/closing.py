"""What happens when a round is closed: who has something to open then (tasks) enters it here."""

from __future__ import annotations

from collections.abc import Callable

from leercirkel.apps.access.models import User
from leercirkel.apps.cycle.models import CycleRun

Hook = Callable[[CycleRun, User], None]
"""Called in the transaction that closes the round, after the round was marked closed; what it raises undoes that."""

_hooks: list[Hook] = []


def register(hook: Hook) -> Hook:
    """Enters a hook; an app calls this when it starts (AppConfig.ready)."""
    if hook not in _hooks:
        _hooks.append(hook)
    return hook


def run_hooks(run: CycleRun, by: User) -> None:
    """Lets everyone do what closing opens."""
    for hook in _hooks:
        hook(run, by)
