"""What pages of plans share: finding a plan, and whether it may be changed."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from leercirkel.apps.access.gate import needs
from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.groupplan import selectors
from leercirkel.apps.groupplan.models import GroupPlan

reads = needs(*selectors.READS)
writes = needs(Right.WRITE_PLAN)


def seen_plan(request: Request, pk: int) -> GroupPlan:
    """A plan that the user reads. Http404 otherwise."""
    return get_object_or_404(selectors.plans_of(request.sight).select_related("run", "before"), pk=pk)


def own_plan(request: Request, pk: int) -> GroupPlan:
    """A plan that the user may change. Http404 for one that they do not see, PermissionDenied for one only read."""
    found = seen_plan(request, pk)
    if not selectors.may_write(request.sight, found):
        raise PermissionDenied
    return found


def crumbs() -> list[tuple[str, str]]:
    """The way to the list."""
    return [(_("Groepsplannen"), reverse("plans"))]
