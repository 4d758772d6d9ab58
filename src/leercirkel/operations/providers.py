"""The providers a school's users may sign in with, from the TOML file that ``LEERCIRKEL_OIDC_FILE`` names.

What to enter, and where it comes from at Entra ID and Google: docs/beheer/aanmelden.md. A fault in the file stops the
application with a message that says which line of it is meant.
"""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from leercirkel.operations.errors import OperationError


@dataclass(frozen=True, slots=True)
class Provider:
    """An OpenID Connect provider.

    `domains`: addresses in these may be matched with a user, others never. `trusted`: the provider is the school's own
    and hands out no others' addresses in `domains`; otherwise it must say of each address that it was verified.
    `factor_claim` and `factor_values`: what in the token says that the provider asked for a second factor; without a
    claim our own is asked.
    """

    id: str
    name: str
    server: str
    client_id: str
    client_secret: str
    domains: frozenset[str]
    trusted: bool = False
    email_claim: str = "email"
    userinfo: bool = False
    factor_claim: str = ""
    factor_values: frozenset[str] = frozenset()

    def app(self) -> dict[str, Any]:
        """The same for allauth."""
        return {
            "provider_id": self.id,
            "name": self.name,
            "client_id": self.client_id,
            "secret": self.client_secret,
            "settings": {"server_url": self.server, "fetch_userinfo": self.userinfo, "oauth_pkce_enabled": True},
        }


def from_environment() -> dict[str, Provider]:
    """The providers by their id, in the order of the file; none without a file.

    Raises OperationError when the file cannot be read or something in it is not right.
    """
    name = os.environ.get("LEERCIRKEL_OIDC_FILE", "").strip()
    if not name:
        return {}
    try:
        entries = tomllib.loads(Path(name).read_text(encoding="utf-8")).get("provider", [])
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise OperationError(f"LEERCIRKEL_OIDC_FILE ({name}) kan niet worden gelezen: {error}") from None
    providers = [_provider(entry, f"{name}, provider {number}") for number, entry in enumerate(entries, 1)]
    if min(len({each.id for each in providers}), len({each.client_id for each in providers})) < len(providers):
        raise OperationError(f"{name}: twee providers hebben hetzelfde id of hetzelfde client_id.")
    return {each.id: each for each in providers}


TEXTS = ("id", "name", "server", "client_id")
KNOWN = {
    *(*TEXTS, "client_secret", "client_secret_file", "domains", "email_verified", "email_claim", "userinfo"),
    *("second_factor", "second_factor_claim", "second_factor_values"),
}


def _provider(entry: dict[str, Any], where: str) -> Provider:
    def wrong(what: str) -> OperationError:
        return OperationError(f"{where}: {what}")

    if strange := set(entry) - KNOWN:
        raise wrong(f"onbekend: {', '.join(sorted(strange))}.")
    for key in TEXTS:
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            raise wrong(f"{key} ontbreekt.")
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,29}", entry["id"]):
        raise wrong("id mag alleen kleine letters, cijfers en streepjes hebben.")
    address = urlsplit(entry["server"])
    if address.scheme != "https" and address.hostname not in ("localhost", "127.0.0.1"):
        raise wrong("server moet met https:// beginnen.")
    if entry.get("email_verified", "claim") not in ("claim", "domain"):
        raise wrong('email_verified moet "claim" of "domain" zijn.')
    if not (domains := entry.get("domains")) or not all(isinstance(each, str) for each in domains):
        raise wrong("domains ontbreekt: de domeinen van de e-mailadressen die mogen, als lijst.")
    if entry.get("second_factor", "own") not in ("own", "provider"):
        raise wrong('second_factor moet "own" of "provider" zijn.')
    counts = entry.get("second_factor") == "provider"
    return Provider(
        id=entry["id"],
        name=entry["name"].strip(),
        server=entry["server"].rstrip("/"),
        client_id=entry["client_id"],
        client_secret=_secret(entry, wrong),
        domains=frozenset(each.strip().lower() for each in domains),
        trusted=entry.get("email_verified") == "domain",
        email_claim=str(entry.get("email_claim", "email")),
        userinfo=bool(entry.get("userinfo", False)),
        factor_claim=str(entry.get("second_factor_claim", "amr")) if counts else "",
        factor_values=frozenset(entry.get("second_factor_values", ["mfa"])) if counts else frozenset(),
    )


def _secret(entry: dict[str, Any], wrong: Any) -> str:
    if file := entry.get("client_secret_file"):
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise wrong(f"client_secret_file kan niet worden gelezen: {error}") from None
    if secret := entry.get("client_secret"):
        return str(secret)
    raise wrong("client_secret of client_secret_file ontbreekt.")
