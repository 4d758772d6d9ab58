"""Interventions that are begun by hand in a round: who may, with whom, in which weeks, and what is logged."""

from __future__ import annotations

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
from leercirkel.apps.cycle import selectors
from leercirkel.apps.cycle.models import (
    CycleRun,
    Finding,
    Intervention,
    InterventionGroup,
    InterventionPupil,
    WeekGiven,
)
from leercirkel.apps.cycle.selectors.ledger import entries_of
from leercirkel.apps.organisation.models import Enrolment, Group

pytestmark = pytest.mark.django_db

HOLIDAY = CALENDAR + '\n[[holiday]]\nname = "meivakantie"\nfrom = 2027-04-24\nuntil = 2027-05-09\n'
SENT = {"soort": "individual_help", "naam": "", "vanaf": "2027-04-12", "tot": "2027-05-28", "vak": "rekenen"}


@pytest.fixture
def run(world: World) -> CycleRun:
    """A round without an intervention, at a school with two weeks of holiday in May."""
    with whole_installation():
        made: CycleRun = rounds(world)["cyclerun"]["kantelaar"]
        Intervention.objects.all().delete()
        CalendarVersion.objects.create(school=made.school, school_year=2026, number=1, toml=HOLIDAY)
        return made


def begin(client: Client, run: CycleRun, world: World, *groups: str, **more: Any) -> Any:
    sent = SENT | {"groepen": [world.groups[name].pk for name in groups]} | more
    return client.post(f"/rondes/{run.pk}/aanpakken/beginnen/", sent)


def of_round(run: CycleRun) -> list[Intervention]:
    with whole_installation():
        return list(Intervention.objects.filter(run=run).prefetch_related("groups__group", "pupils", "because"))


def test_a_teacher_begins_one_with_the_own_group_and_the_calendar_gives_the_weeks(
    run: CycleRun, world: World, client: Client
) -> None:
    sign_in(client, world.users["teacher"])

    answer = begin(client, run, world, "5")

    assert answer.status_code == 302
    (made,) = of_round(run)
    assert (made.name, made.kind, made.subject) == ("hulp voor individuele leerlingen", "individual_help", "rekenen")
    assert [one.group_id for one in made.groups.all()] == [world.groups["5"].pk]
    assert made.weeks_planned == 5  # seven weeks less two of holiday
    with whole_installation():
        assert Event.objects.filter(object_type="cycle.intervention", object_id=made.pk, kind="created").count() == 1


def test_a_teacher_begins_nothing_with_a_group_of_another(run: CycleRun, world: World, client: Client) -> None:
    sign_in(client, world.users["teacher"])

    answer = begin(client, run, world, "6")

    assert answer.status_code == 200
    assert of_round(run) == []


def test_who_writes_no_plans_begins_nothing(run: CycleRun, world: World, client: Client) -> None:
    for user, code in (("board", 403), ("subject_team", 403), ("head_x", 404), ("teacher_b", 404)):
        sign_in(client, world.users[user])
        assert begin(client, run, world, "5").status_code == code, user
    assert of_round(run) == []


def test_begun_because_of_a_finding_the_form_is_filled_in(run: CycleRun, world: World, client: Client) -> None:
    with whole_installation():
        about = Finding.objects.create(
            school=run.school, run=run, key="x", level="group", talk="group", group=world.groups["5"], state="accepted",
            text="Uilen: zes van de 14.", subject="spelling",
        )  # fmt: skip
    sign_in(client, world.users["teacher"])

    form = client.get(f"/rondes/{run.pk}/aanpakken/beginnen/", {"bevinding": about.pk}).content.decode()
    begin(client, run, world, "5", bevindingen=[about.pk])
    seen = client.get(f"/rondes/{run.pk}/aanpakken/").content.decode()

    assert '<option value="spelling" selected>' in form
    assert "Uilen: zes van de 14." in form
    assert [one.finding_id for one in of_round(run)[0].because.all()] == [about.pk]
    assert "Uilen: zes van de 14." in seen


