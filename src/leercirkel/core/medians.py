"""The median of a small group, with how sure it is."""

from __future__ import annotations

import math
from collections.abc import Sequence


def median_interval(values: Sequence[float], confidence: float = 0.90) -> tuple[float, float] | None:
    """Between which two of these values the median of where they come from lies, at least so often as `confidence`
    (0–1) says, whatever the distribution: the sign test turned round.

    None for fewer than five values, where at 90% not even the lowest and the highest are far enough apart. Source:
    Thompson, Annals of Mathematical Statistics 7 (1936) 122–128. Raises ValueError for a confidence of 0 or 1.
    """
    if not 0 < confidence < 1:
        raise ValueError(f"confidence must lie between 0 and 1, not {confidence}")
    count = len(values)
    tail = (1 - confidence) / 2 * 2**count
    below, outside = 0, 1
    while outside <= tail and below < count / 2:  # as many may lie below the lower end as chance seldom gives
        below += 1
        outside += math.comb(count, below)
    if not below:
        return None
    ordered = sorted(values)
    return ordered[below - 1], ordered[count - below]
