"""From the start page every link leads to a page, for every job; and with names hidden none of these has one."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests.support.crawl import crawl, shape
from tests.support.signed_in import sign_in
from tests.support.world import ROLES, World

from leercirkel.apps.pages.names import COOKIE, HIDDEN


def walk(client: Client) -> dict[str, str]:
    def get(address: str) -> str:
        answer = client.get(address, follow=True)
        assert answer.status_code == 200, f"{address}: {answer.status_code}"
        return str(b"".join(answer).decode()) if answer["Content-Type"].startswith("text/html") else ""

    return crawl(get)


@pytest.mark.parametrize("who", ROLES)
def test_no_link_leads_nowhere_or_to_what_one_may_not(client: Client, world: World, who: str) -> None:
    sign_in(client, world.users[who])

    pages = walk(client)

    assert {"/", "/toetsen/", "/stijlgids/"} <= {shape(address) for address in pages}
    for address, page in pages.items():
        if page:
            assert page.count("<h1") == 1, address
            assert not re.search(r"<title>\s*·", page), address
            assert page.count('id="inhoud"') == 1, address


@pytest.mark.parametrize("who", ["head", "care_director", "teacher", "guardian", "social_worker"])
def test_with_names_hidden_no_page_has_a_name_of_a_pupil_or_carer(client: Client, world: World, who: str) -> None:
    parts = {part for pupil in world.pupils.values() for part in (pupil.first_name, pupil.surname)}
    parts |= {
        part for each in world.guardians.values() for part in (each.surname, each.email, each.phone, each.address)
    }
    name = re.compile(r"\b(" + "|".join(re.escape(part) for part in parts if part) + r")\b")
    own = world.users[who].name
    sign_in(client, world.users[who])
    shown = walk(client)
    client.cookies[COOKIE] = HIDDEN

    hidden = walk(client)

    assert any(name.search(page.replace(own, "")) for page in shown.values())
    found = {address: name.findall(page.replace(own, "")) for address, page in hidden.items()}
    assert {address: names for address, names in found.items() if names} == {}