def test_of_an_instruction_group_who_is_in_it_that_day_takes_part(run: CycleRun, world: World, client: Client) -> None:
    sign_in(client, world.users["trend_analyst"])

    begin(client, run, world, "rekenen")

    (made,) = of_round(run)
    assert {one.pupil_id for one in made.pupils.all()} == {world.pupils["noor"].pk, world.pupils["yassin"].pk}


def test_some_of_a_group_are_chosen_and_all_of_them_are_the_group_again(
    run: CycleRun, world: World, client: Client
) -> None:
    sign_in(client, world.users["teacher"])
    to = begin(client, run, world, "5", deel="on")
    path, everyone = to["Location"], client.get(to["Location"]).content.decode().count("checked")
    noor = world.pupils["noor"].pk

    client.post(path, {"leerlingen": [noor]})
    (some,) = of_round(run)
    mine = client.get(f"/rondes/{run.pk}/aanpakken/{some.pk}/").status_code
    client.post(path, {"leerlingen": [world.pupils[one].pk for one in ("noor", "daan", "mila", "milo")]})
    (more,) = of_round(run)
    nobody = client.post(path, {}, follow=True).content.decode()

    assert everyone == 6
    assert [one.pupil_id for one in some.pupils.all()] == [noor]
    assert not some.groups.all()
    assert mine == 200
    assert len(more.pupils.all()) == 4
    assert "Kies minstens één leerling." in nobody
    with whole_installation():
        assert Event.objects.filter(kind="list_seen", purpose="intervention", object_id=some.pk).exists()


def test_a_pupil_of_another_group_cannot_be_slipped_in(run: CycleRun, world: World, client: Client) -> None:
    sign_in(client, world.users["teacher"])
    path = begin(client, run, world, "5", deel="on")["Location"]

    client.post(path, {"leerlingen": [world.pupils["noor"].pk, world.pupils["yassin"].pk]})
    other = client.get(path.replace(f"/{world.groups['5'].pk}/", f"/{world.groups['6'].pk}/"))

    assert [one.pupil_id for one in of_round(run)[0].pupils.all()] == [world.pupils["noor"].pk]
    assert other.status_code == 404


def test_others_cannot_change_it_and_a_file_is_changed_in_the_file(run: CycleRun, world: World, client: Client) -> None:
    sign_in(client, world.users["trend_analyst"])
    begin(client, run, world, "6")
    (made,) = of_round(run)
    path = f"/rondes/{run.pk}/aanpakken/{made.pk}/"

    own = client.post(path, SENT | {"soort": "", "naam": "Elke dag tien minuten", "tot": "2027-04-23"})
    sign_in(client, world.users["teacher"])
    refused = [client.get(path).status_code, client.post(f"{path}stoppen/", {"op": "2027-04-20"}).status_code]

    assert own.status_code == 302
    (changed,) = of_round(run)
    assert (changed.name, changed.weeks_planned) == ("Elke dag tien minuten", 2)
    assert refused == [404, 404]


def test_what_is_stopped_early_was_not_given_in_the_weeks_that_were_agreed_after_that(
    run: CycleRun, world: World, client: Client
) -> None:
    sign_in(client, world.users["trend_analyst"])
    begin(client, run, world, "5")
    (made,) = of_round(run)
    with whole_installation():
        WeekGiven.objects.create(school=run.school, intervention=made, monday=date(2027, 4, 12), given=True)

    before = undertaken(world)
    client.post(f"/rondes/{run.pk}/aanpakken/{made.pk}/stoppen/", {"op": "2027-04-16"})
    after = undertaken(world)

    assert before == (1, 1)  # of the other weeks nothing was said
    assert after == (1, 5)
    with whole_installation():
        lines = [one.line for one in entries_of([run.school_id])]
    assert [(one.weeks_given, one.weeks_planned) for one in lines if one.intervention == made.name] == [after]


