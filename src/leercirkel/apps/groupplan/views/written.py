"""Everything that was written of one pupil: for who shows it to parents, on the page and on paper."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from leercirkel.apps import clock
from leercirkel.apps.access.gate import needs
from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.groupplan.presenters import words
from leercirkel.apps.groupplan.presenters import written as presented
from leercirkel.apps.groupplan.selectors import written as selectors
from leercirkel.apps.organisation.actions import looks
from leercirkel.apps.organisation.models import Pupil
from leercirkel.apps.organisation.selectors import may, may_see_contacts, pupils_of
from leercirkel.apps.organisation.views.pupils import frame
from leercirkel.documents.pupil_file import render_file

PURPOSE = "written"


@needs(Right.SEE_DOSSIER)
def written(request: Request, pk: int) -> HttpResponse:
    """Needs, day notes, plans and evaluations of one pupil, the newest first. The look is written down."""
    pupil = _pupil(request, pk)
    looks.pupil_seen(pupil=pupil, by=request.user, purpose=PURPOSE)
    contacts = may_see_contacts(request.sight, pupil)
    found = selectors.written_of(pupil)
    page = presented.page_of(pupil, found, selectors.others_of(pupil))
    context = {
        "pupil": pupil,
        "any": bool(found),
        "page": page,
        "key": presented.key_of(page),
        "contacts": contacts,
        "may_take": may(request.sight, Right.EXPORT, pupil),
        "may_see_looks": may(request.sight, Right.SEE_PUPILS, pupil),
        **frame(request, pupil, "pupil-written", contacts),
    }
    return render(request, "groupplan/written.html", context)


@needs(Right.EXPORT)
def written_paper(request: Request, pk: int) -> HttpResponse:
    """The same as PDF. It leaves the system, so it is written down as taken out, and is for who may do that."""
    pupil = _pupil(request, pk)
    get_object_or_404(pupils_of(request.sight, Right.EXPORT), pk=pk)
    page = presented.page_of(pupil, selectors.written_of(pupil), selectors.others_of(pupil))
    log.record(
        Kind.EXPORTED, by=request.user, school=pupil.school_id, pupil=pupil.pk, about=pupil, count=1, purpose=PURPOSE
    )
    answer = HttpResponse(render_file(_view(pupil, page)), content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="opgeschreven.pdf"'
    return answer


def _pupil(request: Request, pk: int) -> Pupil:
    return get_object_or_404(selectors.written_pupils(request.sight).select_related("school"), pk=pk)


def _view(pupil: Pupil, page: presented.Page) -> dict[str, object]:
    """As documents.pupil_file takes it."""
    made = {"school": pupil.school.name, "day": presented.day(clock.today())}
    return {
        "language": words.language(),
        "title": _("Wat we opschreven over %s") % pupil,
        "sub": _("%(school)s · gemaakt op %(day)s") % made,
        "lead": _(
            "Dit hoort bij het dossier. Ouders met gezag mogen het lezen en vragen om wat niet klopt te verbeteren "
            "(AVG artikel 15 en 16). Namen van andere kinderen staan er niet in."
        ),
        "audience": _("Alleen voor ouders met gezag en voor de school"),
        "now_heading": _("Wat nu geldt"),
        "now": [{"label": label, "said": list(said) or [_("niets")]} for label, said in page.now],
        "key": presented.key_of(page),
        "drafts_heading": _("Plannen in concept"),
        "drafts": list(page.drafts),
        "years": [
            {
                "heading": _("Schooljaar %s") % year,
                "entries": [
                    {"on": presented.day(one.on), "label": one.label, "text": one.text, "lines": list(one.lines)}
                    for one in entries
                ],
            }
            for year, entries in page.years
        ],
        "none": "" if page.years else _("Er is nog niets opgeschreven."),
    }  # fmt: skip
