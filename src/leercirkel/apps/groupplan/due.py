"""Plans that wait to be fixed: a line on the start page of who writes them."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.groupplan.selectors.listed import to_fix
from leercirkel.apps.pages.due import Due


def plans_to_fix(request: Request) -> Iterator[Due]:
    """Drafts of own groups, until the day that the round has for it."""
    if not request.sight.may(Right.WRITE_PLAN):
        return
    found = to_fix(request.sight).order_by().aggregate(number=Count("pk", distinct=True), until=Min("run__plans_due"))
    if number := found["number"]:
        words = ngettext("%d plan vaststellen", "%d plannen vaststellen", number)
        yield Due(words % number, reverse("plans-fix"), _("Nakijken"), until=found["until"], order=30)
