"""What people write in rounds and plans is not lost: two who write at once, what is refused, and what is cleared up."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from psycopg.types.range import DateRange
from tests.support.pages import text, user
from tests.support.rounds import rounds
from tests.support.world import DAY, HERE, World

from leercirkel.apps.access.models import Assignment
from leercirkel.apps.access.scope import whole_installation
from leercirkel.apps.access.sight import sight_of
from leercirkel.apps.cycle import actions
from leercirkel.apps.cycle.models import (
    Agreement,
    Check,
    ChosenExplanation,
    CycleRun,
    Finding,
    Intervention,
    RoundMeeting,
    WeekGiven,
)
from leercirkel.apps.groupplan.actions import make_drafts
from leercirkel.apps.groupplan.models import Arrangement, Evaluation, GroupPlan, PlanArea, PlanGoal
from leercirkel.apps.organisation.models import GroupMembership
from leercirkel.apps.planning.models import Meeting, Task

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(world: World) -> CycleRun:
    with whole_installation():
        made: CycleRun = rounds(world)["cyclerun"]["kantelaar"]
        return made


def plan_of(run: CycleRun) -> GroupPlan:
    with whole_installation():
        return GroupPlan.objects.get(run=run)


# ------------------------------------------------------------------------------------------------- cleared up by itself


@pytest.fixture
def instruction(world: World) -> GroupPlan:
    """The draft of the instruction group for arithmetic."""
    with transaction.atomic():
        sight = sight_of(world.users["care_director"].pk, DAY)
        run = CycleRun.objects.create(
            school=world.schools["kantelaar"], school_year=2026, moment="M", leader=world.staff["care_director"]
        )
        make_drafts(run=run, sight=sight, by=world.users["care_director"])
        return GroupPlan.objects.get(run=run, group=world.groups["rekenen"])


def nobody_left(world: World, plan: GroupPlan) -> None:
    """The instruction group ends, and drafts are brought up to date as they are after an import."""
    with transaction.atomic():
        sight = sight_of(world.users["care_director"].pk, DAY)
        GroupMembership.objects.filter(group=plan.group).update(during=DateRange(date(2026, 8, 1), date(2026, 9, 1)))
        run = CycleRun.objects.get(plans=plan)
        make_drafts(run=run, sight=sight, by=None)


@pytest.mark.parametrize("what", ["text", "goal", "nothing"])
def test_a_draft_of_a_group_that_ended_goes_only_when_nobody_wrote_in_it(
    world: World, instruction: GroupPlan, what: str
) -> None:
    teacher = user(world, "teacher_rekenen")
    if what == "text":
        sent = teacher.post(f"/plannen/{instruction.pk}/tekst/content/", {"text": "Kolomsgewijs", "base": ""})
    elif what == "goal":
        sent = teacher.post(f"/plannen/{instruction.pk}/doel/", {"content": "tellen tot 1000", "proof": ""})
    else:
        sent = teacher.get(f"/plannen/{instruction.pk}/")

    nobody_left(world, instruction)

    assert sent.status_code in (200, 302)
    with whole_installation():
        assert GroupPlan.objects.filter(pk=instruction.pk).exists() == (what != "nothing")


def test_a_file_does_not_take_over_or_away_what_was_begun_in_a_round(run: CycleRun, world: World) -> None:
    file = '[[intervention]]\nname = "{}"\nfrom = 2026-09-01\nuntil = 2026-12-01\ngroups = ["Uilen"]\n'

    with whole_installation():
        with pytest.raises(actions.FileHasErrors) as refused:
            actions.load_interventions(
                school=run.school, content=file.format("Elke dag lezen").encode(), name="a.toml", by=world.users["head"]
            )
        for name in ("Iets anders", "Nog iets"):
            actions.load_interventions(
                school=run.school, content=file.format(name).encode(), name="a.toml", by=world.users["head"]
            )

        (problem,) = [one for one in refused.value.problems if one.severity == "error"]
        assert (problem.code, problem.row) == ("intervention-by-hand", 1)
        mine = Intervention.objects.get(school=run.school, name="Elke dag lezen")
        assert mine.file is None
        assert WeekGiven.objects.filter(intervention=mine).exists()


# ----------------------------------------------------------------------------------------------------- two who write


def test_a_goal_that_somebody_else_changed_is_not_written_over_nor_taken_away(run: CycleRun, world: World) -> None:
    plan = plan_of(run)
    with whole_installation():
        goal = PlanGoal.objects.get(plan=plan)
    address, was = f"/plannen/{plan.pk}/doel/{goal.pk}/", {"was": "tellen tot 100"}

    user(world, "teacher").post(address, was | {"text": "tellen tot 200"})
    second = user(world, "duo").post(address, was | {"text": "tellen tot 50"}, follow=True)
    user(world, "duo").post(address, was | {"weg": "1"})

    with whole_installation():
        assert PlanGoal.objects.get(pk=goal.pk).text == "tellen tot 200"
    assert "koos intussen “tellen tot 200”" in text(second)
    assert "Jij schreef: “tellen tot 50”." in text(second)


def test_the_same_goal_twice_is_no_conflict(run: CycleRun, world: World) -> None:
    plan = plan_of(run)
    with whole_installation():
        goal = PlanGoal.objects.get(plan=plan)
    sent = {"was": "tellen tot 100", "text": "tellen tot 200"}

    for name in ("teacher", "duo"):
        answer = user(world, name).post(f"/plannen/{plan.pk}/doel/{goal.pk}/", sent, follow=True)

    assert "koos intussen" not in text(answer)


def test_an_intervention_that_somebody_else_changed_is_not_written_over_until_one_says_so(
    run: CycleRun, world: World
) -> None:
    with whole_installation():
        row = Intervention.objects.get(school=run.school, run=run)
    address = f"/rondes/{run.pk}/aanpakken/{row.pk}/"
    one, other = user(world, "head"), user(world, "trend_analyst")
    seen = re.search(r'name="gezien" value="(\w+)"', one.get(address).content.decode())
    assert seen is not None
    sent = {"naam": "Elke dag lezen", "vanaf": "2026-09-01", "tot": "2026-12-01", "vak": "rekenen", "soort": ""}
    sent["gezien"] = seen[1]

    other.post(address, sent | {"doel": "Vloeiend"})
    refused = one.post(address, sent | {"doel": "Sneller"})
    with whole_installation():
        kept = Intervention.objects.get(pk=row.pk).goal
    again = re.search(r'name="gezien" value="(\w+)"', refused.content.decode())
    assert again is not None
    one.post(address, sent | {"doel": "Sneller", "gezien": again[1]})

    assert kept == "Vloeiend"
    assert "wijzigde deze aanpak intussen" in text(refused)
    assert 'value="Sneller"' in refused.content.decode()
    with whole_installation():
        assert Intervention.objects.get(pk=row.pk).goal == "Sneller"


def test_what_speaks_for_an_explanation_is_not_written_over(run: CycleRun, world: World) -> None:
    with whole_installation():
        about = Finding.objects.create(
            school=run.school, run=run, key="x", level="school", talk="school", state="accepted", text="Een zin."
        )
        chosen = ChosenExplanation.objects.create(school=run.school, finding=about, code="weeks_short")
    address, was = f"/rondes/{run.pk}/verklaringen/{about.pk}/", {"was_voor": "", "was_tegen": "", "bij": chosen.pk}

    user(world, "head").post(address, was | {"voor": "Acht weken", "tegen": ""})
    second = user(world, "trend_analyst").post(address, was | {"voor": "Negen weken", "tegen": ""}, follow=True)

    with whole_installation():
        assert ChosenExplanation.objects.get(pk=chosen.pk).supports == "Acht weken"
    assert "Jij schreef: “Negen weken”." in text(second)


def test_own_words_that_were_refused_are_still_in_the_field(run: CycleRun, world: World) -> None:
    with whole_installation():
        about = Finding.objects.create(
            school=run.school, run=run, key="x", level="school", talk="school", text="Een zin.", own_text="Van de ander"
        )
    sent = {"doe": "anders", "was": "", "tekst": "Een lange eigen zin"}

    answer = user(world, "head").post(f"/rondes/{run.pk}/bevindingen/{about.pk}/", sent)

    assert ">Een lange eigen zin</textarea>" in answer.content.decode()
    assert "Van de ander" in answer.content.decode()


# --------------------------------------------------------------------------------------------------- what is refused


def an_evaluation(run: CycleRun) -> Evaluation:
    with whole_installation():
        GroupPlan.objects.filter(run=run).update(state="fixed")
        return Evaluation.objects.get(plan__run=run)


def test_an_evaluation_that_fits_the_field_is_kept_whole_however_many_lines_it_has(run: CycleRun, world: World) -> None:
    row, said = an_evaluation(run), ("regel\r\n" * 330) + "dit is het einde"  # 1996 to a browser, 2326 as it is sent

    user(world, "teacher").post(f"/plannen/{row.plan_id}/evaluatie/bewaren/", {"soort": "interim", "tekst": said})

    with whole_installation():
        row.refresh_from_db()
    assert row.text.endswith("dit is het einde")
    assert row.text.count("regel") == 330


def test_an_evaluation_that_is_refused_comes_back_with_what_was_typed(run: CycleRun, world: World) -> None:
    row, address = an_evaluation(run), f"/plannen/{plan_of(run).pk}/evaluatie/bewaren/"
    teacher = user(world, "teacher")

    too_long = teacher.post(address, {"soort": "interim", "tekst": "a" * 2001})
    user(world, "duo").post(address, {"soort": "interim", "tekst": "Van de ander"})
    too_late = teacher.post(address, {"soort": "interim", "tekst": "Mijn eigen terugblik"})

    assert f">{'a' * 2001}</textarea>" in too_long.content.decode()
    assert "Van de ander" in text(too_late)
    assert "Mijn eigen terugblik" in text(too_late)
    with whole_installation():
        row.refresh_from_db()
    assert row.text == "Van de ander"


def test_notes_of_a_talk_that_fit_the_field_are_kept_to_the_last_letter(run: CycleRun, world: World) -> None:
    with whole_installation():
        talk = RoundMeeting.objects.get(school=run.school)
    said = "ab\r\n" * 1990 + "het einde"  # 5979 to a browser, 7969 as it is sent

    user(world, "teacher").post(
        f"/rondes/{run.pk}/overleg/{talk.pk}/", {"doe": "notitie", "tekst": said, "versie": "1"}
    )

    with whole_installation():
        talk.refresh_from_db()
    assert talk.notes.endswith("het einde")


def test_a_plan_of_a_year_that_is_over_stays_fixed(run: CycleRun, world: World) -> None:
    with whole_installation():
        old = GroupPlan.objects.create(
            school=run.school, area=plan_of(run).area, group=world.groups["past"], state="fixed",
            starts=date(2026, 3, 15), ends=date(2026, 7, 10),
        )  # fmt: skip

    answer = user(world, "care_director").post(f"/plannen/{old.pk}/wijzigen/", follow=True)

    with whole_installation():
        old.refresh_from_db()
    assert old.state == "fixed"
    assert "Het blijft zoals het is vastgesteld." in text(answer)


def test_a_mistyped_year_is_said_and_no_error_of_ours(run: CycleRun, world: World) -> None:
    with whole_installation():
        row = Intervention.objects.get(school=run.school, run=run)
    sent = {"naam": "Elke dag lezen", "vanaf": "2026-09-01", "tot": "9026-12-01", "vak": "rekenen", "soort": ""}

    answer = user(world, "head").post(f"/rondes/{run.pk}/aanpakken/{row.pk}/", sent)

    assert answer.status_code == 200
    assert "Een aanpak duurt hoogstens drie jaar." in text(answer)


# --------------------------------------------------------------------------------------- names, which outlive the file


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("bevindingen/{f}/", {"doe": "anders", "was": "", "tekst": "Vooral Noor bleef achter."}),
        ("bevindingen/eigen/", {"tekst": "Vooral Noor bleef achter.", "vak": "", "groep": "{g}"}),
        ("verklaringen/{f}/", {"eigen": "Vooral Noor bleef achter."}),
        ("verklaringen/{f}/", {"bij": "{e}", "voor": "Vooral Noor bleef achter.", "tegen": ""}),
    ],
)
def test_a_pupils_name_does_not_stand_in_what_is_said_of_a_group(
    run: CycleRun, world: World, path: str, sent: dict[str, str]
) -> None:
    with whole_installation():
        about = Finding.objects.create(
            school=run.school, run=run, key="x", level="group", talk="group", state="accepted", text="Een zin.",
            group=world.groups["5"],
        )  # fmt: skip
        chosen = ChosenExplanation.objects.create(school=run.school, finding=about, code="weeks_short")
    ids = {"f": about.pk, "g": world.groups["5"].pk, "e": chosen.pk}
    filled = {name: value.format(**ids) for name, value in sent.items()}

    answer = user(world, "teacher").post(f"/rondes/{run.pk}/{path.format(**ids)}", filled, follow=True)

    assert "een naam van een leerling: Noor" in text(answer)
    assert "Vooral Noor bleef achter." in answer.content.decode()  # what was typed is not lost
    with whole_installation():
        kept = [*Finding.objects.values_list("own_text", flat=True),
                *ChosenExplanation.objects.values_list("own_text", flat=True),
                *ChosenExplanation.objects.values_list("supports", flat=True)]  # fmt: skip
    assert not any("Noor" in one for one in kept)


def test_a_finding_about_a_pupil_may_name_the_pupil(run: CycleRun, world: World) -> None:
    with whole_installation():
        about = Finding.objects.get(school=run.school, pupil=world.pupils["noor"])

    user(world, "teacher").post(
        f"/rondes/{run.pk}/bevindingen/{about.pk}/", {"doe": "anders", "was": "", "tekst": "Noor groeide."}
    )

    with whole_installation():
        about.refresh_from_db()
    assert about.own_text == "Noor groeide."


# ------------------------------------------------------------------------------------------------------ no dead ends


def test_a_talk_about_a_group_without_a_leerteam_can_be_moved_and_taken_away(run: CycleRun, world: World) -> None:
    hour = datetime(2027, 3, 8, 13, tzinfo=HERE)
    with whole_installation():
        meeting = Meeting.objects.create(
            school=run.school, title="Groepsbespreking", starts_at=hour, ends_at=hour + timedelta(hours=1)
        )
        talk = RoundMeeting.objects.get(school=run.school)
        RoundMeeting.objects.filter(pk=talk.pk).update(meeting=meeting)
    client, address = user(world, "learning_coordinator"), f"/overleggen/{meeting.pk}/"

    links = re.findall(rf'href="({address}[a-z]+/)"', client.get(address).content.decode())
    opened = [client.get(link).status_code for link in links]
    sent = {"title": "Groepsbespreking", "day": "2027-03-09", "starts": "14:00", "ends": "15:00"}
    client.post(f"{address}wijzigen/", sent)
    with whole_installation():
        moved = Meeting.objects.get(pk=meeting.pk).starts_at
    client.post(f"{address}weg/")

    assert len(links) == 2
    assert opened == [200, 200]
    assert moved == datetime(2027, 3, 9, 14, tzinfo=HERE)
    with whole_installation():
        assert not Meeting.objects.filter(pk=meeting.pk).exists()
        assert RoundMeeting.objects.get(pk=talk.pk).meeting is None


def test_an_area_and_an_arrangement_that_were_ended_come_back_under_their_name(run: CycleRun, world: World) -> None:
    base, client = f"/plannen/inrichten/{run.school_id}", user(world, "head")
    with whole_installation():
        area = PlanArea.objects.create(
            school=run.school, name="spelling", subjects=["spelling"], ended_at=timezone.now()
        )
        own = Arrangement.objects.create(school=run.school, name="plus", position=0, ended_at=timezone.now())

    client.post(
        f"{base}/vakgebied/0/", {"name": "spelling", "subjects": ["spelling"], "form": "plan", "block_weeks": 7}
    )
    client.post(f"{base}/arrangement/0/", {"name": "plus"})

    with whole_installation():
        area.refresh_from_db()
        own.refresh_from_db()
        assert PlanArea.objects.filter(school=run.school, name="spelling").count() == 1
    assert area.ended_at is None
    assert (own.ended_at, own.position) == (None, 0)


@pytest.mark.parametrize(
    ("outcomes", "said"),
    [([True], "Het doel van het vorige plan is gehaald."),
     ([False], "Het doel van het vorige plan is nog niet gehaald."),
     ([True, False], "Van de 2 doelen van het vorige plan is er 1 gehaald."),
     ([True, True], "Van de 2 doelen van het vorige plan zijn er 2 gehaald.")],
)  # fmt: skip
def test_how_many_goals_were_reached_is_said_in_whole_sentences(
    run: CycleRun, world: World, outcomes: list[bool], said: str
) -> None:
    row, plan = an_evaluation(run), plan_of(run)
    goals = [
        dict.fromkeys(("reached", "counted")) | {"goal": 1, "text": "x", "met": met, "said": True} for met in outcomes
    ]
    with whole_installation():
        Evaluation.objects.filter(pk=row.pk).update(computed={"goals": goals}, done_at=timezone.now())
        after = GroupPlan.objects.create(
            school=run.school, area=plan.area, group=plan.group, before=plan, starts=date(2027, 8, 1),
            ends=date(2028, 1, 31),
        )  # fmt: skip

    assert said in text(user(world, "teacher").get(f"/plannen/{after.pk}/"))


# --------------------------------------------------------------------------------------------------- closing a round


@pytest.mark.parametrize("name", ["administrator", "duo"])
def test_closing_a_round_opens_every_task_whatever_its_owners_may_see(run: CycleRun, world: World, name: str) -> None:
    """Of an owner who sees no pupils, or has no role any more, what follows in the same request is not cut short."""
    with whole_installation():
        if name == "duo":
            Assignment.objects.filter(user=world.users["duo"]).delete()
        talk = RoundMeeting.objects.get(school=run.school)
        for text_, owner in (("Eerst", name), ("Daarna", "teacher")):
            Agreement.objects.create(
                school=run.school, school_year=2026, moment="M", meeting=talk, text=text_, owner=world.staff[owner]
            )
        Check.objects.create(
            school=run.school, intervention=Intervention.objects.get(run=run), on=DAY + timedelta(days=30)
        )

    answer = user(world, "head").post(f"/rondes/{run.pk}/afronden/")

    assert answer.status_code == 302
    with whole_installation():
        made = set(Task.objects.filter(school=run.school, key__startswith="round-").values_list("text", flat=True))
        assert CycleRun.objects.get(pk=run.pk).closed_at is not None
    assert made >= {"Eerst", "Daarna", "Tussentijds kijken: Elke dag lezen"}


def test_a_decision_that_is_taken_back_after_a_round_was_opened_again_leaves_no_task(
    run: CycleRun, world: World
) -> None:
    with whole_installation():
        talk = RoundMeeting.objects.get(school=run.school)
        about = {"school": run.school, "school_year": 2026, "moment": "M", "meeting": talk}
        dropped, kept = (Agreement.objects.create(**about, text=said, owner=world.staff["duo"]) for said in "ab")
    head = user(world, "head")

    head.post(f"/rondes/{run.pk}/afronden/")
    with whole_installation():
        before = Task.objects.filter(key__endswith=f"agreement-{dropped.pk}").count()
        CycleRun.objects.filter(pk=run.pk).update(closed_at=None, closed_by=None)
    head.post(f"/rondes/{run.pk}/overleg/{talk.pk}/", {"doe": f"weg:{dropped.pk}"})

    assert before == 1
    with whole_installation():
        assert not Task.objects.filter(key__endswith=f"agreement-{dropped.pk}").exists()
        assert Task.objects.filter(key__endswith=f"agreement-{kept.pk}").exists()
