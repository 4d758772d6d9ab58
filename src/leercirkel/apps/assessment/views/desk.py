"""The standards of one school year on the table: what holds, and the draft that somebody works on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from leercirkel.apps.access.gate import needs
from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.assessment.actions import FilesHaveErrors
from leercirkel.apps.assessment.actions import drafts as actions
from leercirkel.apps.assessment.models import StandardsDraft, StandardsVersion
from leercirkel.apps.assessment.selectors import standards as selectors
from leercirkel.apps.assessment.views.standards import crumbs
from leercirkel.apps.organisation.models import School
from leercirkel.apps.pages.asked import number
from leercirkel.core.calendar import school_year_label
from leercirkel.exchange.standards.comments import comments
from leercirkel.exchange.standards.model import StandardsFile

sets = needs(Right.MANAGE_STANDARDS)


@dataclass(frozen=True, slots=True)
class Desk:
    """The standards of one school year of one school, and the draft of them when there is one."""

    school: School
    year: int
    holding: StandardsVersion | None
    draft: StandardsDraft | None

    @property
    def file(self) -> StandardsFile:
        """What the draft says."""
        return selectors.read(self.draft)

    def url(self, name: str, *args: object) -> str:
        """An address of this draft."""
        return reverse(name, args=[self.school.pk, self.year, *args])

    def context(self, **more: Any) -> dict[str, Any]:
        """What every page of a draft has."""
        above = [*crumbs(self.school, self.year), (_("Concept"), self.url("standards-draft"))]
        shown = {"desk": self, "school": self.school, "year": self.year, "label": school_year_label(self.year)}
        lost = len(comments(self.draft.toml)) if self.draft else 0
        return {**shown, "draft": self.draft, "comments": lost, "crumbs": above, **more}


def desk_of(request: Request, school: int, year: int) -> Desk:
    """The standards of a school year that the user sets. Http404 otherwise."""
    found = get_object_or_404(selectors.managed_schools(request.sight), pk=school)
    if year not in selectors.years_of(found):
        raise Http404
    return Desk(found, year, selectors.holding_version(found, year), selectors.draft_of(found, year))


def changed(request: Request, desk: Desk, file: StandardsFile) -> bool:
    """Puts `file` in the draft when nobody else changed it since the page was opened; otherwise says so."""
    assert desk.draft is not None
    try:
        actions.change_draft(draft=desk.draft, revision=revision_of(request), file=file, by=request.user)
    except actions.DraftMoved:
        messages.error(request, moved())
        return False
    except FilesHaveErrors as refused:
        for problem in refused.problems:
            messages.error(request, f"{problem.message} {problem.advice}")
        return False
    return True


def moved() -> str:
    """What is said when somebody else was first."""
    return _("Iemand anders heeft dit concept intussen gewijzigd. Open het opnieuw; hier is niets bewaard.")


def revision_of(request: Request, otherwise: int = 0) -> int:
    """Which draft the user had before them."""
    asked = number(request.POST.get("stand"))
    return otherwise if asked is None else asked
