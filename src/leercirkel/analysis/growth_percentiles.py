"""Growth percentiles of a school's pupils and groups by the growth norms that it has (`growth_norms.of_pupils`).

Without such a norm nothing is loaded: the solver behind it takes numpy, which a school without one need not wait for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from statistics import median
from typing import TYPE_CHECKING

from leercirkel.analysis.expected import Lazy
from leercirkel.analysis.frames import Engine
from leercirkel.analysis.growth import NormPoint
from leercirkel.analysis.model import GroupPercentile, GrowthPercentile
from leercirkel.core.calendar import school_year_label
from leercirkel.core.medians import median_interval
from leercirkel.core.verdicts import DEFAULT_POLICY, Policy

if TYPE_CHECKING:
    from leercirkel.analysis.growth_norms.cohort import NormTable
    from leercirkel.analysis.growth_norms.of_pupils import Placed, Sitting

GrowthNorms = Sequence["NormTable"]
"""The growth norms of a school, that of the newest file first."""


def growth_percentiles(
    engine: Engine,
    rows: Lazy,
    tables: GrowthNorms,
    norms: Sequence[NormPoint] = (),
    of_round: tuple[int, str] | None = None,
) -> list[Placed]:
    """As `growth_norms.of_pupils.placed`; empty without tables."""
    if not tables:
        return []
    from leercirkel.analysis.growth_norms import of_pupils

    return of_pupils.placed(engine, rows, tables, norms, of_round)


def by_score(found: Sequence[Placed]) -> dict[tuple[object, ...], GrowthPercentile]:
    """(pupil, school year, moment, subject, instrument) → the growth percentile, of one school."""
    return {(one.pupil, one.school_year, one.moment, one.subject, one.instrument): growth for one, growth in found}


def of_groups(
    found: Sequence[Placed], policy: Policy = DEFAULT_POLICY, name: Callable[[Sitting], str] = lambda one: one.group
) -> tuple[GroupPercentile, ...]:
    """The median of each group and test, sorted; `name`: by which pupils are a group.

    Percentiles of norms with one, two and three earlier scores are taken together: each says how unusual a score is
    among pupils with the same earlier scores. Fewer than `policy.no_verdict_below` pupils give no median.
    """
    parts: dict[tuple[str, int, str, str, str, str], list[int | None]] = defaultdict(list)
    for one, growth in found:
        key = (name(one), one.school_year, one.moment, one.subject, one.instrument, one.version)
        parts[key].append(growth.percentile)
    return tuple(_group(*key, parts[key], policy) for key in sorted(parts))


def _group(
    group: str, school_year: int, moment: str, subject: str, instrument: str, version: str,
    percentiles: Sequence[int | None], policy: Policy,
) -> GroupPercentile:  # fmt: skip
    known = [one for one in percentiles if one is not None]
    enough = len(known) >= max(1, policy.no_verdict_below)
    ends = median_interval(known, policy.confidence) if enough else None
    low, high = ends or (None, None)
    return GroupPercentile(
        group, school_year_label(school_year), moment, subject, instrument, version, len(known),
        len(percentiles) - len(known), float(median(known)) if ends else None, low, high,
    )  # fmt: skip
