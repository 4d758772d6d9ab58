"""Step 4 of a round, and what was learned: who sees what, and what is never told of one teacher."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.support.people import make_group
from tests.support.rounds import rounds
from tests.support.signed_in import sign_in
from tests.support.world import World

from leercirkel.apps.access.scope import scope, whole_installation
from leercirkel.apps.audit.models import Event
from leercirkel.apps.cycle.models import (
    ChosenExplanation,
    CycleRun,
    Finding,
    Intervention,
    InterventionFinding,
    InterventionGroup,
    Judgement,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(world: World) -> CycleRun:
    with whole_installation():
        made: CycleRun = rounds(world)["cyclerun"]["kantelaar"]
        return made


def finding(run: CycleRun, world: World, key: str, named: str | None = None, /, **more: Any) -> Finding:
    about = {"level": "group", "talk": "group", "group": world.groups[named]} if named else {}
    plain = {"level": "school", "talk": "school", "state": "accepted", "text": f"{key}: zes van de 14."}
    with whole_installation():
        return Finding.objects.create(school=run.school, run=run, key=key, **(plain | about | more))


def page(client: Client, run: CycleRun) -> str:
    return client.get(f"/rondes/{run.pk}/verklaringen/").content.decode()


def test_a_teacher_explains_the_own_group_and_sees_neither_another_nor_the_school(
    run: CycleRun, world: World, client: Client
) -> None:
    own, other = finding(run, world, "Uilen", "5"), finding(run, world, "Spechten", "6")
    finding(run, world, "School")
    sign_in(client, world.users["teacher"])

    seen = page(client, run)
    sent = client.post(f"/rondes/{run.pk}/verklaringen/{own.pk}/", {"code": "weeks_short"})
    refused = client.post(f"/rondes/{run.pk}/verklaringen/{other.pk}/", {"code": "weeks_short"})

    assert "Uilen: zes" in seen
    assert "Spechten: zes" not in seen
    assert "School: zes" not in seen
    assert sent.status_code == 302
    assert refused.status_code == 404
    with scope(schools=[run.school_id]):
        assert [one.code for one in own.explanations.all()] == ["weeks_short"]
        assert not other.explanations.exists()


def test_only_features_of_pupils_brings_the_question_what_the_school_can_do(
    run: CycleRun, world: World, client: Client
) -> None:
    about = finding(run, world, "Uilen", "5")
    sign_in(client, world.users["trend_analyst"])
    path = f"/rondes/{run.pk}/verklaringen/{about.pk}/"

    client.post(path, {"code": "pupils_off_task"})
    asked = page(client, run)
    client.post(path, {"eigen": "De dag begon te laat."})
    answered = page(client, run)

    assert "Wat kunnen wij anders doen?" in asked
    assert "Wat kunnen wij anders doen?" not in answered


def test_the_list_of_causes_stands_open_only_where_a_cause_is_asked(
    run: CycleRun, world: World, client: Client
) -> None:
    low = finding(run, world, "Laag", "5", template="Z02")
    well = finding(run, world, "Goed", "5", template="Z01", good=True)
    to_come = finding(run, world, "Komt nog", "5", template="Z07")
    sign_in(client, world.users["trend_analyst"])

    seen = page(client, run)
    stands = client.get(f"/rondes/{run.pk}/").content.decode()

    opened = {one.pk: "<details open>" in seen.partition(f'id="b{one.pk}"')[2].partition("</section>")[0]
              for one in (low, well, to_come)}  # fmt: skip
    assert opened == {low.pk: True, well.pk: False, to_come.pk: False}
    with whole_installation():
        asked = Finding.objects.filter(run=run, state="accepted", good=False, gone=False).exclude(level="pupil")
        explained = asked.exclude(explanations=None).count()
        assert f"{explained} van de {asked.exclude(template='Z07').count()} bevindingen verklaard" in stands


def test_what_was_chosen_can_be_argued_and_taken_away_and_each_change_is_logged(
    run: CycleRun, world: World, client: Client
) -> None:
    about = finding(run, world, "School")
    sign_in(client, world.users["trend_analyst"])
    path = f"/rondes/{run.pk}/verklaringen/{about.pk}/"

    client.post(path, {"code": "timetable_short"})
    client.post(path, {"code": "timetable_short"})
    with scope(schools=[run.school_id]):
        (chosen,) = about.explanations.all()
    client.post(path, {"bij": chosen.pk, "voor": "Drie uur op het rooster.", "tegen": "Groep 6 heeft vier uur."})
    said = page(client, run)
    client.post(path, {"weg": chosen.pk})

    assert "Drie uur op het rooster." in said
    with whole_installation():
        assert not ChosenExplanation.objects.filter(finding=about).exists()
        kinds = Event.objects.filter(object_type="cycle.chosenexplanation", object_id=chosen.pk).order_by("id")
        assert list(kinds.values_list("kind", flat=True)) == ["created", "changed", "removed"]


@pytest.mark.parametrize("sent", [{"code": "nonsense"}, {"eigen": "  "}, {}])
def test_nothing_is_chosen_without_words(run: CycleRun, world: World, client: Client, sent: dict[str, str]) -> None:
    about = finding(run, world, "School")
    sign_in(client, world.users["head"])

    answer = client.post(f"/rondes/{run.pk}/verklaringen/{about.pk}/", sent, follow=True).content.decode()

    assert "Kies een verklaring, of schrijf er zelf een." in answer
    with whole_installation():
        assert not ChosenExplanation.objects.filter(finding=about).exists()


def test_a_round_that_is_closed_stays_as_it_was(run: CycleRun, world: World, client: Client) -> None:
    about = finding(run, world, "School")
    with whole_installation():
        CycleRun.objects.filter(pk=run.pk).update(closed_at="2027-03-01T10:00:00Z")
    sign_in(client, world.users["head"])

    answer = client.post(f"/rondes/{run.pk}/verklaringen/{about.pk}/", {"code": "weeks_short"}, follow=True)

    assert "Deze ronde is gesloten" in answer.content.decode()
    with whole_installation():
        assert not ChosenExplanation.objects.filter(finding=about).exists()


def earlier_round(run: CycleRun, world: World, like: str, codes: tuple[str, ...]) -> None:
    """The round before: a finding, what explained it, what was done and what came of it."""
    with whole_installation():
        before = CycleRun.objects.create(school=run.school, school_year=2025, moment="E", leader=run.leader)
        made = Intervention.objects.create(
            school=run.school, run=before, name="Elke dag automatiseren", start="2026-02-01", end="2026-05-01",
            subject="rekenen", kind="regrouping", weeks_planned=12, weeks_given=10,
        )  # fmt: skip
        InterventionGroup.objects.create(school=run.school, intervention=made, group=world.groups["past"])
        Judgement.objects.create(
            school=run.school,
            run=run,
            intervention=made,
            effect={"verdict": "more"},
            choice="continue",
            why="het werkt",
        )
        about = finding(before, world, "Merels", "past", like=like, subject="rekenen")
        InterventionFinding.objects.create(school=run.school, intervention=made, finding=about)
        for code in codes:
            ChosenExplanation.objects.create(school=run.school, finding=about, code=code)


def test_beside_a_finding_stands_what_was_chosen_done_and_seen_for_the_like_one(
    run: CycleRun, world: World, client: Client
) -> None:
    earlier_round(run, world, "Z02 rekenen", ("automation_short", "teacher_change"))
    finding(run, world, "Uilen", "5", like="Z02 rekenen")
    sign_in(client, world.users["trend_analyst"])

    seen = page(client, run)

    beside = seen[seen.index("Eerder bij") :]
    assert "te weinig tijd om te automatiseren" in beside
    assert "wisseling van leerkrachten" not in beside
    assert "Elke dag automatiseren (meer dan verwacht), 10 van de 12 weken" in beside


def test_the_ledger_is_searched_and_never_points_at_the_teacher_of_one_group(
    run: CycleRun, world: World, client: Client
) -> None:
    earlier_round(run, world, "Z02 rekenen", ("automation_short", "teacher_change"))
    sign_in(client, world.users["teacher6"])

    finding(run, world, "Nog niets mee gedaan", "6")

    everything = client.get("/geleerd/").content.decode()
    found = client.get("/geleerd/", {"zoek": "automatiseren merels"}).content.decode()
    nothing = client.get("/geleerd/", {"zoek": "zwemmen"}).content.decode()

    assert "Merels: zes van de 14." in everything
    assert "Nog niets mee gedaan" not in everything
    assert "wisseling van leerkrachten" not in everything
    assert "doorgaan: het werkt" in found
    assert "Niets gevonden" in nothing


def test_a_board_is_told_counts_over_five_groups_and_nothing_else(run: CycleRun, world: World, client: Client) -> None:
    earlier_round(run, world, "Z02 rekenen", ("weeks_short",))
    about = finding(run, world, "School", subject="rekenen")
    with whole_installation():
        ChosenExplanation.objects.create(school=run.school, finding=about, code="timetable_short")
    sign_in(client, world.users["board"])

    seen = client.get("/bestuur/geleerd/").content.decode()

    assert "te weinig effectieve weken" not in seen
    assert "te weinig tijd op het rooster" not in seen
    assert "Nog niets in vijf groepen of meer" in seen


def test_a_board_searches_in_what_it_is_told_only(run: CycleRun, world: World, client: Client) -> None:
    with whole_installation():
        for number in range(5):
            group = make_group(run.school, f"klas {number}")
            of_group = {"level": "group", "talk": "group", "group": group, "subject": "spelling"}
            about = finding(run, world, f"Klas {number}", **of_group)
            ChosenExplanation.objects.create(school=run.school, finding=about, code="weeks_short")
        few = finding(run, world, "Klas", "5", subject="spelling")
        ChosenExplanation.objects.create(school=run.school, finding=few, code="timetable_short")
    sign_in(client, world.users["board"])

    found = client.get("/bestuur/geleerd/", {"zoek": "Effectieve spelling"}).content.decode()
    told_nobody = client.get("/bestuur/geleerd/", {"zoek": "rooster"}).content.decode()

    assert "te weinig effectieve weken" in found
    assert "Niets gevonden" in told_nobody
    assert "tijd op het rooster" not in told_nobody


def test_more_findings_cost_no_more_queries(run: CycleRun, world: World, client: Client) -> None:
    sign_in(client, world.users["trend_analyst"])
    finding(run, world, "a", "5", like="Z02")
    finding(run, world, "b")
    page(client, run)
    with CaptureQueriesContext(connection) as few:
        page(client, run)
    for number in range(12):
        finding(run, world, f"c{number}", "6", like="Z02")
    with CaptureQueriesContext(connection) as many:
        page(client, run)

    assert len(many) == len(few)


def test_the_page_of_the_round_says_how_many_findings_are_explained(
    run: CycleRun, world: World, client: Client
) -> None:
    about = finding(run, world, "Uilen", "5")
    finding(run, world, "Spechten", "6")
    finding(run, world, "Goed nieuws", "6", good=True)
    with whole_installation():
        ChosenExplanation.objects.create(school=run.school, finding=about, code="weeks_short")
    sign_in(client, world.users["trend_analyst"])

    seen = client.get(f"/rondes/{run.pk}/").content.decode()

    assert "1 van de 2 bevindingen verklaard" in seen
    assert f"/rondes/{run.pk}/verklaringen/" in seen
