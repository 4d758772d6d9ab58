"""The pages on users and roles, as someone who manages users goes through them."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from psycopg.types.range import DateRange
from tests.support.signed_in import sign_in
from tests.support.world import DAY, World

from leercirkel.apps.access.models import Assignment, Bundle, Invitation, User
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.scope import whole_installation
from leercirkel.apps.access.sight import sight_of


@pytest.fixture
def manager(client: Client, world: World) -> Client:
    sign_in(client, world.users["administrator"])
    return client


def rights(user: User) -> frozenset[Right]:
    with transaction.atomic():
        return sight_of(user.pk, DAY).given


def test_the_list_has_who_has_a_role_here_and_nobody_else(manager: Client) -> None:
    page = manager.get("/gebruikers/").content.decode()

    assert "head@demo.invalid" in page
    for elsewhere in ("head_b@", "head_x@", "teacher_x@", "nobody@", "board@"):
        assert elsewhere not in page


def test_the_list_takes_as_many_queries_for_many_users_as_for_few(manager: Client, world: World) -> None:
    with CaptureQueriesContext(
        connection,
    ) as few:
        manager.get("/gebruikers/")
    with whole_installation():
        bundle = Bundle.objects.get(school=None, code="teacher")
        for number in range(30):
            user = User.objects.create(email=f"u{number}@demo.invalid", name=f"U {number}", password="!")
            Assignment.objects.create(
                user=user, bundle=bundle, board=world.boards["kadewijs"], school=world.schools["kantelaar"],
                during=DateRange(DAY, None),
            )  # fmt: skip
    with CaptureQueriesContext(connection) as many:
        manager.get("/gebruikers/")

    assert len(many) == len(few)


@pytest.mark.parametrize(
    ("question", "found", "not_found"),
    [
        ("rol=care_director", "care_director@demo.invalid", "head@demo.invalid"),
        ("rol=nonsense", "head@demo.invalid", "geen enkele"),
        ("school=x", "head@demo.invalid", "geen enkele"),
    ],
)
def test_the_list_can_be_filtered_and_a_wrong_filter_does_not_count(
    manager: Client, question: str, found: str, not_found: str
) -> None:
    page = manager.get(f"/gebruikers/?{question}").content.decode()

    assert found in page
    assert not_found not in page


def test_who_is_looked_for_stands_in_no_address(manager: Client) -> None:
    answer = manager.post("/gebruikers/", {"zoek": "HEAD", "rol": "head"})
    page = manager.get(answer["Location"])
    all_of_them = manager.get("/gebruikers/").content.decode()

    assert answer["Location"] == "/gebruikers/?gezocht=1&rol=head"
    assert page.context["form"]["zoek"].value() == "HEAD"
    assert "head@demo.invalid" in page.content.decode()
    assert "teacher6@demo.invalid" not in page.content.decode()
    assert "gezocht=1" in page.content.decode().split("<thead>")[1].split("</thead>")[0]
    assert "teacher6@demo.invalid" in all_of_them


@pytest.mark.parametrize("sent", [{}, {"zoek": "  "}, {"rol": "nonsense", "school": "x"}])
def test_a_question_without_anything_shows_all(manager: Client, sent: dict[str, str]) -> None:
    assert manager.post("/gebruikers/", sent)["Location"] == "/gebruikers/"


def test_the_list_says_a_place_once_and_the_only_school_not_at_all(manager: Client, world: World) -> None:
    with whole_installation():
        for code in ("learning_team", "subject_team"):
            Assignment.objects.create(
                user=world.users["teacher"], bundle=Bundle.objects.get(school=None, code=code),
                board=world.boards["kadewijs"], school=world.schools["kantelaar"], during=DateRange(DAY, None),
            )  # fmt: skip
    one = line_of(manager, "teacher@demo.invalid")
    other = Client()
    sign_in(other, world.users["administrator_board"])
    many = line_of(other, "teacher@demo.invalid")

    assert "lid leerteam, lid regiegroep" in one
    assert (one.count("De Kantelaar"), many.count("De Kantelaar")) == (0, 1)


def test_when_somebody_signed_in_last_is_not_for_an_administrator(manager: Client, world: World) -> None:
    User.objects.filter(pk=world.users["teacher"].pk).update(last_login=datetime(2027, 2, 27, 9, 41, tzinfo=UTC))

    for path in ("/gebruikers/", f"/gebruikers/{world.users['teacher'].pk}/"):
        page = manager.get(path).content.decode()
        assert "27-2-2027" not in page
        assert "27 februari 2027" not in page


def line_of(client: Client, email: str) -> str:
    rows = client.get("/gebruikers/").content.decode().split("<tr>")
    return re.sub(r"<[^>]+>", "", next(row for row in rows if email in row))


def test_inviting_someone_with_a_role(manager: Client, world: World) -> None:
    answer = manager.post(
        "/gebruikers/uitnodigen/",
        {
            "email": "nieuw@demo.invalid",
            "name": "Nieuw",
            "role": "social_worker",
            "place": f"school-{world.schools['kantelaar'].pk}",
            "since": "2027-03-02",
            "until": "",
        },
        follow=True,
    )

    assert "De uitnodiging is onderweg." in answer.content.decode()
    user = User.objects.get(email="nieuw@demo.invalid")
    assert Invitation.objects.filter(user=user).exists()
    assert Right.WRITE_DOSSIER in rights(user)


@pytest.mark.parametrize(
    "place", ["board-{kadewijs}", "school-{pluimgaard}", "group-{b5}", "school-{zandloper}", "x", ""]
)
def test_a_place_of_another_is_no_choice(manager: Client, world: World, place: str) -> None:
    ids = {name: each.pk for kind in (world.boards, world.schools, world.groups) for name, each in kind.items()}
    ids.pop("5"), ids.pop("6")

    answer = manager.post(
        f"/gebruikers/{world.users['duo'].pk}/rol/",
        {"role": "head", "place": place.format(**ids), "since": "2027-03-02"},
    )

    assert answer.status_code == 200
    assert "Dit klopt nog niet" in answer.content.decode()
    assert Right.SEE_AUDIT not in rights(world.users["duo"])


def test_giving_a_role_for_one_group(manager: Client, world: World) -> None:
    manager.post(
        f"/gebruikers/{world.users['duo'].pk}/rol/",
        {"role": "care_director", "place": f"group-{world.groups['6'].pk}", "since": "2027-03-02"},
    )

    with transaction.atomic():
        assert world.groups["6"].pk in sight_of(world.users["duo"].pk, DAY).extent(Right.LEAD_CASES).group_ids


def test_ending_a_role_takes_effect_at_once(manager: Client, world: World) -> None:
    head = Client()
    sign_in(head, world.users["head"])
    with whole_installation():
        role = Assignment.objects.get(user=world.users["head"])
    before = head.get("/logboek/").status_code

    manager.post(f"/gebruikers/{world.users['head'].pk}/rol/{role.pk}/einde/", {"last_day": ""})

    assert (before, head.get("/logboek/").status_code) == (302, 403)


def test_my_own_page_offers_nothing_and_does_nothing(manager: Client, world: World) -> None:
    me = world.users["administrator"]
    page = manager.get(f"/gebruikers/{me.pk}/").content.decode()
    with whole_installation():
        role = Assignment.objects.get(user=me)

    given = manager.post(
        f"/gebruikers/{me.pk}/rol/",
        {"role": "head", "place": f"school-{world.schools['kantelaar'].pk}", "since": "2027-03-02"},
    )
    ended = manager.post(f"/gebruikers/{me.pk}/rol/{role.pk}/einde/", {"last_day": ""})

    assert "Beëindigen" not in page.replace('class="heard">Beëindigen', "")
    for answer in (given, ended):
        assert "Vraag een andere beheerder" in answer.content.decode()
    assert rights(me) == {Right.MANAGE_USERS, Right.MANAGE_SETTINGS}


def test_switching_an_account_off_and_on(manager: Client, world: World) -> None:
    teacher = Client()
    sign_in(teacher, world.users["teacher"])
    url = f"/gebruikers/{world.users['teacher'].pk}/"

    asked = manager.get(f"{url}uitschakelen/").content.decode()
    manager.post(f"{url}uitschakelen/")
    off = teacher.get("/").status_code
    manager.post(f"{url}inschakelen/")

    assert "Aanmelden kan niet meer" in asked
    assert off == 302
    assert User.objects.get(pk=world.users["teacher"].pk).is_active


@pytest.mark.parametrize("do", ["inschakelen", "opnieuw-uitnodigen", "verwijderen", "opnieuw"])
def test_what_does_not_fit_the_account_is_not_there(manager: Client, world: World, do: str) -> None:
    assert manager.post(f"/gebruikers/{world.users['teacher'].pk}/{do}/").status_code == 404


def test_changing_what_a_role_may_do_and_going_back(manager: Client, world: World) -> None:
    url = f"/rollen/{world.schools['kantelaar'].pk}/head/"
    page = manager.get(f"{url}wijzigen/").content.decode()

    changed = manager.post(f"{url}wijzigen/", {"all": ["figures.see"], "own_groups": ["pupils.see"]}, follow=True)
    own = manager.get(f"/rollen/{world.schools['kantelaar'].pk}/").content.decode()
    after = rights(world.users["head"])
    manager.post(f"{url}standaard/")

    assert "dossiers van leerlingen zien" in page
    assert "Ze gelden meteen" in changed.content.decode()
    assert "aangepast" in own
    assert after == {Right.SEE_FIGURES, Right.SEE_PUPILS}
    assert Right.SEE_DOSSIER in rights(world.users["head"])


def test_taking_every_right_from_a_role_asks_for_a_tick(manager: Client, world: World) -> None:
    url = f"/rollen/{world.schools['kantelaar'].pk}/head/wijzigen/"
    first = manager.get(url).content.decode()

    refused = manager.post(url, {}).content.decode()
    kept = rights(world.users["head"])
    done = manager.post(url, {"niets": "on"})

    assert 'name="niets"' not in first
    assert 'name="niets"' in refused
    assert "Er is geen enkel recht aangevinkt" in refused
    assert Right.SEE_DOSSIER in kept
    assert done.status_code == 302
    assert not rights(world.users["head"])


def test_a_right_beyond_its_reach_is_no_choice(manager: Client, world: World) -> None:
    url = f"/rollen/{world.schools['kantelaar'].pk}/guardian/wijzigen/"

    answer = manager.post(url, {"own_children": ["audit.see"]})

    assert "Dit klopt nog niet" in answer.content.decode()


def test_my_own_role_is_not_mine_to_change(manager: Client, world: World) -> None:
    url = f"/rollen/{world.schools['kantelaar'].pk}/administrator/wijzigen/"

    answer = manager.post(url, {"all": ["users.manage", "roster.manage"]})

    assert "Een rol waarmee je gebruikers beheert" in answer.content.decode()
    answer = manager.post(url, {"all": ["users.manage", "settings.manage", "board.see"]})
    assert "Je eigen rechten verander je niet zelf" in answer.content.decode()


def test_there_is_no_pupil_on_these_pages(manager: Client, world: World) -> None:
    with whole_installation():
        Assignment.objects.create(
            user=world.users["duo"],
            bundle=Bundle.objects.get(school=None, code="social_worker"),
            board=world.boards["kadewijs"],
            school=world.schools["kantelaar"],
            pupil=world.pupils["noor"],
            during=DateRange(DAY, None),
        )

    page = manager.get(f"/gebruikers/{world.users['duo'].pk}/").content.decode()

    assert "één leerling van De Kantelaar" in page
    assert "Noor" not in page
