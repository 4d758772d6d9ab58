"""Users as they are after signing in with a second factor, without going through the pages, and codes of an app."""

from __future__ import annotations

import base64
import hmac
import time
from importlib import import_module
from typing import Any

from allauth.account.internal.flows import login
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.test import Client

from leercirkel.apps.access.models import User

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def shown(user: User) -> dict[str, Any]:
    """What a session holds of a second factor that was shown."""
    return {
        login.AUTHENTICATION_METHODS_SESSION_KEY: [{"method": "mfa", "at": time.time(), "type": "totp"}],
        login._AUTHENTICATION_METHODS_USER_SESSION_KEY: str(user.pk),
    }


def session_of(user: User, **more: Any) -> str:
    """The key of a new session of this user, written to the database Django is connected to."""
    now = time.time()
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session.update(
        {
            SESSION_KEY: str(user.pk),
            BACKEND_SESSION_KEY: "leercirkel.apps.signin.backends.Backend",
            HASH_SESSION_KEY: user.get_session_auth_hash(),
            "started_at": now,
            "seen_at": now,
        }
        | shown(user)
        | more
    )
    session.save()
    return str(session.session_key)


def sign_in(client: Client, user: User) -> None:
    """Signs the test client in, with a second factor."""
    client.cookies[settings.SESSION_COOKIE_NAME] = session_of(user)


def give_app(user: User) -> None:
    """Connects an app with codes; `code()` is what it shows."""
    TOTP.activate(user, SECRET)


def code(secret: str = SECRET, *, steps: int = 0) -> str:
    """The code of RFC 6238 for this half minute; `steps` half minutes later. Each can be used once."""
    counter = int(time.time()) // 30 + steps
    digest = hmac.new(base64.b32decode(secret), counter.to_bytes(8, "big"), "sha1").digest()
    at = digest[-1] & 15
    return str((int.from_bytes(digest[at : at + 4], "big") & 0x7FFFFFFF) % 1_000_000).zfill(6)
