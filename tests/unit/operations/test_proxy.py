"""Only a trusted proxy says who asks."""

from __future__ import annotations

from typing import Any

import pytest

from leercirkel.operations.errors import OperationError
from leercirkel.operations.proxy import settle, trusted_from

LOCAL = trusted_from("127.0.0.1, ::1, 10.1.0.0/16")


def environ(address: str, **headers: str) -> dict[str, Any]:
    return {"REMOTE_ADDR": address, "wsgi.url_scheme": "http", **{f"HTTP_{k.upper()}": v for k, v in headers.items()}}


@pytest.mark.parametrize(
    ("address", "forwarded", "client"),
    [
        ("127.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "198.51.100.1, 203.0.113.9", "203.0.113.9"),  # the first was sent by the client
        ("127.0.0.1", "203.0.113.9, 10.1.2.3", "203.0.113.9"),  # through a second proxy of ours
        ("127.0.0.1", "10.1.2.3", "10.1.2.3"),  # somebody inside
        ("127.0.0.1", "2001:db8::9", "2001:db8::9"),
        ("127.0.0.1", "onzin, 203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "203.0.113.9, onzin", "127.0.0.1"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("203.0.113.5", "198.51.100.1", "203.0.113.5"),  # not a proxy of ours
        ("10.2.0.1", "198.51.100.1", "10.2.0.1"),
    ],
)
def test_the_client_is_the_last_address_that_is_no_proxy_of_ours(address: str, forwarded: str, client: str) -> None:
    asked = environ(address, x_forwarded_for=forwarded)

    settle(asked, LOCAL)

    assert asked["REMOTE_ADDR"] == client


def test_the_scheme_is_believed_from_a_trusted_proxy_only() -> None:
    inside = environ("127.0.0.1", x_forwarded_proto="https")
    outside = environ("203.0.113.5", x_forwarded_proto="https")

    settle(inside, LOCAL)
    settle(outside, LOCAL)

    assert inside["wsgi.url_scheme"] == "https"
    assert outside["wsgi.url_scheme"] == "http"


def test_nothing_that_a_proxy_says_reaches_the_application() -> None:
    headers = {
        "forwarded": "for=1.2.3.4",
        "x_forwarded_for": "1.2.3.4",
        "x_forwarded_host": "evil.example",
        "x_forwarded_proto": "https",
        "x_forwarded_port": "1",
        "x_real_ip": "1.2.3.4",
    }
    for address in ("127.0.0.1", "203.0.113.5"):
        asked = environ(address, **headers)

        settle(asked, LOCAL)

        assert not [name for name in asked if "FORWARDED" in name or "REAL_IP" in name]


def test_a_request_that_any_proxy_brought_is_not_direct() -> None:
    assert settle(environ("127.0.0.1"), LOCAL)
    assert not settle(environ("127.0.0.1", x_forwarded_for="203.0.113.9"), LOCAL)
    assert not settle(environ("127.0.0.1", x_forwarded_for="203.0.113.9"), ())


def test_over_a_socket_there_is_no_address_unless_its_proxy_says_one() -> None:
    silent, told = environ("", x_forwarded_for="203.0.113.9"), environ("", x_forwarded_for="203.0.113.9")

    settle(silent, LOCAL)
    settle(told, trusted_from("unix"))

    assert "REMOTE_ADDR" not in silent
    assert told["REMOTE_ADDR"] == "203.0.113.9"


def test_a_wrong_list_of_proxies_is_told() -> None:
    with pytest.raises(OperationError, match="nginx"):
        trusted_from("127.0.0.1,nginx")
