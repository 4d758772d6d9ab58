"""Giving, ending and changing rights: what nobody can do, whoever they are, and what stands in the log."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.db import transaction
from psycopg.types.range import DateRange
from tests.support.world import DAY, World

from leercirkel.apps.access import actions, refusals, selectors
from leercirkel.apps.access.bundles import BUNDLES
from leercirkel.apps.access.managing import Place
from leercirkel.apps.access.models import Assignment, Bundle, User
from leercirkel.apps.access.rights import MEANT_FOR, Reach, Right
from leercirkel.apps.access.scope import whole_installation
from leercirkel.apps.access.sight import Sight, sight_of
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.audit.models import Event
from leercirkel.apps.organisation.models import StaffMember


@contextmanager
def acting(world: World, name: str) -> Iterator[tuple[User, Sight]]:
    """In the scope of a user, as a request is."""
    user = world.users[name]
    with transaction.atomic():
        yield user, sight_of(user.pk, DAY)


def place(world: World, school: str = "kantelaar", group: str = "") -> Place:
    here = world.schools[school]
    return Place(here.board, here, world.groups[group] if group else None)


def rights(world: World, name: str, day: date = DAY) -> frozenset[Right]:
    with transaction.atomic():
        return sight_of(world.users[name].pk, day).given


def give(world: World, to: str, code: str, at: Place, *, by: str = "administrator", **when: date) -> Assignment:
    with acting(world, by) as (user, sight):
        return actions.give_role(
            by=user, sight=sight, user=world.users[to], code=code, place=at, **({"since": DAY} | when)
        )


def end(world: World, whose: str, *, by: str = "administrator", last_day: date | None = None) -> None:
    with acting(world, by) as (user, sight):
        role = selectors.roles_at(sight, world.users[whose]).first()
        assert role is not None
        actions.end_role(by=user, sight=sight, role=role, last_day=last_day)


def events(kind: Kind) -> list[Event]:
    with whole_installation():
        return list(Event.objects.filter(kind=kind).select_related("detail").order_by("pk"))


# -------------------------------------------------------------------------------------------------------------- giving


def test_a_role_works_at_once_and_is_written_down(world: World) -> None:
    made = give(world, "nobody", "head", place(world))

    assert Right.SEE_DOSSIER in rights(world, "nobody")
    [event] = events(Kind.RIGHTS_GIVEN)
    assert (event.actor, event.object_id, event.purpose) == (world.users["administrator"].pk, made.pk, "head")
    assert event.school_id == world.schools["kantelaar"].pk


def test_a_role_holds_from_its_first_to_its_last_day(world: World) -> None:
    give(world, "nobody", "head", place(world), since=DAY + timedelta(days=2), until=DAY + timedelta(days=3))

    held = [bool(rights(world, "nobody", DAY + timedelta(days=days))) for days in range(6)]
    assert held == [False, False, True, True, False, False]


def test_a_role_for_one_group_reaches_that_group(world: World) -> None:
    give(world, "nobody", "care_director", place(world, group="6"))

    with transaction.atomic():
        found = sight_of(world.users["nobody"].pk, DAY)
    assert found.extent(Right.SEE_DOSSIER).group_ids == {world.groups["6"].pk}


@pytest.mark.parametrize(
    ("by", "school"),
    [
        ("administrator", "pluimgaard"),
        ("administrator", "zandloper"),
        ("administrator_board", "zandloper"),
        ("head", "kantelaar"),
        ("care_director", "kantelaar"),
        ("teacher", "kantelaar"),
        ("privacy_officer", "kantelaar"),
    ],
)
def test_nobody_gives_a_role_where_they_do_not_manage_users(world: World, by: str, school: str) -> None:
    with pytest.raises(refusals.NotYours):
        give(world, "nobody", "head", place(world, school), by=by)

    assert rights(world, "nobody") == frozenset()


def test_who_manages_a_school_gives_nothing_for_the_whole_board(world: World) -> None:
    with pytest.raises(refusals.NotYours):
        give(world, "nobody", "board", Place(world.boards["kadewijs"]))


def test_who_manages_a_board_gives_roles_at_each_of_its_schools_and_for_the_whole(world: World) -> None:
    give(world, "nobody", "head", place(world, "pluimgaard"), by="administrator_board")
    give(world, "nobody", "privacy_officer", Place(world.boards["kadewijs"]), by="administrator_board")

    with transaction.atomic():
        found = sight_of(world.users["nobody"].pk, DAY)
    assert found.extent(Right.SEE_PUPILS).schools == {world.schools["pluimgaard"].pk}
    assert found.extent(Right.SEE_AUDIT).boards == {world.boards["kadewijs"].pk}


@pytest.mark.parametrize("code", [each.code for each in BUNDLES])
def test_nobody_gives_themselves_a_role(world: World, code: str) -> None:
    with pytest.raises(refusals.ToYourself):
        give(world, "administrator", code, place(world))


def test_nobody_invites_themselves(world: World) -> None:
    with acting(world, "administrator") as (user, sight), pytest.raises(refusals.ToYourself):
        actions.invite(
            by=user, sight=sight, email=user.email.upper(), name="Ik", code="head", place=place(world), since=DAY
        )


def test_a_last_day_before_the_first_is_refused(world: World) -> None:
    with pytest.raises(refusals.WrongDates):
        give(world, "nobody", "head", place(world), until=DAY - timedelta(days=1))


@pytest.mark.parametrize(("since", "may"), [(date(2026, 7, 31), False), (date(2026, 8, 1), True)])
def test_a_role_begins_in_this_school_year_at_the_earliest(world: World, since: date, may: bool) -> None:
    if may:
        give(world, "nobody", "head", place(world), since=since)
    else:
        with pytest.raises(refusals.StartsTooEarly):
            give(world, "nobody", "head", place(world), since=since)

    assert bool(rights(world, "nobody")) is may


@pytest.mark.parametrize(("days", "may"), [(2, False), (1, True)])
def test_a_role_ends_yesterday_at_the_earliest(world: World, days: int, may: bool) -> None:
    if may:
        end(world, "head", last_day=DAY - timedelta(days=days))
    else:
        with pytest.raises(refusals.EndsTooEarly):
            end(world, "head", last_day=DAY - timedelta(days=days))

    assert bool(rights(world, "head", DAY - timedelta(days=1)))
    assert bool(rights(world, "head")) is not may


def test_the_database_refuses_it_too(world: World) -> None:
    with acting(world, "administrator") as (user, _), pytest.raises(Exception, match="row-level security"):
        Assignment.objects.create(
            user=user,
            bundle=Bundle.objects.get(school=None, code="head"),
            board=world.boards["kadewijs"],
            school=world.schools["pluimgaard"],
            during=DateRange(DAY, None),
        )


@pytest.mark.parametrize(
    "statement",
    [
        "update access_bundleright set reach = 'all'",
        "delete from access_bundleright",
        "update access_bundle set code = 'x'",
    ],
)
def test_the_standard_roles_are_nobodys_to_change(world: World, statement: str) -> None:
    from django.db import connection

    with acting(world, "administrator_board"), connection.cursor() as cursor:
        cursor.execute(statement)

        assert cursor.rowcount == 0


# -------------------------------------------------------------------------------------------------------------- ending


def test_a_role_that_is_ended_ends_at_once(world: World) -> None:
    end(world, "head")

    assert rights(world, "head") == frozenset()
    [event] = events(Kind.RIGHTS_TAKEN)
    assert event.detail.changes["during"][1].endswith("2027-03-02)")


def test_a_role_that_ends_later_holds_until_its_last_day(world: World) -> None:
    end(world, "head", last_day=DAY + timedelta(days=1))

    held = [bool(rights(world, "head", DAY + timedelta(days=days))) for days in range(3)]
    assert held == [True, True, False]


def test_a_role_that_has_yet_to_begin_is_taken_away(world: World) -> None:
    give(world, "nobody", "head", place(world), since=DAY + timedelta(days=9))

    end(world, "nobody")

    assert rights(world, "nobody", DAY + timedelta(days=20)) == frozenset()


def test_nobody_ends_their_own_role(world: World) -> None:
    with pytest.raises(refusals.ToYourself):
        end(world, "administrator")


def test_who_manages_users_can_be_relieved_by_another_who_does(world: World) -> None:
    give(world, "nobody", "administrator", place(world, "zandloper"), by="administrator_x")

    end(world, "administrator_x", by="nobody")

    assert rights(world, "administrator_x") == frozenset()


def test_someone_of_the_board_cannot_take_away_the_last_who_manages_the_board(world: World) -> None:
    with whole_installation():
        Assignment.objects.create(
            user=world.users["nobody"],
            bundle=Bundle.objects.get(school=None, code="administrator"),
            board=world.boards["kadewijs"],
            during=DateRange(DAY, None),
        )
        User.objects.filter(pk=world.users["nobody"].pk).update(is_active=False)

    with pytest.raises(refusals.LastManager):
        end(world, "administrator_board", by="nobody")


# ------------------------------------------------------------------------------------------------------------ accounts


def test_someone_new_is_invited_with_a_role_and_becomes_staff(world: World) -> None:
    with acting(world, "administrator") as (user, sight):
        made, sent = actions.invite(
            by=user, sight=sight, email="Nieuw@demo.invalid", name="Nieuw", code="network_contact",
            place=place(world), since=DAY,
        )  # fmt: skip

    assert (made.email, sent, made.has_usable_password()) == ("nieuw@demo.invalid", True, False)
    with whole_installation():
        assert StaffMember.objects.get(user=made).school == world.schools["kantelaar"]
    assert [event.actor for event in events(Kind.USER_INVITED)] == [world.users["administrator"].pk]


def test_who_works_there_already_keeps_groups_and_teams(world: World) -> None:
    with whole_installation():
        known = StaffMember.objects.create(
            school=world.schools["kantelaar"], surname="Bekend", email="BEKEND@demo.invalid", during=DateRange(DAY)
        )
    with acting(world, "administrator") as (user, sight):
        made, _ = actions.invite(
            by=user, sight=sight, email="bekend@demo.invalid", name="Bekend", code="teacher", place=place(world),
            since=DAY,
        )  # fmt: skip

    with whole_installation():
        assert StaffMember.objects.get(user=made).pk == known.pk


def test_an_account_that_is_in_use_gets_the_role_and_no_link(world: World) -> None:
    with acting(world, "administrator") as (user, sight):
        made, sent = actions.invite(
            by=user, sight=sight, email="teacher_b@demo.invalid", name="Dr. B", code="teacher", place=place(world),
            since=DAY,
        )  # fmt: skip

    assert (made, sent, made.name) == (world.users["teacher_b"], False, "Teacher b")


def test_who_types_an_address_is_not_told_whose_it_is(world: World) -> None:
    invitation = {"email": "teacher_b@demo.invalid", "code": "teacher", "place": place(world), "since": DAY}

    with acting(world, "administrator") as (user, sight), pytest.raises(refusals.OtherName) as refused:
        actions.invite(by=user, sight=sight, name="Jansen", **invitation)  # type: ignore[arg-type]

    assert "Teacher" not in str(refused.value)
    with whole_installation():
        assert not Assignment.objects.filter(user=world.users["teacher_b"], school=world.schools["kantelaar"]).exists()


def test_of_who_is_in_the_own_list_another_name_does_no_harm(world: World) -> None:
    invitation = {"email": "teacher@demo.invalid", "code": "trend_analyst", "place": place(world), "since": DAY}

    with acting(world, "administrator") as (user, sight):
        made, _sent = actions.invite(by=user, sight=sight, name="Jansen", **invitation)  # type: ignore[arg-type]

    assert made == world.users["teacher"]


@pytest.mark.parametrize("do", [actions.deactivate, actions.forget_factors, actions.sign_out, actions.let_try_again])
def test_an_account_that_is_used_elsewhere_too_is_not_mine_to_switch_off(world: World, do: object) -> None:
    give(world, "head_b", "teacher", place(world), by="administrator_board")

    with acting(world, "administrator") as (user, sight), pytest.raises(refusals.UsedElsewhere):
        do(by=user, sight=sight, user=world.users["head_b"])  # type: ignore[operator]


def test_who_manages_the_whole_board_may(world: World) -> None:
    give(world, "head_b", "teacher", place(world), by="administrator_board")

    with acting(world, "administrator_board") as (user, sight):
        actions.deactivate(by=user, sight=sight, user=world.users["head_b"])

    assert not User.objects.get(pk=world.users["head_b"].pk).is_active


def test_nobody_switches_off_their_own_account_or_the_last_who_manages(world: World) -> None:
    with acting(world, "administrator_x") as (user, sight), pytest.raises(refusals.ToYourself):
        actions.deactivate(by=user, sight=sight, user=user)
    give(world, "nobody", "administrator", place(world, "zandloper"), by="administrator_x")
    with whole_installation():
        User.objects.filter(pk=world.users["administrator_x"].pk).update(is_active=False)
    with acting(world, "administrator_x") as (user, sight), pytest.raises(refusals.LastManager):
        actions.deactivate(by=user, sight=sight, user=world.users["nobody"])

    assert User.objects.get(pk=world.users["nobody"].pk).is_active


# ------------------------------------------------------------------------------------------------------ roles at school


def change(world: World, code: str, pairs: list[tuple[Right, Reach]], by: str = "administrator_board") -> Bundle:
    with acting(world, by) as (user, sight):
        return actions.change_bundle(by=user, sight=sight, school=world.schools["kantelaar"], code=code, rights=pairs)


def test_a_school_changes_its_own_version_and_no_other_schools(world: World) -> None:
    change(world, "head", [(Right.SEE_FIGURES, Reach.ALL)], by="administrator")

    assert rights(world, "head") == {Right.SEE_FIGURES}
    assert len(rights(world, "head_b")) > 5
    [event] = events(Kind.BUNDLE_CHANGED)
    assert "dossier.see@all" in event.detail.changes["removed"][0]


def test_who_gets_the_role_later_gets_the_schools_version(world: World) -> None:
    change(world, "head", [(Right.SEE_FIGURES, Reach.ALL)])

    give(world, "nobody", "head", place(world))

    assert rights(world, "nobody") == {Right.SEE_FIGURES}


def test_back_to_standard_gives_everyone_the_standard_rights(world: World) -> None:
    before = rights(world, "head")
    change(world, "head", [(Right.SEE_FIGURES, Reach.ALL)])

    with acting(world, "administrator_board") as (user, sight):
        actions.reset_bundle(by=user, sight=sight, school=world.schools["kantelaar"], code="head")

    assert rights(world, "head") == before
    with whole_installation():
        assert not Bundle.objects.filter(school=world.schools["kantelaar"]).exists()


def test_nobody_changes_a_role_that_they_have(world: World) -> None:
    with pytest.raises(refusals.ToYourself):
        change(world, "administrator", [(Right.MANAGE_USERS, Reach.ALL)], by="administrator")


def test_no_role_manages_users_and_shows_pupils(world: World) -> None:
    with pytest.raises(refusals.Mixed):
        change(world, "administrator", [(Right.MANAGE_USERS, Reach.ALL), (Right.SEE_PUPILS, Reach.ALL)])


def test_a_school_is_not_left_without_who_manages_users(world: World) -> None:
    end(world, "administrator", by="administrator_board")
    give(world, "nobody", "administrator", place(world), by="administrator_board")
    with whole_installation():
        User.objects.filter(pk=world.users["administrator_board"].pk).update(is_active=False)

    with pytest.raises(refusals.LastManager):
        change(world, "administrator", [(Right.MANAGE_SETTINGS, Reach.ALL)])


@pytest.mark.parametrize("by", ["head", "administrator_b", "administrator_x", "teacher"])
def test_nobody_changes_roles_where_they_do_not_manage_users(world: World, by: str) -> None:
    with pytest.raises(refusals.NotYours):
        change(world, "head", [(Right.SEE_FIGURES, Reach.ALL)], by=by)


def test_standard_roles_go_no_further_than_a_right_can() -> None:
    beyond = [
        (bundle.code, right, reach)
        for bundle in BUNDLES
        for right, reach in bundle.rights
        if reach not in MEANT_FOR[right]
    ]

    assert beyond == []
