"""Goals that name pupils: a step of AVI (G3) and a need from the OPP (G4). Names are not kept with the plan."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from pypdf import PdfReader
from tests.support.signed_in import sign_in
from tests.support.world import DAY, World

from leercirkel.apps.access.scope import whole_installation
from leercirkel.apps.access.sight import sight_of
from leercirkel.apps.cycle.models import CycleRun
from leercirkel.apps.groupplan.actions import make_drafts
from leercirkel.apps.groupplan.models import GroupPlan, PlanGoal, PlanVersion, PlanVersionPupil
from leercirkel.apps.groupplan.presenters.words import goal_text


@pytest.fixture
def plans(world: World) -> dict[str, GroupPlan]:
    """The plans of group 5, by area."""
    with transaction.atomic():
        sight = sight_of(world.users["care_director"].pk, DAY)
        run = CycleRun.objects.create(
            school=world.schools["kantelaar"], school_year=2026, moment="M", leader=world.staff["care_director"]
        )
        make_drafts(run=run, sight=sight, by=world.users["care_director"])
        found = GroupPlan.objects.filter(run=run, group=world.groups["5"]).select_related("area")
        return {plan.area.name: plan for plan in found}


def client(world: World, name: str = "teacher") -> Client:
    made = Client()
    sign_in(made, world.users[name])
    return made


def text(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", answer.content.decode()).split())


def add(world: World, plan: GroupPlan, **asked: Any) -> str:
    return text(client(world).post(f"/plannen/{plan.pk}/doel/", asked, follow=True))


def goals(plan: GroupPlan) -> list[PlanGoal]:
    with whole_installation():
        return list(PlanGoal.objects.filter(plan=plan, kind__in=("step", "need")).order_by("pk"))


def test_a_step_says_who_read_more_and_keeps_no_names(world: World, plans: dict[str, GroupPlan]) -> None:
    plan = plans["technisch lezen"]
    pupils = [world.pupils["mila"].pk, world.pupils["daan"].pk]

    told = add(world, plan, soort="step", pupils=pupils, how="vier keer per week met een tutor.")

    (goal,) = goals(plan)
    assert goal.text == (
        "Elke leerling gaat minstens één AVI-niveau omhoog; {namen} lezen daarvoor vier keer per week met een tutor."
    )
    assert sorted(goal.named) == sorted(pupils)
    assert "niveau omhoog; Daan en Mila lezen daarvoor" in told
    assert "2 leerlingen lezen daarvoor" in goal_text(goal, "technisch lezen")


def test_a_need_is_of_one_pupil(world: World, plans: dict[str, GroupPlan]) -> None:
    told = add(
        world, plans["spelling"], soort="need", pupil=world.pupils["noor"].pk, help="stappenkaarten",
        purpose="zelfstandig doorwerken",
    )  # fmt: skip

    (goal,) = goals(plans["spelling"])
    assert goal.pupil_id == world.pupils["noor"].pk
    assert (
        goal.text
        == "{namen} krijgt bij spelling stappenkaarten (uit het OPP). Dat is nodig voor zelfstandig doorwerken."
    )
    assert "Noor krijgt bij spelling stappenkaarten (uit het OPP)." in told


@pytest.mark.parametrize(
    ("area", "asked"),
    [
        ("spelling", {"soort": "step"}),
        ("technisch lezen", {"soort": "step", "how": "elke dag"}),
        ("technisch lezen", {"soort": "step", "pupils": ["noor"]}),
        ("technisch lezen", {"soort": "step", "pupils": ["yassin"], "how": "elke dag"}),
        ("spelling", {"soort": "need", "pupil": "yassin", "help": "kaarten"}),
        ("spelling", {"soort": "need", "pupil": "noor", "help": " "}),
        ("spelling", {"soort": "need", "pupil": "", "help": "kaarten"}),
        ("spelling", {"soort": "need", "pupil": "x" * 9, "help": "kaarten"}),
    ],
)
def test_what_does_not_fit_is_refused_in_words(
    world: World, plans: dict[str, GroupPlan], area: str, asked: dict[str, Any]
) -> None:
    def pk(name: str) -> Any:
        return world.pupils[name].pk if name in world.pupils else name

    given = {
        key: [pk(each) for each in value] if isinstance(value, list) else pk(value) for key, value in asked.items()
    }

    assert 'role="alert"' in client(world).post(f"/plannen/{plans[area].pk}/doel/", given, follow=True).content.decode()
    assert goals(plans[area]) == []


def test_a_fixed_version_keeps_a_need_with_its_pupil_and_a_step_without_names(
    world: World, plans: dict[str, GroupPlan]
) -> None:
    plan = plans["technisch lezen"]
    add(world, plan, soort="step", pupils=[world.pupils["mila"].pk], how="elke dag")
    add(world, plan, soort="need", pupil=world.pupils["noor"].pk, help="grote letters")
    with whole_installation():
        plan = GroupPlan.objects.get(pk=plan.pk)
    client(world).post(f"/plannen/{plan.pk}/vaststellen/", {"revision": plan.revision})

    with whole_installation():
        version = PlanVersion.objects.get(plan=plan)
        row = PlanVersionPupil.objects.get(version=version, pupil=world.pupils["noor"])
        assert "grote letters" not in str(version.content)
        assert "Mila" not in str(version.content)
    assert row.content["needs"] == ["{namen} krijgt bij technisch lezen grote letters (uit het OPP)."]
    told = text(client(world).get(f"/plannen/{plan.pk}/versies/1/"))
    assert "Mila leest daarvoor elke dag." in told
    assert "Noor krijgt bij technisch lezen grote letters (uit het OPP)." in told


def test_the_parents_of_one_read_their_own_need_and_no_name_of_another(
    world: World, plans: dict[str, GroupPlan]
) -> None:
    plan = plans["technisch lezen"]
    add(world, plan, soort="step", pupils=[world.pupils["mila"].pk, world.pupils["noor"].pk], how="elke dag")
    add(world, plan, soort="need", pupil=world.pupils["noor"].pk, help="grote letters")
    add(world, plan, soort="need", pupil=world.pupils["mila"].pk, help="extra tijd")
    with whole_installation():
        plan = GroupPlan.objects.get(pk=plan.pk)
    client(world).post(f"/plannen/{plan.pk}/vaststellen/", {"revision": plan.revision})

    told = text(client(world).get(f"/leerlingen/{world.pupils['noor'].pk}/opgeschreven/"))

    assert "Noor en [een ander kind] lezen daarvoor elke dag." in told
    assert "Noor krijgt bij technisch lezen grote letters (uit het OPP)." in told
    assert "extra tijd" not in told
    assert "Mila" not in told


def test_on_paper_the_names_stand_in_the_goal(world: World, plans: dict[str, GroupPlan], tmp_path: Any) -> None:
    add(world, plans["spelling"], soort="need", pupil=world.pupils["noor"].pk, help="stappenkaarten")
    made = tmp_path / "plan.pdf"
    made.write_bytes(client(world).get(f"/plannen/{plans['spelling'].pk}/afdrukken/").content)

    with PdfReader(made) as reader:
        assert "Noor krijgt bij spelling stappenkaarten" in " ".join(reader.pages[0].extract_text().split())


def test_hidden_names_are_not_in_a_goal(world: World, plans: dict[str, GroupPlan]) -> None:
    add(world, plans["spelling"], soort="need", pupil=world.pupils["noor"].pk, help="stappenkaarten")
    hiding = client(world)
    hiding.cookies.load({"lc-names": "hidden"})

    body = hiding.get(f"/plannen/{plans['spelling'].pk}/").content.decode()

    assert "krijgt bij spelling stappenkaarten" in body
    assert "Noor" not in body
