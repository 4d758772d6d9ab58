"""How the findings are said in Dutch. `SAY`: kind of fact → its sentences, the fullest variant first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from leercirkel.analysis.answers.nl import goals, growth, interventions, over_time, proud, pupils, round_effect

Variants = list[list[str]]

SAY: dict[type, Callable[[Any], Variants]] = {
    **goals.SAY,
    **over_time.SAY,
    **growth.SAY,
    **interventions.SAY,
    **proud.SAY,
    **round_effect.SAY,
    **pupils.SAY,
}
