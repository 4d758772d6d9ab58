"""The log as schools read it: filters, pages by id, a file without formulas, who saw a pupil, and no more than that."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.support import world as invented
from tests.support.postgres import Database
from tests.support.signed_in import sign_in
from tests.support.world import DAY, World

from leercirkel.apps.access.models import User
from leercirkel.apps.access.scope import scope, whole_installation
from leercirkel.apps.access.sight import sight_of
from leercirkel.apps.audit import log, presenters, selectors
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.audit.models import Event
from leercirkel.apps.audit.presenters import safe
from leercirkel.apps.organisation.models import RosterPlan


def as_user(world: World, name: str) -> Client:
    client = Client()
    sign_in(client, world.users[name])
    return client


def saw(world: World, who: str, pupil: str, kind: Kind = Kind.PUPIL_SEEN, **more: object) -> None:
    found = world.pupils[pupil]
    with whole_installation():
        log.record(kind, by=world.users[who], school=found.school_id, pupil=found.pk, about=found, **more)  # type: ignore[arg-type]


def path(world: World, school: str = "kantelaar", question: str = "") -> str:
    return f"/logboek/{world.schools[school].pk}/{question}"


@pytest.fixture
def head(world: World) -> Client:
    return as_user(world, "head")


def test_it_says_who_did_what_to_whose_file_and_from_where(head: Client, world: World) -> None:
    token = log.source.set(log.Source("192.0.2.7", "Firefox"))
    saw(world, "teacher", "noor")
    log.source.reset(token)

    page = head.get(path(world)).content.decode()

    for told in ("Teacher", "Leerling bekeken", "Noor Aardenburg", "192.0.2.7"):
        assert told in page


def test_it_says_which_role_was_given_and_to_whom(head: Client, world: World) -> None:
    administrator = as_user(world, "administrator")
    administrator.post(
        f"/gebruikers/{world.users['duo'].pk}/rol/",
        {"role": "trend_analyst", "place": f"school-{world.schools['kantelaar'].pk}", "since": DAY},
    )
    administrator.post(f"/gebruikers/{world.users['was'].pk}/uitschakelen/")

    page = head.get(path(world)).content.decode()

    assert "Rol gegeven: trendanalist, Duo" in page
    assert "Gebruiker gewijzigd: Was" in page


def test_looking_at_the_log_is_in_the_log(head: Client, world: World) -> None:
    head.get(path(world))

    assert "Logboek van gebruik bekeken" in head.get(path(world)).content.decode()


def test_another_schools_events_are_not_there(head: Client, world: World) -> None:
    saw(world, "teacher_b", "bo")
    saw(world, "teacher_x", "xena")

    page = head.get(path(world)).content.decode()

    assert "Teacher b" not in page
    assert head.get(path(world, "pluimgaard")).status_code == head.get(path(world, "zandloper")).status_code == 404


def test_signing_in_of_someone_of_the_school_is_there_and_of_another_is_not(head: Client, world: World) -> None:
    for name in ("teacher", "head_x"):
        with whole_installation():
            log.record(Kind.SIGNED_IN, by=world.users[name])

    page = head.get(path(world)).content.decode()

    assert page.count("Aangemeld</td>") == 1


@pytest.mark.parametrize(
    ("question", "there"),
    [
        ("?wie={teacher}", {"Teacher"}),
        ("?wat=contacts_seen", {"Duo"}),
        ("?leerling=Noor", {"Teacher"}),
        ("?leerling=aarden noor", {"Teacher"}),
        ("?leerling={daan}", {"Duo"}),
        ("?leerling=Xena", set()),
        ("?vanaf={tomorrow}", set()),
        ("?tot={yesterday}", set()),
        ("?vanaf={today}&tot={today}", {"Teacher", "Duo"}),
        ("?vanaf=onzin&wie=x&wat=y&voor=-3", {"Teacher", "Duo"}),
    ],
)
def test_it_can_be_filtered(head: Client, world: World, question: str, there: set[str]) -> None:
    saw(world, "teacher", "noor")
    saw(world, "duo", "daan", Kind.CONTACTS_SEEN)
    today = timezone.localdate()
    asked = question.format(
        teacher=world.users["teacher"].pk,
        daan=world.pupils["daan"].pk,
        today=today,
        tomorrow=today + timedelta(days=1),
        yesterday=today - timedelta(days=1),
    )

    page = head.get(path(world, question=asked)).content.decode()

    assert {name for name in ("Teacher", "Duo") if f"<td>{name}</td>" in page} == there


def test_pages_go_by_id_so_that_nothing_is_seen_twice_or_missed(head: Client, world: World) -> None:
    for number in range(120):
        saw(world, "teacher", "noor", count=number + 1000)
    seen: list[int] = []
    answer = head.get(path(world, question="?wat=pupil_seen"))
    while True:
        seen += [line.count for line in answer.context["lines"]]
        saw(world, "teacher", "daan", count=1)
        if answer.context["older"] is None:
            break
        answer = head.get(path(world, question=f"?wat=pupil_seen&voor={answer.context['older']}"))

    assert seen == sorted(range(1000, 1120), reverse=True)


def test_it_takes_as_many_queries_for_a_full_page_as_for_one_line(head: Client, world: World) -> None:
    saw(world, "teacher", "noor")
    with CaptureQueriesContext(connection) as few:
        head.get(path(world))
    for name in ("noor", "daan", "mila", "milo", "yassin", "closed"):
        for who in ("teacher", "duo", "head", "care_director"):
            saw(world, who, name)
    with CaptureQueriesContext(connection) as many:
        head.get(path(world))

    assert len(many) == len(few)


def test_what_changed_is_shown_to_who_sees_names_and_not_to_others(head: Client, world: World) -> None:
    saw(world, "care_director", "noor", Kind.CHANGED, changes={"phone": ["06 1", "06 2"]})

    assert "06 1" in head.get(path(world)).content.decode()
    assert "06 1" not in as_user(world, "privacy_officer").get(path(world)).content.decode()


# ------------------------------------------------------------------------------------------------------------ the file


def rows(answer: object) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))  # type: ignore[attr-defined]


def test_the_file_has_what_the_page_has_and_is_written_down(head: Client, world: World) -> None:
    saw(world, "teacher", "noor")
    saw(world, "duo", "daan")

    answer = head.get(path(world, question="bestand/?leerling=Noor"))

    assert [row[2:6] for row in rows(answer)[1:]] == [["Teacher", "leerling bekeken", "", "Noor Aardenburg"]]
    assert "Noor" not in answer["Content-Disposition"]
    with whole_installation():
        [event] = Event.objects.filter(kind=Kind.EXPORTED)
        assert (event.actor, event.count, event.purpose) == (world.users["head"].pk, 1, "audit")


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\t=1", " =1"])
def test_no_cell_of_the_file_is_a_formula(head: Client, world: World, name: str) -> None:
    User.objects.filter(pk=world.users["teacher"].pk).update(name=name)
    world.users["teacher"].name = name
    saw(world, "teacher", "noor")

    cells = [cell for row in rows(head.get(path(world, question="bestand/"))) for cell in row]

    assert f"'{name}" in cells
    assert not any(cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t")) for cell in cells)


@pytest.mark.parametrize("cell", ["Noor", "", "12", "a=b", "2027-03-02"])
def test_an_ordinary_cell_stays_as_it_is(cell: str) -> None:
    assert safe(cell) == cell


# ----------------------------------------------------------------------------------------------------- without content


def test_who_guards_privacy_sees_numbers_of_pupils_and_no_names(world: World) -> None:
    saw(world, "teacher", "noor")
    officer = as_user(world, "privacy_officer")

    page = officer.get(path(world)).content.decode()
    file = officer.get(path(world, question="bestand/")).content.decode()
    found = officer.get(path(world, question="?leerling=Noor")).content.decode()

    for answer in (page, file):
        assert "Noor" not in answer
        assert str(world.pupils["noor"].pk) in answer
    assert "Niets gevonden" in found


def test_the_overview_of_a_board_counts_per_school(world: World) -> None:
    saw(world, "teacher", "noor")
    saw(world, "teacher", "daan")
    saw(world, "head", "daan", Kind.EXPORTED)
    saw(world, "teacher_b", "bo")
    saw(world, "teacher_x", "xena")

    page = as_user(world, "privacy_officer").get("/privacy/")

    # Sorted by name: De Kantelaar and De Pluimgaard. What the officer looks at counts as a user of each.
    assert [(each.school.name, each.looks, each.exports) for each in page.context["schools"]] == [
        ("De Kantelaar", 3, 1),
        ("De Pluimgaard", 1, 0),
    ]
    assert "Noor" not in page.content.decode()


def test_the_overview_takes_as_many_queries_for_many_events_as_for_few(world: World) -> None:
    officer = as_user(world, "privacy_officer")
    with CaptureQueriesContext(connection) as few:
        officer.get("/privacy/")
    for name in ("noor", "daan", "bo", "bas"):
        saw(world, "head", name)
    with CaptureQueriesContext(connection) as many:
        officer.get("/privacy/")

    assert len(many) == len(few)


# ------------------------------------------------------------------------------------------------------ of one pupil


def test_a_pupils_page_says_who_saw_the_file_and_how_often(world: World) -> None:
    for _ in range(3):
        saw(world, "social_worker", "yassin")
    saw(world, "care_director", "yassin", Kind.CONTACTS_SEEN)
    saw(world, "teacher", "noor")

    page = as_user(world, "teacher6").get(f"/leerlingen/{world.pupils['yassin'].pk}/bekeken/").content.decode()

    assert "Wie heeft dit dossier bekeken?" in page
    assert "Social worker heeft de bladzijde van deze leerling geopend" in page
    assert "3 keer" in page
    assert "Care director heeft telefoon en adres van de ouders bekeken" in page
    assert "Teacher heeft" not in page


def test_looks_are_told_per_person_day_and_kind_in_two_queries(world: World) -> None:
    for who in ("teacher", "duo", "teacher", "teacher"):
        saw(world, who, "noor")
    saw(world, "teacher", "noor", Kind.CHANGED)

    with transaction.atomic():
        sight_of(world.users["teacher"].pk, DAY)
        with CaptureQueriesContext(connection) as asked:
            looks = selectors.looks_at(world.pupils["noor"])

    assert sorted((look.who, look.kind, look.times) for look in looks) == [
        ("Duo", "pupil_seen", 1),
        ("Teacher", "changed", 1),
        ("Teacher", "pupil_seen", 3),
    ]
    assert len(asked) == 2
    assert all(str(line.did) for line in presenters.seen(looks))


def test_what_the_system_did_is_no_look(world: World) -> None:
    with scope(schools=[world.schools["kantelaar"].pk]):
        log.record(Kind.CHANGED, by=None, school=world.schools["kantelaar"].pk, pupil=world.pupils["noor"].pk)

        assert selectors.looks_at(world.pupils["noor"]) == []


LONG_AGO = timezone.now() - timedelta(days=400)


def test_when_the_details_are_destroyed_the_line_stays(own_db: Database) -> None:
    with transaction.atomic():
        world = invented.build()
    saw(world, "teacher", "noor", changes={"phone": ["06 1", "06 2"]})
    with own_db.superuser.open() as anything:
        anything.execute("delete from audit_eventdetail")

    page = as_user(world, "head").get(path(world)).content.decode()

    assert "Noor Aardenburg" in page
    assert "06 1" not in page


def test_a_roster_that_is_only_looked_at_is_called_otherwise_than_one_that_was_confirmed(
    head: Client, world: World
) -> None:
    with whole_installation():
        plan = RosterPlan.objects.create(
            school=world.schools["kantelaar"], school_year=2026, mode="first", as_of=DAY, fingerprint="x"
        )
        for kind, purpose in ((Kind.CREATED, "roster_plan"), (Kind.IMPORTED, "roster_first")):
            log.record(kind, by=world.users["head"], school=plan.school_id, about=plan, purpose=purpose)

    page = head.get(path(world)).content.decode()

    assert "voorstel uit een leerlingenlijst (nog niets veranderd)" in page
    assert "leerlingen en groepen uit het leerlingadministratiesysteem" in page
