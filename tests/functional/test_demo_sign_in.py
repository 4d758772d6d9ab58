"""In a demonstration one button per role signs in; anywhere else there is no such thing."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser
from tests.support.browser import Site, barriers, serving, window
from tests.support.world import World

from leercirkel.apps.access.models import Assignment, User
from leercirkel.apps.access.scope import scope


def a_head(world: World) -> User:
    """The head of the demonstration, with what the world's head may."""
    user = User.objects.create_user("directeur@demo.invalid", "Marit Oldenburg")
    head = world.users["head"]
    with scope(schools=[101], user=head.pk):
        for given in Assignment.objects.filter(user=head):
            given.pk, given.user = None, user
            given.save()
    return user


def test_a_button_signs_in_without_a_second_factor(world: World, client: Client, settings: Any) -> None:
    settings.DEMO = True
    user = a_head(world)
    assert f'value="{user.pk}"' in client.get("/aanmelden/").content.decode()

    answer = client.post("/aanmelden/demo/", {"user": user.pk})

    assert answer["Location"] == "/"
    assert client.get("/account/").status_code == 200
    assert client.session["_auth_user_id"] == str(user.pk)


def test_outside_a_demonstration_the_address_does_not_exist(world: World, client: Client) -> None:
    user = a_head(world)

    answer = client.post("/aanmelden/demo/", {"user": user.pk})

    assert answer.status_code == 404
    assert "_auth_user_id" not in client.session
    assert "demo" not in client.get("/aanmelden/").content.decode().lower()


@pytest.mark.parametrize("name", ["board", "teacher"])
def test_only_the_offered_users_are_signed_in_so(world: World, client: Client, settings: Any, name: str) -> None:
    settings.DEMO = True

    assert client.post("/aanmelden/demo/", {"user": world.users[name].pk}).status_code == 404
    assert client.post("/aanmelden/demo/", {"user": "1 or 1=1"}).status_code == 404
    assert client.get("/aanmelden/demo/").status_code == 405


def test_axe_finds_no_barrier(site: Site, browser: Browser) -> None:
    with site.data():
        User.objects.get_or_create(email="directeur@demo.invalid", defaults={"name": "Marit Oldenburg"})

    with serving(site.database, {"LEERCIRKEL_DEMO": "1"}) as url:
        context = window(browser, url, bypass_csp=True)
        page = context.new_page()
        page.goto("/aanmelden/")

        assert page.get_by_role("button", name="Directeur").count() == 1
        assert barriers(page) == []
        context.close()
