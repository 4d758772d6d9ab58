"""To the school's own provider, from a link on the sign-in page."""

from __future__ import annotations

from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.providers.base.constants import AuthError
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe
from requests import RequestException

from leercirkel.apps.access.gate import open_to_all
from leercirkel.apps.access.request import Request


@open_to_all
@require_safe
def start(request: Request, provider_id: str) -> HttpResponse:
    """Sends the browser there. A link and not a form: the policy of the page lets forms go nowhere else.

    What may go along is the page that was asked for, and nothing that changes what is asked of the provider.
    """
    if provider_id not in settings.PROVIDERS:
        raise Http404
    if request.user.is_authenticated:
        return redirect("start")
    adapter = get_adapter(request)
    provider = adapter.get_provider(request, provider_id)
    try:
        to: HttpResponse = provider.redirect(request, process="login", next_url=get_next_redirect_url(request))
    except (RequestException, OAuth2Error, PermissionDenied, ValueError, KeyError) as error:
        failed: HttpResponse = render_authentication_error(request, provider, AuthError.UNKNOWN, error)
        return failed
    return to
