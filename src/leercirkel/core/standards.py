"""Standards: what the school itself wants its pupils to reach.

A standard says for which results it holds (subject, moment, school year, and grade, didactic age or the pupil's own
last DLE), for which pupils (scope) and what is to be reached by how large a share (tiers). See `docs/domein/normen.md`.
"""

from __future__ import annotations

from typing import Literal

from leercirkel.core.records import dataclass

Quantity = Literal["score", "dle", "level", "avi", "reference"]

QUANTITIES: tuple[Quantity, ...] = ("score", "dle", "level", "avi", "reference")


@dataclass(frozen=True, slots=True)
class Tier:
    """One line of a standard: at least `target_share` (0–1) of the pupils reach the threshold.

    Exactly one of the two is set. `threshold`: a number for score and dle; for level, avi and reference the label that
    must at least be reached ("III", "E4", "1F"). `dl_factor` (score or dle only): the threshold is this factor times
    the pupil's didactic age on the day of the test, compared before rounding.
    """

    name: str
    target_share: float
    threshold: float | str | None = None
    dl_factor: float | None = None


@dataclass(frozen=True, slots=True)
class Standard:
    """One standard of the school.

    `moment` None: every moment. `grades` None: not bound to grades. `didactic_age` (from, to) in months, both ends
    included. `own_dle` (from, below): the pupil's own last DLE in this subject, lower end included, upper end not.
    `scope`: "all", "care" or "destination:CODE". `school_years`: first years (2025 for 2025-2026); None: every year.
    """

    subject: str
    quantity: Quantity
    tiers: tuple[Tier, ...]
    moment: str | None = None
    grades: tuple[int, ...] | None = None
    didactic_age: tuple[int, int] | None = None
    own_dle: tuple[float, float] | None = None
    scope: str = "all"
    school_years: tuple[int, ...] | None = None
    instrument: str | None = None
    source: str | None = None

    @property
    def destination(self) -> str | None:
        """The destination code this standard is for, or None."""
        kind, _, code = self.scope.partition(":")
        return code if kind == "destination" else None
