"""Work on rosters that no page waits for."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from leercirkel.apps.access.scope import whole_installation
from leercirkel.apps.organisation.actions import expire_plans

EVERY = timedelta(days=1)


@task()
def empty_plans() -> int:
    """Empties plans of rosters that nobody decided on in time. Asks for the next time first: whatever happens to this
    one, emptying goes on."""
    keep_emptying(after=EVERY)
    with whole_installation():
        return expire_plans()


@transaction.atomic
def keep_emptying(after: timedelta = timedelta(0)) -> None:
    """Asks for emptying once the time has passed, when that was not asked for yet. The worker calls it as it starts."""
    waiting = DBTaskResult.objects.filter(task_path=empty_plans.module_path, status=TaskResultStatus.READY)
    if not waiting.exists():
        empty_plans.using(run_after=timezone.now() + after).enqueue()
