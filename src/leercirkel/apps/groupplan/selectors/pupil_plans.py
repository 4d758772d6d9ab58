"""Plans of single pupils as far as a sight reaches.

They are the pupil's file, and tell results: who sees the file and the results of a pupil's group or school reads them,
who may write plans for the whole of that group or school writes them. Who teaches one subject, or sees a file for a
talk or a case, does not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from leercirkel.apps import clock
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.cycle.models import CycleRun
from leercirkel.apps.groupplan.models import PupilPlan, WrittenPlan
from leercirkel.apps.groupplan.selectors.evaluations import SOON
from leercirkel.apps.groupplan.selectors.written import of_groups, written_pupils
from leercirkel.apps.organisation.models import Enrolment, Group, Pupil
from leercirkel.apps.organisation.selectors import pupils_of

FIXED, DRAFT = WrittenPlan.State.FIXED, WrittenPlan.State.DRAFT


def writable_pupils(sight: Sight) -> QuerySet[Pupil]:
    """The pupils whose plans the user may write: of those whose plans they read."""
    writes = pupils_of(of_groups(sight, (Right.WRITE_PLAN,)), Right.WRITE_PLAN)
    return written_pupils(sight) & writes


def may_write(sight: Sight, pupil: int) -> bool:
    """Whether the user, who reads plans of this pupil, may write them. One query at most."""
    return bool(sight.extent(Right.WRITE_PLAN)) and writable_pupils(sight).filter(pk=pupil).exists()


def plans_seen(sight: Sight) -> QuerySet[PupilPlan]:
    """The plans that the user reads, the newest first."""
    return _with(PupilPlan.objects.filter(pupil__in=written_pupils(sight).order_by().values("pk")))


def plans_written(sight: Sight) -> QuerySet[PupilPlan]:
    """The plans that the user may change."""
    return _with(PupilPlan.objects.filter(pupil__in=writable_pupils(sight).order_by().values("pk")))


def _with(found: QuerySet[PupilPlan]) -> QuerySet[PupilPlan]:
    return found.select_related("area", "pupil", "school", "owner", "changed_by", "evaluation").order_by(
        "-starts", "pupil__sort_key", "-pk"
    )


def running(plans: QuerySet[PupilPlan]) -> QuerySet[PupilPlan]:
    """Those that nobody looked back on yet: drafts, and fixed ones."""
    return plans.filter(evaluation=None)


def at_school(plans: QuerySet[PupilPlan]) -> QuerySet[PupilPlan]:
    """Those of pupils who are enrolled today: of who left nothing waits any more."""
    here = Enrolment.objects.filter(
        pupil=OuterRef("pupil"), school=OuterRef("school"), during__contains=clock.today()
    )  # fmt: skip
    return plans.filter(Exists(here))


def plan_for(pupil: int, area: int | None) -> PupilPlan | None:
    """The plan of this pupil in this area that runs, or is being written. One query."""
    return running(PupilPlan.objects.filter(pupil=pupil, area=area)).order_by("-pk").first()


def last_of(pupil: int, area: int | None) -> PupilPlan | None:
    """The newest plan of this pupil in this area that was looked back on. One query."""
    done = PupilPlan.objects.filter(pupil=pupil, area=area, evaluation__isnull=False)
    return done.select_related("evaluation").order_by("-starts", "-pk").first()


def mine(sight: Sight) -> QuerySet[PupilPlan]:
    """The running plans that are the user's to work on: those they see to, and of pupils in the classes they teach, so
    that who shares a class sees the same."""
    groups = sight.extent(Right.WRITE_PLAN).group_ids
    inside = Q(pupil__enrolments__group__in=groups, pupil__enrolments__during__contains=clock.today())
    ids = at_school(running(plans_written(sight))).filter(Q(owner__user=sight.user) | inside).order_by().values("pk")
    return _with(PupilPlan.objects.filter(pk__in=ids))


def to_fix(sight: Sight) -> QuerySet[PupilPlan]:
    """The drafts that are the user's to fix."""
    return mine(sight).filter(state=DRAFT)


def to_look_back(sight: Sight, day: date | None = None) -> QuerySet[PupilPlan]:
    """The fixed plans that are the user's to look back on, two weeks ahead."""
    until = (day or clock.today()) + SOON
    return mine(sight).filter(state=FIXED, review_on__lte=until).order_by("review_on", "pk")


def of_run(run: CycleRun) -> QuerySet[PupilPlan]:
    """The plans that belong to a round: opened in it; and while it is open also every other one that still runs, which
    goes on in this round. Of the whole school: what is shown of them, the caller decides."""
    plans = PupilPlan.objects.filter(school=run.school_id)
    if run.closed_at is not None:
        return plans.filter(run=run)
    going = at_school(running(plans)).order_by().values("pk")
    return plans.filter(Q(run=run) | Q(pk__in=going))


def open_run(school: int) -> CycleRun | None:
    """The newest round of a school that is open. One query."""
    return CycleRun.objects.filter(school=school, closed_at=None).order_by("-school_year", "-moment", "-pk").first()


def classes_of(pupils: Collection[int]) -> Mapping[int, Group]:
    """Pupil → the class it is in today. One query."""
    rows = Enrolment.objects.filter(pupil__in=pupils, group__isnull=False, during__contains=clock.today())
    return {row.pupil_id: row.group for row in rows.select_related("group") if row.group}


def running_and_openable(
    sight: Sight, pupils: Iterable[int]
) -> tuple[Mapping[tuple[int, int | None], int], frozenset[int]]:
    """Of these pupils the plans that run and that the user reads, by pupil and area; and of whom the user may open one.
    Two queries at most, however many pupils."""
    asked = list(pupils)
    if not asked or not sight.may(Right.SEE_DOSSIER):
        return {}, frozenset()
    rows = running(plans_seen(sight)).filter(pupil__in=asked).order_by("pk").values_list("pupil_id", "area_id", "pk")
    there: dict[tuple[int, int | None], int] = {(pupil, area): pk for pupil, area, pk in rows}
    if not sight.may(Right.WRITE_PLAN):
        return there, frozenset()
    may = writable_pupils(sight).filter(pk__in=asked).order_by().values_list("pk", flat=True)
    return there, frozenset(may)


def listed(sight: Sight) -> list[PupilPlan]:
    """The running plans that the user reads, for a list. One query."""
    return list(at_school(running(plans_seen(sight))))


def hidden(sight: Sight, shown: Collection[PupilPlan]) -> int:
    """How many running plans there are in the schools whose rounds the user works on, of pupils that they do not see.
    One query."""
    schools = sight.extent(Right.WRITE_ANALYSIS).schools & sight.pupil_schools
    if not schools:
        return 0
    found = at_school(running(PupilPlan.objects.filter(school__in=schools))).exclude(pk__in=[plan.pk for plan in shown])
    return found.count()
