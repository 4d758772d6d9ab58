"""Cases: who works on one sees the pupil, outsiders once the parents know, and all of it ends with the case."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.support.signed_in import sign_in
from tests.support.world import DAY, World

from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.scope import whole_installation
from leercirkel.apps.access.sight import sight_of
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.audit.models import Event
from leercirkel.apps.dossier.models import Case, CaseMember
from leercirkel.apps.organisation.selectors import pupils_of


@pytest.fixture
def leader(client: Client, world: World) -> Client:
    sign_in(client, world.users["care_director"])
    return client


def sees(world: World, name: str) -> set[str]:
    names = {pupil.pk: short for short, pupil in world.pupils.items()}
    with transaction.atomic():
        sight = sight_of(world.users[name].pk, DAY)
        return {names[pk] for pk in pupils_of(sight, Right.SEE_DOSSIER).values_list("pk", flat=True)}


def test_a_case_is_opened_filled_and_closed(leader: Client, world: World) -> None:
    made = leader.post("/casussen/openen/", {"pupil": world.pupils["daan"].pk})
    leader.post(made["Location"], {"staff": world.staff["social_worker"].pk})
    during = sees(world, "social_worker")
    with whole_installation():
        case = Case.objects.get(pupil=world.pupils["daan"])
    leader.post(f"/casussen/{case.pk}/sluiten/")

    assert "daan" in during
    assert "daan" not in sees(world, "social_worker")
    with whole_installation():
        events = Event.objects.filter(pupil=world.pupils["daan"].pk).order_by("id")
        assert [event.object_type for event in events][:2] == [
            "dossier.case",
            "dossier.casemember",
        ]


def test_someone_of_outside_sees_the_pupil_once_the_parents_know(leader: Client, world: World) -> None:
    with whole_installation():
        member = CaseMember.objects.get(staff=world.staff["network_contact"], case=world.cases["untold"])
    before = sees(world, "network_contact")
    url = f"/casussen/{world.cases['untold'].pk}/leden/{member.pk}/ouders/"

    later = leader.post(url, {"on": "2027-03-03"}, follow=True).content.decode()
    between = sees(world, "network_contact")
    leader.post(url, {"on": "2027-03-01"})

    assert before == between == {"yassin"}
    assert "niet een dag die nog moet komen" in later
    assert sees(world, "network_contact") == {"yassin", "untold"}


def test_who_no_longer_works_on_it_no_longer_sees_the_pupil(leader: Client, world: World) -> None:
    with whole_installation():
        member = CaseMember.objects.get(staff=world.staff["social_worker"], case=world.cases["yassin"])

    leader.post(f"/casussen/{world.cases['yassin'].pk}/leden/{member.pk}/einde/")

    assert "yassin" not in sees(world, "social_worker")


def test_who_has_a_case_already_or_has_left_is_no_choice(leader: Client, world: World) -> None:
    for name in ("yassin", "left", "bo"):
        answer = leader.post("/casussen/openen/", {"pupil": world.pupils[name].pk})

        assert answer.status_code == 200, name


def test_the_same_person_twice_is_refused(leader: Client, world: World) -> None:
    answer = leader.post(f"/casussen/{world.cases['yassin'].pk}/", {"staff": world.staff["social_worker"].pk})

    assert "staat er in deze periode al bij" in answer.content.decode()


def test_opening_the_page_is_written_down(leader: Client, world: World) -> None:
    leader.get(f"/casussen/{world.cases['yassin'].pk}/")

    with whole_installation():
        [event] = Event.objects.filter(kind=Kind.PUPIL_SEEN)
        assert (event.pupil, event.actor) == (world.pupils["yassin"].pk, world.users["care_director"].pk)


def test_names_to_choose_from_are_a_look_too(leader: Client, world: World) -> None:
    leader.get("/casussen/openen/")

    with whole_installation():
        [event] = Event.objects.filter(kind=Kind.LIST_SEEN, purpose="case_open")
    # Twelve pupils of the school, without one who left and two who have a case.
    assert (event.school_id, event.count) == (world.schools["kantelaar"].pk, 12 - 1 - 2)


def test_the_list_takes_as_many_queries_for_many_as_for_few(leader: Client, world: World) -> None:
    with CaptureQueriesContext(connection) as few:
        leader.get("/casussen/")
    for name in ("daan", "noor", "mila", "milo"):
        leader.post("/casussen/openen/", {"pupil": world.pupils[name].pk})
    leader.get("/casussen/")  # what was said of these four
    with CaptureQueriesContext(connection) as many:
        leader.get("/casussen/")

    assert len(many) == len(few)
