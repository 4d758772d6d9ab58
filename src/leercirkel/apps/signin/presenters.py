"""What the account page says of sessions and of rights, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from leercirkel.apps.access.models import Assignment
from leercirkel.apps.access.rights import Reach, Right
from leercirkel.apps.signin.models import Session
from leercirkel.apps.signin.sessions import handle

BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (
    *(("iPad", "iPad"), ("iPhone", "iPhone"), ("Android", "Android"), ("CrOS", "Chromebook")),
    *(("Windows", "Windows"), ("Mac OS X", "Mac"), ("Linux", "Linux")),
)
"""First match counts: Edge says it is Chrome too, an iPad that it is a Mac."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One session as its owner sees it. `handle` names it without telling its key."""

    handle: str
    device: str
    address: str
    started_at: datetime | None
    seen_at: datetime | None
    shared: bool
    here: bool


@dataclass(frozen=True, slots=True)
class Job:
    """A bundle of rights that someone has somewhere: its name, the place, the last day, and what it allows."""

    name: str
    place: str
    until: date | None
    allows: tuple[tuple[str, tuple[str, ...]], ...]
    """How far, and what that far."""


def seen(sessions: Iterable[Session], here: str | None) -> list[Seen]:
    """Sessions for the page; `here` is the key of the one that asks."""
    return [
        Seen(
            handle(each.session_key),
            device(each.browser),
            each.address or "",
            each.started_at,
            each.seen_at,
            each.shared,
            each.session_key == here,
        )
        for each in sessions
    ]


def device(browser: str) -> str:
    """“Firefox op Windows”, as far as the browser says so."""
    which = next((name for mark, name in BROWSERS if mark in browser), "")
    system = next((name for mark, name in SYSTEMS if mark in browser), "")
    if which and system:
        return _("%(browser)s op %(system)s") % {"browser": which, "system": system}
    return which or system or _("onbekend apparaat")


def jobs(assignments: Iterable[Assignment]) -> list[Job]:
    """What someone may do here, job by job, in the order in which rights are told."""
    return [
        Job(
            _(each.bundle.name),
            _place(each),
            each.during.upper - timedelta(days=1) if each.during.upper else None,
            _allows(each),
        )
        for each in assignments
    ]


def _place(assignment: Assignment) -> str:
    if assignment.group is not None:
        return f"{assignment.group.name}, {assignment.school}"
    if assignment.pupil_id is not None:
        return _("één leerling van %(school)s") % {"school": assignment.school}
    return str(assignment.school or assignment.board)


def _allows(assignment: Assignment) -> tuple[tuple[str, tuple[str, ...]], ...]:
    rights = list(assignment.bundle.rights.all())
    if assignment.group_id is not None or assignment.pupil_id is not None:
        return ((_("alleen deze plek"), _labels({each.right for each in rights})),)
    reaches = [reach for reach in Reach if any(each.reach == reach for each in rights)]
    return tuple(
        (str(reach.label), _labels({each.right for each in rights if each.reach == reach})) for reach in reaches
    )


def _labels(codes: set[str]) -> tuple[str, ...]:
    return tuple(str(right.label) for right in Right if right.value in codes)
