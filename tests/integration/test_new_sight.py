"""Who got to see names of pupils stands before who reads the log, until that person says to have seen it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.support.signed_in import sign_in
from tests.support.world import DAY, World

from leercirkel.apps.access import actions, notices
from leercirkel.apps.access.managing import Place
from leercirkel.apps.access.models import Notice, User
from leercirkel.apps.access.rights import Reach, Right
from leercirkel.apps.access.scope import whole_installation
from leercirkel.apps.access.sight import Sight, sight_of
from leercirkel.apps.audit.models import Event


@contextmanager
def acting(world: World, name: str) -> Iterator[tuple[User, Sight]]:
    user = world.users[name]
    with transaction.atomic():
        yield user, sight_of(user.pk, DAY)


def give(world: World, to: str, code: str, *, by: str = "administrator", group: str = "") -> None:
    here = world.schools["kantelaar"]
    place = Place(here.board, here, world.groups[group] if group else None)
    with acting(world, by) as (user, sight):
        actions.give_role(by=user, sight=sight, user=world.users[to], code=code, place=place, since=DAY)


def waiting_for(world: World, name: str) -> list[tuple[str, str]]:
    with acting(world, name) as (_user, sight):
        return [(each.kind, each.code) for each in notices.open_for(sight)]


def see_all(world: World, name: str) -> int:
    with acting(world, name) as (user, sight):
        return notices.acknowledge(by=user, sight=sight, shown=[each.pk for each in notices.open_for(sight)])


def second_mailbox(world: World, code: str = "teacher", email: str = "ander@demo.invalid") -> User:
    """The administrator invites an address of her own."""
    here = world.schools["kantelaar"]
    with acting(world, "administrator") as (user, sight):
        return actions.invite(
            by=user, sight=sight, email=email, name="Anders", code=code, place=Place(here.board, here), since=DAY
        )[0]


# ----------------------------------------------------------------------------------------------------------- what tells


def test_an_invited_account_that_sees_names_stands_before_the_head_and_not_before_who_invited(world: World) -> None:
    second_mailbox(world)

    assert waiting_for(world, "head") == [("role", "teacher")]
    assert waiting_for(world, "privacy_officer") == [("role", "teacher")]
    assert waiting_for(world, "administrator") == []
    assert waiting_for(world, "head_x") == []


@pytest.mark.parametrize(
    ("code", "told"),
    [
        *(("subject_team", False), ("guardian", False), ("administrator", False)),
        *(("social_worker", True), ("head", True), ("privacy_officer", True)),
    ],
)
def test_only_roles_that_show_names_or_the_log_are_told(world: World, code: str, told: bool) -> None:
    second_mailbox(world, code)

    assert waiting_for(world, "head") == ([("role", code)] if told else [])


def test_more_of_what_somebody_sees_already_is_not_told_and_more_than_that_is(world: World) -> None:
    give(world, "teacher", "teacher", group="6")
    same = waiting_for(world, "head")
    give(world, "teacher", "care_director")

    assert same == []
    assert waiting_for(world, "head") == [("role", "care_director")]


def test_a_role_for_the_whole_board_is_told_at_each_of_its_schools(world: World) -> None:
    board = world.boards["kadewijs"]
    with acting(world, "administrator_board") as (user, sight):
        actions.give_role(
            by=user, sight=sight, user=world.users["nobody"], code="trend_analyst", place=Place(board), since=DAY
        )

    assert waiting_for(world, "head") == [("role", "trend_analyst")]
    assert waiting_for(world, "head_b") == [("role", "trend_analyst")]
    assert waiting_for(world, "head_x") == []


def test_a_role_that_may_show_more_than_before_is_told(world: World) -> None:
    here = world.schools["kantelaar"]
    with acting(world, "administrator") as (user, sight):
        actions.change_bundle(
            by=user, sight=sight, school=here, code="subject_team", rights=[(Right.SEE_PUPILS, Reach.ALL)]
        )
    wider = waiting_for(world, "head")
    with acting(world, "administrator") as (user, sight):
        actions.change_bundle(by=user, sight=sight, school=here, code="subject_team", rights=[])

    assert wider == [("bundle", "subject_team")]
    assert waiting_for(world, "head") == wider


# ---------------------------------------------------------------------------------------------------------- seeing them


def test_what_was_seen_is_gone_for_all_and_stands_in_the_log(world: World) -> None:
    second_mailbox(world)

    seen = see_all(world, "head")

    assert seen == 1
    assert waiting_for(world, "head") == waiting_for(world, "privacy_officer") == []
    with whole_installation():
        event = Event.objects.get(purpose="notice_seen")
        assert (event.actor, event.object_id) == (world.users["head"].pk, Notice.objects.get().pk)


def test_nobody_clears_what_is_about_them_or_what_they_did(world: World) -> None:
    give(world, "head", "care_director", by="administrator")

    assert waiting_for(world, "head") == []
    assert waiting_for(world, "privacy_officer") == [("role", "care_director")]


def test_two_made_up_heads_do_not_clear_each_other_and_the_real_one_sees_both(world: World) -> None:
    second_mailbox(world, "teacher")
    give(world, "nobody", "head")
    give(world, "former", "head")

    assert waiting_for(world, "nobody") == waiting_for(world, "former") == []
    assert waiting_for(world, "head") == [("role", "teacher"), ("role", "head"), ("role", "head")]


def test_where_nobody_else_reads_the_log_a_new_head_sees_the_others(world: World) -> None:
    """A school begins so: the administrator invites the head, and nobody is there to confirm the first."""
    with whole_installation():
        world.users["head"].assignments.all().delete()
    give(world, "nobody", "head")
    second_mailbox(world)

    assert waiting_for(world, "nobody") == [("role", "teacher")]


def test_the_database_lets_nobody_take_a_line_away_or_change_it(world: World) -> None:
    second_mailbox(world)
    for change in (lambda rows: rows.delete(), lambda rows: rows.update(user=None)):
        with pytest.raises(Exception, match="permission denied"), acting(world, "administrator"):
            change(Notice.objects.all())

    assert waiting_for(world, "head") == [("role", "teacher")]


# ---------------------------------------------------------------------------------------------------------------- pages


def test_the_start_page_leads_the_head_to_the_list_and_what_is_not_shown_is_not_cleared(
    world: World, client: Client
) -> None:
    second_mailbox(world)
    sign_in(client, world.users["head"])
    start = client.get("/").content.decode()
    page = client.get("/nieuw-zicht/").content.decode()
    second_mailbox(world, "trend_analyst", "nog-een@demo.invalid")

    client.post("/nieuw-zicht/", {"gezien": re.findall(r'name="gezien" value="(\d+)"', page)})

    assert 'href="/nieuw-zicht/"' in start
    assert "Anders" in page
    assert "ander@demo.invalid" in page
    assert "kreeg de rol leerkracht" in page
    assert waiting_for(world, "head") == [("role", "trend_analyst")]


def test_the_list_takes_as_many_queries_for_many_as_for_one(world: World, client: Client) -> None:
    sign_in(client, world.users["head"])
    second_mailbox(world)
    few = queries(client)
    for number in range(5):
        second_mailbox(world, "trend_analyst", f"{number}@demo.invalid")

    assert queries(client) == few


def queries(client: Client) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/nieuw-zicht/").status_code == 200
    return len(asked)


@pytest.mark.parametrize("sent", ["x", "-1", "9" * 40, ""])
def test_what_is_no_number_of_a_line_clears_nothing(world: World, client: Client, sent: str) -> None:
    second_mailbox(world)
    sign_in(client, world.users["head"])

    answer = client.post("/nieuw-zicht/", {"gezien": sent})

    assert answer.status_code == 302
    assert waiting_for(world, "head") == [("role", "teacher")]
