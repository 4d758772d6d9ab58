"""Two managers who end each other at the same moment: one of them stays."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection, transaction
from tests.support import world as invented
from tests.support.postgres import Database
from tests.support.world import DAY, World

from leercirkel.apps.access import actions
from leercirkel.apps.access.managing import Place
from leercirkel.apps.access.models import Assignment, User
from leercirkel.apps.access.refusals import LastManager
from leercirkel.apps.access.scope import whole_installation
from leercirkel.apps.access.sight import Sight, sight_of
from leercirkel.operations import children

PATIENCE = 120
WAITING = "select count(*) from pg_locks where locktype = 'advisory' and not granted and database = %s"


@pytest.fixture
def two(own_db: Database) -> tuple[World, User, User]:
    """A school with two managers and none for the whole board."""
    with transaction.atomic():
        world = invented.build()
        first, second = world.users["administrator"], world.users["nobody"]
        with whole_installation():
            Assignment.objects.filter(user=world.users["administrator_board"]).delete()
        sight = sight_of(first.pk, DAY)
        here = world.schools["kantelaar"]
        actions.give_role(
            by=first, sight=sight, user=second, code="administrator", place=Place(here.board, here), since=DAY
        )
    return world, first, second


def end_the_other(by: User, other: User) -> None:
    sight = sight_of(by.pk, DAY)
    role = Assignment.objects.get(user=other, bundle__code="administrator")
    actions.end_role(by=by, sight=sight, role=role, last_day=None)


def switch_off(by: User, other: User) -> None:
    sight: Sight = sight_of(by.pk, DAY)
    actions.deactivate(by=by, sight=sight, user=other)


@pytest.mark.parametrize("how", [end_the_other, switch_off])
def test_who_comes_second_waits_and_is_refused(
    two: tuple[World, User, User], own_db: Database, how: Callable[[User, User], None]
) -> None:
    _world, first, second = two
    outcomes: list[object] = []

    def the_second() -> None:
        try:
            with transaction.atomic():
                how(second, first)
            outcomes.append("done")
        except LastManager as refused:
            outcomes.append(refused)
        finally:
            connection.close()

    def waits() -> bool:
        with own_db.superuser.open() as anything:
            [(database,)] = anything.execute(
                "select oid from pg_database where datname = current_database()"
            ).fetchall()
            [(count,)] = anything.execute(WAITING, [database]).fetchall()
        return bool(count) or bool(outcomes)

    other = threading.Thread(target=the_second)
    with transaction.atomic():
        how(first, second)
        other.start()
        waited = children.wait_until(waits, PATIENCE) and not outcomes
    other.join(PATIENCE)

    assert waited
    assert [type(each) for each in outcomes] == [LastManager]
