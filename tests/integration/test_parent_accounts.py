"""An account for a parent: to whom it is given, what it shows, what it refuses, and how it ends."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.support.people import give, make_group, make_pupil, make_school, make_user
from tests.support.signed_in import sign_in

from leercirkel.apps.access.models import Assignment, Bundle, BundleRight, User
from leercirkel.apps.access.scope import scope, whole_installation
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.audit.models import Event
from leercirkel.apps.organisation.models import Guardian, Guardianship, Pupil, School
from leercirkel.apps.signin.models import Mail

pytestmark = pytest.mark.django_db
MAIL = "amira@thuis.invalid"


@pytest.fixture
def school() -> School:
    return make_school("De Proef")


@pytest.fixture
def noor(school: School) -> Pupil:
    return make_pupil(school, "Noor", "Berk", group=make_group(school))


@pytest.fixture
def director(school: School) -> User:
    return give(make_user("Zorgregisseur"), "care_director", school)


def cares(pupil: Pupil, guardian: Guardian | None = None, authority: str = "yes", **more: Any) -> Guardianship:
    of_person = {key: more.pop(key) for key in ("secret_address", "email") if key in more}
    with scope(schools=[pupil.school_id]):
        guardian = guardian or Guardian.objects.create(
            school_id=pupil.school_id, first_name="Amira", surname="Tahiri", **of_person
        )
        return Guardianship.objects.create(
            school_id=pupil.school_id, pupil=pupil, guardian=guardian, authority=authority, **more
        )


def browser(user: User) -> Client:
    client = Client()
    sign_in(client, user)
    return client


def account(tie: Guardianship, more: str = "") -> str:
    return f"/leerlingen/{tie.pupil_id}/ouders/{tie.pk}/account/{more}"


def text(response: Any) -> str:
    return str(response.content.decode())


def invited(by: User, tie: Guardianship, email: str = MAIL, **more: str) -> Any:
    return browser(by).post(account(tie), {"email": email} | more, follow=True)


def children_seen(user: User) -> str:
    return text(browser(user).get("/kinderen/"))


def roles(user: User) -> list[str]:
    with whole_installation():
        return list(Assignment.objects.filter(user=user).values_list("bundle__code", flat=True))


# --------------------------------------------------------------------------------------------------------------- giving


def test_an_invited_parent_gets_a_mail_and_sees_the_own_child_and_no_other(
    school: School, noor: Pupil, director: User
) -> None:
    make_pupil(school, "Daan", "Riet", group=make_group(school, "groep 6"))

    shown = text(invited(director, cares(noor)))

    assert "De uitnodiging is onderweg." in shown
    parent = User.objects.get(email=MAIL)
    assert parent.name == "Amira Tahiri"
    assert Mail.objects.filter(user=parent, kind=Mail.Kind.INVITATION).count() == 1
    assert roles(parent) == ["guardian"]
    assert "Noor" in children_seen(parent)
    assert "Daan" not in children_seen(parent)
    assert browser(parent).get(f"/leerlingen/{noor.pk}/").status_code == 403


def test_one_account_shows_both_children_of_one_person(school: School, noor: Pupil, director: User) -> None:
    brother = make_pupil(school, "Sem", "Berk", group=make_group(school, "groep 7"))
    tie = cares(noor)
    cares(brother, tie.guardian)

    before = text(browser(director).get(account(tie)))
    invited(director, tie)

    assert "ook 1 andere leerling zien" in before
    seen = children_seen(User.objects.get(email=MAIL))
    assert "Noor" in seen
    assert "Sem" in seen


def test_an_address_that_has_an_account_is_tied_without_a_mail(school: School, noor: Pupil, director: User) -> None:
    teacher = give(make_user("Juf Amira"), "teacher", school)

    shown = text(invited(director, cares(noor), email=teacher.email.upper()))

    assert "Dit adres heeft al een account." in shown
    assert sorted(roles(teacher)) == ["guardian", "teacher"]
    assert not Mail.objects.filter(user=teacher).exists()
    assert "Noor" in children_seen(teacher)


def test_sending_the_form_twice_makes_one_account_and_one_mail(noor: Pupil, director: User) -> None:
    tie = cares(noor)
    invited(director, tie)
    again = invited(director, tie)

    assert again.status_code == 200
    assert roles(User.objects.get(email=MAIL)) == ["guardian"]
    assert Mail.objects.count() == 1


def test_it_stands_in_the_log_of_the_pupil_without_the_address(noor: Pupil, director: User) -> None:
    invited(director, cares(noor))

    with whole_installation():
        given = Event.objects.get(kind=Kind.CHANGED, purpose="parent_account")
        assert (given.pupil, given.actor) == (noor.pk, director.pk)
        assert Event.objects.filter(kind=Kind.RIGHTS_GIVEN, purpose="guardian").count() == 1
        assert Event.objects.filter(kind=Kind.USER_INVITED).count() == 1


# ------------------------------------------------------------------------------------------------------------- refusing


@pytest.mark.parametrize(
    ("known", "told"),
    [
        ({"authority": "no"}, "geen gezag en krijgt daarom geen account"),
        ({"authority": "unknown"}, "Het gezag is niet bekend."),
        ({"no_contact": True}, "Er is een contactverbod."),
    ],
)
def test_without_authority_or_with_a_no_contact_order_there_is_no_account(
    noor: Pupil, director: User, known: dict[str, Any], told: str
) -> None:
    tie = cares(noor, **known)

    page, answer = text(browser(director).get(account(tie))), text(invited(director, tie))

    for shown in (page, answer):
        assert told in shown
        assert 'name="email"' not in shown
    assert not User.objects.filter(email=MAIL).exists()


@pytest.mark.parametrize("of_this_person", [True, False])
def test_with_a_secret_address_at_the_pupil_one_says_that_it_was_thought_of(
    noor: Pupil, director: User, of_this_person: bool
) -> None:
    tie = cares(noor, secret_address=of_this_person)
    cares(noor, secret_address=not of_this_person)

    refused = text(invited(director, tie))
    assert "Vink aan dat hieraan is gedacht." in refused
    assert not User.objects.filter(email=MAIL).exists()

    invited(director, tie, secret="on")
    assert User.objects.filter(email=MAIL).exists()


def test_two_who_care_for_a_pupil_do_not_share_an_account(noor: Pupil, director: User) -> None:
    invited(director, cares(noor))

    shown = text(invited(director, cares(noor)))

    assert "Vraag om een eigen e-mailadres." in shown
    with scope(schools=[noor.school_id]):
        assert Guardian.objects.filter(user__email=MAIL).count() == 1


def test_nobody_gives_themselves_a_child(noor: Pupil, director: User) -> None:
    shown = text(invited(director, cares(noor), email=director.email))

    assert "Je eigen rechten verander je niet zelf." in shown
    assert roles(director) == ["care_director"]


def test_an_account_that_was_switched_off_is_not_switched_on_this_way(noor: Pupil, director: User) -> None:
    off = make_user("Uit")
    off.set_password("een lange zin die niemand raadt")
    off.is_active = False
    off.last_login = off.created_at
    off.save()

    shown = text(invited(director, cares(noor), email=off.email))

    assert "is uitgeschakeld" in shown
    assert roles(off) == []


def test_a_role_of_parent_that_the_school_made_larger_is_not_given_by_who_manages_no_users(
    school: School, noor: Pupil, director: User
) -> None:
    with whole_installation():
        own = Bundle.objects.create(school=school, code="guardian", name="ouder")
        BundleRight.objects.create(bundle=own, right="pupils.see", reach="all")

    shown = text(invited(director, cares(noor)))

    assert "meer zien dan eigen kinderen" in shown
    assert not User.objects.filter(email=MAIL).exists()


def test_who_may_not_keep_parents_gives_no_account(school: School, noor: Pupil) -> None:
    tie = cares(noor)

    for job in ("administrator", "trend_analyst", "social_worker", "teacher"):
        answer = invited(give(make_user(job), job, school), tie)

        assert answer.status_code == 403
    assert not User.objects.filter(email=MAIL).exists()


# --------------------------------------------------------------------------------------------------------------- ending


def test_an_account_that_is_untied_shows_nothing_and_its_invitation_opens_nothing(noor: Pupil, director: User) -> None:
    tie = cares(noor)
    invited(director, tie)
    parent = User.objects.get(email=MAIL)
    open_page = browser(parent)

    browser(director).post(account(tie, "losmaken/"))

    assert open_page.get("/kinderen/").status_code in (302, 403)
    parent.refresh_from_db()
    assert not parent.is_active
    assert roles(parent) == []
    with whole_installation():
        assert Event.objects.filter(pupil=noor.pk, purpose="parent_account_ended").count() == 1
        assert Event.objects.filter(kind=Kind.RIGHTS_TAKEN, purpose="guardian").count() == 1


def test_who_is_untied_can_be_invited_again(noor: Pupil, director: User) -> None:
    tie = cares(noor)
    invited(director, tie)
    browser(director).post(account(tie, "losmaken/"))

    shown = text(invited(director, tie))

    assert "De uitnodiging is onderweg." in shown
    assert User.objects.get(email=MAIL).is_active
    assert "Noor" in children_seen(User.objects.get(email=MAIL))


def test_untying_leaves_other_roles_as_they_are(school: School, noor: Pupil, director: User) -> None:
    teacher, tie = give(make_user("Juf Amira"), "teacher", school), cares(noor)
    invited(director, tie, email=teacher.email)

    browser(director).post(account(tie, "losmaken/"))
    browser(director).post(account(tie, "losmaken/"))

    assert roles(teacher) == ["teacher"]
    teacher.refresh_from_db()
    assert teacher.is_active


def test_taking_a_parent_away_from_the_last_child_ends_the_role(noor: Pupil, director: User) -> None:
    tie = cares(noor)
    invited(director, tie)

    browser(director).post(f"/leerlingen/{noor.pk}/ouders/{tie.pk}/weg/")

    assert roles(User.objects.get(email=MAIL)) == []


def test_authority_that_is_withdrawn_shows_on_the_page_that_the_account_shows_nothing(
    noor: Pupil, director: User
) -> None:
    tie = cares(noor)
    invited(director, tie)
    with scope(schools=[noor.school_id]):
        Guardianship.objects.update(authority="no")

    assert "Het account laat deze leerling niet zien." in text(browser(director).get(account(tie)))
    assert "Laat deze leerling niet zien." in text(browser(director).get(f"/leerlingen/{noor.pk}/ouders/"))


def test_the_link_is_sent_again(noor: Pupil, director: User) -> None:
    tie = cares(noor)
    invited(director, tie)

    shown = text(browser(director).post(account(tie, "opnieuw/"), follow=True))

    assert "De uitnodiging is opnieuw onderweg." in shown
    assert Mail.objects.filter(kind=Mail.Kind.INVITATION).count() == 2


# ------------------------------------------------------------------------------------------------------------- siblings


def test_a_parent_of_a_brother_is_chosen_and_their_account_shows_both(
    school: School, noor: Pupil, director: User
) -> None:
    brother = make_pupil(school, "Sem", "Anders", group=make_group(school, "groep 7"))
    tie = cares(brother)
    invited(director, tie)
    client, address = browser(director), f"/leerlingen/{noor.pk}/ouders/overnemen/"

    assert "Anders, Sem" in text(client.get(address))
    chosen = f"{address}?leerling={brother.pk}"
    assert "Amira Tahiri" in text(client.get(chosen))
    filled = {"guardian": tie.guardian_id, "relation": "parent", "authority": "unknown"}
    client.post(chosen, filled)
    parent = User.objects.get(email=MAIL)
    assert "Noor" not in children_seen(parent)
    with scope(schools=[school.pk]):
        Guardianship.objects.filter(pupil=noor).update(authority="yes")

    assert "Noor" in children_seen(parent)
    assert "Niemand om te kiezen" in text(client.get(chosen))


def test_only_pupils_whose_parents_one_keeps_are_there_to_choose(school: School, noor: Pupil, director: User) -> None:
    elsewhere = make_pupil(other := make_school("De Andere", board=school.board), "Vreemd", group=make_group(other))
    cares(elsewhere)
    client, address = browser(director), f"/leerlingen/{noor.pk}/ouders/overnemen/"

    assert "Vreemd" not in text(client.get(address))
    shown = text(client.get(f"{address}?leerling={elsewhere.pk}"))
    assert "Tahiri" not in shown
    assert 'name="guardian"' not in shown


def test_the_page_of_contacts_takes_as_many_queries_for_three_parents_as_for_one(
    noor: Pupil, director: User, django_assert_num_queries: Any
) -> None:
    client, address = browser(director), f"/leerlingen/{noor.pk}/ouders/"
    invited(director, cares(noor))
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    before = len(one)
    for number in (1, 2):
        invited(director, cares(noor), email=f"ouder{number}@thuis.invalid")

    with django_assert_num_queries(before):
        client.get(address)
