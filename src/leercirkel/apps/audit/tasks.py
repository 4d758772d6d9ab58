"""Work on the log that no page waits for."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from leercirkel.apps.audit.seals import seal_all

EVERY = timedelta(hours=1)


@task()
def seal() -> int:
    """Seals the log. Asks for the next time first: whatever happens to this one, sealing goes on."""
    keep_sealing(after=EVERY)
    return seal_all()


@transaction.atomic
def keep_sealing(after: timedelta = timedelta(0)) -> None:
    """Asks for sealing once the time has passed, when that was not asked for yet. The worker calls it as it starts."""
    waiting = DBTaskResult.objects.filter(task_path=seal.module_path, status=TaskResultStatus.READY)
    if not waiting.exists():
        seal.using(run_after=timezone.now() + after).enqueue()
