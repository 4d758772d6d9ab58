"""What pages of plans share: finding a plan, and whether it may be changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from leercirkel.apps.access.gate import needs
from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.groupplan import selectors
from leercirkel.apps.groupplan.errors import Conflict, PlanRefused
from leercirkel.apps.groupplan.models import GroupPlan

T = TypeVar("T")

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


def tried(request: Request, do: Callable[[], T], typed: str = "") -> T | None:
    """What `do` gives; None when the rules refused it or somebody else wrote meanwhile, which the page then says.
    `typed`: what was written, said again then."""
    try:
        return do()
    except PlanRefused as refused:
        messages.error(request, str(refused))
    except Conflict as other:
        told = _("Hier is niets gewijzigd: %(who)s koos intussen “%(what)s”. Kies opnieuw als dat niet klopt.")
        mine = " " + _("Jij schreef: “%s”.") % typed if typed else ""
        messages.error(request, told % {"who": other.who, "what": other.theirs} + mine)
    return None


def crumbs() -> list[tuple[str, str]]:
    """The way to the list."""
    return [(_("Groepsplannen"), reverse("plans"))]
