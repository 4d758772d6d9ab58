"""What other standards would have said of the last round, beside what was said: in counts, nothing is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from django.utils.translation import gettext as _

from leercirkel.analysis.model import OverviewCell, TierResult
from leercirkel.analysis.report import NothingToReport
from leercirkel.analysis.what_if import Against, held_against
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.assessment.selectors import inputs_of
from leercirkel.apps.assessment.standards.words import number, subject_name
from leercirkel.apps.organisation.models import School
from leercirkel.core.calendar import school_year_label
from leercirkel.exchange.standards.model import StandardsFile


@dataclass(frozen=True, slots=True)
class Said:
    """One tier of one test: what was said of it (`before`) and what would be (`after`); None: it has no such tier."""

    subject: str
    test: str
    tier: str
    care: bool
    before: TierResult | None
    after: TierResult | None

    @property
    def before_limit(self) -> str:
        """What was to be reached, in words."""
        return limit_text(self.before)

    @property
    def before_share(self) -> str:
        """What percentage was to reach it."""
        return share_text(self.before)

    @property
    def after_share(self) -> str:
        """What percentage would be."""
        return share_text(self.after)

    @property
    def after_limit(self) -> str:
        """What would be."""
        return limit_text(self.after)

    @property
    def same(self) -> bool:
        """Whether nothing would be said otherwise."""
        return self.before == self.after


@dataclass(frozen=True, slots=True)
class Review:
    """The round, and its tiers: those that change first."""

    year: str
    moment: str
    rows: tuple[Said, ...]

    @property
    def changed(self) -> tuple[Said, ...]:
        """What would be said otherwise."""
        return tuple(row for row in self.rows if not row.same)

    @property
    def unchanged(self) -> int:
        """Of how many tiers the same would be said."""
        return len(self.rows) - len(self.changed)


def review(sight: Sight, school: School, after: StandardsFile) -> Review | None:
    """The newest round against the standards that hold and against `after`, as if these had held then.

    None when no result counts. Needs the right to figures of the whole school.
    """
    given = inputs_of(sight, school, Right.SEE_FIGURES)
    try:
        old = held_against(
            given.inputs, given.standards, main_tier=given.main_tier, care_two_below=given.care_two_below
        )
        of_year = replace(
            after,
            standards=tuple(
                replace(one, school_years=None)
                for one in after.standards
                if one.school_years is None or max(one.school_years) >= old.school_year
            ),
        )
        then = inputs_of(sight, school, Right.SEE_FIGURES, of_year)
        new = held_against(
            then.inputs, then.standards, main_tier=then.main_tier, care_two_below=then.care_two_below,
            school_year=old.school_year, moment=old.moment,
        )  # fmt: skip
    except NothingToReport:
        return None
    return Review(school_year_label(old.school_year), old.moment, tuple(_rows(old, new)))


def _rows(old: Against, new: Against) -> Iterator[Said]:
    before, after = _tiers(old.totals), _tiers(new.totals)
    for key in sorted({*before, *after}):
        subject, instrument, version, scope, name = key
        test = " ".join(part for part in (instrument, version) if part)
        for one, two in zip_longest(before.get(key, ()), after.get(key, ())):
            yield Said(subject_name(subject), test, name, scope == "care", one, two)


def _tiers(cells: Sequence[OverviewCell]) -> dict[tuple[str, ...], list[TierResult]]:
    found: dict[tuple[str, ...], list[TierResult]] = defaultdict(list)
    for cell in cells:
        for tier in sorted(cell.tiers, key=lambda each: each.target_share):
            found[cell.subject, cell.instrument, cell.version, tier.scope, tier.name].append(tier)
    return found


def limit_text(tier: TierResult | None) -> str:
    """The threshold of a tier as it was counted: one for all, or each pupil's own line."""
    if tier is None:
        return ""
    if tier.threshold is None:
        return _("de eigen lijn")
    limit = number(tier.threshold) if isinstance(tier.threshold, float | int) else tier.threshold
    return _("%(limit)s of hoger") % {"limit": limit}


def share_text(tier: TierResult | None) -> str:
    """The share that was asked, as a percentage."""
    return number(tier.target_share * 100) if tier else ""
