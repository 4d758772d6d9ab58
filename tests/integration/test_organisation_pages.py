"""Pages of schools, groups and pupils, through the real middleware: who gets what, and that it is written down."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from psycopg.types.range import DateRange
from tests.support.people import (
    DAY,
    always,
    give,
    make_group,
    make_pupil,
    make_school,
    make_staff,
    make_teacher,
    make_user,
    seat,
)
from tests.support.signed_in import sign_in

from leercirkel.apps.access.models import User
from leercirkel.apps.access.scope import whole_installation
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.audit.models import Event
from leercirkel.apps.organisation.models import Group, Guardian, Guardianship, Pupil, School, Team, TeamMember

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    return make_school("De Proef")


@pytest.fixture
def group(school: School) -> Group:
    return make_group(school, "Uilen")


def page(user: User, address: str) -> tuple[int, str]:
    """Status and body of a page for a user."""
    client = Client()
    sign_in(client, user)
    response = client.get(address)
    return response.status_code, response.content.decode()


def events(kind: Kind) -> list[tuple[int | None, int | None, str]]:
    """What was written down: pupil, count, purpose."""
    with whole_installation():
        return list(Event.objects.filter(kind=kind).order_by("pk").values_list("pupil", "count", "purpose"))


def test_my_list_has_my_pupils_of_today_by_name_and_is_written_down(school: School, group: Group) -> None:
    make_pupil(school, "Zoë", "Berk", group=group)
    make_pupil(school, "Amir", "Vries", "de", group=group)
    make_pupil(school, "Weg", "Vertrokken", group=group, during=DateRange(date(2026, 8, 1), DAY))
    make_pupil(school, "Ander", "Kind", group=make_group(school, "Mussen"))

    status, body = page(make_teacher(school, group), "/leerlingen/")

    assert status == 200
    assert body.index("Berk, Zoë") < body.index("Vries, Amir de")
    assert "Vertrokken" not in body
    assert "Kind, Ander" not in body
    assert events(Kind.LIST_SEEN) == [(None, 2, "pupils")]


def test_the_list_can_be_narrowed_to_a_class_or_an_instruction_group_and_sorted(school: School, group: Group) -> None:
    other, reading = make_group(school, "Mussen"), make_group(school, "lezen 3", subject="technisch_lezen")
    make_pupil(school, "Amir", "Vlas", group=group)
    noor = make_pupil(school, "Noor", "Berk", group=other)
    seat(noor, reading)
    head = give(make_user(), "head", school)

    assert "Vlas, Amir" not in page(head, f"/leerlingen/?groep={other.pk}")[1]
    assert "Vlas, Amir" not in page(head, f"/leerlingen/?groep={reading.pk}")[1]
    assert "Berk, Noor" in page(head, f"/leerlingen/?groep={reading.pk}")[1]
    turned = page(head, "/leerlingen/?sorteer=-naam")[1]
    assert turned.index("Vlas, Amir") < turned.index("Berk, Noor")
    assert "Vlas, Amir" in page(head, "/leerlingen/?groep=999999&sorteer=onzin&blz=x")[1]


def test_who_sees_several_schools_can_tell_and_choose_them(school: School, group: Group) -> None:
    make_pupil(school, "Noor", "Berk", group=group)
    other = make_school("De Ander", school.board)
    make_pupil(other, "Daan", "Riet", group=make_group(other, "Mussen"))
    director = give(make_user(), "head", school.board)

    both, one = page(director, "/leerlingen/")[1], page(director, f"/leerlingen/?school={other.pk}")[1]

    assert "De Ander" in both
    assert "Berk, Noor" in both
    assert "Berk, Noor" not in one
    assert "Riet, Daan" in one
    assert events(Kind.LIST_SEEN)[:2] == [(None, 1, "pupils")] * 2


def test_who_has_a_subject_of_the_school_and_no_groups_is_told_so(school: School, group: Group) -> None:
    user = give(make_user(), "subject_team", school)
    staff = make_staff(school, "Lid", user=user)
    with whole_installation():
        team = Team.objects.create(school=school, kind="subject", name="Rekenen", subject="rekenen", during=always())
        TeamMember.objects.create(school=school, team=team, staff=staff, during=always())

    status, body = page(user, "/groepen/")

    assert status == 200
    assert "Bij deze rol horen nu geen groepen." in body
    assert "Uilen" not in body


def test_a_page_of_a_pupil_has_the_career_and_is_written_down_once(school: School, group: Group) -> None:
    pupil = make_pupil(school, "Noor", "Berk", group=group, birth_date=date(2016, 4, 5))
    seat(pupil, make_group(school, "Merels", 2025), grade="5")
    seat(pupil, make_group(school, "Spechten", 2024), DateRange(date(2024, 10, 14), date(2025, 8, 1)), grade="3")

    status, body = page(make_teacher(school, group), f"/leerlingen/{pupil.pk}/")

    assert status == 200
    for words in ("Noor", "Berk", "2026-2027", "Merels", "2024-2025", "vanaf 14-10-2024", "leerjaar overgeslagen"):
        assert words in body
    assert "zelfde leerjaar nog een keer" in body
    assert events(Kind.PUPIL_SEEN) == [(pupil.pk, None, "career")]


def test_a_pupils_page_says_who_has_seen_the_file(school: School, group: Group) -> None:
    pupil = make_pupil(school, "Noor", group=group)
    page(make_teacher(school, group, name="Juf Wilgenhof"), f"/leerlingen/{pupil.pk}/")

    status, body = page(give(make_user(), "head", school), f"/leerlingen/{pupil.pk}/bekeken/")

    assert status == 200
    assert "Juf Wilgenhof" in body


def test_a_school_year_that_was_not_loaded_is_due(school: School, group: Group) -> None:
    make_pupil(school, "Noor", group=group, during=DateRange(date(2026, 8, 1), DAY))
    new = give(make_user(), "head", make_school("Zonder Leerlingen"))
    loaded = make_school("Met Leerlingen")
    make_pupil(loaded, "Daan", group=make_group(loaded))

    assert "Leerlingenlijst van De Proef, 2026-2027 inlezen" in page(give(make_user(), "head", school), "/")[1]
    assert "Leerlingenlijst van Zonder Leerlingen, 2026-2027 inlezen" in page(new, "/")[1]
    assert "Leerlingenlijst van" not in page(give(make_user(), "head", loaded), "/")[1]


def test_what_is_not_mine_and_what_is_not_there_give_the_same_answer(school: School, group: Group) -> None:
    other = make_group(school, "Mussen")
    elsewhere = make_school("Elders")
    theirs = make_pupil(school, "Ander", group=other)
    foreign = make_pupil(elsewhere, "Vreemd", group=make_group(elsewhere, "Verweg"))
    teacher = make_teacher(school, group)
    with whole_installation():
        strange = Group.objects.get(name="Verweg")

    for pattern, pks in (
        ("/leerlingen/{}/", [theirs.pk, foreign.pk]),
        ("/groepen/{}/", [strange.pk]),
        ("/scholen/{}/", [elsewhere.pk]),
    ):
        gone = page(teacher, pattern.format(987654))
        assert gone[0] == 404
        for pk in pks:
            assert page(teacher, pattern.format(pk)) == gone
    assert events(Kind.PUPIL_SEEN) == []


def test_another_group_of_the_school_is_a_number_without_names(school: School, group: Group) -> None:
    other, small = make_group(school, "Mussen"), make_group(school, "Mezen")
    for number in range(6):
        make_pupil(school, f"Kind{number}", "Zichtbaarder", group=other)
    make_pupil(school, "Alleen", "Zichtbaarder", group=small)
    teacher = make_teacher(school, group)

    status, body = page(teacher, f"/groepen/{other.pk}/")
    listed = page(teacher, "/groepen/")[1]

    assert status == 200
    assert "Zichtbaarder" not in body + listed + page(teacher, f"/groepen/{small.pk}/")[1]
    assert "alleen aantallen" in body
    assert "niet getoond" in listed
    assert events(Kind.LIST_SEEN) == []


def test_my_own_group_has_its_pupils_and_teachers_and_is_written_down(school: School, group: Group) -> None:
    pupil = make_pupil(school, "Noor", "Berk", group=group)
    reading = make_group(school, "lezen 3", subject="technisch_lezen")
    seat(pupil, reading)

    status, body = page(make_teacher(school, group, name="Juf Wilgenhof"), f"/groepen/{group.pk}/")

    assert status == 200
    assert "Berk, Noor" in body
    assert "Juf Wilgenhof" in body
    assert "lezen 3" in body
    assert events(Kind.LIST_SEEN) == [(None, 1, "group")]


def test_the_size_of_a_small_group_does_not_follow_from_the_total_nor_from_its_own_page(
    school: School, group: Group
) -> None:
    for name, number in (("Mussen", 9), ("Mezen", 1), ("Spechten", 12)):
        of_group = make_group(school, name)
        for index in range(number):
            make_pupil(school, f"Kind{index}", group=of_group)
    for index in range(7):
        make_pupil(school, f"Kind{index}", group=group)
    outsider = give(make_user(), "learning_coordinator", school)

    body = page(outsider, f"/scholen/{school.pk}/")[1]
    own = page(outsider, f"/groepen/{group.pk}/")[1]

    assert "<dd>29</dd>" in body
    assert body.count('<td class="number">niet getoond</td>') == 2
    assert '<td class="number">12</td>' in body
    assert "niet getoond" in own
    assert '<span class="count">7</span>' in page(give(make_user(), "head", school), f"/groepen/{group.pk}/")[1]


def test_a_board_sees_its_schools_beside_each_other_and_no_name(school: School, group: Group) -> None:
    for number in range(6):
        make_pupil(school, f"Kind{number}", "Zichtbaarder", group=group)
    elsewhere = make_school("Van Een Ander")
    director = give(make_user(), "board", school.board)

    status, body = page(director, "/bestuur/")

    assert status == 200
    assert "De Proef" in body
    assert elsewhere.name not in body
    assert "Zichtbaarder" not in body
    assert '<td class="number">6</td>' in body
    for address in ("/leerlingen/", "/groepen/", "/scholen/", f"/scholen/{school.pk}/"):
        assert page(director, address)[0] == 403


def test_a_parent_sees_the_own_child_by_first_name_and_nothing_of_others(school: School, group: Group) -> None:
    child, other = make_pupil(school, "Noor", "Berk", group=group), make_pupil(school, "Daan", "Riet", group=group)
    parent, stranger = give(make_user(), "guardian", school), give(make_user(), "guardian", school)
    with whole_installation():
        mother = Guardian.objects.create(school=school, surname="Berk", user=parent)
        father = Guardian.objects.create(school=school, surname="Van Ooit", email="v@example.org", phone="0612345678")
        row = {"school": school, "pupil": child}
        Guardianship.objects.create(guardian=mother, authority="yes", **row)
        Guardianship.objects.create(guardian=father, authority="yes", **row)

    status, body = page(parent, "/kinderen/")

    assert status == 200
    assert "Noor" in body
    for hidden in ("Daan", "Van Ooit", "v@example.org", "0612345678"):
        assert hidden not in body
    assert "Noor" not in page(stranger, "/kinderen/")[1]
    assert page(parent, f"/leerlingen/{child.pk}/")[0] == 403
    assert page(parent, f"/leerlingen/{other.pk}/")[0] == 403
    assert events(Kind.PUPIL_SEEN) == [(child.pk, None, "children")]


def test_an_administrator_and_a_privacy_officer_open_no_page_of_pupils_or_groups(school: School, group: Group) -> None:
    pupil = make_pupil(school, "Noor", group=group)
    for job in ("administrator", "privacy_officer"):
        user = give(make_user(job), job, school)
        for address in ("/leerlingen/", f"/leerlingen/{pupil.pk}/", "/groepen/", f"/groepen/{group.pk}/",
                        "/scholen/", "/bestuur/", "/kinderen/", "/leerlingenlijst/"):  # fmt: skip
            assert page(user, address)[0] == 403, (job, address)


def test_hidden_names_are_not_in_the_page(school: School, group: Group) -> None:
    pupil = make_pupil(school, "Noor", "Wolkenveld", group=group)
    client = Client()
    sign_in(client, make_teacher(school, group))
    client.cookies["lc-names"] = "hidden"

    for address in ("/leerlingen/", f"/leerlingen/{pupil.pk}/", f"/groepen/{group.pk}/"):
        body = client.get(address).content.decode()
        assert "Wolkenveld" not in body
        assert "leerling 1" in body


@pytest.mark.parametrize(
    "address", ["/leerlingen/", "/groepen/", "/groepen/{group}/", "/leerlingen/{pupil}/", "/scholen/{school}/"]
)
def test_the_number_of_queries_does_not_grow_with_the_pupils(school: School, group: Group, address: str) -> None:
    pupil = make_pupil(school, "Eerste", group=group)
    head = give(make_user(), "head", school)
    client = Client()
    sign_in(client, head)
    address = address.format(group=group.pk, pupil=pupil.pk, school=school.pk)
    counts = []
    for number in (10, 400):
        have = Pupil.objects.none()
        with whole_installation():
            have = Pupil.objects.filter(school=school)
            missing = number - have.count()
        _many(school, group, missing)
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1]
    assert counts[0] < 40


def _many(school: School, group: Group, number: int) -> None:
    for index in range(number):
        make_pupil(school, f"Kind{index}", group=group)
