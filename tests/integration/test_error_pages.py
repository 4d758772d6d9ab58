"""Pages for errors: the same for everyone, without anything of who asked or what went wrong."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.support.signed_in import sign_in
from tests.support.world import World


@pytest.fixture
def teacher(client: Client, world: World) -> Client:
    sign_in(client, world.users["teacher"])
    return client


def test_every_404_is_the_same_to_the_byte_whoever_asks(client: Client, world: World) -> None:
    answers = []
    for who in ("teacher", "head_x", "administrator", "nobody"):
        sign_in(client, world.users[who])
        answers += [client.get(path) for path in ("/nergens/", "/leerling/nergens/?naam=Noor", "/geheim/1/")]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert "Deze bladzijde is er niet" in answers[0].content.decode()


def test_what_the_role_may_not_says_whom_to_ask(client: Client, world: World) -> None:
    sign_in(client, world.users["guardian"])

    answer = client.get("/zoeken/")

    assert answer.status_code == 403
    assert "hoort niet bij je rol" in answer.content.decode()


def test_a_form_from_elsewhere_is_refused_in_words(world: World) -> None:
    strict = Client(enforce_csrf_checks=True)
    sign_in(strict, world.users["teacher"])

    answer = strict.post("/taal/", {"language": "en"})

    assert answer.status_code == 403
    assert "formulier is verlopen" in answer.content.decode()
    assert world.users["teacher"].language == "nl"


@pytest.mark.urls("tests.support.broken_urls")
@pytest.mark.parametrize("path", ["/stuk/", "/stuk-erin/"])
def test_a_fault_of_ours_tells_nothing_of_it_and_needs_no_database(teacher: Client, path: str) -> None:
    teacher.raise_request_exception = False

    answer = teacher.get(path)

    assert answer.status_code == 500
    assert "Er ging iets mis" in answer.content.decode()
    for secret in ("ZeroDivision", "Noor", "Traceback", "division"):
        assert secret not in answer.content.decode()


def test_errors_are_in_the_language_of_the_user(client: Client, world: World) -> None:
    world.users["teacher"].language = "en"
    world.users["teacher"].save()
    sign_in(client, world.users["teacher"])

    answer = client.get("/nergens/")

    assert "This page is not there" in answer.content.decode()
    assert answer["Content-Language"] == "en"


def test_a_host_that_is_not_ours_gets_the_page_of_a_bad_request(client: Client) -> None:
    answer = client.get("/", headers={"Host": "kwaad.example"})

    assert answer.status_code == 400
    assert "Dit verzoek klopt niet" in answer.content.decode()
    assert "kwaad" not in answer.content.decode()
