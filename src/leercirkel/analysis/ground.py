"""The ground of a school's figures: its sittings, and these against its own standards. Made once, asked many times."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from leercirkel.analysis.expected import Lazy
from leercirkel.analysis.frames import Engine
from leercirkel.analysis.growth import NormPoint
from leercirkel.analysis.growth_percentiles import GrowthNorms
from leercirkel.analysis.sittings import Inputs
from leercirkel.analysis.two_below import judged_sittings
from leercirkel.core.records import dataclass
from leercirkel.core.standards import Standard

DEFAULT_MAIN_TIER = "basis"


@dataclass(frozen=True, slots=True)
class Ground:
    """The sittings of a school (`rows`) and these against its standards (`lines`), and what they were made with."""

    engine: Engine
    rows: Lazy
    lines: Lazy
    main_tiers: Mapping[str, str]
    standards: Sequence[Standard]
    norms: Sequence[NormPoint]
    growth_norms: GrowthNorms = ()


def ground_of(
    inputs: Inputs,
    standards: Sequence[Standard],
    *,
    norms: Sequence[NormPoint] = (),
    main_tier: str | None = None,
    care_two_below: bool = False,
    growth_norms: GrowthNorms = (),
) -> Ground:
    """What the report and every question about some of its pupils begin with: of the whole school.

    `care_two_below`: two measurements in a row below the line also make a care pupil, in that subject.
    """
    main_tiers = main_tiers_of(standards, main_tier)
    rows, lines = judged_sittings(inputs, standards, main_tiers, care_two_below=care_two_below)
    return Ground(inputs.engine, rows, lines, main_tiers, tuple(standards), tuple(norms), tuple(growth_norms))


def main_tiers_of(standards: Sequence[Standard], named: str | None = None) -> dict[str, str]:
    """Subject → the tier that trends and answers are about: the named one, else "basis", else the first."""
    tiers: dict[str, list[str]] = defaultdict(list)
    for standard in standards:
        if standard.scope != "care":
            tiers[standard.subject] += [tier.name for tier in standard.tiers]
    wanted = named or DEFAULT_MAIN_TIER
    return {subject: wanted if wanted in names else names[0] for subject, names in tiers.items() if names}
