"""Norm tables that run out, on the start page of who loads them."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.assessment.selectors.norm_tables import ending
from leercirkel.apps.assessment.selectors.standards import managed_schools
from leercirkel.apps.pages.due import Due


def tables_that_end(request: Request) -> Iterator[Due]:
    """One line per school whose tables run out, with the nearest last day."""
    if not request.sight.may(Right.MANAGE_STANDARDS):
        return
    for school in managed_schools(request.sight):
        if found := ending(school):
            yield Due(
                _("Een normtabel loopt af"),
                reverse("norm-tables") + f"?school={school.pk}",
                _("Bekijken"),
                f"{school.name}: {found[0][0].instrument}",
                found[0][1],
            )
