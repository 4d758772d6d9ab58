"""Looking back on plans: when, what the figures say, what the teacher adds, and who may."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.support import small_results
from tests.support.signed_in import sign_in
from tests.support.world import World

from leercirkel.analysis.look_back import LookBack, NoteCount
from leercirkel.apps.access.scope import whole_installation
from leercirkel.apps.access.sight import sight_of
from leercirkel.apps.assessment.actions import save_calendar, save_method_results
from leercirkel.apps.audit.models import Event
from leercirkel.apps.groupplan.actions import fix
from leercirkel.apps.groupplan.actions.evaluations import schedule
from leercirkel.apps.groupplan.models import (
    Arrangement,
    DayNote,
    Evaluation,
    GroupPlan,
    PlanArea,
    PlanGoal,
    PlanPupil,
    PlanVersion,
    PlanVersionPupil,
)
from leercirkel.apps.groupplan.selectors.evaluations import last_evaluation, looked_back

CALENDAR = """
[[test]]
subject = "rekenen"
instrument = "Demo-LVS"
moment = "M"
window = {from = "01-15", until = "02-15"}

[[holiday]]
name = "meivakantie"
from = 2027-04-24
until = 2027-05-09
"""
GROUP_5 = ("noor", "daan", "mila", "milo", "secret", "new")
BEGAN = date(2026, 9, 7)


@pytest.fixture(scope="module")
def small(django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), small_results.committed("plan_evaluations") as world:
        yield world


def make_plan(world: World, **more: Any) -> GroupPlan:
    """A plan of arithmetic for group 5: Noor works with the most ahead, the others with the usual."""
    school = world.schools["kantelaar"]
    with whole_installation():
        number = PlanArea.objects.filter(school=school).count()
        name = f"rekenen {number}" if number else "rekenen"
        area = PlanArea.objects.create(school=school, name=name, subjects=["rekenen"])
        ahead, _ = Arrangement.objects.get_or_create(school=school, name="verdiept", defaults={"position": 0})
        base, _ = Arrangement.objects.get_or_create(
            school=school, name="basis", defaults={"position": 1, "usual": True}
        )
        given = {"starts": BEGAN, "ends": date(2027, 3, 12), "state": "fixed"} | more
        plan = GroupPlan.objects.create(school=school, area=area, group=world.groups["5"], **given)
        for name in GROUP_5:
            place = ahead if name == "noor" else base
            PlanPupil.objects.create(school=school, plan=plan, pupil=world.pupils[name], arrangement=place)
        return plan


def goal(plan: GroupPlan, kind: str, text: str = "", **more: Any) -> PlanGoal:
    with whole_installation():
        return PlanGoal.objects.create(school_id=plan.school_id, plan=plan, kind=kind, text=text, **more)


def goal_of_tests(plan: GroupPlan, to_reach: int, **more: Any) -> PlanGoal:
    given: dict[str, Any] = {"subject": "rekenen", "quantity": "score", "threshold": "101", "of": 6, "on": plan.ends}
    given |= {"to_reach": to_reach} | more
    return goal(plan, "test", **given)


def note(world: World, plan: GroupPlan, pupil: str, text: str, **more: Any) -> DayNote:
    given = {"area": plan.area, "on": date(2027, 2, 1), "destroy_on": date(2027, 11, 1)} | more
    with whole_installation():
        return DayNote.objects.create(
            school_id=plan.school_id, group=plan.group, pupil=world.pupils[pupil], text=text, **given
        )


def back_of(world: World, plan: GroupPlan, user: str = "teacher") -> LookBack:
    with whole_installation():
        sight = sight_of(world.users[user].pk, date(2027, 3, 2))
        return looked_back(sight, GroupPlan.objects.select_related("area", "group", "school").get(pk=plan.pk))


def days_set(plan: GroupPlan) -> dict[str, date]:
    with whole_installation():
        found = GroupPlan.objects.select_related("area", "group", "school").get(pk=plan.pk)
        return {row.kind: row.due_on for row in schedule(plan=found, by=None)}


def client_of(world: World, user: str) -> Client:
    client = Client()
    sign_in(client, world.users[user])
    return client


# ----------------------------------------------------------------------------------------------------------- the days


def test_days_go_by_school_weeks_without_holidays_and_move_with_the_agenda(world: World) -> None:
    """12 April to 18 June 2027: ten weeks; the eighth of ten begins on 31 May and of eight (May holiday) on 7 June."""
    plan = make_plan(world, starts=date(2027, 4, 12), ends=date(2027, 6, 18))
    before = days_set(plan)
    with whole_installation():
        save_calendar(school=plan.school, school_year=2026, toml=CALENDAR, by=None)

    after = days_set(plan)

    assert before == {"interim": date(2027, 5, 17), "final": date(2027, 6, 7)}
    assert after == {"interim": date(2027, 5, 24), "final": date(2027, 6, 7)}
    with whole_installation():
        assert Evaluation.objects.filter(plan=plan).count() == 2


def test_fixing_a_plan_sets_the_days_and_one_that_was_done_stays(world: World) -> None:
    plan = make_plan(world, state="draft", starts=date(2027, 3, 15), ends=date(2027, 7, 9))
    with whole_installation():
        fix(plan=plan, revision=plan.revision, by=world.users["teacher"])
        rows = Evaluation.objects.filter(plan=plan)
        rows.filter(kind="interim").update(done_at=datetime(2027, 3, 1, 12).astimezone(), due_on=date(2027, 3, 1))

    again = days_set(plan)

    assert again["interim"] == date(2027, 3, 1)
    assert again["final"] > date(2027, 6, 20)


def test_group_8_that_leaves_has_only_the_final_one(world: World) -> None:
    plan = make_plan(world, kind="farewell", starts=date(2027, 4, 12), ends=date(2027, 6, 18))

    assert set(days_set(plan)) == {"final"}


# -------------------------------------------------------------------------------------------------------- the figures


def test_a_test_goal_is_counted_from_the_results_since_the_plan_began(small: World) -> None:
    """At arithmetic five of group 5 have a result in January 2027: Daan 95, the others 101; Mila was ill. Of five,
    five of six is five."""
    plan = make_plan(small)
    first, second = goal_of_tests(plan, 4), goal_of_tests(plan, 6)

    outcomes = {one.goal: one for one in back_of(small, plan).goals}

    assert [(outcomes[g.pk].reached, outcomes[g.pk].counted, outcomes[g.pk].met) for g in (first, second)] == [
        (4, 5, True),
        (4, 5, False),
    ]
    for one in outcomes.values():  # how many it were when the goal was made is not how many it are now
        assert one.text.endswith("voor rekenen.")


def test_a_goal_of_an_arrangement_counts_its_pupils_alone(small: World) -> None:
    plan = make_plan(small)
    with whole_installation():
        ahead = Arrangement.objects.get(name="verdiept")
    made = goal_of_tests(plan, 1, of=1, arrangement=ahead)

    outcomes = {one.goal: one for one in back_of(small, plan).goals}

    assert (outcomes[made.pk].reached, outcomes[made.pk].counted, outcomes[made.pk].met) == (1, 1, True)


def test_results_from_before_the_plan_do_not_count(small: World) -> None:
    plan = make_plan(small, starts=date(2027, 2, 22), ends=date(2027, 7, 9))
    goal_of_tests(plan, 4)

    (outcome,) = back_of(small, plan).goals

    assert (outcome.counted, outcome.met) == (0, None)


def test_a_mastery_goal_goes_by_method_tests_with_that_goal_and_else_by_the_teacher(world: World) -> None:
    plan = make_plan(world)
    named = goal(plan, "mastery", "Eind maart kunnen deze leerlingen klokkijken op de minuut.", to_reach=2, of=2)
    other = goal(plan, "mastery", "de tafels van 2")
    with whole_installation():
        save_method_results(
            school=plan.school, subject="rekenen", block="Blok 5", taken_on=date(2027, 2, 10), by=None,
            cells={(world.pupils["noor"].pk, "Klokkijken op de minuut"): 90.0,
                   (world.pupils["daan"].pk, "Klokkijken op de minuut"): 40.0},
        )  # fmt: skip

    outcomes = {one.goal: one for one in back_of(world, plan).goals}

    found = outcomes[named.pk]
    assert (found.reached, found.counted, found.met, found.said) == (1, 2, False, False)
    assert (outcomes[other.pk].met, outcomes[other.pk].said) == (None, True)


def test_of_the_youngest_nothing_comes_from_tests(world: World) -> None:
    plan = make_plan(world, kind="observation")
    goal_of_tests(plan, 4)
    goal(plan, "observation", "telt tot tien")

    outcomes = back_of(world, plan).goals

    assert [(one.reached, one.met) for one in outcomes] == [(None, None), (None, None)]


def test_moves_are_from_the_first_fixed_version_until_now(world: World) -> None:
    """Noor was with the usual and is more ahead; Daan was more ahead and is with the usual."""
    plan = make_plan(world)
    with whole_installation():
        version = PlanVersion.objects.create(school_id=plan.school_id, plan=plan, number=1, content={})
        for name, was in (("noor", "basis"), ("daan", "verdiept"), ("mila", "basis")):
            PlanVersionPupil.objects.create(
                school_id=plan.school_id, version=version, pupil=world.pupils[name], content={"arrangement": was}
            )

    back = back_of(world, plan)

    assert (back.up, back.down) == (1, 1)


def test_notes_of_its_area_on_its_pupils_since_it_began_are_summed_up(world: World) -> None:
    plan = make_plan(world)
    for pupil, text, more in (
        ("noor", "werkte goed door", {}),
        ("daan", "werkte goed door", {}),
        ("daan", "Daan huilde om Noor", {}),
        ("mila", "was afgeleid", {"area": None}),
        ("mila", "was afgeleid", {"on": date(2026, 9, 1)}),
        ("yassin", "was afgeleid", {}),
    ):
        note(world, plan, pupil, text, **more)

    back = back_of(world, plan)

    assert back.notes == (NoteCount("werkte goed door", 2, 2),)
    assert back.own == 1


# ----------------------------------------------------------------------------------------------------------- the page


def test_a_teacher_writes_only_what_is_different_and_the_rest_is_kept_as_it_was_computed(small: World) -> None:
    plan = make_plan(small)
    goal_of_tests(plan, 4)
    other = goal(plan, "mastery", "de tafels van 2")
    note(small, plan, "noor", "werkte goed door")
    note(small, plan, "noor", "Noor huilde")
    days_set(plan)
    client = client_of(small, "teacher")
    path = f"/plannen/{plan.pk}/evaluatie/"
    shown = client.get(path).content.decode()

    answer = client.post(
        f"{path}bewaren/", {"soort": "interim", f"doel-{other.pk}": "nee", "tekst": "Elke dag oefenen bij de start."}
    )

    assert "Eén doel is gehaald." in shown
    assert answer["Location"] == f"{path}?soort=interim"
    body = client.get(answer["Location"]).content.decode()
    assert "Van de twee doelen is er één gehaald." in body
    assert body.count("de tafels van 2") == 1
    assert "werkte goed door (1 keer, bij één leerling)" in body
    assert "Elke dag oefenen bij de start." in body
    assert "huilde" not in body
    with whole_installation():
        done = last_evaluation(plan)
        assert done is not None
        assert done.done_by == small.users["teacher"]
        assert "huilde" not in str(done.computed)
        assert DayNote.objects.filter(evaluation=done).count() == 2
        assert list(PlanGoal.objects.filter(plan=plan).order_by("pk").values_list("met", flat=True)) == [True, False]
        assert Event.objects.filter(purpose="plan_evaluation", object_id=done.pk, kind="created").exists()
    assert "Noor" not in body


def test_what_may_be_a_name_in_an_evaluation_is_asked_about_first(small: World) -> None:
    plan = make_plan(small)
    days_set(plan)
    client, name = client_of(small, "teacher"), small.pupils["noor"].first_name
    path, sent = f"/plannen/{plan.pk}/evaluatie/bewaren/", {"soort": "interim", "tekst": f"Met {name} ging het goed."}

    asked = client.post(path, sent)
    with whole_installation():
        before = Evaluation.objects.filter(plan=plan, done_at__isnull=False).count()
    client.post(path, sent | {"namen": "ja"})

    said = asked.content.decode()
    assert "In ‘Hoe komt dat, en wat doen we anders?’ staat misschien de naam van een leerling" in said
    assert f"Met {name} ging het goed." in said
    assert before == 0
    with whole_installation():
        assert Evaluation.objects.filter(plan=plan, done_at__isnull=False).count() == 1


def test_what_came_in_later_does_not_change_what_was_written(world: World) -> None:
    plan = make_plan(world)
    days_set(plan)
    client = client_of(world, "teacher")
    client.post(f"/plannen/{plan.pk}/evaluatie/bewaren/", {"soort": "interim", "tekst": ""})
    note(world, plan, "noor", "was afgeleid")

    body = client.get(f"/plannen/{plan.pk}/evaluatie/?soort=interim").content.decode()
    coming = client.get(f"/plannen/{plan.pk}/evaluatie/?soort=final").content.decode()

    assert "was afgeleid" not in body
    assert "Niets: we gaan zo door." in body
    assert "was afgeleid (1 keer" in coming


def test_of_two_who_write_the_second_is_told(world: World) -> None:
    plan = make_plan(world)
    days_set(plan)
    client_of(world, "duo").post(f"/plannen/{plan.pk}/evaluatie/bewaren/", {"soort": "interim", "tekst": "van de duo"})

    answer = client_of(world, "teacher").post(
        f"/plannen/{plan.pk}/evaluatie/bewaren/", {"soort": "interim", "tekst": "van mij"}, follow=True
    )

    body = answer.content.decode()
    assert "intussen geschreven door" in body
    assert "van de duo" in body
    with whole_installation():
        assert Evaluation.objects.get(plan=plan, kind="interim").text == "van de duo"


def test_a_draft_is_not_evaluated_and_the_page_says_when(world: World) -> None:
    plan = make_plan(world, state="draft", starts=date(2027, 4, 12), ends=date(2027, 6, 18))
    client = client_of(world, "teacher")

    body = client.get(f"/plannen/{plan.pk}/evaluatie/").content.decode()
    client.post(f"/plannen/{plan.pk}/evaluatie/bewaren/", {"soort": "interim", "tekst": "a"})

    assert "Dit plan is een concept." in body
    with whole_installation():
        assert not Evaluation.objects.filter(plan=plan).exists()


@pytest.mark.parametrize(
    ("user", "reads", "writes"),
    [("teacher", 200, 302), ("care_director", 200, 302), ("head", 200, 403), ("teacher6", 404, 404),
     ("teacher_x", 404, 404), ("board", 403, 403)],
)  # fmt: skip
def test_who_reads_the_plan_reads_the_evaluation_and_who_writes_it_writes(
    world: World, user: str, reads: int, writes: int
) -> None:
    plan = make_plan(world)
    days_set(plan)
    client = client_of(world, user)

    statuses = [
        client.get(f"/plannen/{plan.pk}/evaluatie/").status_code,
        client.post(f"/plannen/{plan.pk}/evaluatie/bewaren/", {"soort": "interim"}).status_code,
    ]

    assert statuses == [reads, writes]


def test_the_start_page_tells_of_what_is_due_in_ones_own_groups(world: World) -> None:
    plan = make_plan(world)
    with whole_installation():
        for kind, day in (("interim", date(2027, 3, 10)), ("final", date(2027, 6, 20))):
            Evaluation.objects.create(school_id=plan.school_id, plan=plan, kind=kind, due_on=day)

    pages = {user: client_of(world, user).get("/").content.decode() for user in ("teacher", "teacher6", "head")}

    assert "Tussenevaluatie rekenen, Uilen" in pages["teacher"]
    assert "Evaluatie rekenen, Uilen" not in pages["teacher"]
    assert "Tussenevaluatie rekenen" not in pages["teacher6"]
    assert "Tussenevaluatie rekenen" not in pages["head"]


def test_the_number_of_queries_does_not_go_by_the_number_of_pupils(small: World) -> None:
    few, many = make_plan(small), make_plan(small, starts=date(2026, 9, 8))
    with whole_installation():
        PlanPupil.objects.filter(plan=few).exclude(pupil=small.pupils["noor"]).delete()
        assert PlanPupil.objects.filter(plan=many).count() == 6
    for plan in (few, many):
        goal_of_tests(plan, 1)
        days_set(plan)
    client = client_of(small, "teacher")
    numbers = []
    for plan in (few, many, few, many):
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/plannen/{plan.pk}/evaluatie/")
        numbers.append(len(asked))

    assert numbers[2] == numbers[3]
