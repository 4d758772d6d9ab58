"""Locking and unlocking the screen, and what a device does when it is left."""

from __future__ import annotations

from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm
from django.contrib import messages
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leercirkel.apps.access.gate import signed_in
from leercirkel.apps.access.request import Request
from leercirkel.apps.signin import screen
from leercirkel.apps.signin.forms import DeviceForm


@signed_in
@require_POST
def lock(request: Request) -> HttpResponse:
    """Locks the screen; unlocking leads back to the page where it was locked."""
    screen.lock(request, "button")
    response = screen.page(request, request.POST.get("next", "/"))
    response["Clear-Site-Data"] = '"cache"'
    return response


@signed_in
@require_POST
def unlock(request: Request) -> HttpResponse:
    """Opens the screen with a passkey of the user whose session it is."""
    onward = request.POST.get("next", "/")
    if not screen.locked(request):
        return redirect(screen.safe(onward))
    form = AuthenticateWebAuthnForm(user=request.user, data=request.POST)
    if not form.is_valid():
        return screen.page(request, onward, failed=True)
    form.save()
    screen.unlock(request)
    return redirect(screen.safe(onward))


@signed_in
@require_safe
def here(request: Request) -> HttpResponse:
    """Someone is typing on a page: that is no idle time. The middleware notes it; what is said is for the page that is
    open: whose session this is, and the token of its forms, which another session has made since."""
    return HttpResponse(status=204, headers={"X-User": str(request.sight.user), "X-CSRFToken": get_token(request)})


@signed_in
@require_POST
def device(request: Request) -> HttpResponse:
    """After how long this device locks itself, whoever is signed in."""
    form = DeviceForm(request.POST)
    response = redirect("account")
    if form.is_valid():
        screen.choose(response, int(form.cleaned_data["minutes"]))
        messages.success(request, _("Opgeslagen voor dit apparaat."))
    return response
