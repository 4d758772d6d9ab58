"""How allauth behaves here: nobody makes an account of their own, and no message tells which accounts there are."""

from __future__ import annotations

import base64
import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpRequest
from django.utils.encoding import force_bytes
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leercirkel.apps.access.models import User
from leercirkel.apps.signin import factors, lockout

FRESH = 5 * 60
"""Seconds after showing a password or factor in which it is not asked again to change something of the account."""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Signing in with an address and a password."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": gettext_lazy("Dit e-mailadres en wachtwoord horen niet bij elkaar."),
        "incorrect_password": gettext_lazy("Dit wachtwoord klopt niet."),
        "enter_current_password": gettext_lazy("Dit is niet je wachtwoord van nu."),
        "too_many_login_attempts": lockout.MESSAGE,
        "rate_limited": lockout.MESSAGE,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: users are invited."""
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """None: our pages say themselves what was done."""

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuses before the password is looked at when there were too many failures."""
        if lockout.is_locked(request, credentials.get("email", "")):
            raise self.validation_error("too_many_login_attempts")
        super().pre_authenticate(request, **credentials)

    def get_login_stages(self) -> list[str]:
        """Our own step for the second factor (stages.py) in the place of allauth's."""
        theirs = "allauth.mfa.stages.AuthenticateStage"
        ours = "leercirkel.apps.signin.stages.FactorStage"
        return [ours if stage == theirs else stage for stage in super().get_login_stages()]

    def is_reauthentication_required(self, *, app: str, **rest: Any) -> bool:
        """Not just after signing in: who set up nothing yet would otherwise type the same password twice."""
        records = get_authentication_records(context.request, context.request.user)
        return not any(time.time() - each["at"] < FRESH for each in records)


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Second factors: their names, and their secrets in the database as ciphertext."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy("Deze code klopt niet. Neem de code die nu in de app staat."),
        "cannot_delete_authenticator": gettext_lazy(
            "Dit is je enige tweede stap, en die is voor jouw werk nodig. Voeg eerst een andere toe."
        ),
    }

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """What a passkey calls us."""
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return entity | {"name": "Leercirkel"}

    def generate_authenticator_name(self, user: User, type: str) -> str:
        """What a passkey is called when the user does not say."""
        count = Authenticator.objects.filter(user=user, type=type).count()
        return _("Passkey") if not count else _("Passkey %(number)s") % {"number": count + 1}

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        """Not the last one of who must have one."""
        others = [each for each in factors.of(authenticator.user) if each.pk != authenticator.pk]
        return bool(others) or not context.request.sight.needs_second_factor

    def encrypt(self, text: str) -> str:
        """So that who reads a copy of the database has no codes."""
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Back; something no code matches when the installation's key is another than it was written with."""
        try:
            return _fernet().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return base64.b32encode(Fernet.generate_key()).decode()


def _fernet() -> MultiFernet:
    """The keys of this installation for factors, made from its secret key and the ones before it."""
    keys = []
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        made = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"leercirkel second factor").derive(
            force_bytes(secret)
        )
        keys.append(Fernet(base64.urlsafe_b64encode(made)))
    return MultiFernet(keys)
