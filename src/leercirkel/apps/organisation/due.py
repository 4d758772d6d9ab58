"""What waits for someone who keeps rosters and groups: lines for the start page (apps/pages/due.py)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leercirkel.apps import clock
from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.organisation.models import Enrolment, GroupMembership, GroupTeacher, RosterPlan
from leercirkel.apps.organisation.selectors import authority_unknown as authority_unknown_of
from leercirkel.apps.organisation.selectors import groups_of, plans_of, schools_of
from leercirkel.apps.pages.due import Due
from leercirkel.core.calendar import school_year_label

NAMED = 4
"""So many groups are named; of more only the number is told."""


def rosters_to_confirm(request: Request) -> Iterator[Due]:
    """Rosters that were read in and wait: until then nothing has changed, and after KEPT_DAYS they are gone."""
    if not request.sight.may(Right.MANAGE_ROSTER):
        return
    for plan in plans_of(request.sight).filter(state=RosterPlan.State.OPEN):
        label = {"school": plan.school.name, "year": school_year_label(plan.school_year)}
        yield Due(
            _("Leerlingenlijst van %(school)s, %(year)s: nakijken en bevestigen") % label,
            url=reverse("roster-plan", args=[plan.pk]),
            action=_("Nakijken"),
            detail=_("Tot dan verandert er niets."),
            until=timezone.localtime(plan.made_at).date() + timedelta(days=RosterPlan.KEPT_DAYS),
        )


def years_to_load(request: Request) -> Iterator[Due]:
    """Schools of which nobody is enrolled today: a new school, or one of which the new school year was not loaded."""
    if not request.sight.may(Right.MANAGE_ROSTER):
        return
    now = Enrolment.objects.filter(school=OuterRef("pk"), during__contains=clock.today())
    for school in schools_of(request.sight, Right.MANAGE_ROSTER).filter(~Exists(now)):
        label = {"school": school.name, "year": school_year_label(clock.school_year())}
        yield Due(
            _("Leerlingenlijst van %(school)s, %(year)s inlezen") % label,
            url=reverse("rosters"),
            action=_("Inlezen"),
            detail=_("Tot dan zit er niemand in een groep."),
            order=10,
        )


def authority_unknown(request: Request) -> Iterator[Due]:
    """Pupils of today with a parent of whom nobody wrote down whether they have authority."""
    if not request.sight.may(Right.WRITE_CONTACTS):
        return
    if count := authority_unknown_of(request.sight).order_by().values("pupil").distinct().count():
        yield Due(
            ngettext(
                "Bij %d leerling is van een ouder niet bekend of die gezag heeft",
                "Bij %d leerlingen is van een ouder niet bekend of die gezag heeft",
                count,
            )
            % count,
            url=reverse("authority-unknown"),
            action=_("Bekijken"),
            order=30,
        )


def groups_without_teacher(request: Request) -> Iterator[Due]:
    """Classes and instruction groups with pupils that nobody teaches today: so long no teacher sees them."""
    if not request.sight.may(Right.MANAGE_TEAMS):
        return
    now = {"group": OuterRef("pk"), "during__contains": clock.today()}
    pupils = Exists(Enrolment.objects.filter(**now)) | Exists(GroupMembership.objects.filter(**now))
    groups = groups_of(request.sight, Right.MANAGE_TEAMS, clock.school_year())
    names = list(groups.filter(pupils, ~Exists(GroupTeacher.objects.filter(**now))).values_list("name", flat=True))
    if count := len(names):
        yield Due(
            ngettext("%d groep heeft nu geen leerkracht", "%d groepen hebben nu geen leerkracht", count) % count,
            url=reverse("groups"),
            action=_("Naar de groepen"),
            detail=", ".join(names) if count <= NAMED else "",
            order=20,
        )
