"""Talk sheets: who prints them, who reads what was written on them, and which parent has what was shared."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from tests.support import small_results
from tests.support.signed_in import sign_in
from tests.support.world import World

from leercirkel.apps.access.scope import scope, whole_installation
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.audit.models import Event
from leercirkel.apps.insight.models import SharedSheet
from leercirkel.apps.organisation.models import Guardianship

SAID = "Mila zegt <b>dat</b> ze graag rekent."


@pytest.fixture(scope="module")
def small(django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), small_results.committed("talk_in_sight") as world:
        yield world


@pytest.fixture(scope="module")
def shared(small: World) -> int:
    """The number of a sheet of Daan with words of the teacher, shared with his parents."""
    client = signed_in(small, "teacher")
    address = f"/leerlingen/{small.pupils['daan'].pk}/gespreksblad/"
    client.post(address, {"child": SAID})
    client.post(f"{address}delen/")
    with whole_installation():
        return SharedSheet.objects.get(pupil=small.pupils["daan"], withdrawn_at=None).pk


def signed_in(world: World, who: str) -> Client:
    client = Client()
    sign_in(client, world.users[who])
    return client


def sheet(world: World, who: str, pupil: str, of: str = "/") -> tuple[int, str]:
    answer = signed_in(world, who).get(f"/leerlingen/{world.pupils[pupil].pk}/gespreksblad{of}")
    return answer.status_code, answer.content.decode("latin-1")


@pytest.mark.parametrize(("who", "status"), [("learning_team", 404), ("network_contact", 403), ("trend_analyst", 200)])
def test_only_who_may_take_results_out_of_the_system_gets_a_sheet_as_pdf(small: World, who: str, status: int) -> None:
    """All of these see the results of Jaylin today: by an agenda, or as analyst of the school."""
    assert sheet(small, who, "informed")[0] == 200
    with_pdf, body = sheet(small, who, "informed", ".pdf")

    assert (with_pdf == 200) is (status == 200)
    assert body.startswith("%PDF-") is (status == 200)


def test_what_was_written_for_parents_is_read_by_who_shares_with_them(small: World, shared: int) -> None:
    assert "graag rekent" in sheet(small, "teacher", "daan")[1]
    assert "graag rekent" in sheet(small, "care_director", "daan")[1]
    assert "graag rekent" not in sheet(small, "trend_analyst", "daan")[1]


def test_what_a_teacher_wrote_stands_on_the_page_as_text(small: World, shared: int) -> None:
    body = signed_in(small, "head").get(f"/gedeeld/{shared}/").content.decode()

    assert "Mila zegt &lt;b&gt;dat&lt;/b&gt;" in body


def test_a_parent_has_what_was_shared_while_authority_is_known_and_contact_not_forbidden(
    small: World, shared: int
) -> None:
    parent, address = signed_in(small, "guardian"), f"/gedeeld/{shared}/"
    tie = {"pupil": small.pupils["daan"], "guardian": small.guardians["unknown"]}

    def seen(**now: Any) -> int:
        with scope(schools=[101]):
            Guardianship.objects.filter(**tie).update(**now)
        return parent.get(address).status_code

    assert seen(authority="unknown") == 404
    assert seen(authority="yes") == 200
    assert seen(no_contact=True) == 404
    assert seen(no_contact=False, authority="no") == 404
    assert seen(authority="yes") == 200
    teacher = signed_in(small, "teacher")
    back = f"/leerlingen/{small.pupils['daan'].pk}/gespreksblad/{shared}/terugnemen/"
    with whole_installation():
        before = Event.objects.count()
    assert parent.get(f"{address}?pdf").content.startswith(b"%PDF-")
    with whole_installation():
        kinds = list(Event.objects.order_by("pk")[before:].values_list("kind", flat=True))
    assert kinds == [Kind.PUPIL_SEEN, Kind.EXPORTED]
    teacher.post(back, {"reden": "verkeerde kind"})
    assert parent.get(address).status_code == 404
