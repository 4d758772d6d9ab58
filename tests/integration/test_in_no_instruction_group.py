"""Who is in no instruction group while the rest of the class is, is told to who leads the round."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from psycopg.types.range import DateRange
from tests.support.signed_in import sign_in
from tests.support.world import DAY, World

from leercirkel.apps import clock
from leercirkel.apps.access.models import Notice
from leercirkel.apps.access.scope import whole_installation
from leercirkel.apps.access.sight import sight_of
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.audit.models import Event
from leercirkel.apps.cycle.models import CycleRun
from leercirkel.apps.groupplan.actions import fix, make_drafts
from leercirkel.apps.groupplan.models import GroupPlan, PlanChoice, PlanPupil
from leercirkel.apps.groupplan.proposals import WITHOUT_PLAN
from leercirkel.apps.organisation.actions.memberships import leave_instruction_group
from leercirkel.apps.organisation.models import Enrolment, Group, GroupMembership, GroupTeacher


def text(world: World, name: str) -> str:
    client = Client()
    sign_in(client, world.users[name])
    return " ".join(re.sub(r"<[^>]+>", " ", client.get("/plannen/").content.decode()).split())


def drafts(world: World, *, but: str = "") -> None:
    """Everyone of group 5 is in the instruction group, but one; then drafts."""
    school, taught = world.schools["kantelaar"], world.groups["rekenen"]
    with whole_installation(), transaction.atomic():
        seats = Enrolment.objects.filter(group=world.groups["5"], during__contains=DAY).values_list(
            "pupil_id", flat=True
        )
        there = set(GroupMembership.objects.filter(group=taught).values_list("pupil_id", flat=True))
        left = {world.pupils[but].pk} if but else set()
        GroupMembership.objects.bulk_create(
            GroupMembership(
                school=school, pupil_id=pk, group=taught, during=DateRange(date(2026, 8, 1), date(2027, 8, 1))
            )
            for pk in set(seats) - there - left
        )
    make(world)


def make(world: World) -> None:
    """Drafts of a round."""
    with transaction.atomic():
        sight = sight_of(world.users["care_director"].pk, DAY)
        run = CycleRun.objects.create(
            school=world.schools["kantelaar"], school_year=2026, moment="M", leader=world.staff["care_director"]
        )
        make_drafts(run=run, sight=sight, by=world.users["care_director"])


def test_who_is_left_is_told_by_name_with_the_plan(world: World) -> None:
    assert world.groups["rekenen"].kind == Group.Kind.INSTRUCTION
    drafts(world, but="daan")

    told = text(world, "care_director")

    assert "In geen instructiegroep De rest van de klas wel." in told
    assert "Daan Brinkhorst zit voor rekenen in geen instructiegroep." in told
    assert told.count("in geen instructiegroep.") == 1


@pytest.mark.parametrize("user", ["teacher", "teacher_x"])
def test_who_does_not_lead_the_round_is_not_told(world: World, user: str) -> None:
    drafts(world, but="daan")

    assert "In geen instructiegroep" not in text(world, user)


def test_with_everyone_in_a_group_nothing_is_told(world: World) -> None:
    drafts(world)

    assert "In geen instructiegroep" not in text(world, "care_director")


def test_a_class_of_which_most_have_no_instruction_group_is_a_class(world: World) -> None:
    """Only Noor of group 5 is taught elsewhere: the others have a plan of their class."""
    make(world)

    assert "Daan Brinkhorst zit voor" not in text(world, "care_director")


# ------------------------------------------------------------------------------------------------------------ choosing


def chosen(world: World, choice: str, *, but: str = "daan", user: str = "care_director") -> Any:
    """Chooses for the pupil who is left."""
    with whole_installation():
        row = PlanPupil.objects.get(pupil=world.pupils[but], plan__area__name="rekenen", plan__group=world.groups["5"])
    client = Client()
    sign_in(client, world.users[user])
    return client.post(f"/plannen/geen-groep/{row.pk}/", {"choice": choice}, follow=True)


def plans_with(world: World, pupil: str) -> set[str]:
    """The groups of the plans for rekenen that have this pupil."""
    with whole_installation():
        rows = PlanPupil.objects.filter(pupil=world.pupils[pupil], plan__area__name="rekenen")
        return set(rows.values_list("plan__group__name", flat=True))


def class_plans(world: World) -> int:
    """How many plans for rekenen there are of group 5 as a class."""
    with whole_installation():
        return GroupPlan.objects.filter(area__name="rekenen", group=world.groups["5"]).count()


def test_taking_part_puts_the_pupil_in_the_group_from_today(world: World) -> None:
    drafts(world, but="daan")
    taught = world.groups["rekenen"]

    answer = chosen(world, f"group-{taught.pk}")

    assert "De leerling doet vanaf vandaag mee met" in answer.content.decode()
    assert plans_with(world, "daan") == {taught.name}
    assert class_plans(world) == 0
    with whole_installation():
        row = GroupMembership.objects.get(pupil=world.pupils["daan"], group=taught)
        assert (row.during.lower, row.during.upper, row.by_school) == (DAY, date(2027, 8, 1), True)
        event = Event.objects.get(kind=Kind.CREATED, object_type="organisation.groupmembership")
        assert (event.pupil, event.object_id) == (world.pupils["daan"].pk, row.pk)
    assert "zit voor rekenen in geen instructiegroep" not in text(world, "care_director")


@pytest.mark.parametrize("reason", [*WITHOUT_PLAN])
def test_with_a_reason_there_is_no_plan_of_one(world: World, reason: str) -> None:
    drafts(world, but="daan")

    chosen(world, reason)

    told = text(world, "care_director")
    assert plans_with(world, "daan") == set()
    assert class_plans(world) == 0
    assert "zit voor rekenen in geen instructiegroep" not in told
    assert f"Daan Brinkhorst heeft voor rekenen geen groepsplan: {WITHOUT_PLAN[reason]}." in told


def test_a_plan_of_its_own_is_one_click_away(world: World) -> None:
    drafts(world, but="daan")

    page = chosen(world, "own_plan").content.decode()

    assert f'href="/leerlingen/{world.pupils["daan"].pk}/handelingsplannen/"' in page


def test_a_choice_is_kept_when_drafts_are_made_again(world: World) -> None:
    drafts(world, but="daan")
    chosen(world, "opp")

    with transaction.atomic(), whole_installation():
        run = CycleRun.objects.get(school=world.schools["kantelaar"])
        sight = sight_of(world.users["care_director"].pk, DAY)
        make_drafts(run=run, sight=sight, by=world.users["care_director"])

    assert plans_with(world, "daan") == set()


def test_the_plan_of_the_class_may_be_meant(world: World) -> None:
    drafts(world, but="daan")

    chosen(world, "class_plan")

    told = text(world, "care_director")
    assert plans_with(world, "daan") == {world.groups["5"].name}
    assert "zit voor rekenen in geen instructiegroep" not in told
    assert "Daan Brinkhorst heeft voor rekenen het plan van de klas." in told


@pytest.mark.parametrize("choice", ["opp", "group"])
def test_taken_back_it_is_as_it_was(world: World, choice: str) -> None:
    drafts(world, but="daan")
    chosen(world, choice if choice == "opp" else f"group-{world.groups['rekenen'].pk}")
    with whole_installation():
        kind, row = (
            ("keuze", PlanChoice.objects.get())
            if choice == "opp"
            else ("lid", GroupMembership.objects.get(by_school=True))
        )
    client = Client()
    sign_in(client, world.users["care_director"])

    client.post(f"/plannen/geen-groep/{kind}/{row.pk}/terug/")

    assert "Daan Brinkhorst zit voor rekenen in geen instructiegroep." in text(world, "care_director")
    assert plans_with(world, "daan") == {world.groups["5"].name}
    with whole_installation():
        assert not PlanChoice.objects.exists()
        assert not GroupMembership.objects.filter(by_school=True).exists()
        assert Event.objects.filter(kind=Kind.REMOVED, pupil=world.pupils["daan"].pk).count() == 1


def test_days_in_the_group_before_it_was_taken_back_stay(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    drafts(world, but="daan")
    chosen(world, f"group-{world.groups['rekenen'].pk}")
    later = DAY + timedelta(days=14)
    monkeypatch.setattr(clock, "today", lambda: later)
    with whole_installation():
        row = GroupMembership.objects.get(by_school=True)

        leave_instruction_group(membership=row, day=later, by=world.users["care_director"])

        row.refresh_from_db()
        assert (row.during.lower, row.during.upper) == (DAY, later)


def test_a_fixed_plan_stays_and_the_page_says_so(world: World) -> None:
    drafts(world, but="daan")
    taught = world.groups["rekenen"]
    with whole_installation(), transaction.atomic():
        plan = GroupPlan.objects.get(area__name="rekenen", group=taught)
        version = fix(plan=plan, revision=plan.revision, by=world.users["care_director"])
        before = set(version.pupils.values_list("pupil_id", flat=True))

    answer = chosen(world, f"group-{taught.pk}")

    assert "is al vastgesteld. Kies daar Wijzigen" in answer.content.decode()
    with whole_installation():
        assert set(version.pupils.values_list("pupil_id", flat=True)) == before
        assert world.pupils["daan"].pk not in before


def test_a_class_plan_that_was_fixed_is_kept(world: World) -> None:
    drafts(world, but="daan")
    with whole_installation(), transaction.atomic():
        plan = GroupPlan.objects.get(area__name="rekenen", group=world.groups["5"])
        fix(plan=plan, revision=plan.revision, by=world.users["care_director"])

    answer = chosen(world, "opp")

    assert f"van {world.groups['5'].name} was al vastgesteld en blijft bewaard." in answer.content.decode()
    assert class_plans(world) == 1
    assert "zit voor rekenen in geen instructiegroep" not in text(world, "care_director")


def test_nothing_chosen_changes_nothing(world: World) -> None:
    drafts(world, but="daan")

    for choice in ("", "group-999999", "group-", "omdat ik het wil"):
        answer = chosen(world, choice)
        assert "Kies eerst wat je wilt voor deze leerling." in answer.content.decode()

    assert plans_with(world, "daan") == {world.groups["5"].name}


def test_a_pupil_with_a_group_is_not_to_choose_for(world: World) -> None:
    """The row of a pupil who is not left, and a user who does not lead the round."""
    drafts(world, but="daan")
    with whole_installation():
        row = PlanPupil.objects.filter(pupil=world.pupils["noor"], plan__area__name="rekenen").get()
    client = Client()
    sign_in(client, world.users["care_director"])

    assert client.post(f"/plannen/geen-groep/{row.pk}/", {"choice": "opp"}).status_code == 404
    assert chosen(world, "opp", user="teacher").status_code == 403


def test_who_puts_a_pupil_in_a_group_of_their_own_is_told_of(world: World) -> None:
    drafts(world, but="daan")
    with whole_installation():
        GroupTeacher.objects.create(
            school=world.schools["kantelaar"], group=world.groups["rekenen"], staff=world.staff["care_director"],
            during=DateRange(date(2026, 8, 1), None),
        )  # fmt: skip

    chosen(world, f"group-{world.groups['rekenen'].pk}")

    with whole_installation():
        told = Notice.objects.get(kind=Notice.Kind.OWN_GROUP)
        assert (told.user, told.count) == (world.users["care_director"], 1)


def test_parents_who_ask_read_why_there_is_no_plan(world: World) -> None:
    drafts(world, but="daan")
    chosen(world, "elsewhere")
    client = Client()
    sign_in(client, world.users["care_director"])

    page = client.get(f"/leerlingen/{world.pupils['daan'].pk}/opgeschreven/").content.decode()

    assert "Geen groepsplan voor rekenen in 2026-2027: de leerling krijgt dit vak ergens anders." in page
