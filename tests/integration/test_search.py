"""Search finds what begins with the words typed, only within the user's sight, and keeps nothing of them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.support.signed_in import sign_in
from tests.support.world import YEAR, World

from leercirkel.apps.access.scope import scope, whole_installation
from leercirkel.apps.audit.models import Event, EventDetail
from leercirkel.apps.organisation.models import Enrolment, Pupil
from leercirkel.apps.organisation.names import sort_key
from leercirkel.apps.pages.names import COOKIE, HIDDEN
from leercirkel.apps.pages.search import LIMIT


@pytest.fixture
def named(world: World) -> World:
    """The small world, with pupils whose names can be confused."""
    here = world.schools["kantelaar"]
    people = [
        ("Anaïs", "", "Yıldız"),
        ("Yara", "", "Bos"),
        ("Daan", "van den", "Yperen"),
        ("Émile", "d'", "Hondt"),
    ]
    with scope(schools=[here.pk]):
        for first, prefix, surname in people:
            pupil = Pupil.objects.create(
                school=here,
                first_name=first,
                prefix=prefix,
                surname=surname,
                sort_key=sort_key(surname, prefix, first),
                enrolled_on=YEAR.lower,
            )
            Enrolment.objects.create(school=here, pupil=pupil, group=world.groups["5"], grade="5", during=YEAR)
    return world


def found(world: World, who: str, typed: str, **cookies: str) -> Any:
    """What a user gets who types this."""
    client = Client()
    sign_in(client, world.users[who])
    client.cookies.load(cookies)
    answer = client.post("/zoeken/", {"q": typed}, follow=True)
    assert answer.redirect_chain == [("/zoeken/", 302)]
    return answer


def pupils(answer: Any) -> list[str]:
    return [str(hit.pupil) for hit in answer.context["found"].pupils]


def test_surnames_go_before_first_names_and_both_before_the_rest(named: World) -> None:
    assert pupils(found(named, "teacher", "y")) == ["Anaïs Yıldız", "Daan van den Yperen", "Yara Bos"]


@pytest.mark.parametrize("typed", ["yildiz", "YILDIZ", "Yıldız", "anais", "ana yil", "yil ana", " Anaïs,  Yıldız "])
def test_accents_capitals_and_the_order_of_words_do_not_count(named: World, typed: str) -> None:
    assert pupils(found(named, "teacher", typed)) == ["Anaïs Yıldız"]


def test_a_prefix_is_found_with_and_without_its_mark(named: World) -> None:
    assert pupils(found(named, "teacher", "d'hondt")) == ["Émile d' Hondt"]
    assert pupils(found(named, "teacher", "van den yp")) == ["Daan van den Yperen"]


@pytest.mark.parametrize("typed", ["", "  ", "%", "_", "y_ra", "%ara", "'; drop table", "\\", "😀", "ara"])
def test_what_is_no_beginning_of_a_name_finds_nobody(named: World, typed: str) -> None:
    answer = found(named, "teacher", typed)

    assert pupils(answer) == []


def test_a_very_long_text_is_cut_and_harmless(named: World) -> None:
    assert found(named, "teacher", "yara " * 5000).status_code == 200


def test_nobody_is_found_outside_ones_own_sight(named: World) -> None:
    assert pupils(found(named, "teacher", "yara")) == ["Yara Bos"]
    assert pupils(found(named, "teacher6", "yara")) == []
    assert pupils(found(named, "teacher_x", "yara")) == []
    assert pupils(found(named, "social_worker", "yara")) == []
    assert pupils(found(named, "head", "yara")) == ["Yara Bos"]
    assert pupils(found(named, "administrator", "yara")) == []


def test_what_is_not_yours_looks_like_what_does_not_exist(named: World) -> None:
    # two words of equal length: one is a pupil of another board, the other is nobody
    pages = [found(named, "teacher", word).content.decode() for word in ("xander", "qander")]

    plain = [page.replace(word, "…") for page, word in zip(pages, ("xander", "qander"), strict=True)]
    assert len({without_tokens(page) for page in plain}) == 1


def without_tokens(page: str) -> str:
    return re.sub(r'(value="|X-CSRFToken": ")[A-Za-z0-9]{64}', r"\1", page)


def test_groups_and_colleagues_are_found_with_their_school_only_when_there_are_more(named: World) -> None:
    answer = found(named, "teacher", "uil")
    assert [group.name for group in answer.context["found"].groups] == [named.groups["5"].name]
    assert [str(person) for person in found(named, "teacher", "teacher6").context["found"].staff] == ["Staf Teacher6"]
    assert found(named, "teacher", "teacher x").context["found"].staff == ()
    assert "De Kantelaar" not in answer.content.decode().partition("<main")[2]


def test_parents_have_no_search(named: World) -> None:
    client = Client()
    sign_in(client, named.users["guardian"])

    assert client.get("/zoeken/").status_code == 403
    assert "data-search" not in client.get("/").content.decode()


def test_the_words_are_in_no_address_and_not_in_the_log_but_that_was_searched_is(named: World) -> None:
    answer = found(named, "teacher", "yildiz")

    assert answer.request["QUERY_STRING"] == ""
    with whole_installation():
        event = Event.objects.get(kind="searched")
        details = list(EventDetail.objects.filter(event=event).values_list("changes", "actor_name"))
    assert (event.actor, event.school_id, event.count) == (
        named.users["teacher"].pk,
        named.schools["kantelaar"].pk,
        1,
    )
    assert "yildiz" not in str([event.__dict__, details]).casefold()


def test_what_was_found_stays_for_the_way_back(named: World) -> None:
    client = Client()
    sign_in(client, named.users["teacher"])
    client.post("/zoeken/", {"q": "yara"})

    assert pupils(client.get("/zoeken/")) == ["Yara Bos"]


def test_with_hidden_names_neither_what_was_typed_nor_who_was_found_is_in_the_page(named: World) -> None:
    page = found(named, "teacher", "yara", **{COOKIE: HIDDEN}).content.decode()

    assert "leerling 1" in page
    assert "yara" not in page.casefold()


def test_a_long_list_is_cut_and_says_so_and_costs_no_more_queries(named: World) -> None:
    client = Client()
    sign_in(client, named.users["head"])
    client.post("/zoeken/", {"q": "yara"})
    with CaptureQueriesContext(connection) as few:
        client.get("/zoeken/")
    here = named.schools["kantelaar"]
    with scope(schools=[here.pk]):
        made = Pupil.objects.bulk_create(
            Pupil(school=here, first_name="Yara", surname=f"Z{i}", sort_key=f"z{i}  yara", enrolled_on=YEAR.lower)
            for i in range(2 * LIMIT)
        )
        Enrolment.objects.bulk_create(
            Enrolment(school=here, pupil=pupil, group=named.groups["5"], grade="5", during=YEAR) for pupil in made
        )

    with CaptureQueriesContext(connection) as many:
        answer = client.get("/zoeken/")

    assert len(pupils(answer)) == LIMIT
    assert "Er is meer" in answer.content.decode()
    assert len(many) == len(few)
