"""What other standards would have said of a round: the same results, held against these."""

from __future__ import annotations

from collections.abc import Sequence

from leercirkel.analysis.ground import main_tiers_of
from leercirkel.analysis.lines import judged
from leercirkel.analysis.model import OverviewCell
from leercirkel.analysis.overview import GROUP, tier_counts, totals
from leercirkel.analysis.report import round_of
from leercirkel.analysis.sittings import Inputs
from leercirkel.analysis.two_below import sittings_with_care
from leercirkel.core.calendar import school_year_label
from leercirkel.core.records import dataclass
from leercirkel.core.standards import Standard
from leercirkel.core.verdicts import DEFAULT_POLICY, Policy


@dataclass(frozen=True, slots=True)
class Against:
    """The whole school in one round against these standards, as `SchoolReport.totals` has it of that round."""

    school_year: int
    moment: str
    totals: tuple[OverviewCell, ...]


def held_against(
    inputs: Inputs,
    standards: Sequence[Standard],
    *,
    main_tier: str | None = None,
    care_two_below: bool = False,
    school_year: int | None = None,
    moment: str | None = None,
    policy: Policy = DEFAULT_POLICY,
) -> Against:
    """The newest round (or this one) against `standards`, counted as the report counts. Nothing is kept.

    Raises NothingToReport when no result counts.
    """
    engine = inputs.engine
    main_tiers = main_tiers_of(standards, main_tier)
    rows = sittings_with_care(inputs, standards, main_tiers, care_two_below=care_two_below)
    year, at = round_of(engine, rows, school_year, moment)
    tiers = engine.keep(tier_counts(judged(engine, rows, standards), (*GROUP, "grade", "split")))
    cells = totals(engine, rows, tiers, policy)
    label = school_year_label(year)
    return Against(year, at, tuple(cell for cell in cells if (cell.school_year, cell.moment) == (label, at)))
