"""What one process worked out of a school's figures is there for the others: made once, and no longer than it holds."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from tests.support import small_results
from tests.support.signed_in import sign_in
from tests.support.world import World

from leercirkel.apps import clock
from leercirkel.apps.access.scope import scope, whole_installation
from leercirkel.apps.access.sight import sight_of
from leercirkel.apps.assessment import afterwards
from leercirkel.apps.assessment.changes import version_of
from leercirkel.apps.assessment.models import PupilMark
from leercirkel.apps.insight.models import KeptFigures
from leercirkel.apps.insight.selectors import ground, groups, pupils, reports, sentences, sentences_of_groups, shared
from leercirkel.apps.insight.selectors.ground import ground_at
from leercirkel.apps.insight.selectors.kept import Kept

VERSION = (1, 1)


@pytest.fixture(scope="module")
def small(django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), small_results.committed("shared_figures") as world:
        yield world


@pytest.fixture
def empty(small: World) -> World:
    """Nothing kept yet, by no process."""
    with whole_installation():
        KeptFigures.objects.all().delete()
    return small


def another_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on nothing is kept in this process."""
    for module in (ground, groups, pupils, reports, sentences):
        monkeypatch.setattr(module, "_kept", Kept(8))


def never() -> bytes:
    raise AssertionError("it was there already")


def whats(school: int) -> list[str]:
    with whole_installation():
        return sorted(KeptFigures.objects.filter(school=school).values_list("what", flat=True))


def test_what_one_made_the_next_one_gets(empty: World) -> None:
    school = empty.schools["kantelaar"].pk
    with scope(schools=[school]):
        first = shared.shared(school, "a", VERSION, lambda: b"made")
    with scope(schools=[school]):
        second = shared.shared(school, "a", VERSION, never)

    assert first == second == b"made"


def test_of_other_figures_it_is_made_anew(empty: World) -> None:
    school = empty.schools["kantelaar"].pk
    with scope(schools=[school]):
        shared.shared(school, "a", VERSION, lambda: b"of then")
        now = shared.shared(school, "a", (2, 2), lambda: b"of now")

    assert now == b"of now"
    assert whats(school) == ["a"]


def test_a_change_of_a_figure_removes_what_is_kept_of_that_school_alone(empty: World) -> None:
    here, there = empty.schools["kantelaar"], empty.schools["pluimgaard"]
    with scope(schools=[here.pk, there.pk]):
        for school in (here, there):
            shared.shared(school.pk, "a", VERSION, lambda: b"made")

    with whole_installation():
        PupilMark.objects.create(school=here, pupil=empty.pupils["noor"], since=clock.today(), care="opp").delete()

    assert whats(here.pk) == []
    assert whats(there.pk) == ["a"]


def test_of_two_at_once_one_makes_it_and_the_other_waits(empty: World) -> None:
    school, begun, asked, made = empty.schools["kantelaar"].pk, threading.Event(), threading.Event(), []

    def make() -> bytes:
        begun.set()
        assert asked.wait(120)
        made.append(1)
        return b"once"

    def other() -> None:
        try:
            with scope(schools=[school]):
                found.append(shared.shared(school, "a", VERSION, never))
        finally:
            connection.close()

    def one() -> None:
        try:
            with scope(schools=[school]):
                found.append(shared.shared(school, "a", VERSION, make))
        finally:
            connection.close()

    found: list[bytes] = []
    first, second = threading.Thread(target=one), threading.Thread(target=other)
    first.start()
    assert begun.wait(120)
    second.start()
    asked.set()
    first.join(120)
    second.join(120)

    assert found == [b"once", b"once"]
    assert made == [1]


def test_who_waited_long_enough_makes_it_too_and_leaves_keeping_it_to_the_first(
    empty: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared, "PATIENCE", 0.2)
    school, begun, ready = empty.schools["kantelaar"].pk, threading.Event(), threading.Event()

    def slow() -> bytes:
        begun.set()
        assert ready.wait(120)
        return b"the first"

    def one() -> None:
        try:
            with scope(schools=[school]):
                shared.shared(school, "a", VERSION, slow)
        finally:
            connection.close()

    first = threading.Thread(target=one)
    first.start()
    assert begun.wait(120)
    with scope(schools=[school]):
        own = shared.shared(school, "a", VERSION, lambda: b"my own")
    ready.set()
    first.join(120)
    with scope(schools=[school]):
        kept = shared.shared(school, "a", VERSION, never)

    assert own == b"my own"
    assert kept == b"the first"


@pytest.mark.parametrize("address", ["/groepen/{group}/resultaten/", "/leerlingen/{pupil}/resultaten/"])
@pytest.mark.parametrize("user", ["teacher", "head"])
def test_a_page_is_the_same_in_the_process_that_made_it_and_in_another_one(
    empty: World, monkeypatch: pytest.MonkeyPatch, address: str, user: str
) -> None:
    path = address.format(group=empty.groups["5"].pk, pupil=empty.pupils["noor"].pk)
    client = Client()
    sign_in(client, empty.users[user])
    pages = []
    for _ in range(3):
        another_process(monkeypatch)
        body = client.get(path).content.decode()
        pages.append(re.sub(r'[A-Za-z0-9]{64}(?=")', "", body))  # the token of a form is another one each time
    kept = whats(empty.schools["kantelaar"].pk)

    assert ground.WHAT in kept
    assert "101" in pages[0]
    assert pages[0] == pages[1] == pages[2]


def test_what_is_shared_of_a_school_is_no_way_in_for_who_sees_nothing_of_it(empty: World) -> None:
    school = empty.schools["kantelaar"]
    with transaction.atomic():
        ground_at(sight_of(empty.users["head"].pk, clock.today()), school)
    with transaction.atomic():
        elsewhere = sight_of(empty.users["head_x"].pk, clock.today())

        with pytest.raises(PermissionError):
            ground_at(elsewhere, school)
        with pytest.raises(PermissionError):
            sentences_of_groups(elsewhere, school, 2026, "M")


def test_after_an_import_the_worker_makes_it_before_anybody_asks(empty: World, monkeypatch: pytest.MonkeyPatch) -> None:
    another_process(monkeypatch)
    school = empty.schools["kantelaar"]
    afterwards.call(school.pk, empty.users["head"].pk)

    call_command("db_worker", queue_name="*", batch=True, reload=False, verbosity=0)

    assert whats(school.pk) == sorted([ground.WHAT, "groups 2026-M"])
    with transaction.atomic():
        sight = sight_of(empty.users["head"].pk, clock.today())
        assert shared.shared(school.pk, ground.WHAT, version_of(school.pk), never)
        assert sentences_of_groups(sight, school, 2026, "M")["nl"]
