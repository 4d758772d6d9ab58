"""Rosters by two people at once, on real connections: one at a time per school, and nothing half done."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections
from tests.support.people import make_school
from tests.support.postgres import Database
from tests.support.rosters import line, roster

from leercirkel.apps.access.scope import scope
from leercirkel.apps.organisation import actions
from leercirkel.apps.organisation.models import Enrolment, Pupil, RosterPlan, School
from leercirkel.apps.organisation.roster import apply


@pytest.fixture
def school(own_db: Database) -> School:
    return make_school()


def test_of_two_who_confirm_the_same_plan_at_once_one_does_and_the_other_is_refused(school: School) -> None:
    with scope(schools=[school.pk]):
        everyone = roster(*(line(f"Kind{number}") for number in range(40)))
        plan = actions.plan_roster(school=school, roster=everyone, by=None)
    together = Barrier(2)

    def confirm(_: int) -> str:
        try:
            together.wait(120)
            with scope(schools=[school.pk]):
                actions.confirm_roster(plan=RosterPlan(pk=plan.pk, school=school), by=None)
            return "done"
        except actions.PlanDecided:
            return "refused"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(confirm, range(2))) == ["done", "refused"]
    with scope(schools=[school.pk]):
        assert Pupil.objects.count() == Enrolment.objects.count() == 40


def test_two_rosters_loaded_at_once_leave_one_of_each_pupil(school: School) -> None:
    made = roster(*(line(f"Kind{number}") for number in range(40)))
    together = Barrier(2)

    def load(_: int) -> bool:
        try:
            together.wait(120)
            with scope(schools=[school.pk]):
                return actions.load_roster(school=school, roster=made, by=None).empty
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(load, range(2))) == [False, True]
    with scope(schools=[school.pk]):
        assert Pupil.objects.count() == 40


def test_when_writing_breaks_off_nothing_is_written_and_the_plan_still_waits(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    with scope(schools=[school.pk]):
        plan = actions.plan_roster(school=school, roster=roster(line("Noor")), by=None)

    def broken(*_: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("select 1 / 0")

    monkeypatch.setattr(apply, "_staff", broken)
    with pytest.raises(Exception, match="division by zero"), scope(schools=[school.pk]):
        actions.confirm_roster(plan=plan, by=None)

    with scope(schools=[school.pk]):
        assert not Pupil.objects.exists()
        assert RosterPlan.objects.get().state == RosterPlan.State.OPEN


def test_a_plan_is_shown_by_the_database_to_its_own_school_only(school: School) -> None:
    other = make_school("Elders")
    with scope(schools=[school.pk]):
        actions.plan_roster(school=school, roster=roster(line("Noor")), by=None)

    for schools, pupil_schools, seen in (
        ([school.pk], [school.pk], 1),
        ([other.pk], [other.pk], 0),
        ([school.pk], [], 0),
    ):
        with scope(schools=schools, pupil_schools=pupil_schools), connection.cursor() as cursor:
            cursor.execute("select count(*) from organisation_rosterplan")
            assert cursor.fetchone() == (seen,)
