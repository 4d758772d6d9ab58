"""Plans of single pupils: who reads and writes them, what they begin with, versions, and nothing that gets lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test.utils import CaptureQueriesContext
from psycopg.types.range import DateRange
from pypdf import PdfReader
from tests.support import small_results
from tests.support.own_plans import evaluate, fixed, goals, logged, newest, opened, text, user, write
from tests.support.world import World

from leercirkel.apps import clock
from leercirkel.apps.access.scope import scope, whole_installation
from leercirkel.apps.assessment.actions import save_method_results
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.audit.models import Event
from leercirkel.apps.cycle.models import CycleRun, Finding
from leercirkel.apps.groupplan.models import (
    PlanArea,
    PupilEvaluation,
    PupilGoal,
    PupilPhrase,
    PupilPlan,
    PupilPlanVersion,
)


@pytest.fixture(scope="module")
def small(django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), small_results.committed("pupil_plans") as world:
        yield world


@pytest.fixture
def area(small: World) -> PlanArea:
    with whole_installation():
        made, _new = PlanArea.objects.get_or_create(
            school=small.schools["kantelaar"], name="rekenen", defaults={"subjects": ["rekenen"]}
        )
        PupilPlan.objects.all().delete()
    return made


# ------------------------------------------------------------------------------------------------------- who may


@pytest.mark.parametrize(
    ("name", "status"),
    [("teacher", 200), ("duo", 200), ("care_director", 200), ("head", 200), ("teacher6", 404),
     ("teacher_rekenen", 403), ("social_worker", 404), ("head_x", 404), ("trend_analyst", 403), ("board", 403)],
)  # fmt: skip
def test_a_plan_is_read_by_who_sees_the_file_and_the_results_of_the_group(
    small: World, area: PlanArea, name: str, status: int
) -> None:
    plan = opened(small, area)

    for path in ("", "evaluatie/", "afdrukken/"):
        assert user(small, name).get(f"/handelingsplannen/{plan.pk}/{path}").status_code == status, path


def test_who_only_reads_a_plan_cannot_change_it(small: World, area: PlanArea) -> None:
    plan, head = opened(small, area), user(small, "head")

    assert "Dit plan vaststellen" not in text(head.get(f"/handelingsplannen/{plan.pk}/"))
    assert write(head, plan, "Anders.").status_code == 403
    assert newest(plan.pupil).texts == {}


def test_nobody_opens_a_plan_for_a_pupil_of_another_group_or_school(small: World, area: PlanArea) -> None:
    for name in ("yassin", "xena"):
        pupil = small.pupils[name]
        answer = user(small, "teacher").post(f"/leerlingen/{pupil.pk}/handelingsplannen/openen/", {})
        assert answer.status_code == 404, name

    with whole_installation():
        assert not PupilPlan.objects.exists()


def test_every_look_change_and_print_is_logged_with_its_purpose_and_pupil(small: World, area: PlanArea) -> None:
    plan, client = opened(small, area), user(small, "teacher")
    client.get(f"/handelingsplannen/{plan.pk}/")
    client.get(f"/handelingsplannen/{plan.pk}/afdrukken/")
    client.get(f"/leerlingen/{plan.pupil_id}/handelingsplannen/")
    write(client, plan, "Tekst.")

    who = small.users["teacher"].pk
    assert [each.pupil for each in logged("pupil_plan", Kind.PUPIL_SEEN)[:2]] == [plan.pupil_id] * 2
    assert (logged("pupil_plan_paper", Kind.REPORT_MADE)[0].object_id, who) == (plan.pk, who)
    assert logged("pupil_plan", Kind.CREATED)[0].pupil == plan.pupil_id
    with whole_installation():
        changed = Event.objects.filter(kind=Kind.CHANGED, object_type="groupplan.pupilplan", object_id=plan.pk)
        assert [each.pupil for each in changed] == [plan.pupil_id]


# ----------------------------------------------------------------------------------------- what a plan begins with


def test_results_needs_and_a_goal_are_there_already_and_nothing_is_typed(small: World, area: PlanArea) -> None:
    with whole_installation():
        PupilPhrase.objects.get_or_create(
            school=area.school, pupil=small.pupils["daan"], kind="need", text="stappenkaart",
            defaults={"during": DateRange(date(2026, 9, 1), None)},
        )  # fmt: skip

    plan = opened(small, area)

    page = text(user(small, "teacher").get(f"/handelingsplannen/{plan.pk}/"))
    assert "Rekenen: 95 · doel 101" in page
    assert "stappenkaart" in page
    assert [(goal.kind, goal.quantity, goal.threshold) for goal in goals(plan)] == [("test", "score", "101")]
    assert re.search(r"haalt Daan [^.]*101[^.]* voor rekenen", page)


def test_what_was_not_mastered_in_method_tests_is_a_goal_to_begin_with(small: World, area: PlanArea) -> None:
    with whole_installation():
        for goal, percent in (("tafel van 7", 40.0), ("klokkijken op de minuut", 95.0)):
            save_method_results(
                school=area.school, subject="rekenen", block=goal, taken_on=clock.today(), by=None,
                cells={(small.pupils["mila"].pk, goal): percent},
            )  # fmt: skip

    plan = opened(small, area, "mila")

    [words] = [goal.text for goal in goals(plan) if goal.kind == "mastery"]
    assert re.fullmatch(r"Eind \w+ kan Mila tafel van 7\. We zien dat aan 80% goed op de bloktoets\.", words)


def test_the_days_come_from_the_agenda_of_the_school(small: World, area: PlanArea) -> None:
    plan = opened(small, area)

    assert (plan.review_on - plan.starts).days >= 5 * 7
    assert plan.ends.weekday() == 4
    assert plan.review_on <= plan.ends


def test_a_second_plan_for_the_same_area_is_not_made(small: World, area: PlanArea) -> None:
    first = opened(small, area)

    second = opened(small, area, by="care_director")

    assert second.pk == first.pk


def test_a_finding_is_taken_over_in_the_words_of_the_team(small: World, area: PlanArea) -> None:
    with whole_installation():
        run = CycleRun.objects.create(
            school=area.school, school_year=2026, moment="M", leader=small.staff["care_director"]
        )
        found = Finding.objects.create(
            school=area.school, run=run, key="a", level="pupil", talk="pupil", pupil=small.pupils["daan"],
            subject="rekenen", text="Twee keer onder het doel.", own_text="Daan zit al twee keer onder ons doel.",
        )  # fmt: skip

    plan = opened(small, None, by="care_director", bevinding=found.pk)

    assert (plan.area_id, plan.run_id, plan.finding_id) == (area.pk, run.pk, found.pk)
    assert "Daan zit al twee keer onder ons doel." in text(
        user(small, "care_director").get(f"/handelingsplannen/{plan.pk}/")
    )
    with whole_installation():
        CycleRun.objects.filter(pk=run.pk).delete()


def test_a_pupil_with_an_opp_is_pointed_at_it(small: World, area: PlanArea) -> None:
    plan = opened(small, area, "noor")

    page = text(user(small, "teacher").get(f"/handelingsplannen/{plan.pk}/"))

    assert "Deze leerling heeft een OPP." in page
    assert "komt daar niet voor in de plaats" in page


def test_every_link_of_the_page_opens_for_who_reads_it(small: World, area: PlanArea) -> None:
    plan = fixed(small, opened(small, area))

    for name in ("teacher", "care_director", "head"):
        client = user(small, name)
        page = client.get(f"/handelingsplannen/{plan.pk}/").content.decode()
        links = set(re.findall(r'href="(/(?:groepen|handelingsplannen|leerlingen)/[^"#?]*)"', page))
        assert f"/groepen/{small.groups['5'].pk}/overzicht/" in links
        assert {link: client.get(link).status_code for link in links} == dict.fromkeys(links, 200), name


def test_the_page_says_that_parents_may_read_it_and_warns_of_another_childs_name(small: World, area: PlanArea) -> None:
    plan, client = opened(small, area), user(small, "teacher")
    assert "Ouders met gezag mogen het lezen" in text(client.get(f"/handelingsplannen/{plan.pk}/"))

    write(client, plan, "Oefent samen met Mila.")

    assert "de voornaam van een ander kind" in text(client.get(f"/handelingsplannen/{plan.pk}/"))


# ------------------------------------------------------------------------------------------------ writing and fixing


def test_two_people_at_one_text_get_both_texts_and_nothing_is_lost(small: World, area: PlanArea) -> None:
    plan = opened(small, area)
    write(user(small, "teacher"), plan, "Tekst van de een.")

    other = write(user(small, "duo"), plan, "Tekst van de ander.")

    assert "Tekst van de een." in text(other)
    assert "Tekst van de ander." in text(other)
    assert newest(plan.pupil).texts == {"doing": "Tekst van de een."}


def test_a_goal_and_the_days_that_somebody_else_changed_are_not_written_over(small: World, area: PlanArea) -> None:
    plan = opened(small, area)
    [goal] = goals(plan)
    url = f"/handelingsplannen/{plan.pk}/doel/{goal.pk}/"
    user(small, "teacher").post(url, {"text": "98", "was": "101"})

    answer = user(small, "duo").post(url, {"text": "110", "was": "101"}, follow=True)

    assert "koos intussen “98”" in text(answer)
    assert goals(plan)[0].threshold == "98"
    days = {"ends": plan.ends, "review_on": plan.review_on, "owner": "", "was": "iets anders"}
    answer = user(small, "duo").post(f"/handelingsplannen/{plan.pk}/dagen/", days, follow=True)
    assert "koos intussen" in text(answer)


def test_a_test_goal_takes_only_a_result_of_its_kind(small: World, area: PlanArea) -> None:
    plan, client = opened(small, area), user(small, "teacher")
    url = f"/handelingsplannen/{plan.pk}/doel/"

    wrong = client.post(
        url, {"soort": "test", "subject": "rekenen", "quantity": "level", "threshold": "honderd"}, follow=True
    )
    client.post(url, {"soort": "test", "subject": "rekenen", "quantity": "dle", "threshold": "DLE 20,5"})

    assert "geen uitslag van deze soort" in text(wrong)
    assert [goal.threshold for goal in goals(plan)] == ["101", "20.5"]


def test_what_is_missing_is_said_at_once_and_nothing_is_fixed(small: World, area: PlanArea) -> None:
    plan = opened(small, None)

    answer = user(small, "teacher").post(
        f"/handelingsplannen/{plan.pk}/vaststellen/", {"revision": plan.revision}, follow=True
    )

    assert "Er ontbreekt nog: een doel en wat jullie doen." in text(answer)
    assert newest(plan.pupil).state == "draft"


def test_a_fixed_version_stays_as_it_was_and_the_database_keeps_it_so(small: World, area: PlanArea) -> None:
    plan, client = fixed(small, opened(small, area)), user(small, "teacher")
    assert plan.state == "fixed"
    assert "Kies eerst Wijzigen" in text(client.post(
        f"/handelingsplannen/{plan.pk}/doel/", {"content": "tellen", "proof": ""}, follow=True
    ))  # fmt: skip

    client.post(f"/handelingsplannen/{plan.pk}/wijzigen/")
    write(client, plan, "Nu anders.", base="Elke dag een kwartier automatiseren met concreet materiaal.")
    client.post(f"/handelingsplannen/{plan.pk}/vaststellen/", {"revision": newest(plan.pupil).revision})

    first = text(client.get(f"/handelingsplannen/{plan.pk}/versies/1/"))
    assert "Elke dag een kwartier" in first
    assert "Nu anders." in text(client.get(f"/handelingsplannen/{plan.pk}/versies/2/"))
    with (
        transaction.atomic(), scope(schools=[plan.school_id]), pytest.raises(ProgrammingError, match="permission"),
        transaction.atomic(),
    ):  # fmt: skip
        PupilPlanVersion.objects.filter(plan=plan).update(number=9)


def test_a_name_of_another_child_is_asked_about_before_it_is_fixed(small: World, area: PlanArea) -> None:
    plan, client = opened(small, area), user(small, "teacher")
    daan, noor = small.pupils["daan"], small.pupils["noor"]
    write(client, plan, f"{daan.first_name} werkt samen met {noor.first_name} {noor.surname}.")
    fixing, seen = f"/handelingsplannen/{plan.pk}/vaststellen/", newest(plan.pupil).revision

    asked = text(client.post(fixing, {"revision": seen}))

    assert f"misschien de naam van een leerling: {noor.first_name} {noor.surname}." in asked
    assert "Toch zo vaststellen" in asked
    assert newest(plan.pupil).state == "draft"
    client.post(fixing, {"revision": seen, "namen": "ja"})
    assert newest(plan.pupil).state == "fixed"


def test_the_pupil_s_own_name_is_not_asked_about(small: World, area: PlanArea) -> None:
    plan, client = opened(small, area), user(small, "teacher")
    daan = small.pupils["daan"]
    write(client, plan, f"{daan.first_name} {daan.surname} oefent elke dag.")

    client.post(f"/handelingsplannen/{plan.pk}/vaststellen/", {"revision": newest(plan.pupil).revision})

    assert newest(plan.pupil).state == "fixed"


def test_a_changed_plan_is_not_fixed_unseen(small: World, area: PlanArea) -> None:
    plan = opened(small, area)
    write(user(small, "duo"), plan, "Iets.")

    answer = user(small, "teacher").post(f"/handelingsplannen/{plan.pk}/vaststellen/", {"revision": 1}, follow=True)

    assert "intussen gewijzigd" in text(answer)


def test_a_draft_opened_by_mistake_goes_and_a_fixed_plan_does_not(small: World, area: PlanArea) -> None:
    plan, client = opened(small, area), user(small, "teacher")
    client.post(f"/handelingsplannen/{plan.pk}/weggooien/")
    with whole_installation():
        assert not PupilPlan.objects.filter(pk=plan.pk).exists()

    plan = fixed(small, opened(small, area))
    client.post(f"/handelingsplannen/{plan.pk}/wijzigen/")
    client.post(f"/handelingsplannen/{plan.pk}/weggooien/")
    assert newest(plan.pupil).pk == plan.pk


def test_the_plan_on_paper_is_one_page_with_goal_and_approach(small: World, area: PlanArea) -> None:
    plan = fixed(small, opened(small, area))

    answer = user(small, "teacher").get(f"/handelingsplannen/{plan.pk}/afdrukken/")

    [page] = PdfReader(BytesIO(answer.content)).pages
    said = " ".join(page.extract_text().split())
    assert "Handelingsplan rekenen" in said
    assert "Elke dag een kwartier automatiseren" in said
    assert "voor ouders met gezag" in said


# --------------------------------------------------------------------------------------------------- looking back


def test_going_on_begins_the_next_plan_with_what_this_one_had(small: World, area: PlanArea) -> None:
    plan = opened(small, area)
    url = f"/handelingsplannen/{plan.pk}/doel/"
    user(small, "teacher").post(url, {"content": "de tafel van 7", "proof": "80% goed"})
    plan = fixed(small, plan)
    [_test, words] = goals(plan)

    page = evaluate(small, plan, "adapt", "Anders is alleen: drie keer per week.", **{f"doel-{words.pk}": "nee"})

    following = newest(plan.pupil)
    assert following.before_id == plan.pk
    assert following.texts["doing"] == "Elke dag een kwartier automatiseren met concreet materiaal."
    assert following.texts["different"] == "Anders is alleen: drie keer per week."
    assert any("de tafel van 7" in goal.text for goal in goals(following))
    assert "We gaan door met dit plan." in text(page)


def test_stopping_ends_it_and_asks_why(small: World, area: PlanArea) -> None:
    plan = fixed(small, opened(small, area))

    assert "Schrijf op waarom" in text(evaluate(small, plan, "stop"))
    page = text(evaluate(small, plan, "stop", "Het doel is gehaald."))

    assert "Het handelingsplan is gestopt" in page
    assert newest(plan.pupil).pk == plan.pk
    with whole_installation():
        assert PupilEvaluation.objects.get(plan=plan).choice == "stop"


def test_an_evaluation_is_written_once_and_never_changed(small: World, area: PlanArea) -> None:
    plan = fixed(small, opened(small, area))
    evaluate(small, plan, "continue")

    again = text(evaluate(small, plan, "stop", "Toch niet."))

    assert "intussen geschreven door" in again
    assert "Toch niet." in again
    with (
        transaction.atomic(), scope(schools=[plan.school_id]), pytest.raises(ProgrammingError, match="permission"),
        transaction.atomic(),
    ):  # fmt: skip
        PupilEvaluation.objects.filter(plan=plan).update(choice="stop")


def test_a_goal_in_a_test_is_reached_by_a_result_since_the_plan_began(small: World, area: PlanArea) -> None:
    plan = fixed(small, opened(small, area))
    with whole_installation():
        PupilPlan.objects.filter(pk=plan.pk).update(starts=date(2027, 1, 4))
        PupilGoal.objects.filter(plan=plan).update(threshold="95")

    page = text(user(small, "teacher").get(f"/handelingsplannen/{plan.pk}/evaluatie/"))

    assert re.search(r"haalt Daan [^.]*95[^.]* voor rekenen\. gehaald", page)


def test_the_page_asks_as_many_queries_however_much_there_is(small: World, area: PlanArea) -> None:
    plan, client = opened(small, area), user(small, "teacher")
    client.get(f"/handelingsplannen/{plan.pk}/")
    with CaptureQueriesContext(connection) as few:
        client.get(f"/handelingsplannen/{plan.pk}/")
    for number in range(5):
        client.post(f"/handelingsplannen/{plan.pk}/doel/", {"content": f"sommen {number}", "proof": ""})
    opened(small, None)
    with CaptureQueriesContext(connection) as many:
        client.get(f"/handelingsplannen/{plan.pk}/")

    assert len(many) == len(few)


def test_the_plans_go_with_the_pupil(small: World, area: PlanArea) -> None:
    plan = fixed(small, opened(small, area))
    evaluate(small, plan, "continue")

    with transaction.atomic(), scope(schools=[plan.school_id]):
        plans = PupilPlan.objects.filter(pupil=plan.pupil)
        assert plans.count() == 2
        plans.delete()
        assert not PupilPlanVersion.objects.filter(plan=plan).exists()
