"""Work on plans and day notes that no page waits for."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.scope import scope, whole_installation
from leercirkel.apps.access.sight import Extent, Sight
from leercirkel.apps.cycle.models import CycleRun
from leercirkel.apps.groupplan.actions import make_drafts
from leercirkel.apps.groupplan.actions.day_notes import destroy_old
from leercirkel.apps.groupplan.actions.pupil_plans import refresh
from leercirkel.apps.groupplan.models import GroupPlan
from leercirkel.apps.organisation.models import School

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
def late_results(school: int) -> None:
    """Late results flow into the drafts of rounds that are open and have any, and into those of single pupils. Safe to
    do twice. The system's own work: nobody is named as who wrote them."""
    here = frozenset({school})
    sight = Sight(schools=here, pupil_schools=here, extents={Right.SEE_FIGURES: Extent(schools=here)})
    with scope(schools=[school]):
        for run in _open_rounds(school).order_by("pk"):
            make_drafts(run=run, sight=sight, by=None)
        refresh(school=School.objects.get(pk=school), sight=sight)


def ask_for_late_results(school: int, user: int) -> None:
    """Asks for it when nobody asked already; whether there are drafts, the worker sees: after an import nothing of a
    school can be read here. `user`: whose change it was."""
    waiting = DBTaskResult.objects.filter(task_path=late_results.module_path, status=TaskResultStatus.READY)
    if not any(one.args_kwargs["args"] == [school] for one in waiting):
        late_results.enqueue(school)


def _open_rounds(school: int) -> QuerySet[CycleRun]:
    drafts = GroupPlan.objects.filter(run=OuterRef("pk"), state=GroupPlan.State.DRAFT)
    return CycleRun.objects.filter(Exists(drafts), school_id=school, closed_at=None)
