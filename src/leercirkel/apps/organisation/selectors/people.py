"""Teachers of groups, and those who care for a pupil."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Count, Exists, OuterRef, QuerySet

from leercirkel.apps import clock
from leercirkel.apps.access.models import Assignment
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.organisation.models import (
    Enrolment,
    Group,
    GroupMembership,
    GroupTeacher,
    Guardian,
    Guardianship,
    Pupil,
)
from leercirkel.apps.organisation.selectors.counts import counting_day
from leercirkel.apps.organisation.selectors.pupils import enrolled, pupils_of

PARENT = "guardian"
"""The code of the role of a parent (access/bundles.py)."""


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
    """Who cares for a pupil, for who may see contacts of this pupil, with what `with_accounts` adds; else nobody."""
    mine = pupils_of(sight, Right.SEE_CONTACTS).filter(pk=pupil.pk)
    rows = with_accounts(pupil).filter(pupil__in=mine)
    return rows.order_by("-authority", "guardian__surname", "guardian__first_name", "pk")


def with_accounts(pupil: Pupil) -> QuerySet[Guardianship]:
    """Who cares for a pupil, with the account of each and `is_parent`: whether it has the role of a parent at this
    school today. One query. Not narrowed to what someone may see: the pupil must have been."""
    rows = Guardianship.objects.filter(school_id=pupil.school_id, pupil=pupil)
    role = Assignment.objects.filter(
        user=OuterRef("guardian__user"), school_id=pupil.school_id, bundle__code=PARENT, during__contains=clock.today()
    )
    return rows.select_related("guardian__user__invitation").annotate(is_parent=Exists(role))


def anyone_secret(pupil: Pupil) -> bool:
    """Whether someone who cares for the pupil lives at a secret address."""
    return Guardianship.objects.filter(pupil=pupil, guardian__secret_address=True).exists()


def others_of(guardianship: Guardianship) -> int:
    """For how many other pupils of the school the same person has authority, and may have contact."""
    rows = Guardianship.objects.filter(guardian=guardianship.guardian_id, authority=Guardianship.Authority.YES)
    return rows.filter(no_contact=False).exclude(pk=guardianship.pk).count()


def possible_siblings(sight: Sight, pupil: Pupil) -> QuerySet[Pupil]:
    """The other pupils of the same school who are there today and whose parents the user keeps, by name."""
    here = pupils_of(sight, Right.WRITE_CONTACTS).filter(school_id=pupil.school_id)
    today = Enrolment.objects.filter(school_id=pupil.school_id, during__contains=clock.today())
    return here.filter(pk__in=today.values("pupil")).exclude(pk=pupil.pk)


def guardians_to_share(pupil: Pupil, sibling: Pupil) -> list[Guardian]:
    """Who cares for `sibling` and not yet for `pupil`, by name."""
    rows = Guardian.objects.filter(school_id=pupil.school_id, guardianships__pupil=sibling)
    return list(rows.exclude(guardianships__pupil=pupil).order_by("surname", "first_name", "pk"))
