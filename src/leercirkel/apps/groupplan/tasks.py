"""Work on day notes that no page waits for."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from leercirkel.apps.access.scope import whole_installation
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
