"""Planning meetings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from leercirkel.apps.access.models import User
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.organisation.models import Group, School, StaffMember, Team
from leercirkel.apps.planning.models import AgendaItem, Meeting, MeetingAttendee


@transaction.atomic
def plan_meeting(
    *,
    school: School,
    team: Team | None,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    attendees: Sequence[StaffMember] = (),
    groups: Sequence[Group] = (),
    pupils: Sequence[tuple[int, date | None]] = (),
    by: User | None,
) -> Meeting:
    """A meeting with its agenda. `attendees`: who is invited beside the members of the team.

    `pupils`: id of a pupil, and when the parents were told that this pupil is on the agenda (None: not yet).
    Raises IntegrityError when it does not end later than it starts.
    """
    meeting = Meeting.objects.create(school=school, team=team, title=title, starts_at=starts_at, ends_at=ends_at)
    MeetingAttendee.objects.bulk_create(
        MeetingAttendee(school=school, meeting=meeting, staff=member) for member in attendees
    )
    AgendaItem.objects.bulk_create(
        [
            *(AgendaItem(school=school, meeting=meeting, group=group) for group in groups),
            *(
                AgendaItem(school=school, meeting=meeting, pupil_id=pupil, parents_informed_on=informed)
                for pupil, informed in pupils
            ),
        ]
    )
    log.record(Kind.CREATED, by=by, school=school.pk, about=meeting, count=len(groups) + len(pupils))
    return meeting
