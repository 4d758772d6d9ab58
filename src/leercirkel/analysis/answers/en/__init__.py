"""How the findings are said in English. `SAY`: kind of fact → its sentences, with the same variants as in Dutch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from leercirkel.analysis.answers.en import goals, growth, interventions, over_time, proud, pupils, round_effect

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
