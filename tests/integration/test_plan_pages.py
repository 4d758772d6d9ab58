"""Pages of plans: who reads and writes, nobody writes over another, fixing and its versions, and what is logged."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader
from tests.support.signed_in import sign_in
from tests.support.world import DAY, YEAR, World

from leercirkel.apps.access.scope import whole_installation
from leercirkel.apps.access.sight import sight_of
from leercirkel.apps.assessment.models import ImportBatch, Result
from leercirkel.apps.assessment.used_by import uses_of
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.audit.models import Event
from leercirkel.apps.cycle.models import CycleRun
from leercirkel.apps.groupplan.actions import make_drafts
from leercirkel.apps.groupplan.models import Arrangement, GroupPlan, PlanArea, PlanGoal, PlanPupil, PlanVersion
from leercirkel.apps.organisation.models import Enrolment, Pupil


@pytest.fixture
def plan(world: World) -> GroupPlan:
    """The plan for spelling of group 5, of a round with drafts for everything."""
    with transaction.atomic():
        sight = sight_of(world.users["care_director"].pk, DAY)
        run = CycleRun.objects.create(
            school=world.schools["kantelaar"], school_year=2026, moment="M", leader=world.staff["care_director"]
        )
        make_drafts(run=run, sight=sight, by=world.users["care_director"])
        return GroupPlan.objects.get(run=run, area__name="spelling", group=world.groups["5"])


def user(world: World, name: str) -> Client:
    client = Client()
    sign_in(client, world.users[name])
    return client


def text(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def fresh(plan: GroupPlan) -> GroupPlan:
    with whole_installation():
        return GroupPlan.objects.get(pk=plan.pk)


def row_of(plan: GroupPlan, pupil: Pupil) -> PlanPupil:
    with whole_installation():
        return PlanPupil.objects.get(plan=plan, pupil=pupil)


def arrangement(name: str) -> Arrangement:
    with whole_installation():
        return Arrangement.objects.get(name=name)


def write(client: Client, plan: GroupPlan, words: str, base: str = "", **more: str) -> Any:
    return client.post(f"/plannen/{plan.pk}/tekst/approach/", {"text": words, "base": base}, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "status"),
    [("teacher", 200), ("duo", 200), ("care_director", 200), ("head", 200), ("trend_analyst", 200),
     ("teacher6", 404), ("teacher_rekenen", 404), ("learning_coordinator", 404), ("head_x", 404), ("board", 403)],
)  # fmt: skip
def test_a_plan_is_read_by_its_teachers_and_who_leads_the_round(
    world: World, plan: GroupPlan, name: str, status: int
) -> None:
    assert user(world, name).get(f"/plannen/{plan.pk}/").status_code == status


def test_who_only_reads_a_plan_cannot_change_it(world: World, plan: GroupPlan) -> None:
    head = user(world, "head")

    assert "Dit plan vaststellen" not in text(head.get(f"/plannen/{plan.pk}/"))
    assert write(head, plan, "Anders.").status_code == 403
    assert fresh(plan).texts == {}


def test_a_look_at_a_plan_is_logged_with_how_many_pupils(world: World, plan: GroupPlan) -> None:
    user(world, "teacher").get(f"/plannen/{plan.pk}/")

    with whole_installation():
        event = Event.objects.filter(kind=Kind.LIST_SEEN, purpose="plan", object_id=plan.pk).get()
    assert (event.count, event.actor) == (6, world.users["teacher"].pk)


def test_a_text_is_kept_and_says_who_was_last(world: World, plan: GroupPlan) -> None:
    write(user(world, "teacher"), plan, "Elke dag vijf minuten.")

    page = text(user(world, "duo").get(f"/plannen/{plan.pk}/"))
    assert "Elke dag vijf minuten." in page
    assert "Laatst gewijzigd door Teacher" in page


def test_two_people_at_one_text_get_both_texts_and_nothing_is_lost(world: World, plan: GroupPlan) -> None:
    write(user(world, "teacher"), plan, "Tekst van de een.")

    other = write(user(world, "duo"), plan, "Tekst van de ander.")

    assert "Teacher heeft “Aanpak in de les” intussen gewijzigd" in text(other)
    assert "Tekst van de een." in text(other)
    assert "Tekst van de ander." in text(other)
    assert fresh(plan).texts == {"approach": "Tekst van de een."}
    write(user(world, "duo"), plan, "Tekst van de ander.", base="Tekst van de een.")
    assert fresh(plan).texts == {"approach": "Tekst van de ander."}


def test_two_people_at_different_parts_do_not_disturb_each_other(world: World, plan: GroupPlan) -> None:
    write(user(world, "teacher"), plan, "Aanpak.")

    user(world, "duo").post(f"/plannen/{plan.pk}/tekst/time/", {"text": "Vier keer per week.", "base": ""})

    assert fresh(plan).texts == {"approach": "Aanpak.", "time": "Vier keer per week."}


def test_a_pupil_moves_with_a_reason_from_the_list(world: World, plan: GroupPlan) -> None:
    row, top = row_of(plan, world.pupils["milo"]), arrangement("verdiept")
    url = f"/plannen/{plan.pk}/leerling/{row.pk}/"

    user(world, "teacher").post(url, {"arrangement": top.pk, "reason": "daily_work", "was": row.arrangement_id})

    moved = row_of(plan, world.pupils["milo"])
    assert (moved.arrangement_id, moved.reason, moved.proposed_id) == (top.pk, "daily_work", row.proposed_id)


def test_who_saw_another_arrangement_moves_nobody(world: World, plan: GroupPlan) -> None:
    row, top, low = row_of(plan, world.pupils["milo"]), arrangement("verdiept"), arrangement("intensief")
    url = f"/plannen/{plan.pk}/leerling/{row.pk}/"
    user(world, "teacher").post(url, {"arrangement": top.pk, "was": row.arrangement_id})

    answer = user(world, "duo").post(url, {"arrangement": low.pk, "was": row.arrangement_id}, follow=True)

    assert "koos intussen “verdiept”" in text(answer)
    assert row_of(plan, world.pupils["milo"]).arrangement_id == top.pk


def test_when_most_changes_go_downward_the_page_says_so(world: World, plan: GroupPlan) -> None:
    client, low = user(world, "teacher"), arrangement("intensief")
    said = "De meeste wijzigingen gaan omlaag"
    for number, name in enumerate(("milo", "mila")):
        assert (said in text(client.get(f"/plannen/{plan.pk}/"))) is False, number
        row = row_of(plan, world.pupils[name])
        client.post(f"/plannen/{plan.pk}/leerling/{row.pk}/", {"arrangement": low.pk, "was": row.arrangement_id})

    assert said in text(client.get(f"/plannen/{plan.pk}/"))


def test_a_goal_in_words_is_made_from_two_answers(world: World, plan: GroupPlan) -> None:
    user(world, "teacher").post(
        f"/plannen/{plan.pk}/doel/",
        {"content": "woorden met ei en ij goed schrijven", "proof": "80% goed op het dictee"},
    )

    with whole_installation():
        goal = PlanGoal.objects.get(plan=plan, kind="mastery")
    assert goal.text == (
        "Eind juli kunnen deze leerlingen woorden met ei en ij goed schrijven. We zien dat aan 80% goed op het dictee."
    )


def test_a_fixed_version_stays_as_it_was_and_changing_makes_the_next(world: World, plan: GroupPlan) -> None:
    client = user(world, "teacher")
    write(client, plan, "Eerste tekst.")
    client.post(f"/plannen/{plan.pk}/vaststellen/", {"revision": fresh(plan).revision})
    refused = write(client, plan, "Stiekem anders.", base="Eerste tekst.")
    client.post(f"/plannen/{plan.pk}/wijzigen/")
    write(client, plan, "Tweede tekst.", base="Eerste tekst.")
    client.post(f"/plannen/{plan.pk}/vaststellen/", {"revision": fresh(plan).revision})

    with whole_installation():
        versions = list(PlanVersion.objects.filter(plan=plan).order_by("number"))
        pupils = versions[0].pupils.count()
    assert refused.status_code == 302
    assert [each.content["texts"]["approach"] for each in versions] == ["Eerste tekst.", "Tweede tekst."]
    assert pupils == 6
    assert "Eerste tekst." in text(client.get(f"/plannen/{plan.pk}/versies/1/"))


def test_what_may_be_a_name_is_saved_and_told_and_asked_about_before_a_plan_is_fixed(
    world: World, plan: GroupPlan
) -> None:
    name = world.pupils["milo"].first_name
    teacher, seen = user(world, "teacher"), fresh(plan).revision

    saved = teacher.post(
        f"/plannen/{plan.pk}/tekst/approach/", {"text": f"Met {name} beginnen.", "base": "", "revision": seen},
        headers={"HX-Request": "true"},
    )  # fmt: skip
    page = teacher.get(f"/plannen/{plan.pk}/")
    now = fresh(plan).revision
    asked = teacher.post(f"/plannen/{plan.pk}/vaststellen/", {"revision": now, "verder": "ja"})
    together = teacher.post("/plannen/vaststellen/", {"plan": plan.pk, f"revision-{plan.pk}": now})
    before = fresh(plan).state
    sent = dict(re.findall(r'name="(revision|verder)" value="([^"]+)"', asked.content.decode()))
    teacher.post(f"/plannen/{plan.pk}/vaststellen/", sent | {"namen": "ja"})

    told = f"staat misschien de naam van een leerling: {name}."
    assert "Bewaard om" in saved.content.decode()
    assert f"In ‘Aanpak in de les’ {told}" in saved.content.decode()
    assert f"In ‘Aanpak in de les’ {told}" in text(page)
    assert f"In ‘Aanpak in de les’ {told}" in text(asked)
    assert f"{plan.area.name}, {plan.group.name}: Aanpak in de les’ {told}" in text(together)
    assert f'value="{plan.pk}" checked' in together.content.decode()
    assert before == "draft"
    assert sent == {"revision": str(now), "verder": "ja"}
    assert fresh(plan).state == "fixed"
    with whole_installation():
        assert name not in str([event.__dict__ for event in Event.objects.all()])


def test_what_was_changed_after_the_last_look_is_not_fixed(world: World, plan: GroupPlan) -> None:
    seen = fresh(plan).revision
    write(user(world, "duo"), plan, "Nog iets.")

    answer = user(world, "teacher").post(f"/plannen/{plan.pk}/vaststellen/", {"revision": seen}, follow=True)

    assert "intussen gewijzigd" in text(answer)
    assert fresh(plan).state == "draft"


def test_all_plans_without_anything_special_are_fixed_with_one_click(world: World, plan: GroupPlan) -> None:
    client = user(world, "teacher")
    row, low = row_of(plan, world.pupils["milo"]), arrangement("intensief")
    client.post(f"/plannen/{plan.pk}/leerling/{row.pk}/", {"arrangement": low.pk, "was": row.arrangement_id})
    body = client.get("/plannen/vaststellen/").content.decode()
    ticked = re.findall(r'name="plan" value="(\d+)" checked', body)
    sent = dict(re.findall(r'name="(revision-\d+)" value="(\d+)"', body))

    client.post("/plannen/vaststellen/", {"plan": ticked, **sent})

    with whole_installation():
        fixed = set(GroupPlan.objects.filter(group=world.groups["5"], state="fixed").values_list("pk", flat=True))
    assert len(fixed) == 3
    assert plan.pk not in fixed


def test_a_plan_whose_term_is_over_stands_with_the_earlier_ones_also_when_none_followed(
    world: World, plan: GroupPlan
) -> None:
    with whole_installation():
        GroupPlan.objects.filter(run=plan.run).update(starts="2027-02-20")
        area = PlanArea.objects.create(school=plan.school, name="schrijven", subjects=["spelling"])
        common = {"school": plan.school, "area": area, "group": plan.group, "state": "fixed", "starts": "2026-08-01"}
        old = GroupPlan.objects.create(**common, ends="2027-03-01")
    client = user(world, "teacher")

    def earlier() -> bool:
        page = client.get("/plannen/").content.decode()
        return page.index(f'"/plannen/{old.pk}/"') > page.index("Eerdere plannen")

    assert earlier()
    with whole_installation():
        GroupPlan.objects.filter(pk=old.pk).update(ends="2027-03-02")
    assert "Eerdere plannen" not in client.get("/plannen/").content.decode()


def test_a_plan_that_is_in_force_is_no_earlier_one_because_the_next_draft_is_there(
    world: World, plan: GroupPlan
) -> None:
    with whole_installation():
        old = GroupPlan.objects.create(
            school=plan.school, area=plan.area, group=plan.group, state="fixed", starts="2026-08-01", ends="2027-03-02"
        )
    client = user(world, "teacher")

    page = client.get("/plannen/").content.decode()
    assert "Eerdere plannen" not in page
    assert page.index(f'"/plannen/{old.pk}/"') > page.index("Deze lopen nog") > page.index(f'"/plannen/{plan.pk}/"')
    with whole_installation():
        GroupPlan.objects.filter(pk=old.pk).update(ends="2027-03-01")
    page = client.get("/plannen/").content.decode()
    assert "Deze lopen nog" not in page
    assert "Eerdere plannen" in page


def test_drafts_that_go_along_with_their_pupils_are_not_asked_to_be_fixed(world: World, plan: GroupPlan) -> None:
    client = user(world, "teacher")
    assert "4 plannen nog vast te stellen" in text(client.get("/plannen/"))
    assert plan.run_id is not None
    with whole_installation():
        CycleRun.objects.filter(pk=plan.run_id).update(moment="E")

    page = text(client.get("/plannen/"))

    assert "nog vast te stellen" not in page
    assert "Mijn plannen vaststellen" not in page
    assert "Groep 8 neemt afscheid" in text(user(world, "care_director").get("/plannen/"))


def test_who_sees_no_plans_is_not_told_to_open_a_round_that_is_open(world: World, plan: GroupPlan) -> None:
    with whole_installation():
        GroupPlan.objects.filter(run=plan.run).delete()

    page = text(user(world, "care_director").get("/plannen/"))

    assert "Concepten maken of bijwerken" in page
    assert "Geen plannen te zien" in page
    assert "Open eerst een ronde" not in page


def test_the_start_page_says_how_many_plans_wait(world: World, plan: GroupPlan) -> None:
    assert "4 plannen vaststellen" in text(user(world, "teacher").get("/"))
    assert "plannen vaststellen" not in text(user(world, "head").get("/"))


def test_undoing_an_import_names_the_fixed_plans_that_rest_on_it(world: World, plan: GroupPlan) -> None:
    with whole_installation():
        batch = ImportBatch.objects.get(pk=Result.objects.filter(subject="spelling").first().batch_id)  # type: ignore[union-attr]
        before = [use for use in uses_of(batch) if "plan" in str(use.what)]
    user(world, "teacher").post(f"/plannen/{plan.pk}/vaststellen/", {"revision": fresh(plan).revision})

    with whole_installation():
        after = [str(use.what) for use in uses_of(batch)]
    assert before == []
    assert "vastgesteld plan spelling van Uilen" in after


def test_a_plan_on_paper_is_one_page_and_a_booklet_one_per_plan(world: World, plan: GroupPlan) -> None:
    import io

    client = user(world, "teacher")
    for section in ("content", "approach", "time", "organisation", "different"):
        client.post(f"/plannen/{plan.pk}/tekst/{section}/", {"text": "Een lange zin over het werk. " * 65, "base": ""})

    one = PdfReader(io.BytesIO(client.get(f"/plannen/{plan.pk}/afdrukken/").content))
    booklet = PdfReader(io.BytesIO(client.get("/plannen/boekje/").content))

    assert len(one.pages) == 1
    assert "Milo" in one.pages[0].extract_text()
    assert len(booklet.pages) == 4
    with whole_installation():
        printed = Event.objects.filter(kind=Kind.REPORT_MADE, object_type="groupplan.groupplan")
        assert printed.count() == 5
        assert printed.values("object_id").distinct().count() == 4


def test_who_have_the_same_first_name_are_told_apart_on_the_page_and_on_paper(world: World, plan: GroupPlan) -> None:
    import io

    client = user(world, "teacher")
    with whole_installation():
        usual, high = Arrangement.objects.get(usual=True), arrangement("verdiept")
        for number, (prefix, surname) in enumerate((("", "Molenhorst"), ("van der", "Berg"))):
            pupil = Pupil.objects.create(
                school=plan.school, first_name="Nikki", prefix=prefix, surname=surname, sort_key=f"n{number}"
            )
            Enrolment.objects.create(school=plan.school, pupil=pupil, group=world.groups["5"], during=YEAR)
            PlanPupil.objects.create(
                school=plan.school, plan=plan, pupil=pupil, arrangement=usual, proposed=usual, basis={"was": high.pk}
            )
        before = GroupPlan.objects.create(
            school=plan.school, run=plan.run, area=plan.area, group=plan.group, starts="2026-08-01", ends="2027-03-14"
        )
        GroupPlan.objects.filter(pk=plan.pk).update(before=before)

    page = text(client.get(f"/plannen/{plan.pk}/"))
    paper = PdfReader(io.BytesIO(client.get(f"/plannen/{plan.pk}/afdrukken/").content)).pages[0].extract_text()

    assert "Nikki van der Berg (van verdiept naar basis)" in page
    assert "Nikki M." in paper
    assert "Nikki B." in paper
    assert "Milo" in paper
    assert paper.strip().startswith("Groepsplan spelling")


def test_the_days_of_evaluation_stand_on_the_page_and_on_paper(world: World, plan: GroupPlan) -> None:
    import io

    client = user(world, "teacher")
    client.post(f"/plannen/{plan.pk}/vaststellen/", {"revision": fresh(plan).revision})

    page = text(client.get(f"/plannen/{plan.pk}/"))
    paper = PdfReader(io.BytesIO(client.get(f"/plannen/{plan.pk}/afdrukken/").content)).pages[0].extract_text()

    assert re.search(r"Tussenevaluatie op \d+ \w+ 2027, evaluatie op \d+ \w+ 2027\.", page)
    assert re.search(r"Evaluatie\s+tussenevaluatie op \d+ \w+ 2027, evaluatie op", " ".join(paper.split()))


def test_a_page_takes_as_many_queries_with_more_pupils(world: World, plan: GroupPlan) -> None:
    client = user(world, "teacher")
    urls = (f"/plannen/{plan.pk}/", "/plannen/", "/plannen/vaststellen/", f"/plannen/{plan.pk}/afdrukken/")

    def counts() -> list[int]:
        found = []
        for url in urls:
            client.get(url)
            with CaptureQueriesContext(connection) as asked:
                client.get(url)
            found.append(len(asked))
        return found

    few = counts()
    with whole_installation():
        usual = Arrangement.objects.get(usual=True)
        for number in range(25):
            pupil = Pupil.objects.create(
                school=plan.school, first_name=f"Kind {number}", surname="Veel", sort_key="veel"
            )
            Enrolment.objects.create(school=plan.school, pupil=pupil, group=world.groups["5"], during=YEAR)
            PlanPupil.objects.create(school=plan.school, plan=plan, pupil=pupil, arrangement=usual, proposed=usual)

    assert counts() == few


def test_a_school_sets_up_in_its_own_words(world: World) -> None:
    client = user(world, "trend_analyst")
    school = world.schools["kantelaar"]
    url = f"/plannen/inrichten/{school.pk}/"

    assert "begrijpend lezen en taal" in text(client.get(url))
    client.post(f"{url}voorstel/")
    route = arrangement("verdiept")
    client.post(f"{url}arrangement/{route.pk}/", {"name": "vliegroute"})
    client.post(
        f"{url}vakgebied/0/", {"name": "taal", "subjects": ["taalverzorging"], "form": "block", "block_weeks": "6"}
    )
    client.post(f"{url}regel/", {"by": "level", "method": "", "most_groups": "2"})

    page = text(client.get(url))
    assert "vliegroute" in page
    assert "blokvoorbereiding, 6 weken" in page
    assert 'value="level" selected' in client.get(url).content.decode()


def test_a_block_is_followed_by_the_next_with_the_same_pupils(world: World, plan: GroupPlan) -> None:
    with whole_installation():
        GroupPlan.objects.filter(pk=plan.pk).update(kind="block", ends="2027-04-30")
    client = user(world, "teacher")
    too_early = client.post(f"/plannen/{plan.pk}/volgend-blok/", follow=True)
    client.post(f"/plannen/{plan.pk}/vaststellen/", {"revision": fresh(plan).revision})

    client.post(f"/plannen/{plan.pk}/volgend-blok/")
    client.post(f"/plannen/{plan.pk}/volgend-blok/")

    with whole_installation():
        made = GroupPlan.objects.get(before=plan)
        pupils = made.pupils.count()
    assert "Stel eerst dit blok vast" in text(too_early)
    assert (made.starts.isoformat(), made.ends.isoformat(), pupils) == ("2027-05-01", "2027-06-18", 6)
