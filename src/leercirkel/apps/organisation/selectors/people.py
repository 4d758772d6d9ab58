"""Teachers of groups, and those who care for a pupil."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Count, QuerySet

from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.organisation.models import Enrolment, Group, GroupMembership, GroupTeacher, Guardianship, Pupil
from leercirkel.apps.organisation.selectors.counts import counting_day
from leercirkel.apps.organisation.selectors.pupils import enrolled, pupils_of


def teachers_of(groups: Iterable[Group]) -> dict[int, list[GroupTeacher]]:
    """Id of a group → who teaches it on the counting day of its school year; substitutes last. One query."""
    days = {group.pk: counting_day(group.school_year) for group in groups}
    found: dict[int, list[GroupTeacher]] = defaultdict(list)
    rows = GroupTeacher.objects.filter(group__in=list(days)).select_related("staff")
    for row in rows.order_by("substitute", "staff__surname", "staff__first_name"):
        if days[row.group_id] in row.during:
            found[row.group_id].append(row)
    return found


def in_group(sight: Sight, group: Group) -> QuerySet[Enrolment]:
    """Who is in a class or instruction group on its counting day, as far as the user may see them by name: where they
    sit, by name."""
    rows = enrolled(pupils_of(sight, Right.SEE_PUPILS), counting_day(group.school_year))
    if group.kind == Group.Kind.BASE:
        return rows.filter(group=group)
    members = GroupMembership.objects.filter(group=group, during__contains=counting_day(group.school_year))
    return rows.filter(pupil__in=members.values("pupil"))


def instruction_groups_in(group: Group) -> list[tuple[Group, int]]:
    """The instruction groups that pupils of a class are in on its counting day, with how many of them."""
    day = counting_day(group.school_year)
    pupils = Enrolment.objects.filter(group=group, during__contains=day)
    rows = GroupMembership.objects.filter(pupil__in=pupils.values("pupil"), during__contains=day)
    numbers = dict(rows.values_list("group").annotate(Count("id")).order_by())
    return [(each, numbers[each.pk]) for each in Group.objects.filter(pk__in=numbers).order_by("subject", "name")]


def children_of(sight: Sight) -> QuerySet[Pupil]:
    """The user's own children, as a parent who may see what is shared (access/places.py)."""
    own = Guardianship.objects.filter(guardian__user_id=sight.user)
    return pupils_of(sight, Right.SEE_PUBLISHED).filter(pk__in=own.values("pupil"))


def authority_unknown(sight: Sight) -> QuerySet[Guardianship]:
    """Who cares for a pupil of today without it being known whether they have authority, by the pupils' names: as far
    as the user keeps parents."""
    pupils = enrolled(pupils_of(sight, Right.WRITE_CONTACTS)).order_by().values("pupil")
    rows = Guardianship.objects.filter(pupil__in=pupils, authority=Guardianship.Authority.UNKNOWN)
    return rows.select_related("pupil", "guardian").order_by("pupil__sort_key", "pupil_id", "pk")


def contact_forbidden(pupil: Pupil) -> bool:
    """Whether someone who cares for this pupil may have no contact; only for who may see the contacts of this pupil."""
    return Guardianship.objects.filter(pupil=pupil, school_id=pupil.school_id, no_contact=True).exists()


def guardianships_of(sight: Sight, pupil: Pupil) -> QuerySet[Guardianship]:
    """Who cares for a pupil, for who may see contacts of this pupil; else nobody."""
    mine = pupils_of(sight, Right.SEE_CONTACTS).filter(pk=pupil.pk)
    rows = Guardianship.objects.filter(school_id=pupil.school_id, pupil__in=mine).select_related("guardian")
    return rows.order_by("-authority", "guardian__surname", "guardian__first_name", "pk")
