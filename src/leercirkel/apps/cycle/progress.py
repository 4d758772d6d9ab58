"""Where a round stands per group: each app enters a source, and the round page shows what these give."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from leercirkel.apps.access.request import Request
from leercirkel.apps.cycle.models import CycleRun


@dataclass(frozen=True, slots=True)
class Line:
    """One thing of one group in a round: of a plan area, or of the findings. No names of pupils.

    `plan`: whether it is a plan itself, not the findings before it or an evaluation of it.

    `group`: id; `what` names it ("rekenen"); `state` says where it stands in a few words ("concept", "vastgesteld");
    `turn`: who is at turn, empty when nobody waits; `until` the agreed last day; `done`: nothing more is waited for.
    """

    group: int
    what: Any
    state: Any
    url: str = ""
    turn: str = ""
    until: date | None = None
    done: bool = False
    order: int = 50
    plan: bool = False

    def late(self, today: date) -> bool:
        """Whether the agreed day has passed. Said in words, without blame."""
        return not self.done and self.until is not None and today > self.until


Source = Callable[[Request, CycleRun], Iterable[Line]]
"""Gives the lines of a round that this user may see, in a number of queries that does not grow with the groups."""

_sources: list[Source] = []


def register(source: Source) -> Source:
    """Enters a source; an app calls this when it starts (AppConfig.ready)."""
    if source not in _sources:
        _sources.append(source)
    return source


def of(request: Request, run: CycleRun) -> list[Line]:
    """Everything that is known of the groups of a round."""
    lines = [line for source in _sources for line in source(request, run)]
    return sorted(lines, key=lambda line: (line.order, str(line.what)))
