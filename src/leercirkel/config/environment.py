"""Settings as they come from outside: environment variables, each read in one place.

The whole list with defaults stands in docs/beheer/instellingen.md.
"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import conninfo_to_dict


def flag(name: str) -> bool:
    """True when the variable is 1, true, yes, ja or aan; absent is False."""
    return os.environ.get(name, "").strip().lower() in {"1", "true", "yes", "ja", "aan"}


def listed(name: str, default: str = "") -> list[str]:
    """A list with commas; blanks around the parts do not count."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def day(name: str) -> date | None:
    """A date as YYYY-MM-DD, or None."""
    text = os.environ.get(name, "").strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise ImproperlyConfigured(f"{name} moet een datum zijn als 2027-03-02, niet {text!r}.") from None


def database() -> dict[str, Any]:
    """Django's settings for the database of ``DATABASE_URL``; the embedded one is given the same way by `serve`.

    Raises ImproperlyConfigured without one: no part of the application falls back on another database.
    """
    address = os.environ.get("DATABASE_URL", "")
    if not address:
        raise ImproperlyConfigured(
            "DATABASE_URL ontbreekt. Start met `leercirkel serve`, of geef het adres van de PostgreSQL-server."
        )
    given = {key: str(value) for key, value in conninfo_to_dict(address).items() if value is not None}
    names = {"host": "HOST", "port": "PORT", "dbname": "NAME", "user": "USER", "password": "PASSWORD"}
    known = {django: given.pop(ours) for ours, django in names.items() if ours in given}
    return {
        "ENGINE": "leercirkel.config.postgresql",
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": given,
        **known,
    }


def secret_key() -> str:
    """``LEERCIRKEL_SECRET_KEY``, or the first line of the file ``LEERCIRKEL_SECRET_KEY_FILE``."""
    if key := os.environ.get("LEERCIRKEL_SECRET_KEY"):
        return key
    if file := os.environ.get("LEERCIRKEL_SECRET_KEY_FILE"):
        return Path(file).read_text(encoding="utf-8").splitlines()[0].strip()
    raise ImproperlyConfigured("LEERCIRKEL_SECRET_KEY of LEERCIRKEL_SECRET_KEY_FILE ontbreekt.")


def secret(name: str) -> str:
    """The variable itself, or the first line of the file that ``<name>_FILE`` names; empty when there is neither."""
    if file := os.environ.get(f"{name}_FILE"):
        return Path(file).read_text(encoding="utf-8").splitlines()[0].strip()
    return os.environ.get(name, "")


def mail(*, demo: bool) -> dict[str, Any]:
    """Django's settings for sending mail, from ``LEERCIRKEL_MAIL_…``.

    Without a server every message is refused with a reason; in a demonstration, or with the host ``console``, it is
    written to the standard output. TLS: ``starttls`` (default), ``ssl`` or ``none`` (only within one machine).
    """
    host = os.environ.get("LEERCIRKEL_MAIL_HOST", "").strip() or ("console" if demo else "")
    sender = os.environ.get("LEERCIRKEL_MAIL_FROM", "").strip()
    if host in ("", "console"):
        console = "django.core.mail.backends.console.EmailBackend"
        backend = console if host else "leercirkel.apps.signin.mail.NoMailServer"
        return {"EMAIL_BACKEND": backend, "DEFAULT_FROM_EMAIL": sender or "leercirkel@localhost"}
    tls = os.environ.get("LEERCIRKEL_MAIL_TLS", "starttls").strip().lower()
    if tls not in ("starttls", "ssl", "none"):
        raise ImproperlyConfigured(f"LEERCIRKEL_MAIL_TLS moet starttls, ssl of none zijn, niet {tls!r}.")
    if not sender:
        raise ImproperlyConfigured("LEERCIRKEL_MAIL_FROM ontbreekt: het adres waar berichten vandaan komen.")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": host,
        "EMAIL_PORT": int(os.environ.get("LEERCIRKEL_MAIL_PORT") or {"starttls": 587, "ssl": 465, "none": 25}[tls]),
        "EMAIL_HOST_USER": os.environ.get("LEERCIRKEL_MAIL_USER", ""),
        "EMAIL_HOST_PASSWORD": secret("LEERCIRKEL_MAIL_PASSWORD"),
        "EMAIL_USE_TLS": tls == "starttls",
        "EMAIL_USE_SSL": tls == "ssl",
        "EMAIL_TIMEOUT": 20,
        "DEFAULT_FROM_EMAIL": sender,
    }
