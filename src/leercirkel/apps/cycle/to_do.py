"""What closing a round opens: a task for who took something on, and for checks that are still to come. Plans that are
not fixed need no task: they stand on the start page of their teachers until they are (groupplan)."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from leercirkel.apps import clock
from leercirkel.apps.access.models import User
from leercirkel.apps.access.scope import scope
from leercirkel.apps.access.sight import sight_of
from leercirkel.apps.cycle.models import Agreement, Check, CycleRun, RoundMeeting
from leercirkel.apps.cycle.selectors.begun import to_change
from leercirkel.apps.cycle.selectors.talks import talks_seen
from leercirkel.apps.organisation.models import StaffMember
from leercirkel.apps.planning.actions import make_task


def open_tasks(run: CycleRun, by: User) -> None:
    """Opens the tasks of a round that was closed; a second time none is added (planning.make_task).

    A decision: for its owner, on its last day; without an owner for who leads the round. A check still to come of
    an intervention without an owner: for who leads. Nothing of agreements with one teacher: these are no tasks.
    """
    _of_decisions(run, by)
    _of_checks(run, by)


def _of_decisions(run: CycleRun, by: User) -> None:
    rows = Agreement.objects.filter(meeting__run=run).exclude(done=Agreement.Done.DONE)
    read: dict[int, set[int]] = {}
    for row in rows.select_related("owner", "meeting"):
        talk, owner = row.meeting, row.owner or run.leader
        assert isinstance(talk, RoundMeeting)
        if owner.pk not in read:
            read[owner.pk] = _talks_read(run, owner)
        url = reverse("round-talk", args=[run.pk, talk.pk]) if talk.pk in read[owner.pk] else ""
        make_task(
            school=run.school, key=key_of(run.pk, row.pk), owner=owner, text=row.text, url=url,
            due_on=row.due_on, by=by,
        )  # fmt: skip


def key_of(run: int, agreement: int) -> str:
    """What tells the task of a decision from others."""
    return f"round-{run}-agreement-{agreement}"


def _talks_read(run: CycleRun, owner: StaffMember) -> set[int]:
    """The talks of the round that this person may read: not that of a group which is another teacher's by now."""
    if owner.user_id is None:
        return set()
    with scope(schools=[run.school_id]):  # a sight leaves the transaction in its own scope: here only this long
        seen = talks_seen(sight_of(owner.user_id, clock.today())).filter(run=run)
        return set(seen.order_by().values_list("pk", flat=True))


def _of_checks(run: CycleRun, by: User) -> None:
    # with an owner who signs in it stands on the owner's start page by itself, until somebody looked (cycle.due)
    rows = Check.objects.filter(
        intervention__run=run, intervention__owner__user=None, on__gte=clock.today(), done_at=None
    ).select_related("intervention")
    looks = _looks(run) if rows else set()
    for row in rows:
        look = reverse("round-check", args=[run.pk, row.intervention_id, row.pk])
        make_task(
            school=run.school, key=f"round-{run.pk}-check-{row.pk}", owner=run.leader,
            text=_("Tussentijds kijken: %s") % row.intervention.name,
            url=look if row.intervention_id in looks else "", due_on=row.on, by=by,
        )  # fmt: skip


def _looks(run: CycleRun) -> set[int]:
    """The interventions of the round of which the leader may write down what was seen."""
    if run.leader.user_id is None:
        return set()
    with scope(schools=[run.school_id]):  # as above
        mine = to_change(sight_of(run.leader.user_id, clock.today())).filter(run=run)
        return set(mine.order_by().values_list("pk", flat=True))
