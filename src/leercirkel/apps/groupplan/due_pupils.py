"""Plans of single pupils that wait: on the start page of who sees to them, on the page of the round, and as a task when
a round is closed. Nowhere the name of a pupil: others may look over a shoulder."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leercirkel.apps import clock
from leercirkel.apps.access.models import User
from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.scope import scope
from leercirkel.apps.access.sight import sight_of
from leercirkel.apps.cycle.models import CycleRun
from leercirkel.apps.cycle.progress import Line
from leercirkel.apps.groupplan.models import PupilPlan
from leercirkel.apps.groupplan.selectors import pupil_plans as selectors
from leercirkel.apps.pages.due import Due
from leercirkel.apps.planning.actions import make_task

MOST_DUE = 5
"""So many evaluations are named on the start page."""


def _about(plan: PupilPlan, group: str) -> str:
    """ "rekenen, Uilen"."""
    return ", ".join(part for part in (plan.area.name if plan.area else _("gedrag en werkhouding"), group) if part)


def plans_that_wait(request: Request) -> Iterator[Due]:
    """Drafts that are the user's to fix, and fixed plans to look back on, two weeks ahead. Three queries."""
    if not request.sight.may(Right.WRITE_PLAN):
        return
    drafts = list(selectors.to_fix(request.sight)[: MOST_DUE + 1])
    if drafts:
        one = drafts[0]
        url = reverse("pupil-plan", args=[one.pk]) if len(drafts) == 1 else f"{reverse('plans')}#handelingsplannen"
        said = ngettext("%d handelingsplan vaststellen", "%d handelingsplannen vaststellen", len(drafts))
        yield Due(said % len(drafts), url, _("Nakijken"), order=31)
    rows = list(selectors.to_look_back(request.sight)[: MOST_DUE + 1])
    groups = selectors.classes_of([row.pupil_id for row in rows]) if rows else {}
    for row in rows[:MOST_DUE]:
        group = groups.get(row.pupil_id)
        what = _about(row, group.name if group else "")
        url = reverse("pupil-plan-evaluation", args=[row.pk])
        yield Due(_("Evaluatie handelingsplan %s") % what, url, _("Evalueren"), until=row.review_on, order=37)
    if len(rows) > MOST_DUE:
        url = f"{reverse('plans')}#handelingsplannen"
        yield Due(_("Er staan nog meer evaluaties"), url, _("Naar de plannen"), order=37)


def plans_of_round(request: Request, run: CycleRun) -> Iterator[Line]:
    """Per class how many of the plans of a round are fixed, of the pupils whose plans the user reads. Two queries."""
    if not request.sight.may(Right.SEE_DOSSIER):
        return
    seen = selectors.of_run(run).filter(pk__in=selectors.plans_seen(request.sight).order_by().values("pk"))
    rows = list(seen.select_related("evaluation", "owner"))
    groups = selectors.classes_of([row.pupil_id for row in rows]) if rows else {}
    by_group: dict[int, list[PupilPlan]] = defaultdict(list)
    for row in rows:
        if row.pupil_id in groups:
            by_group[groups[row.pupil_id].pk].append(row)
    today = clock.today()
    for group, of in by_group.items():
        fixed = sum(row.state == PupilPlan.State.FIXED for row in of)
        late = [row for row in of if row.state == PupilPlan.State.FIXED and not _done(row) and row.review_on < today]
        state = _("%(fixed)d van de %(of)d vastgesteld") % {"fixed": fixed, "of": len(of)}
        if late:
            state += "; " + ngettext("%d te evalueren", "%d te evalueren", len(late)) % len(late)
        waits = late + [row for row in of if row.state == PupilPlan.State.DRAFT]
        turn = ", ".join(dict.fromkeys(str(row.owner or run.leader) for row in waits))
        url = f"{reverse('plans')}#handelingsplannen"
        yield Line(group, _("handelingsplannen"), state, url, turn, done=not waits, order=60)


def _done(plan: PupilPlan) -> bool:
    return getattr(plan, "evaluation", None) is not None


def counted(run: CycleRun) -> str:
    """How many plans of single pupils a round has, and how many are fixed: for everyone who sees the round, whoever
    the pupils are. Empty without any. One query."""
    states = list(selectors.of_run(run).values_list("state", flat=True))
    if not states:
        return ""
    words = ngettext("%(of)d handelingsplan, %(fixed)d vastgesteld", "%(of)d handelingsplannen, %(fixed)d vastgesteld",
                     len(states))  # fmt: skip
    return words % {"of": len(states), "fixed": states.count(PupilPlan.State.FIXED)}


def open_tasks(run: CycleRun, by: User) -> None:
    """When a round is closed: a task for who led it, for each of its plans that still runs and that nobody who can sign
    in sees to; with such a person it stands on that person's start page. A second time none is added."""
    plans = selectors.running(PupilPlan.objects.filter(run=run)).select_related("area", "owner__user")
    rows = [row for row in plans if row.owner is None or row.owner.user is None or not row.owner.user.is_active]
    groups = selectors.classes_of([row.pupil_id for row in rows]) if rows else {}
    reads = _reads(run) if rows else set()
    for row in rows:
        group = groups.get(row.pupil_id)
        url = reverse("pupil-plan", args=[row.pk]) if row.pupil_id in reads else ""
        make_task(
            school=run.school, key=f"round-{run.pk}-pupil-plan-{row.pk}", owner=run.leader,
            text=_("Handelingsplan volgen: %s") % _about(row, group.name if group else ""), url=url,
            due_on=row.review_on, by=by,
        )  # fmt: skip


def _reads(run: CycleRun) -> set[int]:
    """The pupils whose plans the leader of the round reads."""
    if run.leader.user_id is None:
        return set()
    with scope(schools=[run.school_id]):  # a sight leaves the transaction in its own scope: here only this long
        seen = selectors.plans_seen(sight_of(run.leader.user_id, clock.today())).filter(run=run)
        return set(seen.order_by().values_list("pupil_id", flat=True))
