"""Teachers of groups, and those who care for a pupil."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import QuerySet

from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.organisation.models import Group, GroupTeacher, Guardianship, Pupil
from leercirkel.apps.organisation.selectors.counts import counting_day
from leercirkel.apps.organisation.selectors.pupils import pupils_of


def teachers_of(groups: Iterable[Group]) -> dict[int, list[GroupTeacher]]:
    """Id of a group → who teaches it on the counting day of its school year; substitutes last. One query."""
    days = {group.pk: counting_day(group.school_year) for group in groups}
    found: dict[int, list[GroupTeacher]] = defaultdict(list)
    rows = GroupTeacher.objects.filter(group__in=list(days)).select_related("staff")
    for row in rows.order_by("substitute", "staff__surname", "staff__first_name"):
        if days[row.group_id] in row.during:
            found[row.group_id].append(row)
    return found


def guardianships_of(sight: Sight, pupil: Pupil) -> QuerySet[Guardianship]:
    """Who cares for a pupil, for who may see contacts of this pupil; else nobody."""
    mine = pupils_of(sight, Right.SEE_CONTACTS).filter(pk=pupil.pk)
    rows = Guardianship.objects.filter(school_id=pupil.school_id, pupil__in=mine).select_related("guardian")
    return rows.order_by("-authority", "guardian__surname", "guardian__first_name", "pk")
