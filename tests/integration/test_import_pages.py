"""Importing step by step: files, what they would change, questions, confirming, and taking it back."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.support.result_tables import csv
from tests.support.signed_in import sign_in
from tests.support.uploads import DAAN, NOOR, YASSIN, address_of, batch_of, confirm, text, told, upload, work
from tests.support.world import World

from leercirkel.apps.access.scope import scope
from leercirkel.apps.assessment.models import Result

pytestmark = pytest.mark.django_db


@pytest.fixture
def analyst(world: World) -> Client:
    client = Client()
    sign_in(client, world.users["trend_analyst"])
    return client


@pytest.fixture
def teacher(world: World) -> Client:
    client = Client()
    sign_in(client, world.users["teacher"])
    return client


def scores(world: World, who: str) -> list[float | None]:
    """What holds of a pupil in arithmetic of this year."""
    with scope(schools=[101]):
        rows = Result.objects.filter(pupil=world.pupils[who], subject="rekenen", instrument="DEMO")
        return list(rows.order_by("id").values_list("score", flat=True))


def test_files_are_shown_first_and_come_in_after_confirming(world: World, analyst: Client) -> None:
    page = upload(analyst, ("januari.csv", csv(told(NOOR), told(DAAN))))

    assert "Nieuw: toetsresultaten" in text(page)
    assert scores(world, "noor") == []

    confirm(analyst, page)
    batch = work(page)

    assert (batch.state, batch.counts["added"]) == ("done", 2)
    assert scores(world, "noor") == [104.5]
    assert not batch.uploads.exists()
    summary = text(analyst.get(address_of(page)))
    assert "Uilen" in summary
    assert "Aardenburg" in summary


def test_the_same_file_again_brings_nothing_and_says_so(world: World, analyst: Client) -> None:
    file = ("januari.csv", csv(told(NOOR)))
    first = upload(analyst, file)
    confirm(analyst, first)
    work(first)

    again = upload(analyst, file)

    assert "Niets nieuws" in text(again)
    assert "Bevestigen en inlezen" not in text(again)


def test_of_a_corrected_file_the_choice_decides_and_undoing_brings_back_what_was(world: World, analyst: Client) -> None:
    first = upload(analyst, ("januari.csv", csv(told(NOOR), told(DAAN))))
    confirm(analyst, first)
    work(first)
    page = upload(analyst, ("beter.csv", csv(told(NOOR, vaardigheidsscore="99"), told(DAAN))))
    assert "score 104,5" in text(page)
    assert "score 99" in text(page)

    refused = confirm(analyst, page)
    assert batch_of(page).state == "open"
    assert "Kies eerst wat er moet gebeuren" in text(refused)

    confirm(analyst, page, gewijzigd="vervangen")
    batch = work(page)
    assert (batch.counts["added"], batch.counts["replaced"], batch.counts["same"]) == (1, 1, 1)
    assert scores(world, "noor") == [99.0]

    analyst.post(f"{address_of(page)}ongedaan/")
    assert scores(world, "noor") == [104.5]


def test_a_teacher_brings_in_only_what_is_of_their_own_groups(world: World, teacher: Client) -> None:
    page = upload(teacher, ("groep.csv", csv(told(NOOR), told(YASSIN))))

    assert "Deze leerling hoort niet bij je groepen" in text(page)
    confirm(teacher, page)
    work(page)
    assert scores(world, "noor") == [104.5]
    assert scores(world, "yassin") == []
