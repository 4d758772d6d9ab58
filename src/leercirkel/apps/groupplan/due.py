"""Plans that wait to be fixed: on the start page of who writes them, and on the page of the round."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leercirkel.apps import clock
from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.cycle.models import CycleRun
from leercirkel.apps.cycle.progress import Line
from leercirkel.apps.cycle.steps import Said
from leercirkel.apps.groupplan import due_pupils
from leercirkel.apps.groupplan.models import Evaluation, GroupPlan
from leercirkel.apps.groupplan.selectors import plans_of
from leercirkel.apps.groupplan.selectors.evaluations import SOON, evaluations_in, waiting
from leercirkel.apps.groupplan.selectors.listed import listed, to_fix
from leercirkel.apps.organisation.selectors import teachers_of
from leercirkel.apps.pages.due import Due

MOST_DUE = 8
"""So many evaluations are named on the start page."""


def plans_to_fix(request: Request) -> Iterator[Due]:
    """Drafts of own groups, until the day that the round has for it."""
    if not request.sight.may(Right.WRITE_PLAN):
        return
    found = to_fix(request.sight).order_by().aggregate(number=Count("pk", distinct=True), until=Min("run__plans_due"))
    if number := found["number"]:
        words = ngettext("%d plan vaststellen", "%d plannen vaststellen", number)
        yield Due(words % number, reverse("plans-fix"), _("Nakijken"), until=found["until"], order=30)


def evaluations_to_do(request: Request) -> Iterator[Due]:
    """Plans of own groups to look back on, two weeks ahead; who writes for the whole school finds them at the plans."""
    if not request.sight.extent(Right.WRITE_PLAN).groups:
        return
    rows = list(waiting(request.sight)[: MOST_DUE + 1])
    for row in rows[:MOST_DUE]:
        what = {"kind": row.get_kind_display().capitalize(), "area": row.plan.area.name, "group": row.plan.group.name}
        yield Due(
            _("%(kind)s %(area)s, %(group)s") % what, reverse("plan-evaluation", args=[row.plan_id]), _("Evalueren"),
            until=row.due_on, order=35,
        )  # fmt: skip
    if len(rows) > MOST_DUE:
        yield Due(_("Er staan nog meer evaluaties"), reverse("plans"), _("Naar de plannen"), order=36)


def plans_of_round(request: Request, run: CycleRun) -> Iterator[Line]:
    """Where the plans of a round stand, for the round's page: those that the user reads, by group; of fixed ones also
    the evaluations that were done or are due within two weeks. Three queries."""
    found: Iterable[Any] = listed(plans_of(request.sight).filter(run=run))
    rows = [row for row in found if not row.handed_over]
    looked = evaluations_in(rows)
    teachers = teachers_of({row.group_id: row.group for row in rows}.values())
    for row in rows:
        fixed = row.state == GroupPlan.State.FIXED
        who = ", ".join(str(one.staff) for one in teachers[row.group_id]) or str(run.leader)
        turn = "" if fixed else who
        url = reverse("plan", args=[row.pk])
        state = row.get_state_display()
        order = 40 + row.area.position
        yield Line(row.group_id, row.area.name, state, url, turn, run.plans_due, fixed, order, plan=True)
        yield from _looked_back(row, looked.get(row.pk, ()), who)


def _looked_back(plan: GroupPlan, rows: Sequence[Evaluation], teachers: str) -> Iterator[Line]:
    for row in rows:
        done = row.done_at is not None
        if not done and row.due_on > clock.today() + SOON:
            continue
        state = _("gedaan op %s") % date_format(localtime(row.done_at), "j F") if row.done_at else _("nog te doen")
        what = f"{row.get_kind_display()} {plan.area.name}"
        url = reverse("plan-evaluation", args=[plan.pk])
        yield Line(plan.group_id, what, state, url, "" if done else teachers, row.due_on, done, 41 + plan.area.position)


def tell_plans(request: Request, run: CycleRun) -> Said:
    """How many of the round's plans are fixed, and of their evaluations done, of those that the user reads; and
    how many plans of single pupils there are. Three queries."""
    found: Iterable[Any] = listed(plans_of(request.sight).filter(run=run))
    rows = [row for row in found if not row.handed_over]
    states = [row.state for row in rows]
    fixed = states.count(GroupPlan.State.FIXED)
    said = _("%(fixed)d van de %(of)d plannen vastgesteld") % {"fixed": fixed, "of": len(states)} if states else ""
    looked = [one for of in evaluations_in(rows).values() for one in of]
    if looked:
        counts = {"done": sum(one.done_at is not None for one in looked), "of": len(looked)}
        said = f"{said}; " + _("%(done)d van de %(of)d evaluaties gedaan") % counts
    said = "; ".join(part for part in (said, due_pupils.counted(run)) if part)
    return Said(said, bool(said))
