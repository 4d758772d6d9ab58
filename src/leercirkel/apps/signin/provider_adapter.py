"""Signing in with the school's own provider (OpenID Connect): only users who are there already, matched once.

The first time someone comes from a provider, the address it gives is matched with a user, if it is verified and in a
domain that the settings allow. From then on the provider's own key of that person counts, so that an address that is
given to someone else later opens nothing. Of what the provider tells, nothing else is kept.
"""

from __future__ import annotations

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, _build_apps_from_settings
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import redirect

from leercirkel.apps.access.models import User
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.signin import factors, invitations
from leercirkel.apps.signin.journal import note
from leercirkel.apps.signin.selectors import by_address
from leercirkel.operations import logs
from leercirkel.operations.providers import Provider

VERIFIED = ("email_verified", "xms_edov")
"""Claims that say so: the standard's, and that of Entra ID."""
_log = logs.logger("signin")


class ProviderAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """How allauth deals with providers here."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Never: nobody becomes a user by signing in elsewhere."""
        return False

    def list_apps(self, request: Any, provider: Any = None, client_id: Any = None) -> list[Any]:
        """Those of the settings; allauth would look in the database too."""
        found = _build_apps_from_settings(provider=provider, client_id=client_id)
        return [app for apps in found.values() for app in apps]

    def serialize_instance(self, instance: Any) -> dict[str, Any]:
        """What waits in the session for the second factor: of the user no more than which."""
        if isinstance(instance, User):
            return {"id": instance.pk}
        kept: dict[str, Any] = super().serialize_instance(instance)
        return kept

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Finds the user; sends away who has no account here."""
        account = sociallogin.account
        provider = settings.PROVIDERS[account.provider]
        claims = _claims(account.extra_data)
        account.extra_data = {}
        if account.pk:
            account.save(update_fields=["extra_data"])
        if not sociallogin.is_existing:
            user = _match(provider, claims)
            if user is None:
                _log.info("provider_without_user", extra={"fields": {"code": provider.id}})
                request.session["ended"] = "no_account"
                raise ImmediateHttpResponse(redirect("account_login"))
            sociallogin.connect(request, user)
            note(Kind.USER_CHANGED, user, by=user, purpose="provider_connected")
        invitations.came(sociallogin.user)
        if asked_for_factor(provider, claims):
            factors.prove(request, sociallogin.user, "provider")

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Any = None,
        extra_context: Any = None,
    ) -> None:
        """Back to the sign-in page, which says that it did not work; why, as far as known, is in the server's log."""
        why = type(exception).__name__ if exception else str(getattr(error, "value", error))
        code = f"{provider.app.provider_id}.{why}".lower()
        _log.warning("provider_failed", extra={"fields": {"code": code}})
        request.session["ended"] = "provider_failed"
        raise ImmediateHttpResponse(redirect("account_login"))


def verified_address(provider: Provider, claims: dict[str, Any]) -> str:
    """The address by which a user may be found; empty when it is not verified, or in no domain of the settings."""
    address = str(claims.get(provider.email_claim) or "").strip().lower()
    name, _, domain = address.rpartition("@")
    if not name or domain not in provider.domains:
        return ""
    verified = provider.trusted or any(claims.get(claim) in (True, 1, "true", "1") for claim in VERIFIED)
    return address if verified else ""


def asked_for_factor(provider: Provider, claims: dict[str, Any]) -> bool:
    """Whether the token says, in the way the settings name, that the provider asked for a second factor."""
    said = claims.get(provider.factor_claim) if provider.factor_claim else None
    values = said if isinstance(said, list) else [said]
    return any(value in provider.factor_values for value in values)


def _match(provider: Provider, claims: dict[str, Any]) -> User | None:
    address = verified_address(provider, claims)
    user = by_address(address) if address else None
    return user if user and user.is_active else None


def _claims(data: dict[str, Any]) -> dict[str, Any]:
    """What the token says, with what the provider tells beside it about the same person and nobody else."""
    token, beside = data.get("id_token") or {}, data.get("userinfo") or {}
    return {**beside, **token} if beside.get("sub") == token.get("sub") else dict(token)
