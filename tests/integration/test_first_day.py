"""A school on its first day: every empty page says what comes next, and to whom it is said."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.support.people import give, make_school, make_user
from tests.support.signed_in import sign_in

from leercirkel.apps.access.models import User

pytestmark = pytest.mark.django_db


def page(user: User, path: str) -> str:
    client = Client()
    sign_in(client, user)
    return client.get(path).content.decode()


@pytest.mark.parametrize(
    ("job", "path", "told", "leads"),
    [
        ("head", "/", "Leerlingenlijst van De Nieuwe, 2026-2027 inlezen", "/leerlingenlijst/"),
        ("head", "/overleggen/plannen/", "maak eerst het team", "/teams/nieuw/"),
        ("care_director", "/casussen/openen/", "Er zijn vandaag geen leerlingen", "/casussen/"),
    ],
)
def test_an_empty_page_says_what_comes_next(job: str, path: str, told: str, leads: str) -> None:
    shown = page(give(make_user("Eerste"), job, make_school("De Nieuwe")), path)

    assert told in shown
    assert f'href="{leads}"' in shown


@pytest.mark.parametrize(
    ("job", "told"),
    [
        ("social_worker", "Er staat nu niets voor je klaar"),
        ("network_contact", "Er staat nu niets voor je klaar"),
        ("guardian", "Aan dit account zijn geen kinderen gekoppeld."),
        ("", "Vraag de beheerder van je school om je een rol te geven."),
    ],
)
def test_who_has_a_role_is_not_told_to_ask_for_one(job: str, told: str) -> None:
    user = make_user("Eerste")
    if job:
        give(user, job, make_school("De Nieuwe"))

    shown = page(user, "/")

    assert told in shown
    assert ("om je een rol te geven" in shown) == (job == "")
