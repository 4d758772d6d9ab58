"""Passwords: another one, a forgotten one, and the first one of who was invited."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.account.views import PasswordChangeView, PasswordResetFromKeyView
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters

from leercirkel.apps.access.gate import open_to_all
from leercirkel.apps.access.models import User
from leercirkel.apps.access.request import Request
from leercirkel.apps.signin import actions, invitations
from leercirkel.apps.signin.forms import FirstPasswordForm

KEY = "invitation"
"""Where the session keeps which invitation it is, by its key: the secret stands in no address but the link's own."""


class ChangePassword(PasswordChangeView):  # type: ignore[misc]  # allauth has no types
    """Another password; the other sessions end."""

    def dispatch(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        """Not for who has none, because the school's own provider knows it."""
        if not request.user.has_usable_password():
            return redirect("account")
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    def get_default_success_url(self) -> str:
        """Back to the account."""
        return reverse("account")

    def form_valid(self, form: Any) -> HttpResponse:
        """Set."""
        response: HttpResponse = super().form_valid(form)
        actions.password_was_set(by=form.user, how="changed", but=self.request.session.session_key)
        return response


class NewPassword(PasswordResetFromKeyView):  # type: ignore[misc]
    """A password in the place of a forgotten one, by the link in a message."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Set; signing in comes after it, with the second factor."""
        response: HttpResponse = super().form_valid(form)
        actions.password_was_set(by=self.reset_user, how="reset")
        invitations.came(self.reset_user)
        return response


@open_to_all
def invitation_link(request: Request, secret: str) -> HttpResponse:
    """The link of an invitation: takes the secret out of the address. A mail scanner that opens it changes nothing."""
    request.session[KEY] = invitations.key(secret)
    return redirect("invitation")


@open_to_all
@sensitive_post_parameters()
def invitation(request: Request) -> HttpResponse:
    """Choosing the first password. What opens nothing says why, and what to do."""
    key = request.session.get(KEY, "")
    try:
        user = invitations.find(key).user
        form = FirstPasswordForm(user, request.POST or None)
        if request.method == "POST" and form.is_valid():
            user = invitations.accept(key=key, password=form.cleaned_data["password1"])
            return _sign_in(request, user)
    except invitations.InvitationError as error:
        why = type(error).__name__.lower()
        return render(request, "signin/invitation_ended.html", {"why": why}, status=410)
    return render(request, "signin/invitation.html", {"form": form, "invited": user})


def _sign_in(request: Request, user: User) -> HttpResponse:
    if request.user.is_authenticated:
        logout(request)
    request.session.pop(KEY, None)
    actions.password_was_set(by=user, how="accepted")
    response: HttpResponse = perform_password_login(request, {"email": user.email}, Login(user=user))
    return response
