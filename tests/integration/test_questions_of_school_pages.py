"""What the pages of a school and of a board ask the database: as much for few pupils and schools as for many."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.support import database
from tests.support.signed_in import sign_in

from leercirkel.apps.access.models import Assignment, User
from leercirkel.apps.access.scope import whole_installation
from leercirkel.apps.assessment import arrow
from leercirkel.apps.assessment.models import Result
from leercirkel.apps.demo.actions import load_board
from leercirkel.apps.insight.tasks import keep_board_pages
from leercirkel.apps.organisation.models import Enrolment, School
from leercirkel.demo.board import write_board

SBO = "SBO De Kantelaar"
TABS = {
    "resultaten/": 13, "resultaten/jaren/": 12, "resultaten/groei/": 12, "resultaten/bestemmingen/": 12,
    "resultaten/methode/": 12, "antwoorden/": 13,
}  # fmt: skip
"""Address → the most that a page asks when its figures are kept, signing in and rights included."""
BOARD = 12


@pytest.fixture
def board(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Iterator[None]:
    folder = tmp_path_factory.mktemp("board")
    write_board(folder, years=2, seed=1)
    with django_db_blocker.unblock(), database.own("questions"):
        load_board(folder)
        yield
        arrow._kept.close()


def asked(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as questions:
        assert client.get(address).status_code == 200
    return len(questions)


def test_a_school_page_asks_as_much_for_half_of_the_pupils(board: None) -> None:
    with whole_installation():
        head = User.objects.get(staff__school__name=SBO, staff__function="directeur")
        school = School.objects.get(name=SBO)
        pupils = sorted(Enrolment.objects.filter(school=school).values_list("pupil_id", flat=True).distinct())
    client = Client()
    sign_in(client, head)
    client.get("/")

    def both() -> dict[str, tuple[int, int]]:
        """Each tab the first time after a change, and the second time."""
        found = {}
        for tab in TABS:
            with whole_installation():  # a change: nothing that was kept holds
                first = Result.objects.filter(school=school).order_by("pk")[0]
                Result.objects.filter(pk=first.pk).update(score=first.score)
            address = f"/scholen/{school.pk}/{tab}"
            found[tab] = (asked(client, address), asked(client, address))
        return found

    all_of_them = both()
    with whole_installation():
        Result.objects.filter(pupil_id__in=pupils[::2]).delete()
        Enrolment.objects.filter(pupil_id__in=pupils[::2]).delete()
    half_of_them = both()

    assert half_of_them == all_of_them
    assert {tab: kept for tab, (_first, kept) in all_of_them.items() if kept > TABS[tab]} == {}
    assert max(first for first, _kept in all_of_them.values()) <= 45


def test_the_board_page_asks_as_much_for_one_school_as_for_three(board: None) -> None:
    with whole_installation():
        reader = User.objects.get(email__startswith="bestuur@")
    keep_board_pages.call(reader.pk)
    client = Client()
    sign_in(client, reader)
    client.get("/")
    three = asked(client, "/bestuur/resultaten/")
    with whole_installation():
        Assignment.objects.filter(user=reader).update(school=School.objects.get(name=SBO))
    one = asked(client, "/bestuur/resultaten/")

    assert three == one
    assert three <= BOARD
