"""Symmetric linear systems of some tens of unknowns, written out: no array library is needed for them."""

from __future__ import annotations

import math
from collections.abc import Sequence

Matrix = list[list[float]]


class Singular(ValueError):
    """The system has no one solution."""


def cholesky(matrix: Sequence[Sequence[float]]) -> Matrix:
    """The lower triangle L with L·Lᵀ = `matrix`. Raises Singular when the matrix is not positive definite.

    Source: Golub & Van Loan, Matrix Computations, 4.2.
    """
    lower: Matrix = []
    for i, given in enumerate(matrix):
        row: list[float] = []
        for j in range(i):
            other = lower[j]
            row.append((given[j] - math.fsum(a * b for a, b in zip(row, other, strict=False))) / other[j])
        rest = given[i] - math.fsum(a * a for a in row)
        if rest <= 1e-12 * abs(given[i]):
            raise Singular(f"row {i} follows from the rows before it")
        row.append(math.sqrt(rest))
        lower.append(row)
    return lower


def solved(lower: Matrix, right: Sequence[float]) -> list[float]:
    """x with L·Lᵀ·x = `right`."""
    forward: list[float] = []
    for row, value in zip(lower, right, strict=True):
        forward.append((value - dot(row[:-1], forward)) / row[-1])
    out = [0.0] * len(lower)
    for i in range(len(lower) - 1, -1, -1):
        out[i] = (forward[i] - math.fsum(lower[k][i] * out[k] for k in range(i + 1, len(lower)))) / lower[i][i]
    return out


def dot(one: Sequence[float], other: Sequence[float]) -> float:
    """The sum of the products."""
    return math.fsum(a * b for a, b in zip(one, other, strict=True))
