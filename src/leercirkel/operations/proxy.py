"""Who is really asking, when a proxy asks for them. Only a proxy that is trusted by its address is believed."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from typing import Any

from leercirkel.operations.errors import OperationError

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_FORWARDED = (
    "HTTP_FORWARDED",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_FORWARDED_PREFIX",
    "HTTP_X_FORWARDED_SSL",
    "HTTP_X_FORWARDED_SCHEME",
    "HTTP_X_REAL_IP",
    "HTTP_X_SCRIPT_NAME",
)


def trusted_from(text: str) -> tuple[Network | str, ...]:
    """Reads LEERCIRKEL_TRUSTED_PROXIES: addresses or networks with commas; `unix` is a proxy on our socket.

    Raises OperationError on anything else.
    """
    out: list[Network | str] = []
    for part in (part.strip() for part in text.split(",")):
        if not part:
            continue
        if part == "unix":
            out.append(part)
            continue
        try:
            out.append(ipaddress.ip_network(part))
        except ValueError:
            raise OperationError(
                f"LEERCIRKEL_TRUSTED_PROXIES klopt niet: “{part}” is geen adres of netwerk. "
                "Zo hoort het: 127.0.0.1,::1 (of unix voor een proxy op een socket)."
            ) from None
    return tuple(out)


def _is_trusted(address: str, trusted: Sequence[Network | str]) -> bool:
    if not address:
        return "unix" in trusted
    try:
        there = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(not isinstance(network, str) and there in network for network in trusted)


def settle(environ: dict[str, Any], trusted: Sequence[Network | str]) -> bool:
    """Puts the client's own address and scheme into `environ`, and takes away what a proxy might have said.

    The client is the last address in X-Forwarded-For that is not a trusted proxy's: what stands before it was sent by
    the client and may be anything. From an untrusted address those headers are not believed at all. Returns whether
    the request came to us without any proxy.
    """
    said = {name: str(environ.pop(name)) for name in _FORWARDED if name in environ}
    asking = str(environ.get("REMOTE_ADDR", ""))
    if not asking:  # over a socket: there is no address
        environ.pop("REMOTE_ADDR", None)
    if not _is_trusted(asking, trusted):
        return not said
    for address in reversed([part.strip() for part in said.get("HTTP_X_FORWARDED_FOR", "").split(",")]):
        try:
            environ["REMOTE_ADDR"] = str(ipaddress.ip_address(address))
        except ValueError:
            break
        if not _is_trusted(address, trusted):
            break
    if said.get("HTTP_X_FORWARDED_PROTO", "") in ("http", "https"):
        environ["wsgi.url_scheme"] = said["HTTP_X_FORWARDED_PROTO"]
        environ.pop("HTTPS", None)
    return not said
