"""One quantile regression, exactly, by walking from corner to corner: Barrodale & Roberts' method on few points.

A corner is a fit that goes exactly through as many points as it has coefficients. From a corner each of those
points can be let go in either direction; the steepest is taken, and followed past as many points as still make the sum
of weighted distances smaller, which is a weighted median. A corner that no direction improves is the solution.

Sources: Koenker & Bassett, Econometrica 46 (1978); Barrodale & Roberts, SIAM J. Numerical Analysis 10 (1973);
Koenker & d'Orey, Applied Statistics 36 (1987); columns chosen by steepest edge: Bloomfield & Steiger, Least Absolute
Deviations (1983).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from leercirkel.analysis.growth_norms.splines import Numbers
from leercirkel.core.records import dataclass

Places = NDArray[np.intp]

FRESH_AFTER = 40
"""Corners after which the inverse is made anew: each exchange of a point adds a little rounding."""

FIRST_LOOK = 100
"""So many nearest points are put in order for a step; a longer step orders them all."""


class OutOfPoints(Exception):
    """The walk went past every point it was given: the solution lies farther away."""


@dataclass(frozen=True, slots=True)
class Points:
    """Rows of the regression with their weights, and `pull`: what all rows that are left out add to the slope."""

    columns: Numbers
    outcomes: Numbers
    weights: Numbers
    pull: Numbers


def corner(points: Points, tau: float, start: Places, total: float) -> Places:
    """The rows that the fit for quantile `tau` goes through, from the corner through the rows `start`.

    `total`: the sum of all weights, also of rows left out; slopes below 1e-9 of it are rounding. Raises OutOfPoints,
    and numpy.linalg.LinAlgError when the rows of `start` do not fix a fit.
    """
    x, weights = points.columns, points.weights
    basis = start.copy()
    inverse = np.linalg.inv(x[basis])
    rest = points.outcomes - x @ (inverse @ points.outcomes[basis])
    above = rest >= 0
    rest[basis] = 0.0
    counted = np.where(above, tau, tau - 1) * weights
    counted[basis] = 0.0
    slope = points.pull + counted @ x
    held = weights[basis]
    for step in range(1, 100 * len(basis) + len(x)):
        force = slope @ inverse
        too_low, too_high = -force - tau * held, force - (1 - tau) * held
        gain = np.maximum(too_low, too_high)
        place = int(np.argmax(gain / np.sqrt(np.einsum("ij,ij->j", inverse, inverse))))
        if gain[place] <= 1e-9 * total:
            return basis
        way = 1.0 if too_high[place] > too_low[place] else -1.0
        change = x @ (inverse[:, place] * way)
        change[basis] = 0.0
        passed, enters, length = _step(rest, change, weights, gain[place])
        leaves = basis[place]
        rest -= length * change
        rest[leaves] = -way * length
        slope += np.where(above[passed], -weights[passed], weights[passed]) @ x[passed]
        above[passed] = ~above[passed]
        above[leaves] = way < 0
        slope += ((tau if way < 0 else tau - 1) * weights[leaves]) * x[leaves]
        slope -= ((tau if above[enters] else tau - 1) * weights[enters]) * x[enters]
        rest[enters] = 0.0
        basis[place], held[place] = enters, weights[enters]
        if step % FRESH_AFTER == 0:
            inverse = np.linalg.inv(x[basis])
            continue
        row = x[enters] @ inverse
        pivot = row[place]
        row[place] -= 1.0
        inverse -= np.outer(inverse[:, place] / pivot, row)
    raise OutOfPoints  # rounding keeps it going round: more points give another way


def _step(rest: Numbers, change: Numbers, weights: Numbers, gain: float) -> tuple[Places, int, float]:
    """The points that the step passes, the one at which it ends, and its length."""
    ahead = np.flatnonzero(rest * change > 0)
    speed = change[ahead]
    reach = rest[ahead] / speed
    near = np.argpartition(reach, FIRST_LOOK)[:FIRST_LOOK] if len(reach) > FIRST_LOOK else np.arange(len(reach))
    while True:
        order = near[np.argsort(reach[near])]
        spent = np.cumsum(np.abs(speed[order]) * weights[ahead[order]])
        last = int(np.searchsorted(spent, gain))
        if last < len(order):
            return ahead[order[:last]], int(ahead[order[last]]), float(reach[order[last]])
        if len(near) == len(reach):
            raise OutOfPoints
        near = np.arange(len(reach))
