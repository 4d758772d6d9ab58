"""All percentiles of a quantile regression, exactly: each from the corner of its neighbour, on the points near it.

The fit of one percentile is close to that of the next. Rows far from a fit keep the side they are on, so that they
count as one sum (Portnoy & Koenker, Statistical Science 12 (1997), section 5); afterwards every row is looked at, and
where one turns out to be on the other side the walk goes on with more rows. So the solution is that of all rows.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from leercirkel.analysis.growth_norms.simplex import OutOfPoints, Places, Points, corner
from leercirkel.analysis.growth_norms.splines import Numbers

NEAR = 1500
"""The fewest rows that a walk gets …"""

NEAR_PART = 0.06
"""… and their least part of all rows (docs/domein/groeinormen.md)."""

TIES_APART = 1e-7
"""Part of a standard deviation by which equal outcomes are moved apart while walking: a corner through more points than
it has coefficients could otherwise be walked round for ever. The fit itself goes through the real outcomes."""


class Undetermined(ValueError):
    """The rows do not determine all coefficients, or so little that rounding decides: too few distinct earlier
    scores."""


def fits(columns: Numbers, outcomes: Numbers, weights: Numbers, taus: Sequence[float]) -> Numbers:
    """The coefficients (a column per tau) that minimise Σ w·ρ_tau(outcome − fit), with ρ_tau(u) = u·(tau − [u < 0]).

    `weights`: how many pupils a row stands for. `taus` rise, between 0 and 1. Where more than one solution is as good,
    one of these. Raises Undetermined.
    """
    count, total = columns.shape[1], float(weights.sum())
    root = np.sqrt(weights)[:, None]
    try:
        turned = np.linalg.cholesky(columns.T @ (columns * weights[:, None]) / total).T
    except np.linalg.LinAlgError:
        raise Undetermined from None
    if np.diag(turned).min() < 1e-5 * np.diag(turned).max():
        raise Undetermined
    # directions of equal size in every coefficient: steepest then means most gained
    x = np.linalg.solve(turned.T, columns.T).T
    mean = np.linalg.lstsq(x * root, outcomes * root[:, 0], rcond=None)[0]
    scale = float(np.sqrt(np.average((outcomes - x @ mean) ** 2, weights=weights))) or 1.0
    apart = outcomes + TIES_APART * scale * np.random.default_rng(1).random(len(outcomes))
    problem = Points(np.ascontiguousarray(x), apart, weights, np.zeros(count))
    found = np.empty((count, len(taus)))
    middle = int(np.argmin(np.abs(np.asarray(taus) - 0.5)))
    first = _first(problem, apart - x @ mean)
    at_middle = first
    for order in (range(middle, len(taus)), range(middle - 1, -1, -1)):
        basis = at_middle
        for place in order:
            basis = _solved(problem, taus[place], basis, total)
            found[:, place] = np.linalg.solve(x[basis], outcomes[basis])
            if place == middle:
                at_middle = basis
    solved: Numbers = np.linalg.solve(turned, found)
    return solved


def _first(problem: Points, rest: Numbers) -> Places:
    """Rows near a fit that fix a fit: by Gram–Schmidt, each time the row that adds most, near ones counted more."""
    far = np.abs(rest)
    count = problem.columns.shape[1]
    left = problem.columns / (far + np.partition(far, count)[count])[:, None]
    chosen: list[int] = []
    for _ in range(count):
        size = np.einsum("ij,ij->i", left, left)
        best = int(np.argmax(size))
        chosen.append(best)
        direction = left[best] / np.sqrt(size[best])
        left = left - np.outer(left @ direction, direction)
    return np.array(chosen, dtype=np.intp)


def _solved(problem: Points, tau: float, start: Places, total: float) -> Places:
    """The corner for `tau`, from that of another quantile."""
    x, y, weights = problem.columns, problem.outcomes, problem.weights
    many = len(y)
    rest = y - x @ np.linalg.solve(x[start], y[start])
    order = np.argsort(rest)
    place = int(np.searchsorted(np.cumsum(weights[order]), tau * total))
    shifted = np.abs(rest - rest[order[min(place, many - 1)]])
    size = max(NEAR, int(NEAR_PART * many))
    near = _nearest(shifted, size, start)
    basis = start
    while True:
        within = np.zeros(many, dtype=bool)
        within[near] = True
        above = rest >= 0 if len(near) == many else rest >= rest[order[min(place, many - 1)]]
        counted = np.where(above, tau, tau - 1) * weights
        counted[near] = 0.0
        try:
            found = near[
                corner(Points(x[near], y[near], weights[near], counted @ x), tau, np.searchsorted(near, basis), total)
            ]
        except OutOfPoints:
            if len(near) == many:
                raise Undetermined from None
            size *= 4
            near = _nearest(shifted, size, basis)
            continue
        rest_now = y - x @ np.linalg.solve(x[found], y[found])
        wrong = np.flatnonzero(~within & ((rest_now >= 0) != above))
        if not len(wrong):
            return found
        basis = found
        near = np.union1d(near, wrong)


def _nearest(distance: Numbers, size: int, also: Places) -> Places:
    if size >= len(distance):
        return np.arange(len(distance))
    return np.union1d(np.argpartition(distance, size)[:size], also)
