"""The invented world of the tests is what its own description says."""

from __future__ import annotations

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.support import world as invented
from tests.support.signed_in import sign_in
from tests.support.world import World

from leercirkel.apps.access.scope import scope
from leercirkel.apps.organisation.models import Enrolment, Pupil


def test_it_takes_few_statements(db: None) -> None:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        invented.build()

    assert len(asked) < 60


def test_every_school_has_its_own_pupils(world: World) -> None:
    found = {}
    for name, school in world.schools.items():
        with scope(schools=[school.pk]):
            found[name] = set(Pupil.objects.values_list("first_name", flat=True))

    assert found["pluimgaard"] == {"Bo", "Bas"}
    assert found["zandloper"] == {"Xena", "Xander"}
    assert len(found["kantelaar"]) == 12


def test_who_was_and_who_comes_is_there(world: World) -> None:
    with scope(schools=[world.schools["kantelaar"].pk]):
        now = Enrolment.objects.filter(group=world.groups["5"], during__contains=invented.DAY)

        assert now.count() == 6


def test_a_user_can_be_signed_in(world: World, client: Client) -> None:
    sign_in(client, world.users["teacher"])

    assert client.get("/").status_code == 200
