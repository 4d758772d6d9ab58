"""The sign-in page."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.utils import get_next_redirect_url
from allauth.account.views import LoginView, LogoutView
from django.conf import settings
from django.contrib.auth import login, logout
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from leercirkel.apps.access.gate import open_to_all
from leercirkel.apps.access.models import User
from leercirkel.apps.access.request import Request
from leercirkel.apps.demo.selectors import demo_roles
from leercirkel.apps.signin import factors

ENDED = {
    "idle": _("Je bent afgemeld omdat je een tijd niets hebt gedaan."),
    "no_account": _("Voor dit adres is hier geen account. Vraag de beheerder van je school om een uitnodiging."),
    "provider_failed": _("Aanmelden via de school is niet gelukt. Probeer het zo nog eens, of meld je hier aan."),
    "provider_stays": _(
        "Je bent hier afgemeld, maar bij de school (Microsoft of Google) nog niet. Op een gedeelde computer: sluit de "
        "browser, of meld je ook daar af."
    ),
    "too_long": _("Je bent afgemeld: na een werkdag vragen we opnieuw om je wachtwoord."),
}


class SignIn(LoginView):  # type: ignore[misc]  # allauth has no types
    """Address and password, or one of the other ways."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With why the session before ended, once."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        onward = get_next_redirect_url(self.request)
        query = f"?{urlencode({'next': onward})}" if onward else ""
        return context | {
            "ended": ENDED.get(self.request.session.pop("ended", ""), ""),
            "demo_roles": demo_roles(),
            "providers": [
                (each.name, reverse("openid_connect_login", args=[each.id]) + query)
                for each in settings.PROVIDERS.values()
            ],
        }


@open_to_all
@require_POST
def demo_sign_in(request: Request) -> HttpResponse:
    """One button per role, in a demonstration only: elsewhere there is no such address, and nobody to sign in."""
    offered = {str(each.user) for each in demo_roles()}
    chosen = request.POST.get("user", "")
    if chosen not in offered:
        raise Http404
    if request.user.is_authenticated:
        logout(request)
    user = User.objects.get(pk=int(chosen))
    factors.prove(request, user, "demo")
    login(request, user, backend="leercirkel.apps.signin.backends.Backend")
    return redirect("start")


class SignOut(LogoutView):  # type: ignore[misc]
    """Signs out here; who came through the school's provider is told that they are still signed in there."""

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """Out."""
        records = get_authentication_records(self.request, self.request.user)
        elsewhere = any(each["method"] == "socialaccount" for each in records)
        response: HttpResponse = super().post(*args, **kwargs)
        if elsewhere:
            self.request.session["ended"] = "provider_stays"
        response["Clear-Site-Data"] = '"cache"'
        return response
