"""Steps 7 and 8 of a round: weeks in two taps, the effect as the analysis counts it, and what the team decides."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.support.measured import CALENDAR
from tests.support.rounds import rounds
from tests.support.signed_in import sign_in
from tests.support.world import DAY, World

from leercirkel.apps.access.scope import scope, whole_installation
from leercirkel.apps.access.sight import sight_of
from leercirkel.apps.assessment.models import CalendarVersion
from leercirkel.apps.audit.models import Event
from leercirkel.apps.cycle.models import CycleRun, Intervention, InterventionGroup, Judgement, WeekGiven
from leercirkel.apps.cycle.selectors.effects import brought

pytestmark = pytest.mark.django_db

HOLIDAY = CALENDAR + '\n[[holiday]]\nname = "voorjaarsvakantie"\nfrom = 2027-02-20\nuntil = 2027-02-28\n'


@pytest.fixture
def run(world: World) -> CycleRun:
    with whole_installation():
        made: CycleRun = rounds(world)["cyclerun"]["kantelaar"]
        Intervention.objects.all().delete()
        CalendarVersion.objects.create(school=made.school, school_year=2026, number=1, toml=HOLIDAY)
        return made


def undertaken(run: CycleRun, world: World, name: str, group: str, start: date, end: date, **more: Any) -> Intervention:
    with whole_installation():
        made = Intervention.objects.create(
            school=run.school, run=run, name=name, start=start, end=end, subject="rekenen", **more
        )
        InterventionGroup.objects.create(school=run.school, intervention=made, group=world.groups[group])
        return made


def now(run: CycleRun, world: World, group: str = "5", name: str = "Elke dag lezen") -> Intervention:
    return undertaken(run, world, name, group, date(2027, 2, 8), date(2027, 3, 26), weeks_planned=6)


def before(run: CycleRun, world: World, **more: Any) -> Intervention:
    """One of the round before."""
    with whole_installation():
        earlier, _new = CycleRun.objects.get_or_create(
            school=run.school, school_year=2025, moment="E", defaults={"leader": run.leader}
        )
    told = {"weeks_planned": 12, "weeks_given": 11} | more
    return undertaken(earlier, world, "Automatiseren", "5", date(2026, 9, 7), date(2026, 12, 18), **told)


def weeks(made: Intervention) -> dict[date, bool]:
    with whole_installation():
        return dict(WeekGiven.objects.filter(intervention=made).values_list("monday", "given"))


def test_a_week_is_said_in_a_tap_and_taken_back_and_a_holiday_is_no_week(
    run: CycleRun, world: World, client: Client
) -> None:
    made = now(run, world)
    sign_in(client, world.users["teacher"])
    path = f"/rondes/{run.pk}/volgen/"

    asked = client.get(path).content.decode()
    for week, given in (("2027-02-08", "ja"), ("2027-02-15", "nee"), ("2027-02-22", "ja"), ("2027-03-22", "ja")):
        client.post(f"{path}{made.pk}/", {"week": week, "gegeven": given})
    said = client.get(path).content.decode()
    kept = weeks(made)
    client.post(f"{path}{made.pk}/", {"week": "2027-02-15", "gegeven": "weg"})

    assert asked.count('value="ja"') == 3  # 8 and 15 February and this week; the holiday and what is to come are not
    assert "gegeven in 1 van de 2 weken" in said
    assert kept == {date(2027, 2, 8): True, date(2027, 2, 15): False}
    assert list(weeks(made)) == [date(2027, 2, 8)]
    with whole_installation():
        assert Event.objects.filter(purpose="week", object_id=made.pk).count() == 3


def test_of_another_s_group_a_teacher_reads_and_says_nothing(run: CycleRun, world: World, client: Client) -> None:
    made = now(run, world, "6")
    sign_in(client, world.users["teacher"])

    seen = client.get(f"/rondes/{run.pk}/volgen/").content.decode()
    refused = client.post(f"/rondes/{run.pk}/volgen/{made.pk}/", {"week": "2027-02-08", "gegeven": "ja"})

    assert "Elke dag lezen" in seen
    assert 'value="ja"' not in seen
    assert refused.status_code == 404
    assert weeks(made) == {}


def test_the_effect_on_the_page_is_that_of_the_analysis_and_the_same_for_everyone(
    run: CycleRun, world: World, client: Client
) -> None:
    made = before(run, world)
    with scope(schools=[run.school_id]):
        (found,) = brought(sight_of(world.users["head"].pk, DAY), run)

    pages = []
    for user in ("head", "teacher6", "learning_coordinator"):
        sign_in(client, world.users[user])
        pages.append(client.get(f"/rondes/{run.pk}/effect/").content.decode())

    assert found.row.pk == made.pk
    assert (found.effect.from_school_year, found.effect.from_moment) == ("2025-2026", "E")
    assert (found.effect.to_school_year, found.effect.to_moment) == ("2026-2027", "M")
    assert found.effect.pupils == 6  # who sat in the group on the first day
    assert all("Automatiseren" in page for page in pages)
    assert ['name="keuze"' in page for page in pages] == [True, False, True]
    assert not any(pupil.surname in page for page in pages for pupil in world.pupils.values())


def test_what_was_hardly_given_has_no_verdict(run: CycleRun, world: World, client: Client) -> None:
    before(run, world, weeks_given=3)
    sign_in(client, world.users["teacher"])

    seen = client.get(f"/rondes/{run.pk}/effect/").content.decode()

    assert "Over het effect zeggen we daarom nog niets" in seen
    assert "Verschil" not in seen


def test_the_team_decides_and_the_effect_of_that_day_is_kept(run: CycleRun, world: World, client: Client) -> None:
    made = before(run, world, weeks_given=3)
    sign_in(client, world.users["trend_analyst"])
    path = f"/rondes/{run.pk}/effect/{made.pk}/"

    nothing = client.post(path, {"keuze": "later"}, follow=True).content.decode()
    client.post(path, {"keuze": "continue", "waarom": "Het begon pas."})
    offered = client.get(f"/rondes/{run.pk}/effect/").content.decode()
    client.post(f"{path}verder/")
    after = client.get(f"/rondes/{run.pk}/effect/").content.decode()

    assert "Kies of we doorgaan" in nothing
    with whole_installation():
        kept = Judgement.objects.get(intervention=made)
        (again,) = Intervention.objects.filter(run=run)
    assert (kept.choice, kept.why, kept.effect["verdict"]) == ("continue", "Het begon pas.", "not_carried_out")
    assert "Ook in deze ronde beginnen" in offered
    assert (again.name, again.subject, again.start) == ("Automatiseren", "rekenen", date(2027, 3, 8))
    assert "Ook in deze ronde beginnen" not in after


def test_a_decision_that_one_did_not_see_is_not_written_over(run: CycleRun, world: World, client: Client) -> None:
    made = before(run, world, weeks_given=3)
    sign_in(client, world.users["trend_analyst"])
    path = f"/rondes/{run.pk}/effect/{made.pk}/"

    client.post(path, {"keuze": "continue", "waarom": "Het begon pas.", "gezien": " "})
    refused = client.post(path, {"keuze": "stop", "waarom": "Geen tijd.", "gezien": " "}, follow=True).content.decode()
    with whole_installation():
        kept = Judgement.objects.get(intervention=made).choice
    seen = re.search(r'name="gezien" value="([^"]*)"', refused)
    assert seen is not None
    client.post(path, {"keuze": "stop", "waarom": "Geen tijd.", "gezien": seen[1]})

    assert kept == "continue"
    assert "Jij schreef: “Geen tijd.”." in refused
    with whole_installation():
        assert Judgement.objects.get(intervention=made).choice == "stop"


def test_a_teacher_decides_nothing_and_only_about_the_round_before(run: CycleRun, world: World, client: Client) -> None:
    made, own = before(run, world), now(run, world)
    sign_in(client, world.users["teacher"])
    teacher = client.post(f"/rondes/{run.pk}/effect/{made.pk}/", {"keuze": "stop"}).status_code
    sign_in(client, world.users["head"])
    this = client.post(f"/rondes/{run.pk}/effect/{own.pk}/", {"keuze": "stop"}).status_code

    assert (teacher, this) == (403, 404)
    with whole_installation():
        assert not Judgement.objects.exists()


def test_more_interventions_cost_no_more_queries(run: CycleRun, world: World, client: Client) -> None:
    sign_in(client, world.users["trend_analyst"])
    before(run, world)
    now(run, world)
    paths = (f"/rondes/{run.pk}/volgen/", f"/rondes/{run.pk}/effect/", f"/rondes/{run.pk}/")
    counts = []
    for more in (0, 4):
        for number in range(more):
            with whole_installation():
                earlier = CycleRun.objects.get(school_year=2025, school=run.school)
            undertaken(earlier, world, f"a{number}", "6", date(2026, 9, 7), date(2026, 12, 18), weeks_planned=12)
            now(run, world, "6", f"b{number}")
        for path in paths:
            client.get(path)
            with CaptureQueriesContext(connection) as asked:
                client.get(path)
            counts.append(len(asked))

    assert counts[:3] == counts[3:]
