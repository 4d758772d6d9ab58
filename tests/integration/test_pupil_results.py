"""The page of a pupil's results, by hand: lines, learning time and yield, what was delivered, and who sees what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.support import small_results
from tests.support.signed_in import sign_in
from tests.support.world import World

from leercirkel.apps.access.scope import scope, whole_installation
from leercirkel.apps.assessment.models import Result
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.audit.models import Event


@pytest.fixture(scope="module")
def small(django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), small_results.committed("pupil_page") as world:
        yield world


def page(world: World, user: str, pupil: str, **cookies: str) -> tuple[int, str]:
    client = Client()
    sign_in(client, world.users[user])
    client.cookies.load(cookies)
    answer = client.get(f"/leerlingen/{world.pupils[pupil].pk}/resultaten/")
    return answer.status_code, answer.content.decode()


def rows_of(body: str, label: str) -> list[str]:
    """The lines of the table with this label, as text."""
    table = body[body.index(f'aria-label="{label}"') :].partition("</table>")[0].partition("<tbody>")[2]
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in table.split("</tr>")[:-1]]


def test_each_moment_has_its_result_learning_time_and_the_line_that_held(small: World) -> None:
    """Noor sat in grade 5 in January 2027: 10 months of each of groups 3 and 4, and 5 of group 5 are 25."""
    status, body = page(small, "teacher", "noor")

    assert status == 200
    assert rows_of(body, "Rekenen zonder naam") == [
        "midden 2026-2027 score 101 25* score 101 gehaald",
        "midden 2025-2026 score 100 15* score 101 nog niet gehaald",
    ]


def test_the_yield_is_dle_by_dl_with_what_the_test_can_be_off_and_the_destination_has_its_line(small: World) -> None:
    """20 ÷ 25 is 80%; 1.96 × 3 ÷ 25 is 23.5% to both sides; 0.65 × 25 is 16.25."""
    _, body = page(small, "teacher", "noor")

    first, second = rows_of(body, "Spelling zonder naam")
    assert first == "midden 2026-2027 DLE 20 · score 101 25* 80% (tussen 56% en 104%) DLE 16,3"
    assert second == "midden 2025-2026 score 100 15* DLE 9,8"


def test_the_chart_says_every_figure_it_draws(small: World) -> None:
    _, body = page(small, "teacher", "noor")

    assert "Rekenen, zonder naam: midden 2025-2026 100; midden 2026-2027 101." in body
    assert "Sinds de vorige keer op dezelfde toets: +1 punt;" in body


def test_every_result_is_there_as_delivered_and_leads_to_where_it_came_from(small: World) -> None:
    _, body = page(small, "teacher", "mila")

    listed = rows_of(body, "Alle toetsen")
    assert len(listed) == 4
    assert [line for line in listed if "niet gemaakt" in line] == [
        "midden 2026-2027 20-1-2027 Rekenen zonder naam Uilen niet gemaakt: ziek"
    ]
    with transaction.atomic(), scope(schools=[small.schools["kantelaar"].pk]):
        ids = list(Result.objects.filter(pupil=small.pupils["mila"]).values_list("pk", flat=True))
    assert len(ids) == 4
    assert all(f'href="/resultaten/{pk}/herkomst/"' in body for pk in ids)


def test_destination_and_support_are_there_with_their_day(small: World) -> None:
    _, body = page(small, "teacher", "noor")

    assert rows_of(body, "Uitstroom en ondersteuning") == ["uitstroom vmbo-kader, OPP 1-8-2026"]


def test_who_teaches_one_subject_sees_that_subject_and_no_marks(small: World) -> None:
    status, body = page(small, "teacher_rekenen", "noor")

    assert status == 200
    assert len(rows_of(body, "Alle toetsen")) == 2
    assert "Spelling" not in body
    assert "vmbo-kader" not in body


@pytest.mark.parametrize(
    ("user", "pupil"), [("teacher", "yassin"), ("teacher_x", "noor"), ("head_b", "noor"), ("learning_team", "noor")]
)
def test_a_pupil_of_others_is_not_there(small: World, user: str, pupil: str) -> None:
    assert page(small, user, pupil)[0] == 404


def test_the_look_is_written_down(small: World) -> None:
    noor = small.pupils["noor"].pk
    with whole_installation():
        before = Event.objects.count()

    page(small, "head", "noor")

    with whole_installation():
        looks = list(Event.objects.order_by("pk")[before:].values_list("kind", "pupil", "purpose"))
    assert looks == [(Kind.PUPIL_SEEN, noor, "results")]


def test_a_hidden_name_is_not_in_the_page(small: World) -> None:
    _, body = page(small, "teacher", "noor", **{"lc-names": "hidden"})

    assert "leerling 1" in body
    assert "Aardenburg" not in body
    assert "Noor" not in body


def test_the_tab_stands_beside_the_other_pages_of_the_pupil(small: World) -> None:
    client = Client()
    sign_in(client, small.users["teacher"])
    noor = small.pupils["noor"].pk

    assert f'href="/leerlingen/{noor}/resultaten/"' in client.get(f"/leerlingen/{noor}/").content.decode()


def test_the_number_of_questions_does_not_grow_with_the_results(small: World) -> None:
    """Noor has four results, Milo as many, and Lotte, who left, none that counts now."""
    numbers = []
    for pupil in ("noor", "noor", "milo", "milo", "left", "left"):
        client = Client()
        sign_in(client, small.users["head"])
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/leerlingen/{small.pupils[pupil].pk}/resultaten/")
        numbers.append(len(asked))

    assert numbers[1] == numbers[3] == numbers[5]
    assert numbers[1] <= 22, numbers
