"""The pages of one pupil, beside each other: each app enters its own, and everyone sees those they may open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from leercirkel.apps.access.rights import Right


@dataclass(frozen=True, slots=True)
class PupilTab:
    """One page of a pupil; its address takes the pupil's id. `order` from left to right; the career is 10, who has
    looked 90. `opens` (sight, pupil): whether it opens for this pupil, where the right alone does not say so."""

    url_name: str
    label: Any
    right: Right
    order: int = 50
    opens: Callable[[Any, Any], bool] | None = None


_tabs: list[PupilTab] = []


def register(*tabs: PupilTab) -> None:
    """Enters pages; an app calls this when it starts (AppConfig.ready)."""
    _tabs.extend(tab for tab in tabs if tab not in _tabs)


def registered() -> list[PupilTab]:
    """All of them, from left to right."""
    return sorted(_tabs, key=lambda tab: tab.order)
