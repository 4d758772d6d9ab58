"""The step of signing in that asks for the second factor."""

from __future__ import annotations

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.stages import AuthenticateStage
from django.http import HttpRequest


class FactorStage(AuthenticateStage):  # type: ignore[misc]  # allauth has no types
    """Asked of everyone who has one; not when the school's provider has asked for its own and that counts."""

    def _should_handle(self, request: HttpRequest) -> bool:
        records = get_authentication_records(request, self.login.user)
        if any(each.get("method") == "mfa" and each.get("type") == "provider" for each in records):
            return False
        return bool(super()._should_handle(request))
