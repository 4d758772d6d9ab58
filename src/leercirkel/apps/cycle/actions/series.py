"""All group talks of a round planned in one go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from leercirkel.apps.access.models import User
from leercirkel.apps.access.refusals import Refused
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.cycle.actions.talks import open_talk
from leercirkel.apps.cycle.models import CycleRun, RoundMeeting
from leercirkel.apps.cycle.selectors.series import taken_between
from leercirkel.apps.organisation.models import Group, StaffMember
from leercirkel.apps.planning.actions import plan_group_talk
from leercirkel.core.appointments import clash


class Clashes(Refused):
    """Somebody would be at two talks at once."""

    def __init__(self, group: Group) -> None:
        self.text = _("Bij %s is iemand op dat moment al in een ander overleg. Kies een ander moment.") % group.name
        super().__init__()


@dataclass(frozen=True, slots=True)
class Talk:
    """A talk to be planned: about which group, who leads, and who else is there."""

    group: Group
    leader: StaffMember
    teachers: Sequence[StaffMember]
    starts: datetime
    ends: datetime


@transaction.atomic
def plan_series(*, run: CycleRun, talks: Sequence[Talk], sight: Sight, by: User) -> None:
    """Plans all these group talks, or none. A talk that has a moment already is left as it is.

    Raises Clashes, RoundIsClosed, and what planning.plan_group_talk raises.
    """
    held = CycleRun.objects.select_for_update().get(pk=run.pk)
    rows = [(frozenset({t.leader.pk, *(one.pk for one in t.teachers)}), t.starts, t.ends) for t in talks]
    if rows:
        taken = taken_between(held, min(row[1] for row in rows), max(row[2] for row in rows))
        if (number := clash(rows, taken)) is not None:
            raise Clashes(talks[number].group)
    for each in talks:
        talk = open_talk(run=held, kind=RoundMeeting.Kind.GROUP, group=each.group, by=by)
        if talk.meeting_id is not None:
            continue
        talk.meeting = plan_group_talk(
            by=by, sight=sight, group=each.group, title=_("Groepsbespreking %s") % each.group.name,
            starts_at=each.starts, ends_at=each.ends, attendees=[each.leader, *each.teachers],
        )  # fmt: skip
        talk.save(update_fields=["meeting"])
