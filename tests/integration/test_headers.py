"""Headers for safety on every answer: a page, an error, a static file, a refused host."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from django.test import Client
from tests.support.signed_in import sign_in
from tests.support.world import World

TEMPLATES = Path(__file__).parents[2] / "src" / "leercirkel"

ANSWERS: dict[str, tuple[str, int, dict[str, str]]] = {
    "start page": ("/", 200, {}),
    "nothing there": ("/nergens/", 404, {}),
    "static file": ("/static/leercirkel/tokens.css", 200, {}),
    "font": ("/static/leercirkel/fonts/OpenSans-Regular.ttf", 200, {}),
    "no such static file": ("/static/leercirkel/geheim.css", 404, {}),
    "wrong method": ("/taal/", 405, {}),
    "another host": ("/", 400, {"Host": "kwaad.example"}),
}


@pytest.mark.parametrize("answer", ANSWERS)
def test_every_answer_has_the_headers(client: Client, world: World, answer: str) -> None:
    path, status, extra = ANSWERS[answer]
    sign_in(client, world.users["teacher"])

    response = client.get(path, headers=extra)
    b"".join(response)  # a file is closed when it was read

    policy = dict(part.strip().partition(" ")[::2] for part in response["Content-Security-Policy"].split(";"))
    assert response.status_code == status
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert "unsafe" not in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]
    assert path.startswith("/static/") or "no-store" in response["Cache-Control"]


def test_no_template_has_what_the_policy_refuses() -> None:
    refused = re.compile(r"<script(?![^>]*\ssrc=)|\sstyle=|\son[a-z]+=|javascript:|https?://(?!www\.w3\.org)")

    found = [
        (template.name, match.group())
        for template in TEMPLATES.rglob("templates/**/*.html")
        if (match := refused.search(template.read_text(encoding="utf-8")))
    ]

    assert found == []


def test_what_is_too_large_is_refused_before_it_is_read(client: Client, world: World) -> None:
    sign_in(client, world.users["teacher"])

    response = client.post("/taal/", {"language": "nl"}, CONTENT_LENGTH="50000001")

    assert response.status_code == 413
    assert "te groot" in response.content.decode()


def test_static_files_are_asked_for_once_and_anew_after_a_change(client: Client, world: World) -> None:
    sign_in(client, world.users["teacher"])

    page = client.get("/toetsen/").content.decode()
    addresses = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)

    assert len(addresses) >= 6
    for address in addresses:
        answer = client.get(address)
        content = b"".join(answer)
        assert address.partition("?v=")[2] == hashlib.sha256(content).hexdigest()[:12]
        assert "immutable" in answer["Cache-Control"]
