"""What parents were given stays as it was given: the application withdraws it, and deletes it when its time is over."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone
from psycopg import errors
from psycopg.types.range import DateRange
from tests.support.measured import measure
from tests.support.world import World

from leercirkel.apps.access.scope import whole_installation
from leercirkel.apps.insight.actions.talk import withdraw_sheet
from leercirkel.apps.insight.models import SharedSheet
from leercirkel.apps.organisation.models import Enrolment


@pytest.fixture
def shared(world: World) -> Any:
    with whole_installation():
        return measure(world)["sharedsheet"]["kantelaar"]


@pytest.mark.parametrize(
    "change", ["sheet = '{}'", "pupil_id = pupil_id", "made_at = now()", "moment = 'E'", "made_by_id = null"]
)
def test_what_was_shared_is_never_written_over(world: World, shared: SharedSheet, change: str) -> None:
    statement = f"update insight_sharedsheet set {change} where id = %s"
    with (
        whole_installation(),
        connection.cursor() as cursor,
        pytest.raises(ProgrammingError) as refused,
        transaction.atomic(),
    ):
        cursor.execute(statement, [shared.pk])

    assert isinstance(refused.value.__cause__, errors.InsufficientPrivilege)


def test_a_shared_sheet_is_withdrawn_with_a_reason(world: World, shared: SharedSheet) -> None:
    with whole_installation():
        withdraw_sheet(shared=shared, reason="verkeerd kind", by=world.users["head"])
        shared.refresh_from_db()

    assert (shared.withdrawn_by, shared.reason) == (world.users["head"], "verkeerd kind")


@pytest.mark.parametrize(
    ("left", "gone"),
    [
        (None, False),
        (timezone.localdate() - timedelta(days=700), False),
        (timezone.localdate() - timedelta(days=740), True),
    ],
)
def test_a_shared_sheet_goes_with_the_file_two_years_after_leaving(
    world: World, shared: SharedSheet, left: date | None, gone: bool
) -> None:
    with whole_installation():
        Enrolment.objects.filter(pupil=shared.pupil).exclude(
            pk=Enrolment.objects.filter(pupil=shared.pupil).latest("pk").pk
        ).delete()
        Enrolment.objects.filter(pupil=shared.pupil).update(during=DateRange(date(2018, 8, 1), left))

        SharedSheet.objects.filter(pk=shared.pk).delete()

        assert SharedSheet.objects.filter(pk=shared.pk).exists() is not gone
