"""The plan of one pupil where it is met: findings, the group plan, lists, the round, start page, tasks, what parents
may read. Nobody who may not see the pupil reads more than a number."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from tests.support import small_results
from tests.support.own_plans import evaluate, fixed, newest, opened, text, user, write
from tests.support.world import DAY, World

from leercirkel.apps.access.scope import scope, whole_installation
from leercirkel.apps.access.sight import sight_of
from leercirkel.apps.cycle.actions.rounds import close_round
from leercirkel.apps.cycle.models import CycleRun, Finding, Snapshot
from leercirkel.apps.groupplan.actions import make_drafts
from leercirkel.apps.groupplan.actions.pupil_plans import refresh
from leercirkel.apps.groupplan.models import GroupPlan, PlanArea, PupilPlan
from leercirkel.apps.planning.models import Task


@pytest.fixture(scope="module")
def small(django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), small_results.committed("pupil_plans_elsewhere") as world:
        yield world


@pytest.fixture(scope="module")
def run(small: World) -> CycleRun:
    """A round with drafts of group plans."""
    with transaction.atomic():
        sight = sight_of(small.users["care_director"].pk, DAY)
        made = CycleRun.objects.create(
            school=small.schools["kantelaar"], school_year=2026, moment="M", leader=small.staff["care_director"]
        )
        make_drafts(run=made, sight=sight, by=small.users["care_director"])
    return made


@pytest.fixture
def area(run: CycleRun) -> PlanArea:
    with whole_installation():
        PupilPlan.objects.all().delete()
        return PlanArea.objects.get(school=run.school, name="rekenen")


def finding(world: World, run: CycleRun, **more: Any) -> Finding:
    with whole_installation():
        given = {"key": f"f{Finding.objects.count()}", "level": "pupil", "talk": "pupil", "subject": "rekenen"} | more
        return Finding.objects.create(
            school=run.school, run=run, pupil=world.pupils["daan"], group=world.groups["5"], text="Onder het doel.",
            **given,
        )  # fmt: skip


def findings_page(world: World, run: CycleRun, name: str) -> str:
    return text(user(world, name).get(f"/rondes/{run.pk}/bevindingen/?overleg=pupil"))


def test_a_finding_about_a_pupil_offers_a_plan_and_then_leads_to_it(
    small: World, run: CycleRun, area: PlanArea
) -> None:
    found = finding(small, run)
    assert "Handelingsplan openen" in findings_page(small, run, "care_director")

    plan = opened(small, None, by="care_director", bevinding=found.pk)

    assert plan.area_id == area.pk
    page = findings_page(small, run, "care_director")
    assert "Handelingsplan bekijken" in page
    assert "Handelingsplan openen" not in page


def test_who_may_not_write_the_plan_is_not_offered_one(small: World, run: CycleRun, area: PlanArea) -> None:
    finding(small, run)

    assert "Handelingsplan openen" not in findings_page(small, run, "head")
    assert "Handelingsplan openen" not in findings_page(small, run, "trend_analyst")


def test_what_went_well_asks_for_no_plan(small: World, run: CycleRun, area: PlanArea) -> None:
    with whole_installation():
        Finding.objects.filter(run=run).delete()
    finding(small, run, good=True)

    assert "Handelingsplan openen" not in findings_page(small, run, "care_director")


def test_from_a_group_plan_a_pupil_gets_a_plan_in_its_area(small: World, run: CycleRun, area: PlanArea) -> None:
    with whole_installation():
        plan = GroupPlan.objects.get(run=run, area=area, group=small.groups["5"])
    client = user(small, "teacher")
    assert "Voor wie is het arrangement niet genoeg?" in text(client.get(f"/plannen/{plan.pk}/"))

    client.post(f"/plannen/{plan.pk}/handelingsplan/", {"pupil": small.pupils["daan"].pk})

    made = newest(small.pupils["daan"])
    assert (made.area_id, made.run_id) == (area.pk, run.pk)
    assert f"/handelingsplannen/{made.pk}/" in client.get(f"/plannen/{plan.pk}/").content.decode()
    elsewhere = client.post(f"/plannen/{plan.pk}/handelingsplan/", {"pupil": small.pupils["yassin"].pk})
    assert elsewhere.status_code == 404


def test_the_list_of_plans_and_the_round_tell_names_or_only_how_many(
    small: World, run: CycleRun, area: PlanArea
) -> None:
    opened(small, area)

    assert "Daan" in text(user(small, "teacher").get("/plannen/"))
    analyst = text(user(small, "trend_analyst").get("/plannen/"))
    assert "1 handelingsplan van een leerling die je niet ziet." in analyst
    assert "Handelingsplan rekenen" not in analyst
    assert "1 handelingsplan, 0 vastgesteld" in text(user(small, "trend_analyst").get(f"/rondes/{run.pk}/"))
    assert "0 van de 1 vastgesteld" in text(user(small, "care_director").get(f"/rondes/{run.pk}/"))


def test_what_waits_stands_on_the_start_page_without_a_name(small: World, run: CycleRun, area: PlanArea) -> None:
    plan = opened(small, area, by="care_director")
    assert "1 handelingsplan vaststellen" in text(user(small, "teacher").get("/"))
    assert "handelingsplan vaststellen" not in text(user(small, "care_director").get("/"))

    fixed(small, plan)
    with whole_installation():
        PupilPlan.objects.filter(pk=plan.pk).update(review_on=plan.starts + timedelta(days=3))

    start = text(user(small, "teacher").get("/"))
    assert "Evaluatie handelingsplan rekenen, Uilen" in start
    assert "Daan" not in start
    assert "handelingsplan vaststellen" not in start


def test_of_a_pupil_who_left_nothing_waits_any_more(small: World, run: CycleRun, area: PlanArea) -> None:
    plan = opened(small, area)
    with whole_installation():
        PupilPlan.objects.filter(pk=plan.pk).update(pupil=small.pupils["left"])

    assert "handelingsplan vaststellen" not in text(user(small, "teacher").get("/"))
    assert 'id="handelingsplannen"' not in user(small, "care_director").get("/plannen/").content.decode()
    assert user(small, "care_director").get(f"/handelingsplannen/{plan.pk}/").status_code == 200


def test_closing_a_round_opens_a_task_only_where_nobody_sees_to_the_plan(
    small: World, run: CycleRun, area: PlanArea
) -> None:
    plan = opened(small, area)
    with transaction.atomic(), scope(schools=[run.school_id]):
        other = CycleRun.objects.create(school=run.school, school_year=2025, moment="M", leader=run.leader)
        Snapshot.objects.create(school=run.school, run=other, number=1, figures="0", report=b"", results=1, expected=1)
        PupilPlan.objects.filter(pk=plan.pk).update(run=other)
        close_round(run=other, by=small.users["care_director"])
        assert not Task.objects.filter(text__startswith="Handelingsplan").exists()
        CycleRun.objects.filter(pk=other.pk).update(closed_at=None)
        PupilPlan.objects.filter(pk=plan.pk).update(owner=None)

        close_round(run=CycleRun.objects.get(pk=other.pk), by=small.users["care_director"])

        [task] = Task.objects.filter(text__startswith="Handelingsplan")
        assert task.owner_id == run.leader_id
        assert "Daan" not in task.text
        assert task.url == f"/handelingsplannen/{plan.pk}/"


def test_what_was_written_of_a_pupil_has_the_plan_without_other_names(
    small: World, run: CycleRun, area: PlanArea
) -> None:
    plan = opened(small, area)
    write(user(small, "teacher"), plan, "Oefent met Mila aan de instructietafel.", section="who")
    fixed(small, plan, namen="ja")
    evaluate(small, plan, "stop", "Het lukt nu in de klas.")

    page = text(user(small, "head").get(f"/leerlingen/{plan.pupil_id}/opgeschreven/"))

    assert "Handelingsplan rekenen, versie 1" in page
    assert "Oefent met [een ander kind] aan de instructietafel." in page
    assert "We stoppen met dit plan. Het lukt nu in de klas." in page


def test_late_results_flow_into_a_draft_and_leave_what_was_written(small: World, run: CycleRun, area: PlanArea) -> None:
    plan = opened(small, area)
    write(user(small, "teacher"), plan, "Tekst.")
    with whole_installation():
        stale = newest(plan.pupil)
        stale.seen = {**stale.seen, "results": []}
        stale.save(update_fields=["seen"])
    with transaction.atomic():
        sight = sight_of(small.users["care_director"].pk, DAY)
        assert refresh(school=run.school, sight=sight) == 1
        assert refresh(school=run.school, sight=sight) == 0

    fresh = newest(plan.pupil)
    assert (fresh.seen["results"][0]["subject"], fresh.texts) == ("rekenen", {"doing": "Tekst."})


def test_in_the_next_round_a_plan_that_runs_is_still_there(small: World, run: CycleRun, area: PlanArea) -> None:
    opened(small, area)
    with whole_installation():
        PupilPlan.objects.update(run=None)

    assert "1 handelingsplan, 0 vastgesteld" in text(user(small, "care_director").get(f"/rondes/{run.pk}/"))
