"""The list of my pupils, and the pages of one pupil."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leercirkel.apps import clock
from leercirkel.apps.access.gate import needs
from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.audit import presenters as audit_presenters
from leercirkel.apps.audit import selectors as audit_selectors
from leercirkel.apps.organisation import presenters, pupil_tabs, selectors
from leercirkel.apps.organisation.actions import looks
from leercirkel.apps.organisation.forms import GroupFilter
from leercirkel.apps.organisation.models import Pupil
from leercirkel.apps.pages.tables import Column, Pages, sorting

PER_PAGE = 500

NAME = Column("naam", gettext_lazy("Naam"), by=("pupil__sort_key",))
GROUP = Column("groep", gettext_lazy("Groep"), by=("group__position", "group__name", "pupil__sort_key"))
GRADE = Column("leerjaar", gettext_lazy("Leerjaar"), by=("grade", "pupil__sort_key"))
BORN = Column("geboren", gettext_lazy("Geboren"), by=("pupil__birth_date", "pupil__sort_key"))
SCHOOL = Column("school", gettext_lazy("School"), by=("school__name", "pupil__sort_key"))


@needs(Right.SEE_PUPILS)
def pupils(request: Request) -> HttpResponse:
    """My pupils of today."""
    groups = selectors.groups_of(request.sight, Right.SEE_PUPILS, clock.school_year())
    form = GroupFilter(request.GET, groups=groups, schools=request.sight.pupil_schools)
    several = len(request.sight.pupil_schools) > 1
    order = sorting(request, (NAME, GROUP, GRADE, BORN, *((SCHOOL,) if several else ())), default="naam")
    rows = form.narrowed(selectors.enrolled(selectors.pupils_of(request.sight, Right.SEE_PUPILS)))
    rows = rows.select_related("school").order_by(*order.order_by)
    page = Pages(rows, PER_PAGE).get_page(request.GET.get("blz"))
    looks.list_seen(pupils=[row.pupil for row in page], by=request.user, purpose="pupils")
    context = {
        "form": form,
        "page": page,
        "sorting": order,
        "several": several,
        "may_load": request.sight.may(Right.MANAGE_ROSTER),
    }
    return render(request, "organisation/pupils.html", context)


@needs(Right.SEE_PUPILS)
def pupil(request: Request, pk: int) -> HttpResponse:
    """One pupil: who it is, and the career at this school."""
    found = seen(request, pk, "career")
    contacts = selectors.may_see_contacts(request.sight, found, found_by=Right.SEE_PUPILS)
    career = selectors.career_of(found)
    groups = [period.group for period in career if period.group]
    context = {
        "pupil": found,
        "now": next((period for period in career if period.now), None),
        "career": presenters.career_rows(career),
        "instruction": selectors.instruction_groups_of(found, clock.today()),
        "named_groups": {group.pk for group in groups if selectors.reaches(request.sight, Right.SEE_PUPILS, group)},
        "forbidden": contacts and selectors.contact_forbidden(found),
        **frame(request, found, "pupil", contacts, Right.SEE_PUPILS),
    }
    return render(request, "organisation/pupil.html", context)


@needs(Right.SEE_PUPILS)
def looks_at(request: Request, pk: int) -> HttpResponse:
    """Who saw the file of a pupil."""
    found = seen(request, pk, "looks")
    contacts = selectors.may_see_contacts(request.sight, found, found_by=Right.SEE_PUPILS)
    told = audit_presenters.seen(audit_selectors.looks_at(found))
    context = {"pupil": found, "looks": told, **frame(request, found, "pupil-looks", contacts, Right.SEE_PUPILS)}
    return render(request, "organisation/pupil_looks.html", context)


def seen(request: Request, pk: int, purpose: str, right: Right = Right.SEE_PUPILS) -> Pupil:
    """The pupil of a page, when `right` reaches it: and that is written down. Http404 otherwise."""
    found = get_object_or_404(selectors.pupils_of(request.sight, right).select_related("school"), pk=pk)
    looks.pupil_seen(pupil=found, by=request.user, purpose=purpose)
    return found


def frame(
    request: Request, found: Pupil, here: str, contacts: bool, found_by: Right | None = None
) -> dict[str, object]:
    """Crumbs and tabs of every page of one pupil: those that open for this user and this pupil. `found_by` is the right
    that the pupil was found with today (selectors.may)."""
    registered = pupil_tabs.registered()
    others = {tab.right for tab in registered} - {Right.SEE_PUPILS, Right.SEE_CONTACTS}
    mine = {right for right in sorted(others) if selectors.may(request.sight, right, found, found_by=found_by)} | {
        Right.SEE_PUPILS
    }
    mine |= {Right.SEE_CONTACTS} if contacts else set()
    open_to_me = [tab for tab in registered if tab.right in mine and (not tab.opens or tab.opens(request.sight, found))]
    tabs = [(tab.url_name, tab.label) for tab in open_to_me]
    return {
        "crumbs": [(_("Leerlingen"), reverse("pupils"))],
        "tabs": [{"label": label, "url": reverse(name, args=[found.pk]), "here": name == here} for name, label in tabs],
    }
