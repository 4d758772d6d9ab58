"""What is said in a round stays with who it is for: other groups, other subjects, reports, the team and the board."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from psycopg.types.range import DateRange
from tests.support.pages import text, user
from tests.support.rounds import rounds
from tests.support.world import DAY, EVER, World

from leercirkel.apps.access.models import Assignment, Bundle
from leercirkel.apps.access.scope import whole_installation
from leercirkel.apps.access.sight import sight_of
from leercirkel.apps.cycle import selectors
from leercirkel.apps.cycle.models import (
    Agreement,
    ChosenExplanation,
    CycleRun,
    Finding,
    Intervention,
    InterventionGroup,
    RoundMeeting,
    Support,
)
from leercirkel.apps.groupplan.models import GroupPlan, PlanVersion, PlanVersionPupil, PupilPhrase

pytestmark = pytest.mark.django_db

SINCE = DateRange(date(2026, 9, 1), None)


@pytest.fixture
def run(world: World) -> CycleRun:
    with whole_installation():
        made: CycleRun = rounds(world)["cyclerun"]["kantelaar"]
        return made


def arithmetic_only(world: World, name: str = "teacher_rekenen") -> Client:
    """A teacher elsewhere in the school who teaches only arithmetic to group 5."""
    with whole_installation():
        Assignment.objects.create(
            user=world.users[name], bundle=Bundle.objects.get(school=None, code="teacher"),
            board=world.boards["kadewijs"], school=world.schools["kantelaar"], group=world.groups["5"],
            subject="rekenen", during=EVER,
        )  # fmt: skip
    return user(world, name)


def talk_of(run: CycleRun, kind: str, group: Any = None) -> RoundMeeting:
    with whole_installation():
        return RoundMeeting.objects.get_or_create(school=run.school, run=run, kind=kind, group=group)[0]


def agreed(run: CycleRun, talk: RoundMeeting, said: str) -> Agreement:
    with whole_installation():
        return Agreement.objects.create(
            school=run.school, school_year=2026, moment="M", text=said, done="not_done", meeting=talk, group=talk.group
        )


def finding(run: CycleRun, key: str, group: Any = None, **more: Any) -> Finding:
    about = {"level": "group", "talk": "group", "group": group} if group else {"level": "school", "talk": "school"}
    plain = {"state": "accepted", "text": f"{key}.", "rank": 1, "like": "goal|rekenen|group|work"}
    with whole_installation():
        return Finding.objects.create(school=run.school, run=run, key=key, **(plain | about | more))


def an_older_round(run: CycleRun) -> CycleRun:
    with whole_installation():
        return CycleRun.objects.create(school=run.school, school_year=2025, moment="E", leader=run.leader)


# ------------------------------------------------------------------------------------------- agreements made in talks


def test_what_was_agreed_on_in_a_talk_about_a_group_is_not_on_the_page_of_who_does_not_read_that_talk(
    run: CycleRun, world: World
) -> None:
    agreed(run, talk_of(run, "group", world.groups["5"]), "Afspraak uit het gesprek over groep 5")
    agreed(run, talk_of(run, "school"), "Afspraak van de schoolanalyse")
    agreed(run, talk_of(run, "team"), "Afspraak van het team")

    of = {name: text(user(world, name).get("/aanpakken/")) for name in ("teacher", "teacher6", "head")}

    assert {name for name, page in of.items() if "over groep 5" in page} == {"teacher", "head"}
    assert {name for name, page in of.items() if "de schoolanalyse" in page} == {"head"}
    assert all("Afspraak van het team" in page for page in of.values())


def test_reports_have_no_agreement_of_a_talk_about_a_group_or_of_who_leads(run: CycleRun, world: World) -> None:
    agreed(run, talk_of(run, "group", world.groups["5"]), "Afspraak uit het gesprek over groep 5")
    agreed(run, talk_of(run, "school"), "Afspraak van de schoolanalyse")
    agreed(run, talk_of(run, "team"), "Afspraak van het team")

    with transaction.atomic():
        told = [
            [one.text for one in selectors.undertaken(sight_of(world.users[name].pk, DAY), run.school).agreements]
            for name in ("head", "board", "teacher6")
        ]

    assert told == [["Afspraak van het team"]] * 3


# --------------------------------------------------------------------------------------------- who teaches one subject


def test_who_teaches_one_subject_reads_no_talk_about_the_group_and_no_agreement_with_its_teacher(
    run: CycleRun, world: World
) -> None:
    talk = talk_of(run, "group", world.groups["5"])
    with whole_installation():
        Support.objects.create(
            school=run.school, run=run, kind="team", staff=world.staff["teacher"], group=world.groups["5"],
            forms=["visit"], goal="GEHEIM doel", other=world.staff["duo"],
        )  # fmt: skip
    client = arithmetic_only(world)

    assert client.get(f"/rondes/{run.pk}/overleg/{talk.pk}/").status_code == 404
    assert client.post(f"/rondes/{run.pk}/overleg/{talk.pk}/", {"doe": "besluit", "wat": "Iets"}).status_code == 404
    assert "GEHEIM doel" not in text(client.get(f"/rondes/{run.pk}/afspraken/"))
    assert "GEHEIM doel" in text(user(world, "duo").get(f"/rondes/{run.pk}/afspraken/"))


def test_who_teaches_one_subject_reads_and_explains_what_is_about_that_subject(run: CycleRun, world: World) -> None:
    own = finding(run, "Over rekenen", world.groups["5"], subject="rekenen")
    other = finding(run, "Over spelling", world.groups["5"], subject="spelling")
    client = arithmetic_only(world)

    page = text(client.get(f"/rondes/{run.pk}/bevindingen/?overleg=group&groep={world.groups['5'].pk}"))
    explained = text(client.get(f"/rondes/{run.pk}/verklaringen/"))
    statuses = [client.get(f"/rondes/{run.pk}/bevindingen/{one.pk}/").status_code for one in (own, other)]

    assert "Over rekenen." in page
    assert "Over spelling." not in page
    assert "Over rekenen." in explained
    assert "Over spelling." not in explained
    assert statuses == [200, 404]


def test_nobody_adds_a_finding_about_a_group_of_which_they_only_see_results(run: CycleRun, world: World) -> None:
    with whole_installation():
        Assignment.objects.create(
            user=world.users["teacher"], bundle=Bundle.objects.get(school=None, code="trend_analyst"),
            board=world.boards["kadewijs"], school=world.schools["kantelaar"], group=world.groups["6"], during=EVER,
        )  # fmt: skip
    sent = {"tekst": "Iets over groep 6.", "groep": world.groups["6"].pk, "vak": ""}

    user(world, "teacher").post(f"/rondes/{run.pk}/bevindingen/eigen/", sent)

    with whole_installation():
        assert not Finding.objects.filter(own_text="Iets over groep 6.").exists()


# ----------------------------------------------------------------------------------------------- the words of a talk


def test_what_a_team_said_in_own_words_about_another_group_is_neither_shown_nor_found(
    run: CycleRun, world: World
) -> None:
    finding(run, "Nu over groep 5", world.groups["5"], subject="rekenen")
    before = finding(an_older_round(run), "Berekend over groep 6", world.groups["6"], subject="rekenen",
                     own_text="Met eigen woorden over groep 6")  # fmt: skip
    with whole_installation():
        for one in ({"code": "weeks_short"}, {"own_text": "Vanwege de onrust bij juf"}):
            ChosenExplanation.objects.create(school=run.school, finding=before, **one)
    teacher, head = user(world, "teacher"), user(world, "head")

    beside, of_head = (text(one.get(f"/rondes/{run.pk}/verklaringen/")) for one in (teacher, head))
    ledger, searched = text(teacher.get("/geleerd/")), text(teacher.get("/geleerd/?zoek=onrust"))

    assert "te weinig effectieve weken" in beside
    assert "onrust bij juf" not in beside
    assert "onrust bij juf" in of_head
    assert "Berekend over groep 6." in ledger
    assert "eigen woorden over groep 6" not in ledger
    assert "Berekend over groep 6." not in searched
    assert "Berekend over groep 6." in text(head.get("/geleerd/?zoek=onrust")) or "eigen woorden" in text(
        head.get("/geleerd/?zoek=onrust")
    )


def test_what_points_at_a_teacher_is_not_told_of_a_grade_that_no_class_is_called_by(
    run: CycleRun, world: World
) -> None:
    about = finding(an_older_round(run), "Jaargroep zeven", level="grade", grade=7, subject="rekenen")
    with whole_installation():
        ChosenExplanation.objects.create(school=run.school, finding=about, code="instruction_short")
        ChosenExplanation.objects.create(school=run.school, finding=about, code="weeks_short")

    page = text(user(world, "head").get("/geleerd/"))

    assert "te weinig effectieve weken" in page
    assert "te weinig instructie" not in page


@pytest.mark.parametrize(
    ("figures", "told"),
    [({"counted": 4}, False), ({"counted": 5}, True), ({"judged": 3}, False), ({"stayers": 2}, False),
     ({"2025-2026": "3 van de 4"}, False), ({"2025-2026": "3 van de 6"}, True), ({"changed": 1}, False)],
)  # fmt: skip
def test_the_team_hears_nothing_of_fewer_than_five_pupils_whatever_the_sentence_rests_on(
    run: CycleRun, world: World, figures: dict[str, Any], told: bool
) -> None:
    talk = talk_of(run, "team")
    finding(run, "Over de school", evidence=[{"kind": "totals", "key": {}, "figures": figures}])

    page = text(user(world, "care_director").get(f"/rondes/{run.pk}/overleg/{talk.pk}/"))

    assert ("Over de school." in page) == told


def test_the_team_hears_nothing_of_what_is_done_with_one_group(run: CycleRun, world: World) -> None:
    talk = talk_of(run, "team")
    with whole_installation():
        for name, groups in (("Met een groep", ["5"]), ("Met twee groepen", ["5", "6"])):
            made = Intervention.objects.create(
                school=run.school, run=run, name=name, start=date(2027, 2, 1), end=date(2027, 5, 1)
            )
            for group in groups:
                InterventionGroup.objects.create(school=run.school, intervention=made, group=world.groups[group])

    page = text(user(world, "care_director").get(f"/rondes/{run.pk}/overleg/{talk.pk}/"))

    assert "Met twee groepen" in page
    assert "Met een groep" not in page


# ----------------------------------------------------------------------------------------------- the file of a pupil


@pytest.mark.parametrize(
    ("name", "seen"), [("teacher", {"raakt de draad kwijt", "vaste plek"}), ("trend_analyst", set()),
                       ("care_director", {"raakt de draad kwijt", "vaste plek"}), ("teacher_rekenen", {"vaste plek"})],
)  # fmt: skip
def test_a_fixed_plan_shows_what_helps_hinders_and_is_needed_only_as_the_overview_of_the_group_does(
    run: CycleRun, world: World, name: str, seen: set[str]
) -> None:
    client = arithmetic_only(world) if name == "teacher_rekenen" else user(world, name)
    with whole_installation():
        plan = GroupPlan.objects.get(school=run.school)
        version = PlanVersion.objects.create(school=run.school, plan=plan, number=2, content={"area": "rekenen"})
        PlanVersionPupil.objects.create(
            school=run.school, version=version, pupil=world.pupils["noor"],
            content={"phrases": [["hindering", "raakt de draad kwijt"], ["need", "vaste plek"]]},
        )  # fmt: skip

    answer = client.get(f"/plannen/{plan.pk}/versies/2/")

    assert answer.status_code == 200
    assert {said for said in ("raakt de draad kwijt", "vaste plek") if said in text(answer)} == seen


def test_who_teaches_one_subject_does_not_end_what_a_pupil_needs_in_all_subjects(run: CycleRun, world: World) -> None:
    with whole_installation():
        held = PupilPhrase.objects.create(
            school=run.school, pupil=world.pupils["noor"], kind="need", text="een rustige plek", during=SINCE
        )
    address = f"/groepen/{world.groups['rekenen'].pk}/overzicht/{world.pupils['noor'].pk}/{held.pk}/vervalt/"

    user(world, "teacher_rekenen").post(address)

    with whole_installation():
        held.refresh_from_db()
    assert held.during.upper is None
