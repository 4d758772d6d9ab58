"""Work on plans and day notes that no page waits for."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from leercirkel.apps import clock
from leercirkel.apps.access.scope import whole_installation
from leercirkel.apps.access.sight import sight_of
from leercirkel.apps.cycle.models import CycleRun
from leercirkel.apps.groupplan.actions import make_drafts
from leercirkel.apps.groupplan.actions.day_notes import destroy_old

EVERY = timedelta(days=1)


@task()
def destroy_day_notes() -> int:
    """Destroys the day notes whose time is over; returns how many. Asks for the next time first. Done twice it finds
    nothing to do."""
    keep_destroying(after=EVERY)
    with whole_installation():
        return destroy_old()


@transaction.atomic
def keep_destroying(after: timedelta = timedelta(0)) -> None:
    """Asks for it once the time has passed, when that was not asked for yet. The worker calls it as it starts."""
    waiting = DBTaskResult.objects.filter(task_path=destroy_day_notes.module_path, status=TaskResultStatus.READY)
    if not waiting.exists():
        destroy_day_notes.using(run_after=timezone.now() + after).enqueue()


@task()
def late_results(school: int, user: int) -> None:
    """Late results flow into the drafts of rounds that are open and have any. Safe to do twice.

    With the scope of who imported; the figures are those of the school whoever it is, and nobody is named as writer.
    """
    with transaction.atomic():
        sight = sight_of(user, clock.today())
        if school not in sight.pupil_schools:
            return
        open_ = CycleRun.objects.filter(school_id=school, closed_at=None, plans__state="draft").distinct()
        for run in open_.order_by("pk"):
            make_drafts(run=run, sight=sight, by=None)
