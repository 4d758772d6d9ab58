"""A device that was left longer than it may be: what the first request after that gets, whatever it asks."""

from __future__ import annotations

import time

import pytest
from django.conf import settings
from django.test import Client
from tests.support.signed_in import session_of
from tests.support.world import World

from leercirkel.apps.signin.models import Session
from leercirkel.apps.signin.screen import COOKIE


@pytest.fixture
def left(world: World, client: Client) -> Client:
    """A teacher's tablet, left ten minutes ago; it locks itself after two."""
    client.cookies[settings.SESSION_COOKIE_NAME] = session_of(world.users["teacher"], seen_at=time.time() - 600)
    client.cookies[COOKIE] = "2"
    return client


@pytest.mark.parametrize("address", ["/afmelden/", "/account/aanmeldingen/"])
def test_signing_out_from_a_screen_that_was_left_signs_out(left: Client, world: World, address: str) -> None:
    answer = left.post(address)

    assert answer.status_code == 302
    assert not Session.objects.filter(user=world.users["teacher"]).exists()
    assert left.get("/leerlingen/").status_code == 302


@pytest.mark.parametrize("address", ["/leerlingen/", "/onzin/", "/account/hier/", "/"])
def test_nothing_opens_on_a_screen_that_was_left(left: Client, address: str) -> None:
    answers = [left.get(address), left.get(address), left.post(address)]

    assert [answer.status_code for answer in answers] == [423, 423, 423]
    assert all(b"Noor" not in answer.content for answer in answers)


def test_what_a_form_answers_is_not_shown_on_a_screen_that_was_left(left: Client) -> None:
    answer = left.post("/zoeken/", {"q": "Noor"})

    assert answer.status_code == 423
    assert left.get("/zoeken/").status_code == 423
