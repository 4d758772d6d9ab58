"""Looking at pupils is written down: what was on the screen, not what was searched for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from leercirkel.apps.access.models import User
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.organisation.models import Group, Pupil, RosterPlan


def pupil_seen(*, pupil: Pupil, by: User, purpose: str) -> None:
    """Somebody opened a page of one pupil; `purpose` is the page."""
    log.record(Kind.PUPIL_SEEN, by=by, school=pupil.school_id, pupil=pupil.pk, about=pupil, purpose=purpose)


def contacts_seen(*, pupil: Pupil, by: User) -> None:
    """Somebody opened the page with who cares for a pupil and how to reach them."""
    log.record(Kind.CONTACTS_SEEN, by=by, school=pupil.school_id, pupil=pupil.pk, about=pupil)


def list_seen(*, pupils: Iterable[Pupil], by: User, purpose: str, about: Group | None = None) -> None:
    """Somebody saw a list of pupils with their names: one event per school, with how many."""
    for school, number in sorted(Counter(pupil.school_id for pupil in pupils).items()):
        log.record(Kind.LIST_SEEN, by=by, school=school, about=about, count=number, purpose=purpose)


def roster_seen(*, plan: RosterPlan, count: int, by: User) -> None:
    """Somebody saw a plan with the names of its pupils."""
    log.record(Kind.LIST_SEEN, by=by, school=plan.school_id, about=plan, count=count, purpose="roster_plan")
