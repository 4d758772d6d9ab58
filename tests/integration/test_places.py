"""Where reaches lead, in one query: the same as through the ORM, for everyone and on every kind of day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.support import naive_places
from tests.support.world import World

from leercirkel.apps.access.places import LOOKED_UP, left, places_of
from leercirkel.apps.access.rights import Reach
from leercirkel.apps.access.scope import scope
from leercirkel.apps.organisation.models import GroupTeacher, StaffMember, TeamMember

DAYS = {
    "today": date(2027, 3, 2),
    "before the handing-over": date(2027, 5, 31),
    "handing-over": date(2027, 6, 1),
    "last day of the year": date(2027, 7, 31),
    "first day of the year": date(2027, 8, 1),
    "autumn": date(2026, 11, 20),
    "a year ago": date(2026, 3, 2),
    "before everything": date(2019, 1, 1),
}


@pytest.fixture(autouse=True)
def everywhere(world: World) -> Any:
    with scope(schools=[school.pk for school in world.schools.values()]):
        yield


@pytest.mark.parametrize("when", DAYS)
def test_one_query_gives_what_the_orm_gives(world: World, when: str, settings: Any) -> None:
    settings.TODAY = day = DAYS[when]
    assert set(naive_places.NAIVE) == LOOKED_UP

    for name, user in world.users.items():
        found = places_of(user.pk, day, LOOKED_UP)
        for reach, naive in naive_places.NAIVE.items():
            assert set(found[reach]) == set(naive(user.pk, day)), (name, reach)
        assert left(user.pk, day) == naive_places.left(user.pk, day), name


def test_the_days_and_users_lead_somewhere_by_every_reach(world: World, settings: Any) -> None:
    led = set()
    for day in DAYS.values():
        settings.TODAY = day
        for user in world.users.values():
            led |= {reach for reach, places in places_of(user.pk, day, LOOKED_UP).items() if places}

    assert led == LOOKED_UP
    assert any(left(user.pk, DAYS["before everything"]) for user in world.users.values())


def test_who_stops_leads_nowhere_from_the_next_day_on(world: World) -> None:
    today = DAYS["today"]
    for name, row in (("teacher", GroupTeacher), ("learning_team", TeamMember)):
        staff = world.staff[name]
        for each in row.objects.filter(staff=staff):  # type: ignore[attr-defined]
            each.during = type(each.during)(each.during.lower, today)
            each.save()

        found = places_of(world.users[name].pk, today, LOOKED_UP)
        before = places_of(world.users[name].pk, today - timedelta(days=1), LOOKED_UP)

        reach = Reach.OWN_GROUPS if row is GroupTeacher else Reach.TEAM_GROUPS
        assert found[reach] == []
        assert before[reach] != []


def test_who_left_the_school_has_no_place_there(world: World) -> None:
    today = DAYS["today"]
    StaffMember.objects.filter(user=world.users["teacher"]).update(during=(date(2020, 8, 1), today))

    assert not any(places_of(world.users["teacher"].pk, today, LOOKED_UP).values())
    assert left(world.users["teacher"].pk, today) == {world.schools["kantelaar"].pk}


def test_all_reaches_are_one_query(world: World) -> None:
    user, today = world.users["teacher"].pk, DAYS["today"]

    with CaptureQueriesContext(connection) as asked:
        places_of(user, today, LOOKED_UP)

    assert len(asked) == 1
