"""What waits for someone who manages users or reads the log: lines for the start page (apps/pages/due.py)."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leercirkel.apps.access.notices import open_for
from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.selectors import staff_without_account, users_of
from leercirkel.apps.pages.due import Due


def invitations(request: Request) -> Iterator[Due]:
    """Invitations that ran out before somebody answered, and those that are still open."""
    if not request.sight.may(Right.MANAGE_USERS):
        return
    waiting = users_of(request.sight).filter(is_active=True, invitation__accepted_at=None).exclude(invitation=None)
    over = Q(invitation__expires_at__lte=timezone.now())
    count = waiting.aggregate(over=Count("pk", filter=over), open=Count("pk", filter=~over))
    url, action = reverse("users"), _("Naar de gebruikers")
    if number := count["over"]:
        words = ngettext("%d uitnodiging is verlopen", "%d uitnodigingen zijn verlopen", number)
        yield Due(words % number, url, action, detail=_("Stuur een nieuwe, of trek haar in."), order=10)
    if number := count["open"]:
        words = ngettext("%d uitnodiging is nog niet aangenomen", "%d uitnodigingen zijn nog niet aangenomen", number)
        yield Due(words % number, url, action, order=60)


def staff_without(request: Request) -> Iterator[Due]:
    """People of the roster who cannot sign in yet."""
    if request.sight.may(Right.MANAGE_USERS) and (number := staff_without_account(request.sight).count()):
        words = ngettext("%d collega heeft nog geen account", "%d collega's hebben nog geen account", number)
        yield Due(words % number, url=reverse("user_invite"), action=_("Uitnodigen"), order=70)


def new_sight(request: Request) -> Iterator[Due]:
    """Who got to see names of pupils, until somebody says to have seen that."""
    if not request.sight.may(Right.SEE_AUDIT):
        return
    if number := open_for(request.sight).count():
        words = ngettext("%d keer kreeg iemand zicht op leerlingen", "%d keer kreeg iemand zicht op leerlingen", number)
        yield Due(
            words % number,
            url=reverse("notices"),
            action=_("Bekijken"),
            detail=_("Kijk of je deze mensen kent en of het klopt."),
            order=5,
        )
