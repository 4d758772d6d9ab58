"""A board's schools beside each other: worked out in the background, without small numbers, never a ranking."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from tests.support import database
from tests.support.signed_in import sign_in

from leercirkel.apps.access.models import User
from leercirkel.apps.access.scope import whole_installation
from leercirkel.apps.demo.actions import load_board
from leercirkel.apps.insight.models import BoardReport, KeptReport
from leercirkel.apps.insight.tasks import keep_board_pages
from leercirkel.apps.organisation.models import School
from leercirkel.demo.board import write_board

ADDRESS = "/bestuur/resultaten/"


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Iterator[User]:
    folder = tmp_path_factory.mktemp("board")
    write_board(folder, years=2, seed=1)
    with django_db_blocker.unblock(), database.own("beside"):
        load_board(folder)
        with whole_installation():
            user = User.objects.get(email__startswith="bestuur@")
        yield user


@pytest.fixture
def client(board: User) -> Client:
    made = Client()
    sign_in(made, board)
    return made


def test_the_first_look_asks_for_the_figures_and_the_next_one_has_them(board: User, client: Client) -> None:
    first = client.get(ADDRESS).content.decode()
    done = keep_board_pages.call(board.pk)
    again = keep_board_pages.call(board.pk)
    page = client.get(ADDRESS).content.decode()

    assert "Nog niet alles is uitgerekend" in first
    assert (done, again) == (3, 0)
    assert "Nog niet alles is uitgerekend" not in page
    assert "<svg" in page
    assert "Dit is geen ranglijst" in page
    assert len(page) < 150_000


def test_schools_stand_in_the_alphabet_each_with_its_counts_in_the_table(board: User, client: Client) -> None:
    keep_board_pages.call(board.pk)

    page = client.get(ADDRESS).content.decode()

    for table in re.findall(r"<tbody>(.*?)</tbody>", page, re.DOTALL):
        names = re.findall(r'<th scope="row">(.*?)</th>', table)
        assert names == sorted(names, key=str.casefold)
        assert all(int(n) >= 5 for n in re.findall(r"\d+ van (\d+)</td>", table))
    assert page.count('class="chart funnel"') == page.count("<tbody>")


def test_what_a_board_saw_is_kept_for_its_later_reports_and_only_when_it_is_new(board: User) -> None:
    keep_board_pages.call(board.pk)
    with whole_installation():
        before = BoardReport.objects.count()
        KeptReport.objects.update(version="older")

    keep_board_pages.call(board.pk)

    with whole_installation():
        assert before == School.objects.count()
        assert BoardReport.objects.count() == before


def test_figures_that_no_longer_hold_stay_while_new_ones_are_worked_out(board: User, client: Client) -> None:
    keep_board_pages.call(board.pk)
    with whole_installation():
        KeptReport.objects.filter(school__kind="sbo").update(version="older")

    page = client.get(ADDRESS).content.decode()

    assert "nieuwe cijfers worden uitgerekend van: SBO De Kantelaar" in page
    assert "<svg" in page
