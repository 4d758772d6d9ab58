"""Second factors: setting them up, and taking them away. allauth does the work; here it is noted in the log."""

from __future__ import annotations

from typing import Any

from allauth.account.utils import get_next_redirect_url
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.views import AddWebAuthnView, EditWebAuthnView, LoginWebAuthnView, RemoveWebAuthnView
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse, reverse_lazy

from leercirkel.apps.access.gate import signed_in
from leercirkel.apps.access.request import Request
from leercirkel.apps.signin import factors
from leercirkel.apps.signin.adapter import FactorAdapter

MINE = reverse_lazy("mfa_index")


@signed_in
def mine(request: Request) -> HttpResponse:
    """My second factors, and how to add one."""
    own = factors.of(request.user)
    codes = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.RECOVERY_CODES).first()
    return render(
        request,
        "signin/factors.html",
        {
            "app": next((each for each in own if each.type == Authenticator.Type.TOTP), None),
            "passkeys": [each for each in own if each.type == Authenticator.Type.WEBAUTHN],
            "codes_left": len(codes.wrap().get_unused_codes()) if codes else None,
            "needed": request.sight.needs_second_factor,
        },
    )


@signed_in
def start(request: Request) -> HttpResponse:
    """Why a second factor is needed, and the choice between an app and a passkey. Comes before every other page."""
    if factors.proven(request) or not request.sight.needs_second_factor:
        return HttpResponse(status=302, headers={"Location": reverse("start")})
    return render(request, "signin/factor_start.html")


class AddApp(ActivateTOTPView):  # type: ignore[misc]  # allauth has no types
    """Connects an app that gives codes."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Kept, and shown: the code came from it."""
        response: HttpResponse = super().form_valid(form)
        app = next(each for each in factors.of(self.request.user) if each.type == Authenticator.Type.TOTP)
        factors.used_up(app, form.cleaned_data["code"])
        _made(self.request, "totp_added")
        return response


class RemoveApp(DeactivateTOTPView):  # type: ignore[misc]
    """Disconnects the app."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Gone."""
        response: HttpResponse = super().form_valid(form)
        factors.noted(self.request.user, "totp_removed")
        return response


class AddPasskey(AddWebAuthnView):  # type: ignore[misc]
    """A passkey, with which one can also sign in without a password and unlock the screen."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Asks the device for a passkey that it keeps itself, and that checks who is there."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["js_data"] = {"creation_options": auth.begin_registration(self.request.user, True)}
        return context

    def form_valid(self, form: Any) -> HttpResponse:
        """Kept, and shown."""
        response: HttpResponse = super().form_valid(form)
        _made(self.request, "passkey_added")
        return response


class RenamePasskey(EditWebAuthnView):  # type: ignore[misc]
    """Another name."""

    success_url = MINE


class RemovePasskey(RemoveWebAuthnView):  # type: ignore[misc]
    """Takes a passkey away, unless it is the last factor of who must have one."""

    success_url = MINE

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With whether it may go."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"may_go": FactorAdapter().can_delete_authenticator(self.object)}

    def form_valid(self, form: Any) -> HttpResponse:
        """Gone; or the page once more, which says why not."""
        if not FactorAdapter().can_delete_authenticator(self.object):
            refused: HttpResponse = self.render_to_response(self.get_context_data())
            return refused
        response: HttpResponse = super().form_valid(form)
        factors.noted(self.request.user, "passkey_removed")
        return response


class NewCodes(GenerateRecoveryCodesView):  # type: ignore[misc]
    """New recovery codes; the ones before are worth nothing after that."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Made."""
        response: HttpResponse = super().form_valid(form)
        factors.noted(self.request.user, "codes_made")
        return response


class Codes(ViewRecoveryCodesView):  # type: ignore[misc]
    """The recovery codes, once."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the page that was asked for before a factor had to be set up."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"onward": self.request.session.get("after_factor") or reverse("start")}


class PasskeySignIn(LoginWebAuthnView):  # type: ignore[misc]
    """Signing in with a passkey alone, and on to the page that was asked for."""

    def form_valid(self, form: Any) -> HttpResponse:
        """In."""
        response: HttpResponse = super().form_valid(form)
        onward = get_next_redirect_url(self.request)
        if onward and self.request.user.is_authenticated:
            response["Location"] = onward
        return response


def _made(request: Request, what: str) -> None:
    factors.prove(request, request.user, "made")
    factors.noted(request.user, what)
