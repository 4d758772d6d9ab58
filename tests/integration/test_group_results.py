"""The page of a group's results, by hand: what stands in it, how it sorts and filters, and who sees what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from tests.support import small_results
from tests.support.signed_in import sign_in
from tests.support.world import World

from leercirkel.apps.access.scope import whole_installation
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.audit.models import Event

# ---------------------------------------------------------------------------------------------- by hand, small enough


@pytest.fixture(scope="module")
def small(django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), small_results.committed("group_page") as world:
        yield world


def page(world: World, user: str, group: str, query: str = "", **cookies: str) -> tuple[int, str]:
    client = Client()
    sign_in(client, world.users[user])
    client.cookies.load(cookies)
    answer = client.get(f"/groepen/{world.groups[group].pk}/resultaten/{query}")
    return answer.status_code, answer.content.decode()


def row(body: str, surname: str) -> str:
    """The text of the row of one pupil."""
    found = next(part for part in re.findall(r"<tbody.*?</tbody>", body, re.DOTALL) if surname in part)
    return " ".join(re.sub(r"<[^>]+>", " ", found).split())


def test_a_row_has_the_result_the_one_before_the_change_support_and_destination(small: World) -> None:
    status, body = page(small, "teacher", "5")

    assert status == 200
    assert row(body, "Aardenburg") == "Aardenburg, Noor OPP 101 +1, was 100 DLE 20 101 +1, was 100 vmbo-kader"
    assert row(body, "Brinkhorst") == "Brinkhorst, Daan 95 onder de lijn −5, was 100 101 +1, was 100"
    assert row(body, "Castelein, Mila") == "Castelein, Mila ziek 101"


def test_the_goal_counts_who_reached_it_and_says_who_has_no_result(small: World) -> None:
    """Of six with a result five reach 101; of six at 75% five are needed. One of seven was ill."""
    _, body = page(small, "head", "5")

    goal = body[body.index('<li class="goal">') :].partition("</li>")[0]
    said = " ".join(re.sub(r"<[^>]+>", " ", goal).split())
    assert "5 van 6" in said
    assert "te weinig leerlingen" in said
    assert "score 101 of hoger · norm 75%" in said
    assert "1 ziek" in said


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("?onder=1", ["Brinkhorst"]),
        ("?mist=1", ["Castelein, Mila"]),
        ("?opp=1", ["Aardenburg"]),
        ("?onder=1&vak=spelling", []),
        ("?opp=1&mist=1", []),
    ],
)
def test_filters_stand_in_the_address(small: World, query: str, shown: list[str]) -> None:
    _, body = page(small, "teacher", "5", query)

    every = ["Aardenburg", "Brinkhorst", "Castelein, Mila", "Castelein, Milo", "Dorrestein", "Eversdijk"]
    assert [name for name in every if f">{name}" in body] == shown
    assert ("past bij wat er gekozen is" in body) == (not shown)


def test_any_column_sorts_and_who_has_no_result_comes_last_either_way(small: World) -> None:
    for query, first in (("?sorteer=rekenen", "Brinkhorst"), ("?sorteer=-rekenen", "Aardenburg")):
        _, body = page(small, "teacher", "5", query)
        names = re.findall(r'data-mask="[^"]*" data-full="[^"]*">([^<]*)', body)

        assert names[0].startswith(first)
        assert names[-1] == "Castelein, Mila"


def test_a_row_opens_without_script_and_that_look_is_at_the_pupil(small: World) -> None:
    noor = small.pupils["noor"].pk
    with whole_installation():
        before = Event.objects.count()

    _, body = page(small, "teacher", "5", f"?vak=rekenen&open={noor}")

    with whole_installation():
        looks = list(Event.objects.order_by("pk")[before:].values_list("kind", "pupil", "count", "purpose"))
    assert "midden 2025-2026 100; midden 2026-2027 101" in body
    assert f'href="?vak=rekenen#l{noor}"' in body
    assert (Kind.LIST_SEEN, None, 6, "group_results") in looks
    assert (Kind.PUPIL_SEEN, noor, None, "group_results") in looks


def test_hidden_names_are_not_in_the_page(small: World) -> None:
    _, body = page(small, "teacher", "5", **{"lc-names": "hidden"})

    assert "leerling 1" in body
    assert not any(name in body for name in ("Aardenburg", "Noor", "Brinkhorst"))


def test_another_round_is_about_the_pupils_of_now(small: World) -> None:
    _, body = page(small, "teacher", "5", "?ronde=2025-M")

    assert "in een ronde waarin ze ergens anders zaten" in body
    assert row(body, "Brinkhorst").startswith("Brinkhorst, Daan 100 onder de lijn 100")


@pytest.mark.parametrize("query", ["?ronde=x", "?ronde=2026-Z", "?ronde=1999-M", "?open=x&sorteer=--&vak=zingen"])
def test_an_odd_question_gets_the_newest_round(small: World, query: str) -> None:
    status, body = page(small, "teacher", "5", query)

    assert status == 200
    assert "midden 2026-2027" in body
    assert "Aardenburg" in body


# -------------------------------------------------------------------------------------------------------- who sees what


def test_who_may_only_see_figures_gets_counts_and_no_name(small: World) -> None:
    """Spechten has five pupils, all at 101."""
    status, body = page(small, "teacher", "6")

    assert status == 200
    assert "alleen aantallen" in body
    assert "5 van 5" in body
    assert not any(name in body for name in ("Griffioen", "Yassin", "Hazewinkel"))


def test_without_names_there_is_no_figure_of_fewer_than_five(small: World) -> None:
    """The two pupils of the instruction group; the head sees them."""
    _, without = page(small, "learning_coordinator", "rekenen")
    _, with_names = page(small, "head", "rekenen")

    assert "minder dan 5 leerlingen: geen cijfer" in without
    assert not re.search(r"\d van \d", without)
    assert "2 van 2" in with_names


def test_a_teacher_of_one_subject_sees_that_subject_and_those_pupils(small: World) -> None:
    status, body = page(small, "teacher_rekenen", "rekenen")

    assert status == 200
    assert "Aardenburg" in body
    assert "Griffioen" in body
    assert "Brinkhorst" not in body
    assert "Spelling" not in body
    assert "OPP" not in row(body, "Aardenburg")
    assert "vmbo-kader" not in body


def test_the_pupils_of_an_agenda_are_seen_by_name(small: World) -> None:
    status, body = page(small, "learning_team", "6")

    assert status == 200
    assert "Griffioen" in body


@pytest.mark.parametrize(
    ("user", "group"), [("teacher_b", "5"), ("head_x", "5"), ("subject_team", "5"), ("teacher", "x5")]
)
def test_another_group_is_not_there(small: World, user: str, group: str) -> None:
    assert page(small, user, group)[0] == 404
