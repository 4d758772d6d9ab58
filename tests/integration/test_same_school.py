"""Rows that point at each other are of one school: in the database, whatever an action forgets."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from tests.support.things import more_things
from tests.support.world import YEAR, World

from leercirkel.apps.access.models import Assignment, Bundle
from leercirkel.apps.access.scope import scope
from leercirkel.apps.organisation.models import Enrolment

BY_TRIGGER = {("access_assignment", "bundle_id"): "bundle_of_here"}
"""Pointers whose target may have no school: a trigger sees to these."""

KEYS = """
select k.conrelid::regclass::text, k.confrelid::regclass::text,
  array(select a.attname::text from unnest(k.conkey) with ordinality u (n, i)
        join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.n order by u.i),
  array(select a.attname::text from unnest(k.confkey) with ordinality u (n, i)
        join pg_attribute a on a.attrelid = k.confrelid and a.attnum = u.n order by u.i)
from pg_constraint k where k.contype = 'f' and k.connamespace = 'public'::regnamespace and k.convalidated
"""
SCHOOLED = """
select c.relname::text from pg_class c join pg_attribute a on a.attrelid = c.oid
where a.attname = 'school_id' and not a.attisdropped and c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
"""


def rows(query: str, *values: object) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)  # type: ignore[arg-type]
        return list(cursor.fetchall())


def pointers() -> tuple[set[tuple[str, str, str]], set[tuple[str, str, str]]]:
    """Every column of a table of a school that points at another such table; and those with the school beside it."""
    schooled = {name for (name,) in rows(SCHOOLED)}
    keys = [key for key in rows(KEYS) if {key[0], key[1]} <= schooled]
    plain = {(table, columns[0], to) for table, to, columns, _ in keys if len(columns) == 1}
    both = {
        (table, columns[1], to)
        for table, to, columns, targets in keys
        if columns[0] == "school_id" and targets == ["school_id", "id"]
    }
    return plain, both


def test_every_pointer_between_tables_of_a_school_has_the_school_beside_it(db: None) -> None:
    plain, both = pointers()

    missing = {pointer for pointer in plain - both if pointer[:2] not in BY_TRIGGER}

    assert not missing, f"add same_school(...) to a migration (docs/ontwikkel/opzet.md): {sorted(missing)}"
    assert len(plain) > 25


def test_the_few_that_cannot_have_a_key_have_a_trigger(db: None) -> None:
    found = {(table, name) for table, name in rows("select tgrelid::regclass::text, tgname::text from pg_trigger")}

    assert {(table, trigger) for (table, _), trigger in BY_TRIGGER.items()} <= found


def refused(change: Callable[[], object]) -> bool:
    """Whether the database refuses it, also when it waits until the end of the transaction."""
    try:
        with transaction.atomic():
            change()
            connection.check_constraints()
    except IntegrityError:
        return True
    return False


def test_no_row_can_be_made_to_point_at_another_school(world: World) -> None:
    """Each pointer of each table, set to a row of the other school, within the scope of both."""
    more_things(world)
    here, there = world.schools["kantelaar"].pk, world.schools["zandloper"].pk
    _plain, both = pointers()
    tried, allowed = set(), set()
    with scope(schools=[here, there]):
        for table, column, target in sorted(both):
            foreign = rows(f"select id from {target} where school_id = %s limit 1", there)
            own = rows(f"select id from {table} where school_id = %s and {column} is not null limit 1", here)
            may = rows("select has_table_privilege(%s, 'update')", table)[0][0]
            if not (foreign and own and may):
                continue
            tried.add((table, column))
            change = f"update {table} set {column} = %s where id = %s returning id"
            if not refused(partial(rows, change, foreign[0][0], own[0][0])):
                allowed.add((table, column))

    assert allowed == set()
    assert len(tried) >= 20


def test_a_pupil_of_another_school_is_refused_like_one_that_does_not_exist(world: World) -> None:
    here, xena = world.schools["kantelaar"], world.pupils["xena"]

    def enrol(pupil: int) -> Callable[[], object]:
        return lambda: Enrolment.objects.create(school=here, pupil_id=pupil, during=YEAR)

    with scope(schools=[here.pk]):
        assert refused(enrol(xena.pk))
        assert refused(enrol(999_999))


@pytest.mark.parametrize(("bundle_of", "fine"), [("kantelaar", True), ("zandloper", False), (None, True)])
def test_a_role_that_a_school_made_is_given_at_that_school_only(
    world: World, bundle_of: str | None, fine: bool
) -> None:
    here, there = world.schools["kantelaar"], world.schools["zandloper"]
    with scope(schools=[here.pk, there.pk]):
        bundle = (
            Bundle.objects.create(school=world.schools[bundle_of], code="own", name="Eigen")
            if bundle_of
            else Bundle.objects.get(school=None, code="head")
        )

        def give() -> object:
            return Assignment.objects.create(
                user=world.users["nobody"], bundle=bundle, board=here.board, school=here, during=YEAR
            )

        assert refused(give) is not fine


def test_a_role_stays_with_its_school(world: World) -> None:
    here, there = world.schools["kantelaar"], world.schools["zandloper"]
    with scope(schools=[here.pk, there.pk]):
        bundle = Bundle.objects.create(school=here, code="own", name="Eigen")

        assert refused(lambda: Bundle.objects.filter(pk=bundle.pk).update(school=there))


def test_a_role_at_a_school_is_of_the_board_of_that_school(world: World) -> None:
    here, there = world.schools["kantelaar"], world.schools["zandloper"]
    with scope(schools=[here.pk, there.pk]):
        bundle = Bundle.objects.get(school=None, code="head")

        assert refused(
            lambda: Assignment.objects.create(
                user=world.users["nobody"], bundle=bundle, board=there.board, school=here, during=YEAR
            )
        )
