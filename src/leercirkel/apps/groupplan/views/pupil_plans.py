"""The plan of one pupil: those of a pupil, opening one, its page and filling it in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leercirkel.apps import clock
from leercirkel.apps.access.gate import needs
from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.cycle.models import Finding
from leercirkel.apps.cycle.selectors.findings import findings_seen
from leercirkel.apps.groupplan.actions import pupil_plans as actions
from leercirkel.apps.groupplan.actions.pupil_fixing import content_of
from leercirkel.apps.groupplan.models import PlanArea, PlanGoal, PupilPlan
from leercirkel.apps.groupplan.presenters import pupil_plan as presenter
from leercirkel.apps.groupplan.presenters.plan import Part
from leercirkel.apps.groupplan.proposals import PUPIL_SECTIONS
from leercirkel.apps.groupplan.selectors import pupil_plans as selectors
from leercirkel.apps.groupplan.selectors.pupil_seen import has_opp, overview_for
from leercirkel.apps.groupplan.selectors.written import others_of, written_pupils
from leercirkel.apps.groupplan.views.base import seen_plan as seen_group_plan
from leercirkel.apps.groupplan.views.base import tried
from leercirkel.apps.groupplan.views.writing import text_saved
from leercirkel.apps.organisation.actions import looks
from leercirkel.apps.organisation.models import Pupil, StaffMember
from leercirkel.apps.organisation.selectors import may_see_contacts
from leercirkel.apps.organisation.views.pupils import frame
from leercirkel.apps.pages import asked
from leercirkel.core.standards import QUANTITIES

reads = needs(Right.SEE_DOSSIER)
writes = needs(Right.WRITE_PLAN)
PURPOSE = "pupil_plan"


def seen_plan(request: Request, pk: int) -> PupilPlan:
    """A plan that the user reads. Http404 otherwise."""
    return get_object_or_404(selectors.plans_seen(request.sight), pk=pk)


def own_plan(request: Request, pk: int) -> PupilPlan:
    """A plan that the user may change. Http404 for one that they do not see, PermissionDenied for one only read."""
    found = seen_plan(request, pk)
    if not selectors.may_write(request.sight, found.pupil_id):
        raise PermissionDenied
    return found


@reads
def plans_of_pupil(request: Request, pk: int) -> HttpResponse:
    """The plans of one pupil, and opening one. The look is written down."""
    pupil = get_object_or_404(written_pupils(request.sight).select_related("school"), pk=pk)
    looks.pupil_seen(pupil=pupil, by=request.user, purpose=PURPOSE)
    contacts = may_see_contacts(request.sight, pupil)
    today = clock.today()
    plans = [presenter.line_of(row, today) for row in selectors.plans_seen(request.sight).filter(pupil=pupil)]
    context = {
        "pupil": pupil,
        "plans": plans,
        "areas": PlanArea.objects.filter(school=pupil.school_id, ended_at=None),
        "may_write": selectors.may_write(request.sight, pupil.pk),
        "opp": has_opp(pupil),
        **frame(request, pupil, "pupil-plans", contacts),
    }
    return render(request, "groupplan/pupil_plans.html", context)


@writes
@require_POST
def open_new(request: Request, pk: int) -> HttpResponse:
    """Opens a plan for a pupil: in an area, or because of a finding; when one runs already, goes there."""
    pupil = get_object_or_404(written_pupils(request.sight), pk=pk)
    if not selectors.may_write(request.sight, pupil.pk):
        raise PermissionDenied
    areas = PlanArea.objects.filter(school=pupil.school_id, ended_at=None)
    finding, area = None, None
    if (number := asked.number(request.POST.get("bevinding"))) is not None:
        finding = get_object_or_404(findings_seen(request.sight), pk=number, pupil=pupil)
        area = next((one for one in areas if finding.subject in one.subjects), None)
    elif (number := asked.number(request.POST.get("vakgebied"))) is not None:
        area = get_object_or_404(areas, pk=number)
    return _opened(request, pupil, area, finding)


@writes
@require_POST
def open_from_plan(request: Request, pk: int) -> HttpResponse:
    """Opens a plan for a pupil of a group plan, in its area: the arrangement is not enough."""
    group_plan = seen_group_plan(request, pk)
    number = asked.number(request.POST.get("pupil"))
    if number is None:
        messages.error(request, _("Kies een leerling."))
        return redirect("plan", group_plan.pk)
    inside = written_pupils(request.sight).filter(in_plans__plan=group_plan)
    pupil = get_object_or_404(inside, pk=number)
    if not selectors.may_write(request.sight, pupil.pk):
        raise PermissionDenied
    return _opened(request, pupil, group_plan.area, None)


def _opened(request: Request, pupil: Pupil, area: PlanArea | None, finding: Finding | None) -> HttpResponse:
    plan, new = actions.open_for(pupil=pupil, area=area, finding=finding, sight=request.sight, by=request.user)
    if not new:
        messages.info(request, _("Er loopt al een handelingsplan hiervoor. Dit is het."))
    return redirect("pupil-plan", plan.pk)


@reads
def plan(request: Request, pk: int) -> HttpResponse:
    """One plan; who may change it does so here. The look is written down."""
    return page(request, seen_plan(request, pk))


def page(request: Request, found: PupilPlan, **more: Any) -> HttpResponse:
    """The page; `more`: what was typed and not kept."""
    goals = list(found.goals.all())
    draft = found.state == PupilPlan.State.DRAFT
    may = selectors.may_write(request.sight, found.pupil_id)
    edits = may and draft
    shaped = presenter.page_of(content_of(found, goals), found.pupil, found.pk if edits else None)
    looks.pupil_seen(pupil=found.pupil, by=request.user, purpose=PURPOSE)
    today = clock.today()
    context = {
        "plan": found,
        "page": shaped,
        "line": presenter.line_of(found, today),
        "draft": draft,
        "edits": edits,
        "may_write": may,
        "revision": found.revision,
        "versions": list(found.versions.select_related("fixed_by").order_by("-number")),
        "following": found.after.order_by("-pk").first() if getattr(found, "evaluation", None) else None,
        "evaluated": getattr(found, "evaluation", None),
        "named": presenter.with_names(shaped, others_of(found.pupil), found.pupil),
        "opp": has_opp(found.pupil),
        "overview": overview_for(request.sight, found.pupil),
        "crumbs": crumbs(found),
        **(_to_fill_in(found) if edits else {}),
        **more,
    }
    return render(request, "groupplan/pupil_plan.html", context)


def _to_fill_in(found: PupilPlan) -> dict[str, Any]:
    """What the forms of a draft choose from."""
    measures = {one["subject"]: one.get("measure") for one in found.seen.get("results", ())}
    subjects = found.area.subjects if found.area else []
    return {
        "days": actions.days_code(found),
        "staff": StaffMember.objects.filter(school=found.school_id, during__contains=clock.today()),
        "proof": actions.PROOF,
        "subjects": presenter.subject_choices(subjects),
        "quantities": presenter.quantity_choices(QUANTITIES),
        "measure": measures.get(subjects[0]) if subjects else "",
    }


def crumbs(found: PupilPlan) -> list[tuple[str, str]]:
    """The way to the pupil's plans."""
    return [
        (_("Leerlingen"), reverse("pupils")),
        (str(found.pupil), reverse("pupil-plans", args=[found.pupil_id])),
    ]


