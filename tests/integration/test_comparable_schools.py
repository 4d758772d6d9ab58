"""A school beside those most like it: what the page says, of whom, and that nothing is told apart that cannot be."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.support.open_data import BEST, OWN, publish_country
from tests.support.people import give, make_school, make_user
from tests.support.signed_in import sign_in

from leercirkel.apps.access.models import User
from leercirkel.apps.access.scope import whole_installation
from leercirkel.apps.audit.models import Event
from leercirkel.apps.benchmark.actions import PURPOSE
from leercirkel.apps.benchmark.models import ComparedSchool, Comparison
from leercirkel.apps.benchmark.selectors import beside, comparison
from leercirkel.apps.organisation.models import School

SIZE = 60


@pytest.fixture
def mine(db: None) -> School:
    return make_school("De Vergelijker", brin=OWN[:4], location=OWN[4:])


@pytest.fixture
def client(mine: School) -> Client:
    made = Client()
    sign_in(made, give(make_user("Directeur"), "head", mine))
    return made


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return " ".join(answer.content.decode().split())


def test_it_stands_among_forty_and_only_what_is_sure_is_told_apart(mine: School, client: Client) -> None:
    publish_country(SIZE)

    page = text(client, f"/scholen/{mine.pk}/vergelijkbaar/")

    assert "De 40 scholen die er het dichtst bij liggen" in page
    assert "geen verschil te zien" in page
    assert page.count("<svg") >= 4
    assert "ranglijst" in page
    assert f"/scholen/{mine.pk}/vergelijkbaar/{BEST}/" in page
    assert "Deze scholen halen met een populatie als de onze zeker meer" in page
    assert "<small" in page
    assert "93% tot 97%" in page
    assert "op of boven de signaleringswaarde" in page
    assert "ongeveer 50% (schatting)" in page
    assert "niet te zeggen: aantallen zijn afgeschermd" in page


def test_of_another_school_its_figures_and_what_to_ask(mine: School, client: Client) -> None:
    publish_country(SIZE)

    page = text(client, f"/scholen/{mine.pk}/vergelijkbaar/{BEST}/")

    assert f"Basisschool {BEST}" in page
    assert "Dat is zeker hoger dan haar populatie doet verwachten." in page
    told = ComparedSchool.objects.get(code=BEST).figures["advice"]
    assert told["expected"] < told["value"] < told["range"][0]  # pulled towards what is to be expected
    assert f"Rechtstreeks uit de bestanden, gemiddeld: {round(100 * told['range'][0])}%." in page
    assert "Wat kunnen we hun vragen?" in page
    assert client.get(f"/scholen/{mine.pk}/vergelijkbaar/99QQ00/").status_code == 404


@pytest.mark.parametrize(
    ("kind", "loaded", "said"),
    [
        ("bao", False, "Er zijn nog geen open data"),
        ("sbo", True, "er is geen schoolweging"),
        ("bao", True, "BRIN 97QQ-00"),
    ],
)
def test_without_figures_it_says_why(db: None, kind: str, loaded: bool, said: str) -> None:
    if loaded:
        publish_country(SIZE)
    school = make_school("Zonder", brin="97QQ", location="00", kind=kind)
    client = Client()
    sign_in(client, give(make_user("Directeur"), "head", school))

    page = text(client, f"/scholen/{school.pk}/vergelijkbaar/")

    assert said in page
    assert "<svg" not in page.partition("<main")[2]


def test_a_board_compares_each_of_its_own_schools_and_no_other(mine: School) -> None:
    publish_country(SIZE)
    sister = make_school("De Zuster", board=mine.board)
    stranger = make_school("Van een ander bestuur")
    client = Client()
    sign_in(client, give(make_user("Bestuurder"), "board", mine.board))

    choice = text(client, "/vergelijkbaar/")
    page = text(client, f"/scholen/{mine.pk}/vergelijkbaar/")

    assert "De Vergelijker" in choice
    assert "De Zuster" in choice
    assert "Van een ander bestuur" not in choice
    assert "De 40 scholen die er het dichtst bij liggen" in page
    assert client.get(f"/scholen/{sister.pk}/vergelijkbaar/").status_code == 200
    assert client.get(f"/scholen/{stranger.pk}/vergelijkbaar/").status_code == 404


def test_it_takes_as_many_questions_to_the_database_in_a_large_publish_country(mine: School, client: Client) -> None:
    counts: list[int] = []
    for size in (SIZE, 400):
        publish_country(size)
        client.get(f"/scholen/{mine.pk}/vergelijkbaar/")
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/scholen/{mine.pk}/vergelijkbaar/")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 20


def test_a_new_comparison_takes_the_place_of_the_one_before_and_is_logged_once(db: None) -> None:
    assert publish_country(SIZE) == SIZE
    assert publish_country(SIZE + 5) == SIZE + 5

    assert ComparedSchool.objects.filter(comparison=comparison()).count() == SIZE + 5
    with whole_installation():
        events = Event.objects.filter(purpose=PURPOSE).order_by("id")
        assert list(events.values_list("count", flat=True)) == [SIZE, SIZE + 5]


def test_a_group_in_which_no_school_has_years_enough_has_no_mean(mine: School, client: Client) -> None:
    assert publish_country(SIZE, filled=(2024,)) == SIZE

    assert ComparedSchool.objects.get(code=OWN).figures["advice"]["group_mean"] is None
    assert "Over 1 jaar: " in text(client, f"/scholen/{mine.pk}/vergelijkbaar/")


def test_what_there_is_to_know_of_the_rows_of_a_school_is_told(mine: School, client: Client) -> None:
    publish_country(SIZE)
    row = ComparedSchool.objects.get(code=OWN)
    row.flags = {"suppressed": 7, "more_tests": 2, "all_zero": 1}
    row.save()

    page = text(client, f"/scholen/{mine.pk}/vergelijkbaar/")

    assert "Afgeschermde aantallen van deze school" in page
    assert "Meer dan één toets in een jaar: 2." in page
    assert "alleen nullen" not in page


def test_who_was_reading_a_comparison_sees_it_whole_when_another_comes(mine: School) -> None:
    publish_country(SIZE)
    read = comparison()
    assert read is not None

    publish_country(SIZE + 5)

    found = beside(mine, read)
    assert found is not None
    assert len(found.like) == 40
    publish_country(SIZE)
    assert Comparison.objects.count() == 2
    assert not Comparison.objects.filter(pk=read.pk).exists()


def test_every_figure_on_the_page_is_what_the_analysis_says(mine: School, client: Client) -> None:
    publish_country(SIZE)
    row = ComparedSchool.objects.get(code=OWN)
    told: dict[str, Any] = row.figures["advice"]

    page = text(client, f"/scholen/{mine.pk}/vergelijkbaar/")

    assert f"Over 3 jaren: {round(100 * told['value'])}%" in page
    assert told["range"][0] == told["range"][1]
    assert f"Rechtstreeks uit de bestanden, gemiddeld: {round(100 * told['range'][0])}%." in page
    assert "vergelijk scholen met elkaar, niet met zichzelf van daarvoor" in page
    assert "Hoogstens 90 uitslagen" in page  # their shares are a range


def test_a_suppressed_share_is_told_from_its_lowest_to_its_highest(mine: School, client: Client) -> None:
    publish_country(SIZE)
    row = ComparedSchool.objects.get(code=OWN)
    row.figures["advice"]["range"] = [0.31, 0.62]
    row.save()

    page = text(client, f"/scholen/{mine.pk}/vergelijkbaar/")

    assert "Rechtstreeks uit de bestanden, gemiddeld: 31% tot 62%, want er zijn aantallen afgeschermd." in page


def test_the_page_is_kept_until_there_is_another_comparison_and_per_language(mine: School, client: Client) -> None:
    publish_country(SIZE)
    address = f"/scholen/{mine.pk}/vergelijkbaar/"

    def asked() -> tuple[int, str]:
        with CaptureQueriesContext(connection) as queries:
            page = text(client, address)
        return len(queries), page

    first, page = asked()
    again, same = asked()
    publish_country(SIZE + 20)
    anew, other = asked()

    assert again < first == anew
    assert page.partition("De 40 scholen")[2] == same.partition("De 40 scholen")[2]
    assert other.partition("De 40 scholen")[2] != page.partition("De 40 scholen")[2]
    with whole_installation():
        User.objects.update(language="en")
    assert "De 40 scholen" not in asked()[1]
