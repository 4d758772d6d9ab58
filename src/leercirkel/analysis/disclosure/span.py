"""Which sums over pupils can be worked out from the sums that are told.

Told figures are sums over sets of pupils. Whoever knows who sits in which set can add and subtract them, so can work
out every sum in their linear span. A `Span` is that span, over atoms: pupils who are in the same sets. It is safe
while it holds no sum, with whatever weights, over 1 to `limit` − 1 pupils. Method: linear algebra modulo a prime; a
sum of a few atoms lies in the span when what the span leaves of them adds up to nothing, found by meeting in the
middle. See `docs/domein/privacy.md`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.int64]

PRIME = 67_108_859
"""Largest prime below 2^26: products of two residues, and sums of hundreds of them, fit in 64 bits."""

HIGHEST_LIMIT = 5
"""Small sums are looked for up to four atoms, so for fewer than five pupils."""


@dataclass(frozen=True)
class Span:
    """The told sums over atoms of `sizes` pupils (all at least one): a basis in reduced echelon form."""

    sizes: Vector
    limit: int
    basis: Vector
    pivots: tuple[int, ...]
    labels: Vector  # atoms with one label are in the same told sets

    @classmethod
    def empty(cls, sizes: Sequence[int], limit: int) -> Span:
        """Nothing told yet. `limit`: at most `HIGHEST_LIMIT`."""
        count = len(sizes)
        nothing = np.zeros((0, count), np.int64)
        return cls(np.asarray(sizes, np.int64), limit, nothing, (), np.zeros(count, np.int64))

    def adding(self, members: NDArray[np.bool_]) -> Span | None:
        """The span with the sum over these atoms told too; None when that would tell a sum of too few pupils."""
        vector = members.astype(np.int64)
        if self.pivots:
            vector = (vector - vector[list(self.pivots)] @ self.basis) % PRIME
        if not vector.any():
            return self
        pivot = int(np.flatnonzero(vector)[0])
        vector = vector * pow(int(vector[pivot]), -1, PRIME) % PRIME
        others = (self.basis - np.outer(self.basis[:, pivot], vector)) % PRIME
        labels = np.unique(self.labels * 2 + members, return_inverse=True)[1].astype(np.int64)
        wider = Span(self.sizes, self.limit, np.vstack([others, vector]), (*self.pivots, pivot), labels)
        return None if wider._tells_too_few() else wider

    def _tells_too_few(self) -> bool:
        sizes = np.bincount(self.labels, weights=self.sizes).astype(np.int64)
        small = np.flatnonzero(sizes < self.limit)
        if not len(small):
            return False
        sums = (self.labels == small[:, None]).astype(np.int64)
        rest = (sums - sums[:, list(self.pivots)] @ self.basis) % PRIME
        return _adds_up_to_nothing(rest, sizes[small], self.limit)


def _adds_up_to_nothing(rest: Vector, sizes: Vector, limit: int) -> bool:
    """Whether some rows of `rest`, of fewer than `limit` pupils together, add up to zero with weights 1 and −1.

    Rows are compared by a fixed random mixture of their columns, and where those agree, exactly.
    """
    mix = np.random.default_rng(0).integers(1, PRIME, rest.shape[1])
    hashes = (rest * mix % PRIME).sum(axis=1) % PRIME
    one, other = np.triu_indices(len(sizes), 1)
    fits = sizes[one] + sizes[other] < limit
    one, other = one[fits], other[fits]
    none = np.full(len(sizes), -1)
    first = np.concatenate([np.arange(len(sizes)), one, one])
    second = np.concatenate([none, other, other])
    sign = np.concatenate([np.zeros(len(sizes), np.int64), np.ones_like(one), -np.ones_like(one)])
    values = (hashes[first] + sign * hashes[second]) % PRIME
    folded = np.minimum(values, PRIME - values)  # a part and its opposite are told together

    def part(index: np.integer[Any]) -> Vector:
        whole: Vector = rest[first[index]] + sign[index] * rest[second[index]]
        return whole % PRIME

    if any(not part(i).any() for i in np.flatnonzero(values == 0)):
        return True
    order = np.argsort(folded, kind="stable")
    alike = np.flatnonzero(np.diff(folded[order]) == 0)
    for at in alike:
        start = order[at]
        for index in order[at + 1 :]:
            if folded[index] != folded[start]:
                break
            who = {int(i) for p in (start, index) for i in (first[p], second[p]) if i >= 0}
            if sum(int(sizes[i]) for i in who) >= limit:
                continue
            a, b = part(start), part(index)
            if not ((a + b) % PRIME).any() or not ((a - b) % PRIME).any():
                return True
    return False
