"""What imports remember is looked through and taken back: by who imports for the school, and each their own."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.support.result_tables import csv
from tests.support.signed_in import sign_in
from tests.support.uploads import NOOR, address_of, text, told, upload
from tests.support.world import World

from leercirkel.apps.access.scope import whole_installation
from leercirkel.apps.assessment.models import PupilMatch, SourceMapping
from leercirkel.apps.audit.models import Event

pytestmark = pytest.mark.django_db
PAGE = "/resultaten/inlezen/onthouden/"
DOUBTFUL = told(NOOR | {"geboortedatum": "05-10-2017"})


def client_of(world: World, who: str) -> Client:
    client = Client()
    sign_in(client, world.users[who])
    return client


def answer(client: Client) -> PupilMatch:
    """Answers that the doubtful pupil of a file is Noor."""
    page = upload(client, ("januari.csv", csv(DOUBTFUL)))
    field = re.search(r'name="(wie-[0-9a-f]+)" value="(\d+)"', text(page))
    assert field is not None
    client.post(f"{address_of(page)}leerlingen/", {field[1]: field[2]})
    with whole_installation():
        return PupilMatch.objects.latest("pk")


def test_who_imports_for_the_school_sees_who_answered_what_and_takes_it_back(world: World) -> None:
    given = answer(client_of(world, "teacher"))
    analyst = client_of(world, "trend_analyst")

    page = text(analyst.get(PAGE))
    assert "Noor Aardenburg, geboren 5-10-2017" in page
    assert world.users["teacher"].name in page

    after = text(analyst.post(f"{PAGE}wie/{given.pk}/weg/", follow=True))

    assert "Bij het volgende bestand wordt het opnieuw gevraagd" in after
    assert "Er is nog niets gevraagd" in after
    asked = upload(analyst, ("februari.csv", csv(DOUBTFUL | {"afnamedatum": "02-02-2027"})))
    assert re.search(r'name="wie-[0-9a-f]+"', text(asked))
    with whole_installation():
        event = Event.objects.filter(purpose="import_answer").get()
        assert (event.kind, event.pupil, event.object_type) == (
            "removed", world.pupils["noor"].pk, "assessment.pupilmatch",
        )  # fmt: skip
        assert Event.objects.filter(purpose="import_answers", kind="list_seen", count=1).exists()


def test_a_teacher_sees_own_answers_and_not_those_of_a_colleague(world: World) -> None:
    given = answer(client_of(world, "teacher"))
    colleague = client_of(world, "duo")

    assert "Aardenburg" in text(client_of(world, "teacher").get(PAGE))
    assert "Aardenburg" not in text(colleague.get(PAGE))
    assert colleague.post(f"{PAGE}wie/{given.pk}/weg/").status_code == 404


def test_the_columns_of_a_source_are_forgotten(world: World) -> None:
    with whole_installation():
        kept = SourceMapping.objects.create(
            school=world.schools["kantelaar"], signature="b" * 64, label="uit-ons-systeem.csv", mapping="a = 1",
            made_by=world.users["trend_analyst"],
        )  # fmt: skip
    analyst = client_of(world, "trend_analyst")
    assert "uit-ons-systeem.csv" in text(analyst.get(PAGE))

    after = text(analyst.post(f"{PAGE}bron/{kept.pk}/weg/", follow=True))

    assert "uit-ons-systeem.csv" not in after
    with whole_installation():
        assert Event.objects.filter(purpose="import_source", object_type="assessment.sourcemapping").exists()


def test_the_page_takes_as_many_queries_for_many_answers_as_for_one(world: World) -> None:
    analyst = client_of(world, "trend_analyst")

    def queries(number: int) -> int:
        with whole_installation():
            PupilMatch.objects.bulk_create(
                PupilMatch(school=world.schools["kantelaar"], written=f"{number}-{n}", pupil=world.pupils["noor"])
                for n in range(number)
            )
        with CaptureQueriesContext(
            connection,
        ) as seen:
            analyst.get(PAGE)
        return len(seen)

    analyst.get(PAGE)
    assert queries(1) == queries(40)


def test_while_names_are_hidden_the_page_has_none(world: World) -> None:
    answer(client_of(world, "teacher"))
    analyst = client_of(world, "trend_analyst")
    analyst.cookies["lc-names"] = "hidden"

    page = analyst.get(PAGE).content.decode()

    assert "Aardenburg" not in page
    assert "Noor" not in page
    assert "5-10-2017" not in page
