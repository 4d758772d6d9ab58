"""What waits for who leads rounds: lines for the start page (apps/pages/due.py)."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.cycle.presenters.rounds import in_words
from leercirkel.apps.cycle.selectors.ready import proposal_of
from leercirkel.apps.cycle.selectors.rounds import led_schools
from leercirkel.apps.pages.due import Due


def rounds_to_open(request: Request) -> Iterator[Due]:
    """Rounds of which enough results are in to begin."""
    if not request.sight.may(Right.WRITE_ANALYSIS):
        return
    for school in led_schools(request.sight):
        found = proposal_of(request.sight, school)
        if found is not None and found.ready:
            yield Due(
                _("%(school)s: de %(round)s kan open") % {"school": school.name, "round": found.label},
                url=f"{reverse('round-open', args=[school.pk])}?ronde={found.code}",
                action=_("Ronde openen"),
                detail=in_words(found.came_in),
                order=15,
            )
