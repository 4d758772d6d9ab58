"""The overview of a group: what stands in it, who sees how much of it, and what is written and ended."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from psycopg.types.range import DateRange
from tests.support import small_results
from tests.support.people import make_pupil
from tests.support.signed_in import sign_in
from tests.support.world import World

from leercirkel.apps.access.scope import scope, whole_installation
from leercirkel.apps.assessment.actions import save_observations
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.audit.models import Event, EventDetail
from leercirkel.apps.groupplan.models import Phrase, PlanArea, PupilPhrase
from leercirkel.apps.groupplan.phrases import START
from leercirkel.apps.organisation.models import Enrolment

SINCE = DateRange(date(2026, 9, 1), None)


@pytest.fixture(scope="module")
def small(django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), small_results.committed("group_overview") as world:
        with scope(schools=[world.schools["kantelaar"].pk]):
            areas(world)
        yield world


def areas(world: World) -> dict[str, PlanArea]:
    school = world.schools["kantelaar"]
    made = {
        name: PlanArea.objects.create(school=school, name=name, subjects=[name]) for name in ("rekenen", "spelling")
    }
    for pupil, kind, area, text, opp in (
        ("noor", "need", None, "vaste plek vooraan", False),
        ("noor", "need", "rekenen", "stappenkaarten", True),
        ("noor", "need", "spelling", "woorden in stukjes", False),
        ("noor", "hindering", None, "wisselende thuissituatie", False),
        ("noor", "helping", "rekenen", "houdt van sommen", False),
        ("yassin", "helping", None, "komt graag naar school", False),
    ):
        PupilPhrase.objects.create(
            school=school, pupil=world.pupils[pupil], kind=kind, area=made.get(area or ""), text=text, from_opp=opp,
            during=SINCE,
        )  # fmt: skip
    return made


def client_of(world: World, user: str) -> Client:
    client = Client()
    sign_in(client, world.users[user])
    return client


def page(world: World, user: str, group: str, query: str = "", **cookies: str) -> tuple[int, str]:
    client = client_of(world, user)
    client.cookies.load(cookies)
    answer = client.get(f"/groepen/{world.groups[group].pk}/overzicht/{query}")
    return answer.status_code, answer.content.decode()


def row(body: str, surname: str) -> str:
    found = next(part for part in re.findall(r"<tbody.*?</tbody>", body, re.DOTALL) if surname in part)
    return " ".join(re.sub(r"<[^>]+>", " ", found).split())


def area_of(world: World, name: str) -> int:
    with whole_installation():
        return PlanArea.objects.get(school=world.schools["kantelaar"], name=name).pk


def test_a_row_has_results_growth_support_and_what_helps_hinders_and_is_needed(small: World) -> None:
    status, body = page(small, "teacher", "5")

    assert status == 200
    assert row(body, "Aardenburg") == (
        "Aardenburg, Noor OPP 101 +1, was 100 DLE 20 101 +1, was 100 vmbo-kader houdt van sommen (rekenen) "
        "wisselende thuissituatie vaste plek vooraan stappenkaarten (rekenen) uit OPP woorden in stukjes (spelling)"
    )
    assert "Ouders mogen vragen om het te lezen" in body


def test_a_tab_of_an_area_has_its_tests_and_what_is_of_it_or_of_all(small: World) -> None:
    _, body = page(small, "teacher", "5", f"?vak={area_of(small, 'spelling')}")

    assert row(body, "Aardenburg").endswith("– niets wisselende thuissituatie vaste plek vooraan woorden in stukjes")
    assert row(body, "Aardenburg").startswith("Aardenburg, Noor OPP DLE 20 101 +1, was 100 vmbo-kader")
    assert "stappenkaarten" not in body


def test_who_teaches_one_subject_sees_what_is_of_it_and_what_all_subjects_need(small: World) -> None:
    """Not how it is at home, and not what another subject needs."""
    _, body = page(small, "teacher_rekenen", "rekenen")

    said = row(body, "Aardenburg")
    assert "houdt van sommen" in said
    assert "stappenkaarten" in said
    assert "vaste plek vooraan" in said
    for hidden in ("wisselende thuissituatie", "woorden in stukjes", "komt graag naar school", "OPP vmbo", "spelling"):
        assert hidden not in body


@pytest.mark.parametrize(
    ("user", "group", "status"),
    [
        ("teacher", "5", 200),
        ("duo", "5", 200),
        ("head", "5", 200),
        ("care_director", "rekenen", 200),
        ("teacher", "6", 404),
        ("teacher", "rekenen", 404),
        ("teacher_rekenen", "5", 404),
        ("teacher_x", "5", 404),
        ("trend_analyst", "5", 403),
        ("learning_team", "6", 403),
        ("board", "5", 403),
        ("guardian", "5", 403),
    ],
)
def test_who_sees_results_and_the_file_or_writes_the_plan_opens_it(
    small: World, user: str, group: str, status: int
) -> None:
    assert page(small, user, group)[0] == status


def test_hidden_names_are_not_in_the_page(small: World) -> None:
    _, body = page(small, "teacher", "5", **{"lc-names": "hidden"})

    assert "leerling 1" in body
    assert not any(name in body for name in ("Aardenburg", "Brinkhorst"))


def test_a_look_and_an_opened_row_stand_in_the_log(small: World) -> None:
    noor = small.pupils["noor"].pk
    with whole_installation():
        before = Event.objects.count()

    _, body = page(small, "teacher", "5", f"?open={noor}")

    with whole_installation():
        events = list(Event.objects.order_by("pk")[before:].values_list("kind", "pupil", "count", "purpose"))
    assert (Kind.LIST_SEEN, None, 6, "group_overview") in events
    assert (Kind.PUPIL_SEEN, noor, None, "group_overview") in events
    assert START[Phrase.Kind.NEED][2] in body


def test_the_head_reads_and_does_not_write(small: World) -> None:
    noor, group = small.pupils["noor"].pk, small.groups["5"].pk
    _, body = page(small, "head", "5", f"?open={noor}")

    answer = client_of(small, "head").post(f"/groepen/{group}/overzicht/{noor}/", {"soort": "need", "zin": "a"})

    assert 'name="zin"' not in body
    assert answer.status_code == 403


# ---------------------------------------------------------------------------------------------------- writing, undone


def say(world: World, user: str, pupil: str, **more: Any) -> int:
    given = {"soort": "need", "zin": "stappenkaart op tafel"} | more
    group = world.groups[more.pop("group", "5")].pk
    return client_of(world, user).post(f"/groepen/{group}/overzicht/{world.pupils[pupil].pk}/", given).status_code


def held(world: World, pupil: str) -> list[tuple[str, str, int | None]]:
    with whole_installation():
        rows = PupilPhrase.objects.filter(pupil=world.pupils[pupil], during__endswith=None).order_by("id")
        return list(rows.values_list("kind", "text", "area_id"))


def test_a_phrase_is_chosen_once_and_the_log_does_not_repeat_it(world: World) -> None:
    for _tap in range(2):
        assert say(world, "teacher", "daan") == 302

    assert held(world, "daan") == [("need", "stappenkaart op tafel", None)]
    with whole_installation():
        event = Event.objects.get(purpose="needs")
        detail = EventDetail.objects.get(event=event)
    assert (event.kind, event.pupil) == (Kind.CREATED, world.pupils["daan"].pk)
    assert detail.changes == {"kind": [None, "need"], "area": [None, None]}


def test_a_phrase_is_for_the_area_of_the_page_or_for_all(world: World) -> None:
    with whole_installation():
        area = areas(world)["rekenen"].pk

    say(world, "teacher", "daan", vak=str(area), zin="eerst voordoen")
    say(world, "teacher", "daan", vak=str(area), geldt="alle", zin="rustige plek")

    assert held(world, "daan") == [("need", "eerst voordoen", area), ("need", "rustige plek", None)]


def test_who_teaches_one_subject_writes_for_that_subject_alone(world: World) -> None:
    with whole_installation():
        made = areas(world)
    before = held(world, "noor")

    say(world, "teacher_rekenen", "noor", group="rekenen", vak=str(made["rekenen"].pk), zin="blokjes")
    say(world, "teacher_rekenen", "noor", group="rekenen", vak=str(made["spelling"].pk), zin="nee")
    say(world, "teacher_rekenen", "noor", group="rekenen", vak=str(made["rekenen"].pk), geldt="alle", zin="nee")
    say(world, "teacher_rekenen", "noor", group="rekenen", zin="nee")

    assert held(world, "noor") == [*before, ("need", "blokjes", made["rekenen"].pk)]


@pytest.mark.parametrize("given", [{"zin": ""}, {"zin": "a" * 121}, {"soort": "note"}, {"soort": "x"}])
def test_what_is_no_phrase_is_not_written(world: World, given: dict[str, str]) -> None:
    assert say(world, "teacher", "daan", **given) == 302

    assert held(world, "daan") == []


@pytest.mark.parametrize(
    ("user", "pupil", "group"),
    [("teacher", "yassin", "5"), ("teacher", "yassin", "6"), ("teacher_x", "daan", "5"), ("teacher", "left", "5")],
)
def test_of_others_nothing_is_written(world: World, user: str, pupil: str, group: str) -> None:
    assert say(world, user, pupil, group=group) == 404


def test_what_held_ends_and_stays_in_the_file_and_a_mistake_of_today_goes(world: World) -> None:
    with whole_installation():
        areas(world)
        old = PupilPhrase.objects.get(pupil=world.pupils["noor"], text="stappenkaarten")
    say(world, "teacher", "noor", zin="verkeerd getikt")
    with whole_installation():
        new = PupilPhrase.objects.get(text="verkeerd getikt")
    client = client_of(world, "teacher")
    path = f"/groepen/{world.groups['5'].pk}/overzicht/{world.pupils['noor'].pk}"

    statuses = [client.post(f"{path}/{each.pk}/vervalt/").status_code for each in (old, new)]
    body = client.get(f"/groepen/{world.groups['5'].pk}/overzicht/?open={world.pupils['noor'].pk}").content.decode()

    assert statuses == [302, 302]
    with whole_installation():
        assert PupilPhrase.objects.get(pk=old.pk).during == DateRange(date(2026, 9, 1), date(2027, 3, 2))
        assert not PupilPhrase.objects.filter(pk=new.pk).exists()
    assert "onderwijsbehoefte: stappenkaarten" in body
    assert "1-9-2026 – 1-3-2027" in body


def test_a_phrase_of_another_pupil_does_not_end_by_this_address(world: World) -> None:
    with whole_installation():
        areas(world)
        other = PupilPhrase.objects.filter(pupil=world.pupils["noor"]).first()
    assert other is not None

    path = f"/groepen/{world.groups['5'].pk}/overzicht/{world.pupils['daan'].pk}/{other.pk}/vervalt/"

    assert client_of(world, "teacher").post(path).status_code == 404


def test_the_youngest_have_what_was_observed_and_no_test(world: World) -> None:
    school = world.schools["kantelaar"]
    with whole_installation():
        Enrolment.objects.filter(group=world.groups["5"]).update(grade="2")
        for moment, day, stage in (("B", date(2026, 11, 2), "2"), ("M", date(2027, 2, 2), "3")):
            save_observations(
                school=school, title="Kijklijst", moment=moment, taken_on=day, by=None,
                cells={(world.pupils["noor"].pk, "spel"): stage},
            )  # fmt: skip

    _, body = page(world, "teacher", "5")

    head = body[body.index("<thead>") : body.index("</thead>")]
    assert "Geobserveerd" in head
    assert "rekenen" not in head
    assert "spel: 3 was 2" in row(body, "Aardenburg")


def test_the_number_of_queries_does_not_go_by_the_number_of_pupils(world: World) -> None:
    client = client_of(world, "teacher")
    path = f"/groepen/{world.groups['5'].pk}/overzicht/?open={world.pupils['noor'].pk}"
    client.get(path)
    with CaptureQueriesContext(connection) as few:
        client.get(path)
    for number in range(20):
        pupil = make_pupil(world.schools["kantelaar"], f"Kind{number}", "Zwart", group=world.groups["5"])
        with whole_installation():
            PupilPhrase.objects.create(
                school_id=pupil.school_id, pupil=pupil, kind="need", text="een plek", during=SINCE
            )
    client.get(path)

    with CaptureQueriesContext(connection) as many:
        body = client.get(path).content.decode()

    assert body.count("een plek") == 20
    assert len(many) == len(few)
