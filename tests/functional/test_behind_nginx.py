"""Leercirkel with a given database server, behind Debian's nginx with the proxy file of `deploy/`."""

from __future__ import annotations

import http.client
import re
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from tests.support import database, nginx, postgres, world
from tests.support.served import PATIENCE, Served, served

from leercirkel.operations import children

AS_INSTALLED = {
    "LEERCIRKEL_SECRET_KEY": "only for tests",
    "LEERCIRKEL_HOSTS": nginx.NAME,
    "LEERCIRKEL_ADDRESS": f"https://{nginx.NAME}",
    "LEERCIRKEL_TRUSTED_PROXIES": "127.0.0.1,::1",
}


@dataclass(frozen=True, slots=True)
class Installed:
    proxy: nginx.Proxy
    leercirkel: Served
    database: postgres.Database
    world: world.World


@pytest.fixture(scope="module")
def installed(django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installed]:
    with django_db_blocker.unblock(), database.own("nginx") as made:
        small = world.build()
        small.with_password("board")
        connection.close()
        folder: Path = tmp_path_factory.mktemp("data")
        with served(folder, **AS_INSTALLED, DATABASE_URL=made.app.url()) as leercirkel:
            assert children.wait_until(
                lambda: leercirkel.answers() or leercirkel.process.poll() is not None, PATIENCE
            ), leercirkel.said
            assert leercirkel.process.poll() is None, leercirkel.said
            with nginx.proxy(leercirkel.port) as proxy:
                yield Installed(proxy, leercirkel, made, small)


def test_without_tls_one_is_sent_to_tls(installed: Installed) -> None:
    answer = installed.proxy.ask_plain("/aanmelden/?next=/")

    assert answer.status == 301
    assert answer.headers["Location"] == f"https://{nginx.NAME}/aanmelden/?next=/"


def test_every_answer_is_strict_and_cookies_are_for_tls_only(installed: Installed) -> None:
    answer = installed.proxy.ask("/aanmelden/")

    assert answer.status == 200
    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Server"] == "nginx"
    cookies = answer.headers.get_all("Set-Cookie") or []
    assert cookies
    for cookie in cookies:
        assert cookie.startswith("__Host-")
        assert "Secure" in cookie
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie


def sign_in(proxy: nginx.Proxy, address: str, password: str, source: str, **headers: str) -> nginx.Answer:
    page = proxy.ask("/aanmelden/", source=source)
    cookies = "; ".join(c.partition(";")[0] for c in page.headers.get_all("Set-Cookie") or [])
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.body)
    assert token
    fields = {"csrfmiddlewaretoken": token[1], "login": address, "password": password}
    return proxy.ask(
        "/aanmelden/",
        "POST",
        urlencode(fields).encode(),
        source=source,
        Content_Type="application/x-www-form-urlencoded",
        Cookie=cookies,
        Origin=f"https://{nginx.NAME}",
        Referer=f"https://{nginx.NAME}/aanmelden/",
        **headers,
    )


def test_the_log_has_the_visitors_address_and_not_what_the_visitor_said(installed: Installed) -> None:
    address = installed.world.users["board"].email

    sign_in(installed.proxy, address, "verkeerd", "127.0.0.7", X_Forwarded_For="198.51.100.1", Forwarded="for=1.2.3.4")

    with installed.database.owner.open() as owner:
        found = owner.execute(
            "select d.address::text from audit_event e join audit_eventdetail d on d.event_id = e.id"
            " where e.kind = 'sign_in_failed' order by e.id desc limit 1"
        ).fetchone()
    assert found is not None
    assert found[0].partition("/")[0] == "127.0.0.7"


def test_signing_in_works_through_the_proxy(installed: Installed) -> None:
    answer = sign_in(installed.proxy, installed.world.users["board"].email, world.PASSWORD, "127.0.0.8")

    assert answer.status == 302
    assert any(c.startswith("__Host-lc=") for c in answer.headers.get_all("Set-Cookie") or [])


def test_figures_and_readiness_are_for_the_machine_itself(installed: Installed) -> None:
    through = [installed.proxy.ask(path).status for path in ("/metrics", "/readyz", "/metrics?x=1")]
    direct = [installed.leercirkel.get(path)[0] for path in ("/metrics", "/readyz")]

    assert through == [404, 404, 404]
    assert direct == [200, 200]
    assert installed.proxy.ask("/healthz").status == 200


def test_a_file_that_is_too_large_is_refused_before_it_is_sent(installed: Installed) -> None:
    context = ssl.create_default_context(cafile=str(installed.proxy.trust))
    with (
        socket.create_connection(("127.0.0.1", installed.proxy.port), timeout=60) as raw,
        context.wrap_socket(raw, server_hostname=nginx.NAME) as sock,
    ):
        sock.sendall(
            f"POST /aanmelden/ HTTP/1.1\r\nHost: {nginx.NAME}\r\nContent-Length: 60000000\r\n\r\nstart".encode()
        )
        answer = sock.recv(200).decode()

    assert answer.startswith("HTTP/1.1 413 ")


def test_a_file_that_is_too_large_is_refused_without_a_proxy_too(installed: Installed) -> None:
    asked = http.client.HTTPConnection("127.0.0.1", installed.leercirkel.port, timeout=60)
    asked.putrequest("POST", "/aanmelden/")
    asked.putheader("Content-Length", "60000000")
    asked.endheaders()
    try:
        assert asked.getresponse().status == 413
    finally:
        asked.close()


@pytest.mark.parametrize("host", ["kwaad.example", "leercirkel.example.nl.kwaad.example", "127.0.0.1"])
def test_another_host_name_gets_nothing(installed: Installed, host: str) -> None:
    answer = installed.proxy.ask("/aanmelden/", Host=host)

    assert answer.status == 400
    assert "kwaad" not in answer.body


def test_a_request_keeps_its_number_from_the_proxy_to_our_logs(installed: Installed) -> None:
    answer = installed.proxy.ask("/aanmelden/", X_Request_ID="chosen-by-the-visitor")
    number = answer.headers["X-Request-ID"]

    assert re.fullmatch(r"[0-9a-f]{32}", number)  # nginx made it
    assert children.wait_until(
        lambda: any(line.get("request") == number for line in installed.leercirkel.events("request")), 10
    )


def test_nothing_of_a_visitor_stays_in_the_proxys_logs(installed: Installed) -> None:
    installed.proxy.ask("/leerling/?naam=Sanne", User_Agent="Sanne")

    texts = "".join(path.read_text() for path in installed.proxy.folder.glob("*.log"))

    assert "Sanne" not in texts
    assert "Sanne" not in "".join(installed.leercirkel.said)
