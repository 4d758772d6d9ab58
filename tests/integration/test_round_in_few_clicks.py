"""What takes many clicks can be done in one: on to the next step, plan or talk, all groups at once, all that was done;
and no plan is left that is nobody's to fix."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from pypdf import PdfReader
from tests.support.signed_in import sign_in
from tests.support.world import DAY, World

from leercirkel.apps.access.scope import whole_installation
from leercirkel.apps.access.sight import sight_of
from leercirkel.apps.cycle.models import Agreement, CycleRun, Finding, Minutes, RoundMeeting, StepDone
from leercirkel.apps.groupplan.actions import make_drafts
from leercirkel.apps.groupplan.models import GroupPlan
from leercirkel.apps.organisation.models import GroupTeacher


def user(world: World, name: str) -> Client:
    client = Client()
    sign_in(client, world.users[name])
    return client


def text(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode().partition("<main")[2]).split())


@pytest.fixture
def run(world: World) -> CycleRun:
    with whole_installation(), transaction.atomic():
        return CycleRun.objects.create(
            school=world.schools["kantelaar"], school_year=2026, moment="M", leader=world.staff["care_director"]
        )


@pytest.fixture
def drafts(world: World, run: CycleRun) -> list[GroupPlan]:
    with transaction.atomic():
        sight = sight_of(world.users["care_director"].pk, DAY)
        make_drafts(run=run, sight=sight, by=world.users["care_director"])
        return list(GroupPlan.objects.filter(run=run).select_related("group"))


def of(drafts: list[GroupPlan], group: str, world: World) -> list[GroupPlan]:
    return [plan for plan in drafts if plan.group_id == world.groups[group].pk]


def nobody_teaches(world: World, group: str) -> None:
    with whole_installation():
        GroupTeacher.objects.filter(group=world.groups[group]).delete()


def fix(client: Client, plan: GroupPlan, **more: str) -> Any:
    return client.post(f"/plannen/{plan.pk}/vaststellen/", {"revision": plan.revision, **more})


def test_who_writes_for_the_school_fixes_the_plans_that_no_teacher_can(world: World, drafts: list[GroupPlan]) -> None:
    writer = user(world, "care_director")
    before = text(writer.get("/plannen/vaststellen/"))
    nobody_teaches(world, "rekenen")

    page = text(writer.get("/plannen/vaststellen/"))

    assert "Alles is vastgesteld" in before
    assert f"rekenen, {world.groups['rekenen'].name}" in page
    assert f", {world.groups['5'].name} " not in page
    assert "plan vaststellen" in text(writer.get("/"))


def test_a_teacher_who_cannot_sign_in_leaves_the_plan_to_who_writes_for_the_school(
    world: World, drafts: list[GroupPlan]
) -> None:
    with whole_installation():
        world.users["teacher_rekenen"].is_active = False
        world.users["teacher_rekenen"].save()

    assert f"rekenen, {world.groups['rekenen'].name}" in text(user(world, "care_director").get("/plannen/vaststellen/"))


def test_such_a_plan_is_not_anothers(world: World, drafts: list[GroupPlan]) -> None:
    nobody_teaches(world, "rekenen")

    assert f"rekenen, {world.groups['rekenen'].name}" not in text(user(world, "teacher").get("/plannen/vaststellen/"))
    assert user(world, "teacher6").get(f"/plannen/{of(drafts, 'rekenen', world)[0].pk}/").status_code == 404


def test_the_round_says_that_who_leads_it_is_at_turn_for_a_plan_without_a_teacher(
    world: World, run: CycleRun, drafts: list[GroupPlan]
) -> None:
    nobody_teaches(world, "rekenen")

    rows = user(world, "care_director").get(f"/rondes/{run.pk}/").content.decode().partition("Per groep")[2]

    row = rows.partition(world.groups["rekenen"].name)[2].partition("</tbody>")[0]
    assert str(world.staff["care_director"]) in row


def test_fixing_a_plan_goes_on_to_the_next_draft_and_stops_at_the_last(world: World, drafts: list[GroupPlan]) -> None:
    teacher, mine = user(world, "teacher"), of(drafts, "5", world)
    addresses = {f"/plannen/{plan.pk}/" for plan in mine}

    for left, plan in enumerate(mine):
        answer = fix(teacher, plan, verder="ja")
        assert (answer["Location"] == f"/plannen/{plan.pk}/") == (left == len(mine) - 1)
        assert answer["Location"] in addresses

    with whole_installation():
        assert not GroupPlan.objects.filter(pk__in=[p.pk for p in mine], state="draft").exists()


def test_a_plan_that_changed_meanwhile_stays_before_who_wanted_to_go_on(world: World, drafts: list[GroupPlan]) -> None:
    plan = of(drafts, "5", world)[0]

    answer = user(world, "teacher").post(f"/plannen/{plan.pk}/vaststellen/", {"revision": 99, "verder": "ja"})

    assert answer["Location"] == f"/plannen/{plan.pk}/"


def test_a_step_is_done_and_the_next_one_opens(world: World, run: CycleRun) -> None:
    leader = user(world, "care_director")

    places = [
        leader.post(f"/rondes/{run.pk}/stap/", {"stap": step, "klaar": "ja", "verder": "ja"})["Location"]
        for step in ("goals", "results", "analysis", "explanations", "effect")
    ]

    at = f"/rondes/{run.pk}/"
    assert places == [f"{at}resultaten/", f"{at}bevindingen/", f"{at}verklaringen/", "/plannen/", at]
    with whole_installation():
        assert StepDone.objects.filter(run=run).count() == 5


@pytest.mark.parametrize("page", ["doelen", "resultaten", "bevindingen", "verklaringen"])
def test_only_who_leads_is_shown_the_way_on(world: World, run: CycleRun, page: str) -> None:
    assert "Klaar: verder met" in text(user(world, "care_director").get(f"/rondes/{run.pk}/{page}/"))
    assert "Klaar: verder met" not in text(user(world, "teacher").get(f"/rondes/{run.pk}/{page}/"))


def findings(run: CycleRun, world: World) -> None:
    with whole_installation():
        base: dict[str, Any] = {"school": run.school, "run": run, "level": "group", "talk": "group", "rank": 1}
        for group in ("5", "6"):
            Finding.objects.create(**base, key=group, group=world.groups[group], text=f"Over {group}.")
        Finding.objects.create(**base | {"talk": "school"}, key="school", text="Over de school.")
        Finding.objects.create(
            **base | {"level": "pupil", "talk": "pupil"}, key="pupil", group=world.groups["5"],
            pupil=world.pupils["noor"], text="Over een leerling.",
        )  # fmt: skip


def accepted(run: CycleRun) -> set[str]:
    with whole_installation():
        return set(Finding.objects.filter(run=run, state="accepted").values_list("key", flat=True))


def test_the_findings_of_all_group_talks_are_taken_over_at_once_and_no_others(world: World, run: CycleRun) -> None:
    findings(run, world)
    leader = user(world, "care_director")
    address = f"/rondes/{run.pk}/bevindingen/"

    page = text(leader.get(address, {"overleg": "group", "groep": "alle"}))
    answer = leader.post(f"{address}overnemen/?overleg=group&groep=alle")

    assert "Over 5." in page
    assert "Over 6." in page
    assert "De 2 die nog open staan overnemen" in page
    assert accepted(run) == {"5", "6"}
    assert answer["Location"] == f"{address}?overleg=group&groep=alle"


def test_a_teacher_takes_over_only_those_of_own_groups(world: World, run: CycleRun) -> None:
    findings(run, world)

    user(world, "teacher").post(f"/rondes/{run.pk}/bevindingen/overnemen/?overleg=group&groep=alle")

    assert accepted(run) == {"5"}


def test_findings_about_pupils_are_not_put_together(world: World, run: CycleRun) -> None:
    findings(run, world)

    page = text(
        user(world, "care_director").get(f"/rondes/{run.pk}/bevindingen/", {"overleg": "pupil", "groep": "alle"})
    )

    assert "Alle groepen" not in page
    assert "overnemen" not in page.lower().replace("overnemen : over een leerling.", "")


def test_all_talks_after_the_tests_are_prepared_at_once(world: World, run: CycleRun) -> None:
    leader = user(world, "care_director")
    address = f"/rondes/{run.pk}/overleg/"
    said = text(leader.get(address))

    for _ in range(2):  # a second time nothing comes of it
        leader.post(f"{address}klaarzetten/", {"soort": "alles"})

    with whole_installation():
        made = RoundMeeting.objects.filter(run=run)
        kinds = sorted(made.values_list("kind", flat=True))
    assert f"Alle {len(kinds)} overleggen na de toetsen klaarzetten" in said
    assert kinds == ["group", "group", "school", "team"]


def test_a_teacher_prepares_only_talks_of_own_groups(world: World, run: CycleRun) -> None:
    user(world, "teacher").post(f"/rondes/{run.pk}/overleg/klaarzetten/", {"soort": "alles"})

    with whole_installation():
        assert [(one.kind, one.group) for one in RoundMeeting.objects.filter(run=run)] == [("group", world.groups["5"])]


def test_a_decision_is_for_the_groups_teacher_in_six_weeks_unless_somebody_says_otherwise(
    world: World, run: CycleRun
) -> None:
    leader = user(world, "care_director")
    leader.post(f"/rondes/{run.pk}/overleg/klaarzetten/", {"soort": "alles"})
    with whole_installation():
        group, school = (RoundMeeting.objects.get(run=run, kind=kind, **more) for kind, more in (
            ("group", {"group": world.groups["5"]}), ("school", {})))  # fmt: skip

    pages = [leader.get(f"/rondes/{run.pk}/overleg/{talk.pk}/").content.decode() for talk in (group, school)]

    assert re.search(
        rf'value="{world.staff["duo"].pk}" selected|value="{world.staff["teacher"].pk}" selected', pages[0]
    )
    assert f'value="{world.staff["care_director"].pk}" selected' in pages[1]
    assert all(f'value="{date(2027, 4, 13).isoformat()}"' in page for page in pages)


def test_fixed_minutes_lead_to_the_next_talk_without_minutes(world: World, run: CycleRun) -> None:
    leader = user(world, "care_director")
    leader.post(f"/rondes/{run.pk}/overleg/klaarzetten/", {"soort": "alles"})
    with whole_installation():
        talks = [one.pk for one in RoundMeeting.objects.filter(run=run)]
    at = f"/rondes/{run.pk}/overleg/{talks[0]}/"

    seen = []
    for _ in talks:
        seen.append(at)
        at = leader.post(at, {"doe": "verslag:verder"})["Location"]

    assert sorted(seen) == sorted(f"/rondes/{run.pk}/overleg/{pk}/" for pk in talks)
    assert at == seen[-1]
    with whole_installation():
        assert Minutes.objects.filter(of__run=run).count() == len(talks)
    page = leader.get(f"/rondes/{run.pk}/overleg/").content.decode()
    assert all(f"/rondes/{run.pk}/overleg/{pk}/verslag/1/" in page for pk in talks)


def test_all_minutes_of_a_round_are_one_document_of_the_newest_a_page_each(world: World, run: CycleRun) -> None:
    leader, address = user(world, "care_director"), f"/rondes/{run.pk}/overleg/"
    leader.post(f"{address}klaarzetten/", {"soort": "alles"})
    with whole_installation():
        first, second = RoundMeeting.objects.filter(run=run, kind="group").order_by("group__name")
    none = leader.get(f"{address}verslagen/")
    for talk in (first, second):
        leader.post(f"{address}{talk.pk}/", {"doe": "verslag"})
    leader.post(f"{address}{first.pk}/", {"doe": "besluit", "wat": "Elke dag hardop lezen"})
    leader.post(f"{address}{first.pk}/", {"doe": "verslag"})

    answer = leader.get(f"{address}verslagen/")

    pages = [page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages]
    assert none["Location"] == address
    assert sorted("Elke dag hardop lezen" in page for page in pages) == [False, True]
    assert user(world, "teacher").get(f"{address}verslagen/").status_code == 403


def test_what_nobody_answered_was_done_with_one_click_and_answers_stay(world: World, run: CycleRun) -> None:
    with whole_installation():
        base = {"school": run.school, "school_year": 2025, "moment": "E", "group": world.groups["5"]}
        rows = [Agreement.objects.create(**base, text=f"Afspraak {n}", done=done)
                for n, done in (("een", ""), ("twee", "partly"), ("drie", ""))]  # fmt: skip
        talk = RoundMeeting.objects.create(school=run.school, run=run, kind="group", group=world.groups["5"])
    teacher, at = user(world, "teacher"), f"/rondes/{run.pk}/overleg/{talk.pk}/"
    offered = text(teacher.get(at))

    teacher.post(at, {"doe": "alles-gedaan"})

    with whole_installation():
        assert [Agreement.objects.get(pk=row.pk).done for row in rows] == ["done", "partly", "done"]
    assert "De 2 waarvan nog niets is gezegd, zijn gedaan" in offered
    assert "waarvan nog niets is gezegd" not in text(teacher.get(at))
