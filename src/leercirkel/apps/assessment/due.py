"""What waits for who imports: lines for the start page (apps/pages/due.py)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.assessment.models import ImportBatch
from leercirkel.apps.assessment.selectors.imports import imports_of
from leercirkel.apps.pages.due import Due


def imports_to_confirm(request: Request) -> Iterator[Due]:
    """One's own files that were looked at and not confirmed: after KEPT_DAYS they are gone."""
    if not request.sight.may(Right.WRITE_RESULTS):
        return
    waiting = imports_of(request.sight).filter(made_by_id=request.sight.user, state=ImportBatch.State.OPEN)
    for batch in waiting[:5]:
        yield Due(
            _("Resultaten voor %(school)s: nakijken en bevestigen") % {"school": batch.school.name},
            url=reverse("import", args=[batch.pk]),
            action=_("Nakijken"),
            detail=_("Tot dan wordt er niets ingelezen."),
            until=timezone.localtime(batch.made_at).date() + timedelta(days=ImportBatch.KEPT_DAYS),
        )
