"""Which plans a user may read and write."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Extent, Sight
from leercirkel.apps.groupplan.models import GroupPlan, Phrase
from leercirkel.apps.organisation.models import Pupil, School
from leercirkel.apps.organisation.selectors import pupils_of

READS = (Right.WRITE_PLAN, Right.WRITE_ANALYSIS)
"""Who may open pages of plans at all."""


def plans_of(sight: Sight) -> QuerySet[GroupPlan]:
    """The plans that the user writes (of own groups, or of the school), and for who leads the round those of groups
    whose results they may see. Who teaches one subject reads the plans of areas with that subject."""
    leads = Q(school_id__in=sight.extent(Right.WRITE_ANALYSIS).schools) & _within(sight.extent(Right.SEE_RESULTS))
    found = GroupPlan.objects.filter(_within(sight.extent(Right.WRITE_PLAN)) | leads)
    return found.filter(school_id__in=sight.pupil_schools).select_related("area", "group", "school", "changed_by")


def writable(sight: Sight) -> QuerySet[GroupPlan]:
    """The plans that the user may change."""
    found = GroupPlan.objects.filter(_within(sight.extent(Right.WRITE_PLAN)))
    return found.filter(school_id__in=sight.pupil_schools).select_related("area", "group", "school", "changed_by")


def may_write(sight: Sight, plan: GroupPlan) -> bool:
    """Whether `writable` has this plan: the same, without a query."""
    extent = sight.extent(Right.WRITE_PLAN)
    if plan.school_id not in sight.pupil_schools:
        return False
    subjects = {subject for group, subject in extent.groups if group == plan.group_id}
    return plan.school_id in extent.schools or "" in subjects or bool(subjects & set(plan.area.subjects))


def _within(extent: Extent) -> Q:
    found = Q(school_id__in=extent.schools) | Q(group_id__in=[group for group, subject in extent.groups if not subject])
    for group, subject in extent.groups:
        if subject:
            found |= Q(group_id=group, area__subjects__contains=[subject])
    return found


def pupils_shown(sight: Sight, pupils: Iterable[int]) -> dict[int, Pupil]:
    """Of these pupils those whose results the user may see, or whose plan they write, by id. One or two queries."""
    ids = list(pupils)
    found: dict[int, Pupil] = {}
    for right in (Right.WRITE_PLAN, Right.SEE_RESULTS):
        if sight.may(right) and len(found) < len(ids):
            rows = pupils_of(sight, right).filter(pk__in=ids)
            found |= {each.pk: each for each in rows.only("pk", "first_name", "prefix", "surname", "sort_key")}
    return found


def phrases_shown(sight: Sight, pupils: Iterable[int]) -> dict[int, frozenset[str] | None]:
    """Of which of these pupils the user sees what was said in a fixed version, as in the overview of the group: all of
    it (None) with the pupil's file, and only what is needed for who writes a plan without it. At most two queries."""
    ids = list(pupils)
    found: dict[int, frozenset[str] | None] = {}
    kinds: tuple[tuple[Right, frozenset[str] | None], ...] = (
        (Right.WRITE_PLAN, frozenset({Phrase.Kind.NEED})), (Right.SEE_DOSSIER, None),
    )  # fmt: skip
    for right, seen in kinds:
        if sight.may(right):
            found |= dict.fromkeys(
                pupils_of(sight, right).order_by().filter(pk__in=ids).values_list("pk", flat=True), seen
            )
    return found


def led_schools(sight: Sight) -> QuerySet[School]:
    """The schools whose round the user leads or works on: there drafts are made."""
    return School.objects.filter(id__in=sight.extent(Right.WRITE_ANALYSIS).schools & sight.pupil_schools)
