"""One's own account: name and language, where one is signed in, and what one may do here."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leercirkel.apps.access.gate import signed_in
from leercirkel.apps.access.request import Request
from leercirkel.apps.signin import actions, factors, presenters, screen, selectors
from leercirkel.apps.signin.forms import DeviceForm, MeForm


@signed_in
def account(request: Request) -> HttpResponse:
    """Name, language, and the ways to sign in."""
    user = request.user
    form = MeForm(request.POST or None, initial={"name": user.name, "language": user.language})
    if request.method == "POST" and form.is_valid():
        actions.change_me(by=user, **form.cleaned_data)
        with translation.override(user.language):
            messages.success(request, _("Opgeslagen."))
        return redirect("account")
    context = {
        "form": form,
        "device": DeviceForm(initial={"minutes": screen.after(request)}),
        "factors": len(factors.of(user)),
        "sessions": presenters.seen(selectors.sessions_of(user), request.session.session_key),
    }
    return render(request, "signin/account.html", context)


@signed_in
@require_POST
def sessions(request: Request) -> HttpResponse:
    """Signs out one session, or everywhere."""
    if one := request.POST.get("one"):
        actions.end_session(by=request.user, handle=one)
        messages.success(request, _("Afgemeld op dat apparaat."))
        return redirect("account")
    actions.end_sessions(by=request.user, user=request.user, but=request.session.session_key)
    logout(request)
    return redirect("account_login")


@signed_in
def rights(request: Request) -> HttpResponse:
    """What I may do here, job by job, in plain words."""
    return render(request, "signin/rights.html", {"jobs": presenters.jobs(selectors.jobs_of(request.user))})
