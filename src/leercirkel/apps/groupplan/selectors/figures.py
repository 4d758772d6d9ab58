"""What results say for plans: of each pupil what an arrangement is proposed by and what goals are counted from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from leercirkel.analysis.clustering import PupilFacts, Tiers
from leercirkel.analysis.plan_facts import Known, asked_of, known_of, method_counts, share_of, tiers_of
from leercirkel.analysis.some_pupils import Round
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.assessment.selectors import standards_of
from leercirkel.apps.assessment.selectors.lists import method_percents
from leercirkel.apps.groupplan.models import PlanArea
from leercirkel.apps.insight.selectors.ground import ground_at
from leercirkel.apps.organisation.models import School
from leercirkel.core.calendar import school_year_label
from leercirkel.core.standards import Standard

NOTHING = PupilFacts()


@dataclass(frozen=True, slots=True)
class Norm:
    """What a school wants in the subject that an area goes by: tiers, and the share that is to reach each."""

    subject: str
    tiers: Tiers
    standards: tuple[Standard, ...]

    def share(self, tier: str | None) -> float:
        """The share (0-1) that is to reach a tier."""
        return share_of(self.standards, self.subject, tier or "")


@dataclass(frozen=True, slots=True)
class AreaFigures:
    """The whole school in one area, by id of the pupil; the caller shows no more than a sight reaches."""

    norm: Norm
    known: Mapping[int, Known]
    methods: Mapping[int, tuple[int, int]]
    towards: Round

    def facts(self, pupil: int) -> PupilFacts:
        """What an arrangement is proposed by."""
        of, below = self.methods.get(pupil, (0, 0))
        known = self.known.get(pupil)
        return replace(known.facts if known else NOTHING, method_of=of, method_below=below)

    def basis(self, pupil: int, grade: int | None) -> dict[str, Any]:
        """What is kept with the pupil in a plan: the result in figures, and per tier what it asks at the coming round
        ("next": quantity, threshold, reached)."""
        known = self.known.get(pupil)
        tiers = (*self.norm.tiers.higher, self.norm.tiers.main, *self.norm.tiers.lower)
        coming = {
            tier: [asked.quantity, asked.threshold, asked.reached]
            for tier in tiers
            if tier and (asked := asked_of(known, self.norm.standards, self.norm.subject, tier, self.towards, grade))
        }
        told: dict[str, Any] = {"next": coming, "method": list(self.methods.get(pupil, (0, 0)))}
        if known is None:
            return told
        row = known.row
        keep = ("score", "level", "dle", "dle_operator", "avi", "reference_level", "dl", "destination", "instrument")
        told |= {name: row[name] for name in keep if row.get(name) is not None}
        told["round"] = [school_year_label(row["school_year"]), row["moment"]]
        return told | {"measure": known.measure, "limit": known.limit}


def norm_of(school: School, subject: str, year: int) -> Norm:
    """The school's own norm in a subject. One query."""
    own = standards_of(school, (year - 1, year))
    return Norm(subject, tiers_of(own.standards, subject, own.main_tier), own.standards)


def area_figures(sight: Sight, school: School, area: PlanArea, until: Round, towards: Round) -> AreaFigures:
    """The figures of an area up to a round, and towards the next. Three queries, the school's ground being kept."""
    return subject_figures(sight, school, area.subjects[0], until, towards)


def subject_figures(sight: Sight, school: School, subject: str, until: Round, towards: Round) -> AreaFigures:
    """The same of one subject."""
    at = ground_at(sight, school)
    own = standards_of(school, (until[0], towards[0]))
    known = {at.ids[key]: one for key, one in known_of(at.ground, subject, until).items() if key in at.ids}
    methods = method_counts(method_percents(school, until[0], subject), own.method_bounds)
    return AreaFigures(norm_of(school, subject, towards[0]), known, methods, towards)


def next_round(school_year: int, moment: str) -> Round:
    """The round after this one: the end of the year, or the middle of the next."""
    return (school_year, "E") if moment == "M" else (school_year + 1, "M")
