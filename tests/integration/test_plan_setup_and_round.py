"""A rule for one plan area, and the evaluations of plans on the page of their round."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.support.rounds import rounds
from tests.support.signed_in import sign_in
from tests.support.world import World

from leercirkel.apps.access.scope import whole_installation
from leercirkel.apps.cycle.models import CycleRun
from leercirkel.apps.groupplan import selectors
from leercirkel.apps.groupplan.models import ClusterRule, Evaluation, GroupPlan, PlanArea

pytestmark = pytest.mark.django_db

RULE = {"by": "level", "method": "0.3", "most_groups": "2"}


def user(world: World, name: str) -> Client:
    client = Client()
    sign_in(client, world.users[name])
    return client


def page(client: Client, url: str) -> str:
    body = client.get(url).content.decode().partition("<main")[2]
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


@pytest.fixture
def area(world: World) -> PlanArea:
    with whole_installation():
        made: PlanArea = rounds(world)["planarea"]["kantelaar"]
        ClusterRule.objects.create(school=made.school, number=2, rule={"by": "goal", "most_groups": 4})
        PlanArea.objects.create(school=made.school, name="spelling", subjects=["spelling"])
    return made


def rule_for(area: PlanArea) -> tuple[str, int]:
    with whole_installation():
        found = selectors.rule_of_area(area.school, area)
    return found.by, found.most_groups


def test_an_area_has_its_own_rule_and_goes_back_to_the_one_for_all(world: World, area: PlanArea) -> None:
    client, here = user(world, "learning_coordinator"), f"/plannen/inrichten/{area.school_id}/vakgebied/{area.pk}/"
    with whole_installation():
        other = PlanArea.objects.get(school=area.school_id, name="spelling")
    before = page(client, here)

    client.post(f"{here}regel/", RULE)
    own = page(client, here)

    assert "Nu geldt de regel voor alle vakgebieden" in before
    assert "Dit vakgebied heeft een eigen regel" in own
    assert rule_for(area) == ("level", 2)
    assert rule_for(other) == ("goal", 4)
    client.post(f"{here}regel/", {"zoals": "alle"})
    assert rule_for(area) == ("goal", 4)
    assert "Nu geldt de regel voor alle vakgebieden" in page(client, here)
    with whole_installation():
        assert ClusterRule.objects.filter(area=area).count() == 2  # what was chosen stays on record


@pytest.mark.parametrize("wrong", [{"by": "iq"}, {"most_groups": "9"}, {"most_groups": "x"}])
def test_a_rule_that_cannot_be_is_refused(world: World, area: PlanArea, wrong: dict[str, str]) -> None:
    here = f"/plannen/inrichten/{area.school_id}/vakgebied/{area.pk}/"
    client = user(world, "learning_coordinator")

    client.post(f"{here}regel/", RULE | wrong)

    assert "1 tot en met 8 instructies" in page(client, here)
    assert rule_for(area) == ("goal", 4)


def _evaluations(run: CycleRun, today: date) -> GroupPlan:
    """A fixed plan looked back on once, with the other evaluation due now."""
    with whole_installation():
        plan = GroupPlan.objects.get(run=run)
        GroupPlan.objects.filter(pk=plan.pk).update(state=GroupPlan.State.FIXED)
        Evaluation.objects.filter(plan=plan).update(done_at=datetime(2027, 2, 1, 12, tzinfo=UTC))
        Evaluation.objects.create(school=plan.school, plan=plan, kind="final", due_on=today)
    return plan


def test_the_page_of_a_round_tells_which_evaluations_were_done_and_are_due(world: World, area: PlanArea) -> None:
    with whole_installation():
        run = CycleRun.objects.get(school=area.school_id)
    plan = _evaluations(run, date(2026, 9, 1))

    said = page(user(world, "care_director"), f"/rondes/{run.pk}/")

    assert "1 van de 1 plannen vastgesteld; 1 van de 2 evaluaties gedaan" in said
    assert re.search(r"tussenevaluatie rekenen , Uilen gedaan op 1 februari –", said)
    assert re.search(r"evaluatie rekenen , Uilen nog te doen was bedoeld voor 1 september Staf Duo, Staf Teacher", said)
    with whole_installation():
        Evaluation.objects.filter(plan=plan, done_at=None).update(due_on=date(2099, 1, 1))
    assert "nog te doen" not in page(user(world, "care_director"), f"/rondes/{run.pk}/")


def test_the_page_of_a_round_asks_as_many_questions_for_more_plans(world: World, area: PlanArea) -> None:
    with whole_installation():
        run = CycleRun.objects.get(school=area.school_id)
    _evaluations(run, date(2026, 9, 1))
    client = user(world, "care_director")

    def asked() -> int:
        client.get(f"/rondes/{run.pk}/")
        with CaptureQueriesContext(connection) as caught:
            assert client.get(f"/rondes/{run.pk}/").status_code == 200
        return len(caught)

    few = asked()
    with whole_installation():
        for number in range(4):
            more = PlanArea.objects.create(school=run.school, name=f"gebied {number}", subjects=["rekenen"])
            plan = GroupPlan.objects.create(
                school=run.school, run=run, area=more, group=world.groups["5"], starts=date(2027, 3, 15),
                ends=date(2027, 7, 9), state=GroupPlan.State.FIXED,
            )  # fmt: skip
            Evaluation.objects.create(school=run.school, plan=plan, kind="final", due_on=date(2026, 9, 1))

    assert asked() == few
