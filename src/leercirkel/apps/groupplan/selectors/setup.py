"""A school's areas, arrangements and rule."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from leercirkel.analysis.clustering import Rule, rule_of
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.groupplan.models import Arrangement, ClusterRule, PlanArea
from leercirkel.apps.organisation.models import School


def schools_to_set_up(sight: Sight) -> QuerySet[School]:
    """The schools where the user decides what plans are made for."""
    rights = (Right.MANAGE_STANDARDS, Right.WRITE_ANALYSIS)
    ids = frozenset().union(*(sight.extent(right).schools for right in rights))
    return School.objects.filter(id__in=ids & sight.pupil_schools).order_by("name")


def areas_of(school: School) -> QuerySet[PlanArea]:
    """The areas that plans are made for now."""
    return PlanArea.objects.filter(school=school, ended_at=None)


def arrangements_of(school: School) -> QuerySet[Arrangement]:
    """The arrangements that can be chosen now, the most ahead first."""
    return Arrangement.objects.filter(school=school, ended_at=None)


def rule_of_area(school: School, area: PlanArea | None = None) -> Rule:
    """The rule that holds for an area, else for all; without any the proposal for this kind of school. One query."""
    rows = ClusterRule.objects.filter(Q(area=area) | Q(area=None), school=school)
    written = list(rows.order_by("number"))
    own = [row for row in written if row.area_id is not None]
    held = own if own and own[-1].rule else [row for row in written if row.area_id is None]
    return rule_of(held[-1].rule if held else {}, special=school.kind != School.Kind.BAO)


def has_own_rule(area: PlanArea) -> bool:
    """Whether the area has a rule of its own; the last one written may say that it follows the others again."""
    last = ClusterRule.objects.filter(area=area).order_by("number").last()
    return bool(last and last.rule)
