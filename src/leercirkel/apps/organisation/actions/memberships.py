"""Putting a pupil in an instruction group without a roster, and taking that back."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from psycopg.types.range import DateRange

from leercirkel.apps.access.models import User
from leercirkel.apps.access.notices import taught, tell_own_group
from leercirkel.apps.access.periods import ended
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.organisation.models import Group, GroupMembership, Pupil, School
from leercirkel.core.calendar import school_year_start


@transaction.atomic
def join_instruction_group(*, pupil: Pupil, group: Group, first: date, by: User) -> GroupMembership:
    """The pupil is taught in this instruction group from `first` to the end of its school year; a pupil who is in it on
    that day already stays as it is. Who puts pupils into a group of their own is told of to who reads the log. The
    caller says who may. Raises ValueError for a class, or a group of another school."""
    if group.kind != Group.Kind.INSTRUCTION or group.school_id != pupil.school_id:
        raise ValueError("an instruction group of the pupil's own school")
    school = School.objects.select_for_update().get(pk=group.school_id)
    rows = GroupMembership.objects.filter(pupil=pupil, group=group)
    if (there := rows.filter(during__contains=first).first()) is not None:
        return there
    later = rows.filter(during__startswith__gt=first).order_by("during").first()
    until = later.during.lower if later else school_year_start(group.school_year + 1)
    before = taught(by, school)
    made = GroupMembership.objects.create(
        school=school, pupil=pupil, group=group, during=DateRange(first, until), by_school=True
    )
    tell_own_group(school, by=by, before=before)
    log.record(Kind.CREATED, by=by, school=school.pk, pupil=pupil.pk, about=made)
    return made


@transaction.atomic
def leave_instruction_group(*, membership: GroupMembership, day: date, by: User) -> None:
    """From `day` the pupil is no longer in it; what was before that day stays as it was."""
    during = ended(membership.during, day - timedelta(days=1))
    log.record(Kind.REMOVED, by=by, school=membership.school_id, pupil=membership.pupil_id, about=membership)
    if during is None:
        membership.delete()
    else:
        membership.during = during
        membership.save(update_fields=["during"])
