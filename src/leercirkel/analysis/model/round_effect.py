"""What one intervention of a round brought, with all that a reader needs to weigh it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any, Literal

from leercirkel.analysis.model.interventions import EffectVerdict
from leercirkel.core.effect_power import Visible
from leercirkel.core.records import dataclass

NotCounted = Literal["left", "no_result_before", "no_result_after", "other_test", "repeated", "nobody_to_compare"]
"""Why a pupil who took part does not count: no longer at school at the later moment; no result at one of the moments;
results on two tests or versions that have no scale in common; repeated or skipped a grade; nobody to compare with."""

FORM = 1
"""Of the record of an effect; another one when its fields change."""


@dataclass(frozen=True, slots=True)
class RoundEffect:
    """Growth of who took part between two moments, against what was to be expected without the intervention.

    `pupils` took part on the first day; `counted` of them are in the figures, `not_counted` tells of the others why (in
    a fixed order, none with 0); `joined` came into the groups later and never count. `growth`, `expected`, `difference`
    and its interval `low`–`high` are in `quantity` (points or DLE); one pupil SD is `sd` of these.

    `class_shock`: the SD, in pupil SDs, of what befalls a class in a half year that the interval holds, told by the
    school's own history (`own_classes` classes) or a default. `verdict` other than more, less or undecided: no interval
    and no verdict; "not_carried_out" below `carried_out_from` of the planned weeks has no figures at all. `visible`:
    what could be seen with these pupils; None without pupils. `one_part`: one half-year of a longer intervention.
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
    one_part: bool = False

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


def as_record(effect: RoundEffect) -> dict[str, Any]:
    """The effect as JSON can hold it, to keep what a team saw when it judged. No names of pupils are in it."""
    return {"form": FORM, **asdict(effect)}


def of_record(record: Mapping[str, Any]) -> RoundEffect:
    """The effect that `as_record` wrote, also after it has been JSON. Raises ValueError when it is of another form."""
    given = dict(record)
    seen = given.get("visible")
    if given.pop("form", None) != FORM or given.keys() != {field.name for field in fields(RoundEffect)}:
        raise ValueError("this is no effect of a round as it is written now")
    if seen is not None:
        seen = Visible(**{**seen, "chances": tuple((size, chance) for size, chance in seen["chances"])})
    return RoundEffect(**{
        **given,
        "visible": seen,
        "not_counted": tuple((why, count) for why, count in given["not_counted"]),
        "groups_before": tuple(given["groups_before"]),
        "groups_after": tuple(given["groups_after"]),
    })  # fmt: skip