@writes
@require_POST
def text(request: Request, pk: int, section: str) -> HttpResponse:
    """One part in words; when somebody else changed it meanwhile, both texts beside each other and a choice."""
    if section not in PUPIL_SECTIONS:
        raise Http404
    found = own_plan(request, pk)
    part = Part(section, str(PUPIL_SECTIONS[section]), "", reverse("pupil-plan-text", args=[found.pk, section]))
    more = {"about": f"{found.pupil}", "crumbs": crumbs(found)}
    return text_saved(request, found, part, reverse("pupil-plan", args=[found.pk]), more)


def _back(request: Request, plan: PupilPlan, do: Callable[[], Any], typed: str = "") -> HttpResponse:
    """Does it and goes back to the page. What was typed is said again when somebody else wrote meanwhile."""
    tried(request, do, typed)
    return redirect("pupil-plan", plan.pk)


@writes
@require_POST
def goal_new(request: Request, pk: int) -> HttpResponse:
    """A goal in words, or in a test result."""
    found = own_plan(request, pk)
    given = {name: asked.words(request.POST.get(name)) for name in ("content", "proof", "subject", "threshold")}
    if request.POST.get("soort") == PlanGoal.Kind.TEST:
        quantity = request.POST.get("quantity", "")
        return _back(
            request, found,
            lambda: actions.add_test(
                plan=found, subject=given["subject"], quantity=quantity, threshold=given["threshold"], by=request.user
            ),
        )  # fmt: skip
    return _back(
        request, found,
        lambda: actions.add_words(plan=found, content=given["content"], proof=given["proof"], by=request.user),
    )  # fmt: skip


@writes
@require_POST
def goal(request: Request, pk: int, goal: int) -> HttpResponse:
    """Other words, another threshold, or away with it."""
    found = own_plan(request, pk)
    own = get_object_or_404(found.goals.all(), pk=goal)
    was, words = asked.words(request.POST.get("was")), asked.words(request.POST.get("text"))
    if "weg" in request.POST:
        return _back(request, found, lambda: actions.remove_goal(plan=found, goal=own, was=was, by=request.user))
    return _back(
        request, found, lambda: actions.change_goal(plan=found, goal=own, text=words, was=was, by=request.user), words
    )


@writes
@require_POST
def days(request: Request, pk: int) -> HttpResponse:
    """Until when, when it is looked back on, and who sees to it."""
    found = own_plan(request, pk)
    ends, review = _day(request.POST.get("ends")), _day(request.POST.get("review_on"))
    if ends is None or review is None:
        messages.error(request, _("Schrijf beide dagen, bijvoorbeeld 29-01-2027."))
        return redirect("pupil-plan", found.pk)
    number = asked.number(request.POST.get("owner"))
    staff = StaffMember.objects.filter(school=found.school_id)
    owner = get_object_or_404(staff, pk=number) if number is not None else None
    was = asked.words(request.POST.get("was"))
    return _back(
        request, found,
        lambda: actions.set_days(plan=found, ends=ends, review_on=review, owner=owner, was=was, by=request.user),
    )  # fmt: skip


def _day(typed: str | None) -> date | None:
    try:
        return date.fromisoformat(typed or "")
    except ValueError:
        return None
