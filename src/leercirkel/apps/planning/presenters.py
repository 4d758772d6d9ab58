"""Meetings as the pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.planning.models import Meeting


@dataclass(frozen=True, slots=True)
class Line:
    """A meeting in a list."""

    meeting: Meeting
    now: bool
    hours: str
    agenda: str
    """How many groups and pupils, without names."""
    invited: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """Something on the agenda. `pupil` only when the name may be seen now; `opens`: the group's page opens by name."""

    pk: int
    group: Any
    pupil: Any
    opens: bool
    informed_on: Any
    is_pupil: bool


def line(meeting: Any, now: datetime) -> Line:
    """One meeting of `selectors.with_agenda`."""
    groups = [item.group.name for item in meeting.items if item.group_id]
    pupils = sum(1 for item in meeting.items if item.pupil_id)
    told = [*groups, *([_("1 leerling") if pupils == 1 else _("%d leerlingen") % pupils] if pupils else [])]
    invited = tuple(str(each.staff) for each in meeting.invited)
    return Line(meeting, meeting.starts_at <= now < meeting.ends_at, _hours(meeting), ", ".join(told), invited)


def _hours(meeting: Meeting) -> str:
    """“14:45–16:15”, or that it lasts all day."""
    if meeting.ends_at - meeting.starts_at == timedelta(days=1):
        return _("hele dag")
    starts, ends = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
    return f"{starts:%H:%M}–{ends:%H:%M}"


def lines(meetings: list[Meeting], now: datetime) -> list[Line]:
    """Meetings for a list."""
    return [line(meeting, now) for meeting in meetings]


def items(meeting: Any, named: frozenset[int], sight: Sight) -> list[Item]:
    """The agenda of one meeting; pupils whose name may not be seen now are there without it."""
    groups = sight.extent(Right.SEE_PUPILS)
    return [
        Item(
            item.pk,
            item.group,
            item.pupil if item.pupil_id in named else None,
            bool(item.group_id) and (item.group_id in groups.group_ids or meeting.school_id in groups.schools),
            item.parents_informed_on,
            item.pupil_id is not None,
        )
        for item in meeting.items
    ]
