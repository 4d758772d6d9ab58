"""The pages of the eight steps: who makes the page of a step enters it here, and the round page leads to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from leercirkel.apps.access.request import Request
from leercirkel.apps.cycle.models import CycleRun, StepDone

Step = StepDone.Step


@dataclass(frozen=True, slots=True)
class Said:
    """What stands beside a step: where it stands ("3 van de 12 bekeken") and whether anything was done in it.

    `nothing`: what its chip says instead of "nog niet begonnen", for a step of which others may have done what this
    user does not read.
    """

    text: Any = ""
    begun: bool = False
    nothing: Any = ""


Tell = Callable[[Request, CycleRun], Said]


@dataclass(frozen=True, slots=True)
class StepPage:
    """The page of a step. `url_name`: its address, with the id of the round as `pk` when `of_round`."""

    step: Step
    url_name: str
    tell: Tell | None = None
    of_round: bool = True


_pages: dict[str, StepPage] = {}


def register(page: StepPage) -> None:
    """Enters the page of a step; an app calls this when it starts (AppConfig.ready)."""
    _pages[page.step] = page


def page_of(step: Step) -> StepPage | None:
    """The page of a step, None when it has none."""
    return _pages.get(step)
