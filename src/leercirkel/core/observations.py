"""Observations of the youngest: stages in the school's own words, counted and never averaged.

See `docs/domein/observaties.md`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any


def stage_counts(stages: Iterable[str]) -> dict[str, int]:
    """How many pupils are in each stage, in the order of the stages; a pupil without one is left out."""
    counted = Counter(stage for stage in stages if stage)
    return {stage: counted[stage] for stage in sorted(counted, key=in_order)}


def in_order(stage: str) -> tuple[Any, ...]:
    """Sorts stages as people count: "2" before "10", "fase 2" before "fase 10"."""
    parts = [part for part in re.split(r"([0-9]+(?:,[0-9]+)?)", stage.casefold()) if part]
    return tuple((1, float(p.replace(",", ".")), "") if p[0] in "0123456789" else (0, 0.0, p) for p in parts)
