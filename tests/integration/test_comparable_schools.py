"""A school beside those most like it: what the page says, of whom, and that nothing is told apart that cannot be."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.support.open_data import advices, open_data, scores, weightings
from tests.support.people import give, make_school, make_user
from tests.support.signed_in import sign_in

from leercirkel.analysis.benchmark.compare import compared
from leercirkel.analysis.benchmark.definition import STANDARDISED, Definition
from leercirkel.analysis.benchmark.levels import Reached
from leercirkel.apps.access.scope import whole_installation
from leercirkel.apps.audit.models import Event
from leercirkel.apps.benchmark.actions import PURPOSE, About, Signal, publish
from leercirkel.apps.benchmark.models import ComparedSchool, Comparison
from leercirkel.apps.organisation.models import School

YEARS = (2022, 2023, 2024)
SIZE = 60
OWN, BEST = "97KA00", "97LA00"


def country(schools: int) -> int:
    """Publishes so many invented schools; OWN is ordinary, BEST next to it has twice the high advices. Gives the number
    of rows."""
    rng = np.random.default_rng(7)
    names = [OWN, BEST, *(f"96{chr(65 + k // 26 % 26)}{chr(65 + k % 26)}{k // 676:02}" for k in range(schools - 2))]
    weights = {name: 30.0 + 0.01 * k for k, name in enumerate(names)}
    given, tests = {}, {}
    for name in names:
        own = 0.9 if name == BEST else float(np.clip(rng.normal(0.45, 0.06), 0.1, 0.8))
        for year in YEARS:
            high = int(rng.binomial(30, own))
            given[name, year] = {"vwo": high, "vmbo_k": 30 - high}
            tests[name, year] = [("iep", 30, float(rng.normal(80, 2)))]
    data = open_data(advices=advices(given), end_scores=scores(tests), weightings=weightings(weights))
    made = compared(data, Definition(years=YEARS, score=STANDARDISED))
    reached = {
        name: {
            "1F": Reached(0.93, 0.97, 90, YEARS, False),
            "1S/2F": Reached(0.40, 0.55, 90, YEARS, False),
        }
        for name in names
    }
    return publish(
        made=made,
        about={name: About(f"Basisschool {name}", "Verzonnen", "Verzonnen", {"suppressed": 3}) for name in names},
        levels=reached,  # type: ignore[arg-type]
        signals={name: Signal(0.5, estimated=True) for name in names},
        sources=[{"what": "schooladviezen", "file": "adviezen-2024.csv", "school_year": 2024}],
        counts={"schools": len(names)},
        at=datetime(2026, 11, 1, tzinfo=UTC),
    )


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
    country(SIZE)

    page = text(client, f"/scholen/{mine.pk}/vergelijkbaar/")

    assert "De 40 scholen die er het dichtst bij liggen" in page
    assert "geen verschil te zien" in page
    assert page.count("<svg") >= 4
    assert "ranglijst" in page
    assert f"/scholen/{mine.pk}/vergelijkbaar/{BEST}/" in page
    assert "Deze scholen halen met een populatie als de onze zeker meer" in page
    assert "<small" in page
    assert "93% tot 97%" in page
    assert "op of boven de signaalwaarde" in page
    assert "ongeveer 50% (schatting)" in page
    assert "niet te zeggen: aantallen zijn afgeschermd" in page


def test_of_another_school_its_figures_and_what_to_ask(mine: School, client: Client) -> None:
    country(SIZE)

    page = text(client, f"/scholen/{mine.pk}/vergelijkbaar/{BEST}/")

    assert f"Basisschool {BEST}" in page
    assert "Dat is zeker hoger dan haar populatie doet verwachten." in page
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
        country(SIZE)
    school = make_school("Zonder", brin="97QQ", location="00", kind=kind)
    client = Client()
    sign_in(client, give(make_user("Directeur"), "head", school))

    page = text(client, f"/scholen/{school.pk}/vergelijkbaar/")

    assert said in page
    assert "<svg" not in page.partition("<main")[2]


def test_it_takes_as_many_questions_to_the_database_in_a_large_country(mine: School, client: Client) -> None:
    counts: list[int] = []
    for size in (SIZE, 400):
        country(size)
        client.get(f"/scholen/{mine.pk}/vergelijkbaar/")
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/scholen/{mine.pk}/vergelijkbaar/")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 20


def test_a_new_comparison_takes_the_place_of_the_one_before_and_is_logged_once(db: None) -> None:
    assert country(SIZE) == SIZE
    assert country(SIZE + 5) == SIZE + 5

    assert Comparison.objects.count() == 1
    assert ComparedSchool.objects.count() == SIZE + 5
    with whole_installation():
        assert list(Event.objects.filter(purpose=PURPOSE).values_list("count", flat=True)) == [SIZE, SIZE + 5]


def test_every_figure_on_the_page_is_what_the_analysis_says(mine: School, client: Client) -> None:
    country(SIZE)
    row = ComparedSchool.objects.get(code=OWN)
    told: dict[str, Any] = row.figures["advice"]

    page = text(client, f"/scholen/{mine.pk}/vergelijkbaar/")

    assert f"Over 3 jaren: {round(100 * told['value'])}%" in page
    assert told["range"][0] == told["range"][1]
