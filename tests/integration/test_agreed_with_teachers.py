"""Agreements with teachers are personnel data: each kind has its own readers, and others learn nothing."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.support.rounds import rounds
from tests.support.signed_in import sign_in
from tests.support.world import World

from leercirkel.apps import clock
from leercirkel.apps.access.scope import whole_installation
from leercirkel.apps.audit.models import Event
from leercirkel.apps.cycle.models import CycleRun, HelpQuestion, LessonVisit, Support

pytestmark = pytest.mark.django_db

READERS = {
    "coaching": {"teacher", "learning_coordinator"},
    "appraisal": {"teacher", "head"},
    "team": {"teacher", "learning_coordinator", "duo", "trend_analyst", "care_director", "head"},
}
EVERYONE = ("teacher", "duo", "teacher6", "learning_coordinator", "trend_analyst", "care_director", "head")
OTHERS = (
    "board",
    "subject_team",
    "head_x",
    "teacher_b",
    "social_worker",
    "guardian",
    "privacy_officer",
    "administrator",
)


@pytest.fixture
def run(world: World) -> CycleRun:
    with whole_installation():
        made: CycleRun = rounds(world)["cyclerun"]["kantelaar"]
        Support.objects.all().delete()
        HelpQuestion.objects.all().delete()
        CycleRun.objects.filter(pk=made.pk).update(leader=world.staff["learning_coordinator"])
        return made


def agree(client: Client, run: CycleRun, world: World, who: str, kind: str, **more: Any) -> Any:
    sign_in(client, world.users[who])
    sent = {"met": world.staff["teacher"].pk, "vormen": ["visit"], "doel": "GEHEIM doel", "soort": kind} | more
    return client.post(f"/rondes/{run.pk}/afspraken/maken/", sent)


def read(client: Client, run: CycleRun, world: World, who: str) -> str:
    sign_in(client, world.users[who])
    answer = client.get(f"/rondes/{run.pk}/afspraken/")
    return answer.content.decode() if answer.status_code == 200 else ""


@pytest.mark.parametrize("kind", READERS)
def test_each_kind_is_read_by_its_own_readers_and_nobody_else(
    run: CycleRun, world: World, client: Client, kind: str
) -> None:
    maker = "head" if kind == "appraisal" else "learning_coordinator"
    made = agree(client, run, world, maker, kind, groep=world.groups["5"].pk)
    with whole_installation():
        (row,) = Support.objects.all()

    readers = {who for who in (*EVERYONE, *OTHERS) if "GEHEIM doel" in read(client, run, world, who)}
    sign_in(client, world.users["duo"])
    other = client.post(f"/rondes/{run.pk}/afspraken/{row.pk}/", {"gedaan": "done"}).status_code

    assert made.status_code == 302
    assert readers == READERS[kind]
    assert other == 404
    assert (row.group_id is None) == (kind != "team")
    with whole_installation():
        (event,) = Event.objects.filter(object_type="cycle.support", object_id=row.pk)
        assert "GEHEIM" not in str(event.__dict__)


def test_the_head_learns_that_coaching_exists_and_not_what(run: CycleRun, world: World, client: Client) -> None:
    agree(client, run, world, "learning_coordinator", "coaching")

    head, analyst = read(client, run, world, "head"), read(client, run, world, "trend_analyst")

    assert "Er is 1 keer begeleiding afgesproken" in head
    assert "bij een collega kijken" not in head
    assert "keer begeleiding afgesproken" not in analyst


def test_only_the_head_writes_an_appraisal(run: CycleRun, world: World, client: Client) -> None:
    for who in ("learning_coordinator", "trend_analyst", "teacher6"):
        assert agree(client, run, world, who, "appraisal").status_code == 200, who
    with whole_installation():
        assert not Support.objects.exists()


def test_a_question_is_read_by_the_teacher_and_the_person_who_leads_the_round(
    run: CycleRun, world: World, client: Client
) -> None:
    sign_in(client, world.users["teacher"])
    client.post(f"/rondes/{run.pk}/afspraken/", {"vraag": "GEHEIM vraag"})

    readers = {who for who in (*EVERYONE, *OTHERS) if "GEHEIM vraag" in read(client, run, world, who)}

    assert readers == {"teacher", "learning_coordinator"}
    with whole_installation():
        (event,) = Event.objects.filter(object_type="cycle.helpquestion")
        assert "GEHEIM" not in str(event.__dict__)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ({"tot": "2020-01-01"}, "Deze dag ligt voor het begin van de ronde."),
        ({"tot": "2027-05-01", "eerste": "2027-05-02"}, "Het eerste gesprek ligt na de laatste dag."),
    ],
)
def test_the_days_of_an_agreement_come_in_order(
    run: CycleRun, world: World, client: Client, days: dict[str, str], said: str
) -> None:
    answer = agree(client, run, world, "learning_coordinator", "coaching", **{"eerste": ""} | days)

    assert said in answer.content.decode()
    with whole_installation():
        assert not Support.objects.exists()


def test_the_two_say_whether_it_was_done(run: CycleRun, world: World, client: Client) -> None:
    agree(client, run, world, "learning_coordinator", "coaching")
    with whole_installation():
        (row,) = Support.objects.all()
    sign_in(client, world.users["teacher"])

    client.post(f"/rondes/{run.pk}/afspraken/{row.pk}/", {"gedaan": "partly"})

    with whole_installation():
        row.refresh_from_db()
        assert row.done == "partly"


def test_what_was_agreed_is_changed_by_who_wrote_it_down_and_the_log_has_no_words(
    run: CycleRun, world: World, client: Client
) -> None:
    agree(client, run, world, "learning_coordinator", "coaching")
    with whole_installation():
        (row,) = Support.objects.all()
    path, sent = f"/rondes/{run.pk}/afspraken/{row.pk}/wijzigen/", {"vormen": ["co_teaching"], "doel": "GEHEIM anders"}

    refused = {}
    for who in ("teacher", "duo", "head", "trend_analyst", "head_x"):
        sign_in(client, world.users[who])
        refused[who] = client.post(path, sent).status_code
    sign_in(client, world.users["learning_coordinator"])
    empty = client.post(path, {"vormen": [], "eigen": " "}).content.decode()
    own = client.post(path, sent).status_code

    assert set(refused.values()) == {404}
    assert "Kies een vorm van steun" in empty
    assert own == 302
    with whole_installation():
        row.refresh_from_db()
        assert (row.forms, row.goal, row.kind) == (["co_teaching"], "GEHEIM anders", "coaching")
        event = Event.objects.get(object_type="cycle.support", object_id=row.pk, kind="changed")
        assert event.purpose == "forms, goal"
        assert "GEHEIM" not in str(event.__dict__)


def version(answer: Any) -> str:
    found = re.search(r'name="gezien" value="([^"]+)"', answer.content.decode())
    assert found is not None
    return found[1]


def test_two_who_change_an_agreement_see_both_texts_and_lose_nothing(
    run: CycleRun, world: World, client: Client
) -> None:
    agree(client, run, world, "learning_coordinator", "team", groep=world.groups["5"].pk)
    with whole_installation():
        (row,) = Support.objects.all()
    path = f"/rondes/{run.pk}/afspraken/{row.pk}/wijzigen/"
    begun = version(client.get(path))
    sign_in(client, world.users["care_director"])
    client.post(path, {"vormen": ["visit"], "doel": "Van de een.", "tot": "2027-06-01", "gezien": begun})
    sign_in(client, world.users["learning_coordinator"])
    mine = {"vormen": ["visit"], "doel": "Van de ander.", "gezien": begun}

    fault = client.post(path, mine | {"vormen": []})
    told = client.post(path, mine | {"gezien": version(fault)})
    with whole_installation():
        row.refresh_from_db()
        kept = row.goal
    said = plain(told.content.decode())
    saved = client.post(path, mine | {"gezien": version(told)})
    again = client.post(path, mine)

    assert kept == "Van de een."
    assert "Iemand anders schreef hier ook" in said
    assert "Nu Van de een. Van jou Van de ander." in said
    assert "Nu 1 juni 2027 Van jou –" in said
    assert 'value="Van de ander."' in told.content.decode()
    assert (saved.status_code, again.status_code) == (302, 302)  # what is already so is no conflict
    with whole_installation():
        row.refresh_from_db()
        assert (row.goal, row.until) == ("Van de ander.", None)


def test_the_step_of_a_round_counts_what_the_user_reads_and_tells_no_more(
    run: CycleRun, world: World, client: Client
) -> None:
    def step(who: str) -> str:
        sign_in(client, world.users[who])
        page = plain(client.get(f"/rondes/{run.pk}/").content.decode())
        return page[page.index("Afspraken met") :].partition("Volgen")[0].partition("Klaar")[0]

    before = {who: step(who) for who in EVERYONE}
    agree(client, run, world, "learning_coordinator", "coaching")
    agree(client, run, world, "head", "appraisal")

    after = {who: step(who) for who in EVERYONE}

    assert all("niets dat jij leest" in said for said in before.values())
    assert "bezig 2 afspraken" in after["teacher"]
    assert "bezig 2 afspraken" in after["head"]  # of coaching only that it is there
    assert "bezig 1 afspraak" in after["learning_coordinator"]
    for who in ("duo", "teacher6", "trend_analyst", "care_director"):
        assert after[who] == before[who], who


def test_of_a_closed_round_nothing_agreed_is_changed(run: CycleRun, world: World, client: Client) -> None:
    agree(client, run, world, "learning_coordinator", "coaching")
    with whole_installation():
        (row,) = Support.objects.all()
        CycleRun.objects.filter(pk=run.pk).update(closed_at="2027-03-01T10:00:00Z")

    said = client.post(f"/rondes/{run.pk}/afspraken/{row.pk}/wijzigen/", {"vormen": ["visit"], "doel": "x"})

    assert "Deze ronde is afgerond" in said.content.decode()
    with whole_installation():
        row.refresh_from_db()
        assert row.goal == "GEHEIM doel"


def test_visits_stand_beside_the_points_for_who_reads_the_agreement_only(
    run: CycleRun, world: World, client: Client
) -> None:
    agree(client, run, world, "learning_coordinator", "coaching", punten=["goals", "feedback"])
    with whole_installation():
        (row,) = Support.objects.all()
    path = f"/rondes/{run.pk}/afspraken/{row.pk}/bezoek/"
    for on, seen in (("2027-02-01", ["goals"]), ("2027-02-08", ["goals"]), ("2027-02-15", [])):
        client.post(path, {"op": on, "gezien": seen, "notitie": "GEHEIM bezoek"})

    seen_by = {who: read(client, run, world, who) for who in ("teacher", "learning_coordinator", "head", "duo")}
    refused = {}
    for who in ("duo", "head", "trend_analyst", "head_x"):
        sign_in(client, world.users[who])
        refused[who] = client.post(path, {"op": "2027-02-01", "notitie": "x"}).status_code

    assert {who for who, page in seen_by.items() if "GEHEIM bezoek" in page} == {"teacher", "learning_coordinator"}
    assert "gezien in 2 van de 3 bezoeken" in seen_by["teacher"]
    assert "gezien in 0 van de 3 bezoeken" in seen_by["teacher"]
    assert set(refused.values()) == {404}
    with whole_installation():
        events = Event.objects.filter(object_type="cycle.lessonvisit")
        assert len(events) == 3
        assert "GEHEIM" not in str([event.__dict__ for event in events])
        assert "goals" not in str([event.__dict__ for event in events])


def test_a_visit_is_written_down_afterwards_and_says_something(run: CycleRun, world: World, client: Client) -> None:
    agree(client, run, world, "learning_coordinator", "coaching", punten=["goals"])
    with whole_installation():
        (row,) = Support.objects.all()
    path = f"/rondes/{run.pk}/afspraken/{row.pk}/bezoek/"

    future = client.post(path, {"op": "2099-01-01", "gezien": ["goals"]}).content.decode()
    empty = client.post(path, {"op": "2027-02-01"}).content.decode()
    other = client.post(path, {"op": "2027-02-01", "gezien": ["corrects"]}).status_code

    assert "kies een dag tot en met vandaag" in future
    assert "Kruis aan wat je zag" in empty
    assert other == 200
    with whole_installation():
        assert not row.visits.exists()


def plain(body: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", body.partition("<main")[2]).split())


def test_an_agreement_starts_from_the_teachers_own_question_and_asks_three_things(
    run: CycleRun, world: World, client: Client
) -> None:
    teacher = world.staff["teacher"]
    with whole_installation():
        HelpQuestion.objects.create(school=run.school, run=run, staff=teacher, text="Hoe houd ik iedereen erbij?")
    sign_in(client, world.users["learning_coordinator"])

    answer = client.get(f"/rondes/{run.pk}/afspraken/maken/?met={teacher.pk}")
    body = answer.content.decode()
    asked, _, rest = body.partition('<details class="more">')
    sent = {**answer.context["form"].initial, "vormen": ["visit"]}
    made = client.post(f"/rondes/{run.pk}/afspraken/maken/", sent)

    assert "Vraag van Teacher Hoe houd ik iedereen erbij?" in plain(asked).replace(str(teacher), "Teacher")
    assert [name for name in ("vormen", "eigen", "doel", "tot", "met", "soort") if f'name="{name}"' in asked] == [
        "vormen", "eigen", "doel", "tot",
    ]  # fmt: skip
    assert f'<option value="{teacher.pk}" selected>' in rest
    assert made.status_code == 302
    with whole_installation():
        (row,) = Support.objects.all()
        assert (row.kind, row.staff_id, row.forms) == ("coaching", teacher.pk, ["visit"])
        assert row.first_talk is not None
        assert row.first_talk.weekday() < 5


def test_without_a_question_it_is_asked_with_whom(run: CycleRun, world: World, client: Client) -> None:
    sign_in(client, world.users["learning_coordinator"])

    empty = client.get(f"/rondes/{run.pk}/afspraken/maken/").content.decode()
    fault = client.post(f"/rondes/{run.pk}/afspraken/maken/", {"vormen": ["visit"], "soort": "coaching"})

    assert '<details class="more" open>' in empty
    assert "Dit klopt nog niet" in fault.content.decode()
    assert '<details class="more" open>' in fault.content.decode()


def test_the_question_of_another_is_not_told_to_who_may_not_read_it(
    run: CycleRun, world: World, client: Client
) -> None:
    teacher = world.staff["teacher"]
    with whole_installation():
        HelpQuestion.objects.create(school=run.school, run=run, staff=teacher, text="GEHEIM vraag")
    for who in ("head", "trend_analyst", "teacher6"):
        sign_in(client, world.users[who])
        assert "GEHEIM" not in client.get(f"/rondes/{run.pk}/afspraken/maken/?met={teacher.pk}").content.decode(), who


def test_the_first_talk_stands_on_the_start_page_of_the_two_only(run: CycleRun, world: World, client: Client) -> None:
    agree(
        client, run, world, "learning_coordinator", "coaching", eerste=(clock.today() + timedelta(days=3)).isoformat()
    )

    told = {}
    for who in ("teacher", "learning_coordinator", "duo", "head", "teacher6"):
        sign_in(client, world.users[who])
        told[who] = "Gesprek met" in client.get("/").content.decode()

    assert {who for who, said in told.items() if said} == {"teacher", "learning_coordinator"}


def test_the_page_asks_as_many_questions_for_more_agreements(run: CycleRun, world: World, client: Client) -> None:
    def asked() -> int:
        client.get(f"/rondes/{run.pk}/afspraken/")
        with CaptureQueriesContext(connection) as caught:
            assert client.get(f"/rondes/{run.pk}/afspraken/").status_code == 200
        return len(caught)

    def add(number: int) -> None:
        for each in range(number):
            agree(client, run, world, "learning_coordinator", "coaching", eigen=f"vorm {each}", punten=["goals"])
            with whole_installation():
                row = Support.objects.latest("pk")
                LessonVisit.objects.create(school=run.school, support=row, on=date(2027, 2, 1), seen=["goals"])

    add(1)
    few = asked()
    add(5)

    assert asked() == few


def test_who_leads_the_round_sees_that_a_teacher_asked_and_nobody_else(
    run: CycleRun, world: World, client: Client
) -> None:
    with whole_installation():
        HelpQuestion.objects.create(
            school=run.school, run=run, staff=world.staff["teacher"], text="GEHEIM hoe houd ik iedereen erbij?"
        )
    told = {}
    for who in EVERYONE:
        sign_in(client, world.users[who])
        told[who] = client.get("/").content.decode()

    assert {who for who, page in told.items() if "1 leerkracht stelde een vraag" in page} == {"learning_coordinator"}
    assert not any("GEHEIM" in page for page in told.values())

    agree(client, run, world, "learning_coordinator", "coaching")
    sign_in(client, world.users["learning_coordinator"])
    assert "stelde een vraag" not in client.get("/").content.decode()
