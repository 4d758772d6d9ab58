"""Mastery goals of a round: who has them (plans) enters a source, and the page of step 1 shows what these give."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from leercirkel.apps.access.request import Request
from leercirkel.apps.cycle.models import CycleRun


@dataclass(frozen=True, slots=True)
class MasteryGoal:
    """A goal in terms of what is mastered: of which group and plan area, and where it stands."""

    group: str
    area: str
    text: str
    url: str = ""


Source = Callable[[Request, CycleRun], Iterable[MasteryGoal]]
"""Gives the goals that this user may see, in a number of queries that does not grow with the groups."""

_sources: list[Source] = []


def register(source: Source) -> Source:
    """Enters a source; an app calls this when it starts (AppConfig.ready)."""
    if source not in _sources:
        _sources.append(source)
    return source


def of(request: Request, run: CycleRun) -> list[MasteryGoal]:
    """All mastery goals of a round."""
    return [goal for source in _sources for goal in source(request, run)]
