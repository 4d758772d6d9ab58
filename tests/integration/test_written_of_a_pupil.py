"""Everything written of one pupil on one page: what stands in it, who opens it, and nothing of another child."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from psycopg.types.range import DateRange
from pypdf import PdfReader
from tests.support.people import make_pupil
from tests.support.signed_in import sign_in
from tests.support.world import World

from leercirkel.apps.access.scope import whole_installation
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.audit.models import Event
from leercirkel.apps.groupplan.models import (
    Arrangement,
    DayNote,
    Evaluation,
    GroupPlan,
    PlanArea,
    PlanPupil,
    PlanVersion,
    PlanVersionPupil,
    PupilPhrase,
)

SPRING = {"starts": date(2027, 3, 15), "ends": date(2027, 7, 9)}
NAMES = ("daan", "mila", "milo", "new", "secret")


def goal(pk: int, arrangement: str, of: int, **more: Any) -> dict[str, Any]:
    return {
        "id": pk, "kind": "test", "arrangement": arrangement, "text": "", "subject": "rekenen", "quantity": "score",
        "tier": "", "threshold": "110", "now_reached": 2, "to_reach": 4, "of": of, "on": "2027-07-09",
    } | more  # fmt: skip


@pytest.fixture
def written(world: World) -> World:
    """Noor: needs that hold and held, a note, a fixed plan with its evaluation, a draft."""
    school, noor = world.schools["kantelaar"], world.pupils["noor"]
    of = {"school": school, "pupil": noor}
    with whole_installation(), transaction.atomic():
        area = PlanArea.objects.create(school=school, name="rekenen", subjects=["rekenen"])
        base = Arrangement.objects.create(school=school, name="basis", position=1, usual=True)
        PupilPhrase.objects.create(**of, kind="need", text="stappenkaart", during=DateRange(date(2026, 9, 1), None))
        PupilPhrase.objects.create(
            **of,
            kind="helping",
            text="werkt graag met Daan",
            area=area,
            during=DateRange(date(2025, 9, 1), date(2026, 9, 1)),
        )
        DayNote.objects.create(
            **of, group=world.groups["5"], on=date(2027, 2, 1), text="ruzie met Mila Castelein",
            destroy_on=date(2027, 10, 1),
        )  # fmt: skip
        plan = GroupPlan.objects.create(school=school, area=area, group=world.groups["5"], state="fixed", **SPRING)
        goals = [
            goal(1, "", 6),
            goal(2, "basis", 2),
            goal(3, "verdiept", 4, threshold="120"),
            goal(4, "basis", 0, kind="mastery", text="Eind juli kunnen deze leerlingen tellen."),
            goal(5, "", 0, kind="mastery", text="Daan krijgt een rustige plek."),
        ]
        content = {"area": "rekenen", "group": "Groep 5", "goals": goals}
        version = PlanVersion.objects.create(school=school, plan=plan, number=1, content=content)
        placed = {name: "basis" if name == "daan" else "verdiept" for name in NAMES} | {"noor": "basis"}
        for name, arrangement in placed.items():
            PlanVersionPupil.objects.create(
                school=school, version=version, pupil=world.pupils[name],
                content={"arrangement": arrangement, "phrases": [["need", "stappenkaart"]] if name == "noor" else []},
            )  # fmt: skip
        met = [
            {"goal": n, "text": "", "reached": 3, "counted": 6, "met": n != 2, "said": False} for n in (1, 2, 3, 4, 5)
        ]
        Evaluation.objects.create(
            school=school, plan=plan, kind="final", due_on=date(2027, 6, 21), computed={"goals": met},
            text="Noor hielp Daan goed. Mila mocht naar verdiept.", done_at=version.fixed_at,
        )  # fmt: skip
        draft = GroupPlan.objects.create(
            school=school, area=area, group=world.groups["6"], starts=date(2027, 8, 1), ends=date(2028, 3, 14)
        )
        PlanPupil.objects.create(school=school, plan=draft, pupil=noor, arrangement=base)
    return world


def get(world: World, user: str, pupil: str = "noor", paper: bool = False) -> Any:
    client = Client()
    sign_in(client, world.users[user])
    return client.get(f"/leerlingen/{world.pupils[pupil].pk}/opgeschreven/{'afdrukken/' if paper else ''}")


def text(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def pdf(answer: Any) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages).split())


def test_it_has_what_holds_what_held_notes_with_their_end_plans_and_evaluations(written: World) -> None:
    told = text(get(written, "care_director"))

    for part in (
        "Wat nodig is stappenkaart",
        f"Plannen in concept rekenen ({written.groups['6'].name}): basis",
        "gold tot en met 31 augustus 2026",
        "wordt vernietigd op 1 oktober 2027",
        "Plan rekenen (Groep 5), versie 1 Arrangement: basis.",
        "In het plan stond: stappenkaart.",
        "Evaluatie rekenen Arrangement: basis.",
        "Arrangement: hoeveel uitleg een leerling krijgt.",
        "Ouders met gezag mogen vragen om het te lezen",
        "Wie heeft gekeken?",
    ):
        assert part in told, (part, told)


def test_the_newest_school_year_comes_first(written: World) -> None:
    told = text(get(written, "care_director"))

    assert told.index("Schooljaar 2026-2027") < told.index("Schooljaar 2025-2026")


@pytest.mark.parametrize("paper", [False, True])
def test_no_name_of_another_child_is_told(written: World, paper: bool) -> None:
    answer = get(written, "care_director", paper=paper)
    told = pdf(answer) if paper else text(answer)

    assert "werkt graag met [een ander kind]" in told
    assert "ruzie met [een ander kind]" in told
    assert "Noor hielp [een ander kind] goed." in told
    for name in ("Daan", "Mila", "Castelein", "mocht naar verdiept", "rustige plek"):
        assert name not in told
    assert "120" not in told, "a goal of another arrangement is not told"


@pytest.mark.parametrize("paper", [False, True])
def test_a_number_of_few_children_and_how_it_came_out_is_not_told(written: World, paper: bool) -> None:
    """Of everyone (six) the number, of the two of an arrangement only what is worked towards."""
    answer = get(written, "care_director", paper=paper)
    told = pdf(answer) if paper else text(answer)

    assert "4 van de 6 leerlingen" in told
    assert "van de 2" not in told
    assert "iet gehaald" not in told, "two pupils: it would tell of the other"
    assert "Doel voor eind 2026-2027: vaardigheidsscore 110 of hoger voor rekenen." in told
    assert told.count("De hele groep: gehaald.") == told.lower().count("gehaald.") == 1, "of everyone, six"
    assert "Leerlingen van basis: met zo weinig leerlingen noemen we geen uitkomst." in told
    assert "Doel: Doel" not in told


@pytest.mark.parametrize(
    ("user", "status"),
    [
        ("teacher", 200), ("duo", 200), ("head", 200), ("care_director", 200),
        ("teacher6", 404), ("teacher_x", 404), ("social_worker", 404),
        ("teacher_rekenen", 403), ("trend_analyst", 403), ("board", 403), ("guardian", 403),
    ],
)  # fmt: skip
def test_who_sees_all_needs_and_notes_of_the_group_opens_it(written: World, user: str, status: int) -> None:
    assert get(written, user).status_code == status


def test_who_sees_a_file_for_a_case_has_no_such_page_and_no_tab(written: World) -> None:
    assert get(written, "social_worker", "yassin").status_code == 404
    client = Client()
    sign_in(client, written.users["social_worker"])
    assert "Wat we opschreven" not in client.get(f"/leerlingen/{written.pupils['yassin'].pk}/").content.decode()


def test_a_look_and_taking_it_out_are_written_down(written: World) -> None:
    get(written, "care_director")
    get(written, "care_director", paper=True)

    with whole_installation():
        rows = Event.objects.filter(purpose="written", pupil=written.pupils["noor"].pk).order_by("id")
        assert [row.kind for row in rows] == [Kind.PUPIL_SEEN, Kind.EXPORTED]
        assert rows[1].count == 1


def test_the_pupil_page_and_the_overview_of_the_group_lead_to_it(written: World) -> None:
    client = Client()
    sign_in(client, written.users["care_director"])
    noor, group = written.pupils["noor"].pk, written.groups["5"].pk

    for address in (f"/leerlingen/{noor}/", f"/groepen/{group}/overzicht/?open={noor}"):
        assert f"/leerlingen/{noor}/opgeschreven/" in client.get(address).content.decode(), address


def test_of_a_pupil_without_anything_it_says_where_to_write(written: World) -> None:
    told = text(get(written, "care_director", "yassin"))

    assert "Nog niets opgeschreven" in told
    assert "Voor ouders (PDF)" not in told


def test_more_classmates_ask_no_more_queries(written: World) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert get(written, "care_director").status_code == 200
        return len(asked)

    get(written, "care_director")
    before = count()
    with whole_installation():
        for number in range(6):
            make_pupil(written.schools["kantelaar"], f"Kind{number}", "Zonder", "", group=written.groups["5"])
    assert count() == before
