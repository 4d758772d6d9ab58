"""What one intervention of a round brought, with all that a reader needs to weigh it."""

from __future__ import annotations

from typing import Literal

from leercirkel.analysis.model.interventions import EffectVerdict
from leercirkel.core.effect_power import Visible
from leercirkel.core.records import dataclass

NotCounted = Literal["left", "no_result_before", "no_result_after", "other_test", "repeated", "nobody_to_compare"]
"""Why a pupil who took part does not count: no longer at school at the later moment; no result at one of the moments;
results on two tests or versions that have no scale in common; repeated or skipped a grade; nobody to compare with."""


@dataclass(frozen=True, slots=True)
class RoundEffect:
    """Growth of who took part between two moments, against what was to be expected without the intervention.

    `pupils` took part on the first day; `counted` of them are in the figures, `not_counted` tells of the others why (in
    a fixed order, none with 0); `joined` came into the groups later and never count. `growth`, `expected`, `difference`
    and its interval `low`–`high` are in `quantity` (points or DLE); one pupil SD is `sd` of these.

    `class_shock`: the SD, in pupil SDs, of what befalls a class in a half year that the interval holds, told by the
    school's own history (`own_classes` classes) or a default. `verdict` other than more, less or undecided: no interval
    and no verdict; "not_carried_out" below `carried_out_from` of the planned weeks has no figures at all. `visible`:
    what could be seen with these pupils; None without pupils.
    """

    name: str
    subject: str | None
    instrument: str | None
    version: str | None
    quantity: Literal["score", "dle"] | None
    from_school_year: str
    from_moment: str
    to_school_year: str
    to_moment: str
    pupils: int
    counted: int
    not_counted: tuple[tuple[NotCounted, int], ...]
    joined: int
    groups_before: tuple[str, ...]
    groups_after: tuple[str, ...]
    weeks_planned: int | None
    weeks_given: int | None
    carried_out_from: float
    carried_out: bool
    selected_low: bool
    growth: float | None
    expected: float | None
    difference: float | None
    low: float | None
    high: float | None
    sd: float | None
    expected_from: Literal["own_school", "norms"] | None
    class_shock: float | None
    class_shock_from: Literal["own_school", "default"] | None
    own_classes: int
    confidence: float
    verdict: EffectVerdict
    visible: Visible | None

    @property
    def difference_sd(self) -> float | None:
        """The difference in pupil SDs."""
        return _per(self.difference, self.sd)

    @property
    def low_sd(self) -> float | None:
        """Where the interval of the difference begins, in pupil SDs."""
        return _per(self.low, self.sd)

    @property
    def high_sd(self) -> float | None:
        """Where the interval of the difference ends, in pupil SDs."""
        return _per(self.high, self.sd)


def _per(value: float | None, sd: float | None) -> float | None:
    return None if value is None or not sd else value / sd
