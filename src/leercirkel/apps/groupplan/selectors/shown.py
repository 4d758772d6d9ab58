"""Of which groups the user sees what helps, hinders and is needed, and how much of it.

It is the pupil's file: for who sees the file of the group's pupils all of it. Who teaches one subject, and writes its
plan, sees what is about that subject, and what is needed in all subjects; not what helps and hinders in general.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.assessment.selectors.lists import members
from leercirkel.apps.groupplan.models import PlanArea
from leercirkel.apps.insight.selectors import group_reach
from leercirkel.apps.insight.selectors.groups import GroupReach
from leercirkel.apps.organisation.models import Group, Pupil
from leercirkel.apps.organisation.selectors import groups_of, groups_with_any, reaches

EITHER = (Right.SEE_DOSSIER, Right.WRITE_PLAN)


@dataclass(frozen=True, slots=True)
class Shown:
    """What of a group may be seen: `whole`, the file; `results`, which subjects; `areas`, those a page has a tab for;
    `writes`: whether any of it may be written."""

    whole: bool
    results: GroupReach
    areas: tuple[PlanArea, ...]
    writes: bool

    @property
    def area_ids(self) -> frozenset[int]:
        """The areas by id."""
        return frozenset(area.pk for area in self.areas)

    def area(self, asked: object) -> PlanArea | None:
        """The area with this id, when it may be seen."""
        return next((area for area in self.areas if str(area.pk) == str(asked)), None)


def overview_groups(sight: Sight) -> QuerySet[Group]:
    """The groups whose overview the user may open: their results, and the file or the plan of their pupils."""
    seen = groups_of(sight, Right.SEE_RESULTS).filter(school_id__in=sight.pupil_schools)
    return (seen & groups_with_any(sight, EITHER)).select_related("school")


def plan_groups(sight: Sight) -> QuerySet[Group]:
    """The groups of whose pupils the user may write this."""
    return overview_groups(sight) & groups_of(sight, Right.WRITE_PLAN).select_related("school")


def shown_of(sight: Sight, group: Group) -> Shown:
    """What of this group the user may see. One query."""
    results = group_reach(sight, group)
    rows = PlanArea.objects.filter(school=group.school_id, ended_at=None)
    areas = tuple(area for area in rows if _about(area, results.subjects))
    return Shown(reaches(sight, Right.SEE_DOSSIER, group), results, areas, reaches(sight, Right.WRITE_PLAN, group))


def _about(area: PlanArea, subjects: frozenset[str] | None) -> bool:
    return subjects is None or bool(subjects & set(area.subjects))


def pupils_in(sight: Sight, group: Group, right: Right = Right.SEE_RESULTS) -> list[Pupil]:
    """Who is in the group, as far as the right reaches; by name. Two queries."""
    return members(sight, group, (right,))


def own_first(sight: Sight, groups: Iterable[Group]) -> list[Group]:
    """One's own groups first."""
    own = sight.extent(Right.WRITE_PLAN).group_ids
    return sorted(
        groups, key=lambda group: (group.pk not in own, group.school_id, group.kind, group.position, group.name)
    )