def test_what_still_runs_is_not_said_to_be_measured_by_an_earlier_one_of_that_name(
    run: CycleRun, world: World, client: Client, settings: Any
) -> None:
    sign_in(client, world.users["trend_analyst"])
    begin(client, run, world, "5")
    (made,) = of_round(run)

    def verdict() -> str | None:
        with whole_installation():
            lines = [one.line for one in entries_of([run.school_id], measured={(made.name, made.subject): "more"})]
        (found,) = [line for line in lines if line.intervention == made.name]
        return found.verdict

    running = verdict()
    settings.TODAY = date(2027, 6, 30)

    assert running is None
    assert verdict() == "more"


def undertaken(world: World) -> tuple[int | None, int | None]:
    """Weeks given and planned as the analyses get them."""
    school = world.schools["kantelaar"]
    with scope(schools=[school.pk]):
        (made,) = selectors.undertaken(sight_of(world.users["head"].pk, DAY), school).interventions
    return made.weeks_given, made.weeks_planned


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"soort": "", "naam": " "}, "Kies een aanpak uit de lijst"),
        ({"vanaf": "2027-04-26", "tot": "2027-05-07"}, "geen schoolweek"),
        ({"vanaf": "2027-05-28", "tot": "2027-04-12"}, "laatste dag"),
        ({"vanaf": "2027-09-06", "tot": "2027-12-17"}, "ander schooljaar"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_kept(
    run: CycleRun, world: World, client: Client, wrong: dict[str, str], said: str
) -> None:
    sign_in(client, world.users["trend_analyst"])

    answer = begin(client, run, world, "5", **wrong).content.decode()

    assert said in answer
    assert of_round(run) == []


def test_the_same_name_and_day_is_refused_and_a_closed_round_begins_nothing(
    run: CycleRun, world: World, client: Client
) -> None:
    sign_in(client, world.users["trend_analyst"])
    begin(client, run, world, "5")

    twice = begin(client, run, world, "6").content.decode()
    with whole_installation():
        CycleRun.objects.filter(pk=run.pk).update(closed_at="2027-03-01T10:00:00Z")
    closed = begin(client, run, world, "6", naam="Iets anders").content.decode()

    assert "met deze naam en deze eerste dag" in twice
    assert "Deze ronde is afgerond" in closed
    assert len(of_round(run)) == 1


def test_more_interventions_and_pupils_cost_no_more_queries(run: CycleRun, world: World, client: Client) -> None:
    sign_in(client, world.users["trend_analyst"])
    begin(client, run, world, "5")
    path = f"/rondes/{run.pk}/aanpakken/"
    client.get(path)
    with CaptureQueriesContext(connection) as few:
        client.get(path)
    for number in range(6):
        begin(client, run, world, "5", "rekenen", naam=f"Aanpak {number}")
    client.get(path)
    with CaptureQueriesContext(connection) as many:
        client.get(path)

    assert len(many) == len(few)


def test_named_pupils_count_in_the_classes_they_sat_in_and_an_instruction_group_as_one(
    run: CycleRun, world: World
) -> None:
    with whole_installation():
        base = {"school": run.school, "run": run, "start": date(2027, 3, 1), "end": date(2027, 4, 23)}
        some = Intervention.objects.create(**base, name="Hulp", kind="individual_help", subject="rekenen")
        levels = Intervention.objects.create(**base, name="Niveaugroepen", kind="regrouping", subject="rekenen")
        instruction = Group.objects.create(
            school=run.school, school_year=2026, name="rekenen 1", kind=Group.Kind.INSTRUCTION, subject="rekenen"
        )
        InterventionGroup.objects.create(school=run.school, intervention=levels, group=instruction)
        for row in (some, levels):
            for name in ("noor", "milo"):
                InterventionPupil.objects.create(school=run.school, intervention=row, pupil=world.pupils[name])
        classes = Enrolment.objects.filter(
            pupil__in=[world.pupils["noor"], world.pupils["milo"]], during__contains=some.start
        )
        sat_in = {str(pk) for pk in classes.values_list("group_id", flat=True)}
        lines = {one.line.intervention: one.line for one in entries_of([run.school_id])}

    assert sat_in
    assert lines["Hulp"].took_part == sat_in
    assert lines["Niveaugroepen"].took_part == {str(instruction.pk)}
