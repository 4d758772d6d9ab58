"""What an attacker tries from outside a page: forged forms, frames, hosts, ways out, and questions that tell too much.

Signing in has its own: tests/functional/test_sign_in.py. What was tried and what was not: THREAT_MODEL.md.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse
from tests.support.addresses import ADDRESSES, Address
from tests.support.signed_in import session_of, sign_in
from tests.support.things import Things, more_things
from tests.support.who_sees import PUPILS
from tests.support.world import PUPILS as KNOWN
from tests.support.world import World

from leercirkel.apps.access.scope import whole_installation
from leercirkel.apps.audit.models import Event

EVIL = (
    "https://kwaad.example/",
    "//kwaad.example/",
    "/\\kwaad.example/",
    "https:kwaad.example",
    "\thttps://kwaad.example",
    "javascript:alert(1)",
    "http://testserver@kwaad.example/",
    "https://testserver.kwaad.example/",
)


def as_user(world: World, user: str, **more: Any) -> Client:
    client = Client(raise_request_exception=False, **more)
    sign_in(client, world.users[user])
    return client


def somebody(address: Address) -> str:
    """A user who may open an address, and has something there, where anybody has."""
    if address.things:
        return next((user for user, things in address.things.items() if things), min(address.things))
    return min(address.who) if address.who else "head"


def a_path(world: World, name: str, address: Address, things: Things | None = None) -> str:
    if address.find is None:
        return reverse(name, kwargs=address.missing)
    things = things or more_things(world)
    assert address.things is not None
    own = sorted(address.things[somebody(address)]) or list(address.others)  # some open for nothing of the world
    return reverse(name, kwargs=address.find(world, things, own[0]))


# ----------------------------------------------------------------------------------------------------- forged forms


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_form_of_another_site_is_refused_and_does_nothing(world: World, name: str) -> None:
    address = ADDRESSES[name]
    path = a_path(world, name, address)
    client = as_user(world, somebody(address), enforce_csrf_checks=True)
    with whole_installation():
        before = Event.objects.count()

    answers = {
        "no token": client.post(path),
        "a made-up token": client.post(path, {"csrfmiddlewaretoken": "x" * 64}),
        "another site": client.post(path, headers={"Origin": "https://kwaad.example"}),
    }

    assert {how: answer.status_code for how, answer in answers.items()} == dict.fromkeys(answers, 403)
    with whole_installation():
        assert Event.objects.count() == before


@pytest.mark.parametrize("verb", ["put", "patch", "delete"])
def test_other_verbs_change_nothing(world: World, verb: str) -> None:
    client, things = as_user(world, "head", enforce_csrf_checks=True), more_things(world)

    for name in ("pupil", "teachers-group", "team-end", "meeting-remove"):
        answer = getattr(client, verb)(a_path(world, name, ADDRESSES[name], things))

        assert answer.status_code in (403, 405), name


@pytest.mark.parametrize("header", ["X-HTTP-Method-Override", "X-Method-Override", "X-HTTP-Method"])
def test_a_get_is_never_taken_for_a_post(world: World, header: str) -> None:
    client = as_user(world, "head")
    path = f"/teams/{world.teams['leerteam'].pk}/einde/"

    client.get(path, {"_method": "POST"}, headers={header: "POST"})

    with whole_installation():
        world.teams["leerteam"].refresh_from_db()
    assert world.teams["leerteam"].during.upper.year == 2027
    assert world.teams["leerteam"].during.upper.month == 8


# --------------------------------------------------------------------------------------------------- frames and hosts


@pytest.mark.parametrize("name", ADDRESSES)
def test_no_answer_can_be_framed_or_kept(world: World, name: str) -> None:
    address = ADDRESSES[name]
    client = as_user(world, somebody(address))

    with transaction.atomic():
        answer = client.get(a_path(world, name, address))

    assert answer["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize(
    "host", ["kwaad.example", "testserver.kwaad.example", "testserver:80@kwaad.example", "", "a b"]
)
def test_another_host_is_refused_before_anything_is_done(world: World, host: str) -> None:
    client = as_user(world, "head")

    answer = client.get(f"/leerlingen/{world.pupils['noor'].pk}/", headers={"Host": host})

    assert answer.status_code == 400
    assert "Noor" not in answer.content.decode()


@pytest.mark.parametrize("header", ["X-Forwarded-Host", "X-Host", "X-Forwarded-Server", "Forwarded", "X-Original-URL"])
def test_what_a_proxy_is_said_to_have_said_gets_nowhere(world: World, header: str) -> None:
    client = as_user(world, "head")

    for path in ("/", "/leerlingen/", "/account/"):
        answer = client.get(path, headers={header: "kwaad.example"})

        assert "kwaad" not in answer.content.decode() + str(answer.headers), path


# ------------------------------------------------------------------------------------------------------------ ways out


@pytest.mark.parametrize("evil", EVIL)
def test_no_page_sends_anyone_to_another_site(world: World, evil: str) -> None:
    client = as_user(world, "head")
    asked = [
        client.post("/taal/", {"language": "en", "next": evil}),
        client.post("/namen/", {"hidden": "1", "next": evil}),
        client.post("/toetsen/", {"next": evil}),
        client.post("/zoeken/", {"q": "Noor", "next": evil}),
        client.get("/account/bevestigen/", {"next": evil}),
        client.post("/vergrendelen/", {"next": evil}),
        client.get("/aanmelden/", {"next": evil}),
        client.get("/logboek/", {"next": evil}),
    ]

    for answer in asked:
        to = urlsplit(answer.headers.get("Location", ""))
        assert (to.scheme, to.netloc) in (("", ""), ("http", "testserver")), answer.headers["Location"]
        assert not answer.headers.get("Location", "").startswith(("//", "/\\"))


@pytest.mark.parametrize("evil", EVIL)
def test_no_link_or_form_of_a_page_leads_to_another_site(world: World, evil: str) -> None:
    for client, path in ((Client(), "/aanmelden/"), (as_user(world, "head"), "/account/bevestigen/")):
        page = client.get(path, {"next": evil}).content.decode()

        for attribute in ("href", "action", "src"):
            assert f'{attribute}="{evil}' not in page, path


# ----------------------------------------------------------------------------------------- questions that tell too much


@pytest.mark.parametrize(
    "user", ["teacher", "learning_team", "network_contact", "guardian", "administrator", "board", "head_b"]
)
def test_search_finds_nobody_out_of_sight_by_any_part_of_the_name(world: World, user: str) -> None:
    client = as_user(world, user)
    if client.get("/zoeken/").status_code == 403:
        return
    wrong = []
    for name, (_group, first, surname, _born) in KNOWN.items():
        for typed in (surname, first, surname[:3], f"{first} {surname}"):
            client.post("/zoeken/", {"q": typed})
            found = client.get("/zoeken/").context["found"]
            hits = {hit.pupil.pk for hit in found.pupils}
            if world.pupils[name].pk in hits and name not in PUPILS.get(user, set()):
                wrong.append((name, typed))

    assert wrong == []


def test_a_search_says_no_more_of_who_is_out_of_sight_than_of_who_is_not_there(world: World) -> None:
    client = as_user(world, "teacher")
    pages = []
    for typed in ("Griffioen", "Griffiaan", "Moerdijker"):
        client.post("/zoeken/", {"q": typed})
        page = client.get("/zoeken/").content.decode().replace(typed, "")
        pages.append(re.sub(r'(csrfmiddlewaretoken" value=|X-CSRFToken": )"[A-Za-z0-9]+"', "", page))

    assert pages[0] == pages[1] == pages[2]


@pytest.mark.parametrize(
    ("user", "path"), [("teacher", "/leerlingen/"), ("head", "/leerlingen/"), ("administrator", "/gebruikers/")]
)
def test_a_list_sorts_by_its_own_columns_only(world: World, user: str, path: str) -> None:
    client = as_user(world, user)
    usual = client.get(path).content

    for field in (
        "password",
        "pupil__results__score",
        "user__password",
        "pupil__guardianships__authority",
        "-pk",
        "pk",
    ):
        asked = client.get(path, {"sorteer": field})

        assert _rows(asked.content) == _rows(usual), field


def _rows(page: bytes) -> list[bytes]:
    return page.partition(b"<tbody>")[2].partition(b"</tbody>")[0].split(b"<tr")


@pytest.mark.parametrize(
    "question",
    ["groep={b5}", "groep={x5}", "school={pluimgaard}", "groep=999999", "groep={5}&school={zandloper}"],
)
def test_a_filter_by_what_is_not_mine_says_the_same_as_by_what_is_not_there(world: World, question: str) -> None:
    ids = {**{k: v.pk for k, v in world.groups.items()}, **{k: v.pk for k, v in world.schools.items()}}
    client = as_user(world, "teacher6")
    plain = question
    for name, pk in ids.items():
        plain = plain.replace("{" + name + "}", str(pk))

    shown = _rows(client.get(f"/leerlingen/?{plain}").content)

    assert shown == _rows(client.get("/leerlingen/?groep=onzin").content)


def test_an_address_that_is_not_there_is_not_said_again(world: World) -> None:
    for client in (Client(), as_user(world, "head")):
        page = client.get("/Noor-Aardenburg/<script>/").content.decode()

        assert "Noor" not in page
        assert "<script>" not in page.replace("<script src=", "").replace("<script defer", "")


def test_no_name_of_a_pupil_is_in_an_address_that_someone_is_sent_to(world: World) -> None:
    client = as_user(world, "care_director")
    client.post("/zoeken/", {"q": "Noor"})
    sent = [
        client.post("/zoeken/", {"q": "Aardenburg"}),
        client.post("/casussen/openen/", {"pupil": world.pupils["noor"].pk}),
        client.post(f"/overleggen/{world.meetings['support'].pk}/", {"pupil": world.pupils["daan"].pk}),
    ]

    for answer in sent:
        assert answer.status_code == 302
        assert "Noor" not in answer["Location"]
        assert "aardenburg" not in answer["Location"].lower()


# -------------------------------------------------------------------------------------------------------------- cookies


def test_the_session_of_who_was_switched_off_opens_nothing(world: World) -> None:
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session_of(world.users["head"])
    there = client.get("/leerlingen/").status_code
    type(world.users["head"]).objects.filter(pk=world.users["head"].pk).update(is_active=False)

    assert there == 200
    assert client.get("/leerlingen/").status_code == 302
