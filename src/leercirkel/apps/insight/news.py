"""What was shared with parents, for their start page (apps/pages/news.py)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.insight.selectors import shared_with
from leercirkel.apps.pages.news import News


def sheets_for_parents(request: Request, before: datetime) -> Iterator[News]:
    """What the school shared of own children; colleagues who may see it too are not told each time."""
    if not request.sight.may(Right.SEE_PUBLISHED) or request.sight.may(Right.SEE_PUPILS):
        return
    for sheet in shared_with(request.sight).filter(made_at__gt=before)[:5]:
        yield News(_("Een blad voor het rapportgesprek"), sheet.made_at, reverse("shared-sheet", args=[sheet.pk]))
