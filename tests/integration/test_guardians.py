"""Parents and carers: what the school writes down, what is shown to whom, and what is never kept or shown."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.support.people import DAY, as_user, give, make_group, make_pupil, make_school, make_teacher, make_user
from tests.support.signed_in import sign_in

from leercirkel.apps.access.models import User
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.scope import scope, whole_installation
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.audit.models import Event, EventDetail
from leercirkel.apps.organisation import actions
from leercirkel.apps.organisation.models import Guardian, Guardianship, Pupil, PupilKey, School
from leercirkel.exchange.guardians.model import GuardianLine

pytestmark = pytest.mark.django_db
HEAD = "leerlingnummer;achternaam;gezag;geheim adres;adres;contactverbod;telefoon\n"
FILLED = {"surname": "Tahiri", "relation": "parent", "authority": "yes"}


@pytest.fixture
def school() -> School:
    return make_school("De Proef")


@pytest.fixture
def noor(school: School) -> Pupil:
    return with_key(make_pupil(school, "Noor", "Berk", group=make_group(school)), "101")


def with_key(pupil: Pupil, key: str) -> Pupil:
    with scope(schools=[pupil.school_id]):
        PupilKey.objects.create(school_id=pupil.school_id, pupil=pupil, key=key)
    return pupil


def signed_in(user: User) -> Client:
    client = Client()
    sign_in(client, user)
    return client


def director(school: School) -> Client:
    return signed_in(give(make_user("Zorgregisseur"), "care_director", school))


def text(response: Any) -> str:
    return str(response.content.decode())


def load(school: School, *lines: GuardianLine) -> Any:
    with scope(schools=[school.pk]):
        return actions.load_guardians(school=school, lines=lines, by=None)


def ties(school: School) -> list[tuple[str, str, str, bool]]:
    with scope(schools=[school.pk]):
        rows = Guardianship.objects.order_by("pupil_id", "pk")
        return list(rows.values_list("pupil__first_name", "guardian__surname", "authority", "no_contact"))


# ------------------------------------------------------------------------------------------------------------- the form


def test_a_guardian_is_added_changed_and_taken_away_on_the_pages_of_the_pupil(school: School, noor: Pupil) -> None:
    browser, address = director(school), f"/leerlingen/{noor.pk}/ouders/"

    assert "Nog geen ouders" in text(browser.get(address))
    browser.post(f"{address}nieuw/", FILLED | {"phone": "06-12345678", "interpreter": "Arabisch", "lives_with": "on"})
    shown = text(browser.get(address))
    for words in ("Tahiri", "heeft gezag", "06-12345678", "Arabisch"):
        assert words in shown
    with scope(schools=[school.pk]):
        tie = Guardianship.objects.get()
    browser.post(f"{address}{tie.pk}/", FILLED | {"authority": "no", "no_contact": "on"})
    assert "Contactverbod" in text(browser.get(address))
    assert "Er geldt een contactverbod" in text(browser.get(f"/leerlingen/{noor.pk}/"))
    assert "Weghalen?" in text(browser.get(f"{address}{tie.pk}/weg/"))
    browser.post(f"{address}{tie.pk}/weg/")
    with scope(schools=[school.pk]):
        assert not Guardian.objects.exists()


def test_a_secret_address_empties_the_address_whatever_is_filled_in(school: School, noor: Pupil) -> None:
    browser, address = director(school), f"/leerlingen/{noor.pk}/ouders/"
    browser.post(f"{address}nieuw/", FILLED | {"address": "Schuilgaarde 7"})
    with scope(schools=[school.pk]):
        tie = Guardianship.objects.get()

    browser.post(f"{address}{tie.pk}/", FILLED | {"address": "Schuilgaarde 7", "secret_address": "on"})

    with scope(schools=[school.pk]):
        assert (Guardian.objects.get().address, Guardian.objects.get().secret_address) == ("", True)
    shown = text(browser.get(address)) + text(browser.get(f"{address}{tie.pk}/"))
    assert "Schuilgaarde" not in shown
    assert "geheim: wordt niet bewaard" in shown


def test_the_log_names_fields_and_no_value(school: School, noor: Pupil) -> None:
    browser, address = director(school), f"/leerlingen/{noor.pk}/ouders/"
    browser.post(f"{address}nieuw/", FILLED | {"address": "Schuilgaarde 7", "phone": "06-12345678"})

    with whole_installation():
        event = Event.objects.get(kind=Kind.CREATED, purpose="guardian")
        details = str(list(EventDetail.objects.values_list("changes", flat=True)))
    assert event.pupil == noor.pk
    for name in ("address", "phone", "authority"):
        assert f"'{name}': [None, None]" in details
    for value in ("Schuilgaarde", "06-12345678", "Tahiri"):
        assert value not in details


def test_a_voogd_without_authority_cannot_be(school: School, noor: Pupil) -> None:
    browser = director(school)

    wrong = FILLED | {"relation": "legal_guardian", "authority": "no"}
    shown = text(browser.post(f"/leerlingen/{noor.pk}/ouders/nieuw/", wrong))

    assert "Een voogd heeft altijd gezag." in shown
    assert ties(school) == []


def test_opening_the_contacts_is_written_down(school: School, noor: Pupil) -> None:
    director(school).get(f"/leerlingen/{noor.pk}/ouders/")

    with whole_installation():
        assert set(Event.objects.filter(pupil=noor.pk).values_list("kind", "purpose")) == {
            (Kind.PUPIL_SEEN, "contacts"), (Kind.CONTACTS_SEEN, ""),
        }  # fmt: skip


def test_who_may_see_contacts_may_not_write_them_and_others_see_nothing(school: School, noor: Pupil) -> None:
    load(school, GuardianLine(2, "101", "Tahiri", authority="yes", no_contact=True))
    address = f"/leerlingen/{noor.pk}/ouders/"
    with scope(schools=[school.pk]):
        tie, group = Guardianship.objects.get(), noor.enrolments.get().group
        assert group is not None
    teacher = signed_in(make_teacher(school, group))
    analyst = signed_in(give(make_user(), "trend_analyst", school))

    assert "Tahiri" in text(teacher.get(address))
    assert "Wijzigen" not in text(teacher.get(address))
    for path in (f"{address}nieuw/", f"{address}{tie.pk}/", f"{address}{tie.pk}/weg/", "/ouders/inlezen/"):
        assert teacher.get(path).status_code == teacher.post(path).status_code == 403
        assert analyst.get(path).status_code == 403
    assert analyst.get(address).status_code == 403
    seen = text(analyst.get(f"/leerlingen/{noor.pk}/"))
    assert "contactverbod" not in seen
    assert "Ouders en contact" not in seen


def test_a_row_of_another_pupil_is_as_if_it_were_not_there(school: School, noor: Pupil) -> None:
    daan = with_key(make_pupil(school, "Daan", group=make_group(school, "groep 6")), "102")
    load(school, GuardianLine(2, "102", "Riet"))
    with scope(schools=[school.pk]):
        tie = Guardianship.objects.get(pupil=daan)
    browser = director(school)

    for row in (tie.pk, 987654):
        assert browser.get(f"/leerlingen/{noor.pk}/ouders/{row}/").status_code == 404
        assert browser.post(f"/leerlingen/{noor.pk}/ouders/{row}/weg/").status_code == 404
    assert len(ties(school)) == 1


# ------------------------------------------------------------------------------------------------------------- the list


def upload(browser: Client, rows: str) -> Any:
    file = SimpleUploadedFile("ouders.csv", (HEAD + rows).encode())
    return browser.post("/ouders/inlezen/", {"bestand": file}, follow=True)


def test_a_list_is_loaded_as_a_whole_and_its_file_is_not_kept(school: School, noor: Pupil) -> None:
    done = upload(director(school), "101;Tahiri;ja;;Kade 5;;06-12345678\n101;Berk;nee;ja;Schuilgaarde 7;ja;\n")

    assert "Ingelezen: 2 nieuw" in text(done)
    assert ties(school) == [("Noor", "Tahiri", "yes", False), ("Noor", "Berk", "no", True)]
    with scope(schools=[school.pk]):
        assert set(Guardian.objects.values_list("surname", "address")) == {("Tahiri", "Kade 5"), ("Berk", "")}


@pytest.mark.parametrize("wrong", ["101;Tahiri;misschien;;;;\n", "999;Tahiri;ja;;;;\n"])
def test_with_one_wrong_row_nothing_is_loaded_and_the_row_is_told(school: School, noor: Pupil, wrong: str) -> None:
    shown = text(upload(director(school), "101;Berk;ja;;;;\n" + wrong))

    assert "Dit bestand is niet ingelezen" in shown
    assert ">3<" in shown
    assert ties(school) == []


def test_loading_again_changes_nothing_and_an_empty_cell_leaves_what_was_known(school: School, noor: Pupil) -> None:
    load(school, GuardianLine(2, "101", "Tahiri", authority="yes", phone="06-12345678", interpreter="Arabisch"))

    again = load(school, GuardianLine(2, "101", "Tahiri", authority="yes"))
    turned = load(school, GuardianLine(2, "101", "TAHIRI", authority="no", interpreter=""))

    assert (again.unchanged, turned.changed, turned.authority) == (1, 1, 1)
    with scope(schools=[school.pk]):
        guardian = Guardian.objects.get()
        assert (guardian.phone, guardian.interpreter) == ("06-12345678", "")


def test_siblings_have_one_parent_by_number_or_by_name_with_the_same_phone(school: School, noor: Pupil) -> None:
    with_key(make_pupil(school, "Daan", "Berk", group=make_group(school, "groep 6")), "102")
    load(school, *(GuardianLine(2, pupil, "Berk", key="O1", first_name="Bo") for pupil in ("101", "102")))
    load(school, *(GuardianLine(2, pupil, "Riet", phone="06-11111111") for pupil in ("101", "102")))
    load(school, *(GuardianLine(2, pupil, "Vlas") for pupil in ("101", "102")))

    with scope(schools=[school.pk]):
        surnames = sorted(Guardian.objects.values_list("surname", flat=True))
        assert surnames == ["Berk", "Riet", "Vlas", "Vlas"]
        assert Guardianship.objects.count() == 6


def test_a_list_touches_no_other_school(school: School, noor: Pupil) -> None:
    other = make_school("Elders", school.board)
    with_key(make_pupil(other, "Noor", "Berk", group=make_group(other)), "101")
    load(other, GuardianLine(2, "101", "Riet"))
    load(school, GuardianLine(2, "101", "Berk"))

    assert ties(other) == [("Noor", "Riet", "unknown", False)]


def test_of_whom_authority_is_not_known_is_due_on_the_start_page_and_listed(school: School, noor: Pupil) -> None:
    load(school, GuardianLine(2, "101", "Tahiri"), GuardianLine(3, "101", "Riet", authority="yes"))
    browser = director(school)

    assert "Bij 1 leerling is van een ouder niet bekend of die gezag heeft" in text(browser.get("/"))
    listed = text(browser.get("/ouders/gezag/"))
    assert "Tahiri" in listed
    assert "Riet" not in listed
    load(school, GuardianLine(2, "101", "Tahiri", authority="no"))
    assert "Van iedereen is bekend wie gezag heeft" in text(browser.get("/ouders/gezag/"))
    with whole_installation():
        assert Event.objects.filter(kind=Kind.LIST_SEEN, purpose="authority", count=1).count() == 1


def test_a_no_contact_order_ends_what_a_parent_sees_at_once(school: School, noor: Pupil) -> None:
    load(school, GuardianLine(2, "101", "Tahiri", authority="yes"))
    parent = give(make_user(), "guardian", school)
    with scope(schools=[school.pk]):
        Guardian.objects.update(user=parent)
    with as_user(parent, DAY) as sight:
        assert sight.may(Right.SEE_PUBLISHED)
    browser = signed_in(parent)
    assert "Noor" in text(browser.get("/kinderen/"))

    load(school, GuardianLine(2, "101", "Tahiri", no_contact=True))

    assert browser.get("/kinderen/").status_code == 403


def test_a_list_with_faults_of_every_kind_tells_all_of_them_at_once(school: School, noor: Pupil) -> None:
    content = HEAD + "101;Tahiri;misschien;nee;;nee;\n999;Vreemd;ja;nee;;nee;\n"
    upload = SimpleUploadedFile("ouders.csv", content.encode())

    shown = text(director(school).post("/ouders/inlezen/", {"bestand": upload}))

    assert "Bij gezag hoort ja, nee of onbekend." in shown
    assert "dat op deze school niet bekend is" in shown
    assert ties(school) == []
