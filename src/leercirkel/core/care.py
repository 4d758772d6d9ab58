"""Which pupils are held against the norm for extra support (`scope = "care"`). Rule: `docs/domein/normen.md`.

A school marks pupils by the kind of support: `opp` (development perspective), `hgpd` and `ihp` (individual plans); and
`two_below` stands for two measurements in a row under the line, which is found in the results, not in the marks.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal, get_args

MarkedKind = Literal["opp", "hgpd", "ihp"]

MARKED: tuple[MarkedKind, ...] = get_args(MarkedKind)
TWO_BELOW = "two_below"
KINDS: tuple[str, ...] = (*MARKED, TWO_BELOW)

SchoolType = Literal["bao", "sbo", "so"]
SCHOOL_TYPES: tuple[SchoolType, ...] = get_args(SchoolType)


def kinds_that_count(own: Collection[str] | None, special: bool) -> frozenset[str]:
    """The kinds by which a pupil is a care pupil: as the school chose, else by the kind of school.

    A regular school: an OPP or an HGPD. A special school, where nearly everyone has an OPP: an IHP, or two measurements
    in a row under the line.
    """
    if own is not None:
        return frozenset(own)
    return frozenset(["ihp", TWO_BELOW]) if special else frozenset(["opp", "hgpd"])
