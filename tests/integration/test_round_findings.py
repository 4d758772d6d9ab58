"""Findings in the database: they follow the figures, what the team said stays; who sees and decides on which."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.support import opened
from tests.support.people import make_pupil
from tests.support.world import World

from leercirkel.apps.assessment.models import PupilMark
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.audit.models import Event
from leercirkel.apps.cycle.actions import findings as actions
from leercirkel.apps.cycle.actions.rounds import close_round, take_in
from leercirkel.apps.cycle.models import CycleRun, Finding, Snapshot
from leercirkel.apps.cycle.selectors import findings as selectors


@pytest.fixture(scope="module")
def school(django_db_blocker: Any) -> Iterator[World]:
    """Daan of group 5 was below the line in January of both years: 100 and 95 where 101 was asked; so was everyone in
    2026, with 100."""
    with django_db_blocker.unblock(), opened.school("round_findings") as world:
        yield world


@pytest.fixture
def small(school: World) -> Iterator[World]:
    with opened.undone():
        yield school


def text(body: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", body.partition("<main")[2]).split())


def page(world: World, user: str, run: CycleRun, query: str = "") -> str:
    return text(opened.client(world, user).get(f"/rondes/{run.pk}/bevindingen/{query}").content.decode())


def of_daan(run: CycleRun, world: World) -> Finding:
    return Finding.objects.get(run=run, pupil=world.pupils["daan"])


def a_finding(run: CycleRun, world: World, **more: Any) -> Finding:
    """A computed one of group 5."""
    base = {"school": run.school, "run": run, "key": "goal|x", "level": "group", "talk": "group", "rank": 1}
    return Finding.objects.create(**base | {"group": world.groups["5"], "text": "Een zin."} | more)


def decide(world: World, user: str, finding: Finding, **said: str) -> int:
    answer = opened.client(world, user).post(f"/rondes/{finding.run_id}/bevindingen/{finding.pk}/", said)
    opened.sight(world, "head")  # the request left the scope of who asked
    finding.refresh_from_db()
    return answer.status_code


# --------------------------------------------------------------------------------------------------- from the figures


def test_opening_a_round_makes_its_findings_of_school_groups_and_pupils(small: World) -> None:
    run = opened.opened(small)

    found = Finding.objects.filter(run=run)

    assert {one.talk for one in found} >= {"group", "school", "pupil"}
    daan = of_daan(run, small)
    assert (daan.template, daan.subject, daan.group, daan.talk) == ("Z35", "rekenen", small.groups["5"], "pupil")
    assert "twee metingen op rij onder de eigen lijn" in daan.text
    assert all(one.snapshot == Snapshot.objects.get(run=run) for one in found)
    assert all(one.group == small.groups[number] for number in ("5", "6") for one in found.filter(group__name=number))


def test_a_pupil_with_an_opp_is_for_the_opp_talk(small: World) -> None:
    opened.sight(small, "head")
    daan = small.pupils["daan"]
    PupilMark.objects.create(school=daan.school, pupil=daan, since="2026-08-01", care="opp")

    run = opened.opened(small)

    assert of_daan(run, small).talk == "opp"


def test_texts_follow_new_figures_and_what_the_team_said_stays(small: World) -> None:
    run = opened.opened(small)
    kept, gone, open_one = (Finding.objects.filter(run=run, level="group")[0], of_daan(run, small), None)
    actions.reword(finding=kept, text="Wij zien dit ook.", was="", by=small.users["head"])
    actions.accept(finding=gone, by=small.users["head"])
    open_one = a_finding(run, small, key="goal|niet meer te zien")
    own = actions.add_own(run=run, text="Er is veel verhuisd.", by=small.users["head"])
    Finding.objects.filter(pk=kept.pk).update(text="Zoals het was.")
    Finding.objects.filter(pk=gone.pk).update(key="own_line|zoals het was")

    take_in(sight=opened.sight(small, "head"), run=run, by=small.users["head"])

    for each in (kept, gone, own):
        each.refresh_from_db()
    assert (kept.own_text, kept.state, kept.gone) == ("Wij zien dit ook.", "accepted", False)
    assert kept.text != "Zoals het was."
    assert kept.snapshot == Snapshot.objects.get(run=run, number=2)
    assert (gone.gone, gone.shown, gone.state) == (True, False, "accepted")
    assert not Finding.objects.filter(pk=open_one.pk).exists()
    assert (own.own_text, own.gone) == ("Er is veel verhuisd.", False)


def test_a_finding_about_a_pupil_goes_when_the_pupil_goes(small: World) -> None:
    run = opened.opened(small)
    pupil = make_pupil(small.schools["kantelaar"], "Kort", group=small.groups["5"])
    opened.sight(small, "head")
    made = a_finding(run, small, key="own_line|kort", level="pupil", talk="pupil", pupil=pupil)

    pupil.enrolments.all().delete()
    pupil.delete()

    assert not Finding.objects.filter(pk=made.pk).exists()


# ------------------------------------------------------------------------------------------------------- what is said


def test_a_finding_is_accepted_in_one_tap_and_set_aside_in_two(small: World) -> None:
    run = opened.opened(small)
    one, other = a_finding(run, small), a_finding(run, small, key="goal|y")

    assert decide(small, "head", one, doe="overnemen") == 302
    assert decide(small, "head", other, doe="opzij", reden="Hier zijn we al mee bezig.") == 302

    assert (one.state, one.decided_by) == ("accepted", small.users["head"])
    assert (other.state, other.aside_why) == ("aside", "Hier zijn we al mee bezig.")
    assert decide(small, "head", other, doe="terug") == 302
    assert (other.state, other.aside_why, other.decided_by) == ("open", "", None)
    events = Event.objects.filter(object_type="cycle.finding", object_id=other.pk, kind=Kind.CHANGED)
    assert [event.detail.changes["state"] for event in events.order_by("pk")] == [["open", "aside"], ["aside", "open"]]


def test_all_that_a_talk_begins_with_are_taken_over_at_once_where_one_may_and_nothing_else(small: World) -> None:
    run = opened.opened(small)
    Finding.objects.filter(run=run).delete()
    own, aside = a_finding(run, small), a_finding(run, small, key="goal|y", state="aside")
    on_request = a_finding(run, small, key="goal|z", shown=False)
    elsewhere = a_finding(run, small, key="goal|w", group=small.groups["6"])
    path = f"/rondes/{run.pk}/bevindingen/overnemen/?overleg=group&groep="

    for group in ("5", "6"):
        answer = opened.client(small, "teacher").post(f"{path}{small.groups[group].pk}")
        assert answer.status_code == 302

    opened.sight(small, "head")
    for finding in (own, aside, on_request, elsewhere):
        finding.refresh_from_db()
    assert [each.state for each in (own, aside, on_request, elsewhere)] == ["accepted", "aside", "open", "open"]


def test_setting_aside_asks_a_reason(small: World) -> None:
    one = a_finding(opened.opened(small), small)

    assert decide(small, "head", one, doe="opzij", reden=" ") == 200
    assert one.state == "open"


def test_own_words_stand_beside_the_computed_text_which_is_never_overwritten(small: World) -> None:
    run = opened.opened(small)
    one = a_finding(run, small, text="Groep 5 haalde 6 van de 28.")

    decide(small, "head", one, doe="anders", tekst="Zes kinderen haalden het.", was="")

    assert (one.text, one.own_text, one.state) == (
        "Groep 5 haalde 6 van de 28.", "Zes kinderen haalden het.", "accepted",
    )  # fmt: skip
    said = page(small, "head", run, f"?overleg=group&groep={small.groups['5'].pk}")
    assert "Zes kinderen haalden het." in said
    assert "Berekend: Groep 5 haalde 6 van de 28." in said


def test_what_was_decided_before_the_figures_were_brought_up_to_date_says_so(small: World) -> None:
    run = opened.opened(small)
    kept = Finding.objects.filter(run=run, level="group")[0]
    actions.accept(finding=kept, by=small.users["head"])
    at = f"?overleg=group&groep={kept.group_id}"
    before = page(small, "head", run, at)
    opened.sight(small, "head")

    take_in(sight=opened.sight(small, "head"), run=run, by=small.users["head"])
    Snapshot.objects.create(
        school=run.school, run=run, number=3, figures="0-0", report=b"", results=1, expected=1,
        made_at=timezone.now() + timedelta(minutes=1),
    )  # fmt: skip

    assert "cijfers daarna bijgewerkt" not in before
    assert page(small, "head", run, at).count("cijfers daarna bijgewerkt") == 1


def test_nobody_writes_over_words_they_have_not_seen(small: World) -> None:
    one = a_finding(opened.opened(small), small, own_text="Van een ander.")

    assert decide(small, "head", one, doe="anders", tekst="Van mij.", was="") == 200
    assert one.own_text == "Van een ander."


def test_a_team_adds_its_own_finding_of_a_group_or_the_school(small: World) -> None:
    run, group = opened.opened(small), small.groups["5"]
    at = f"/rondes/{run.pk}/bevindingen/eigen/"

    opened.client(small, "teacher").post(at, {"tekst": "Veel nieuwe woorden gevraagd.", "groep": group.pk, "vak": ""})
    opened.client(small, "head").post(at, {"tekst": "Drie zieken in januari.", "vak": "rekenen"})
    refused = opened.client(small, "teacher").post(at, {"tekst": "Van de school.", "vak": ""})

    own = {one.own_text: one for one in Finding.objects.filter(run=run, key__startswith="own|")}
    assert (own["Veel nieuwe woorden gevraagd."].talk, own["Veel nieuwe woorden gevraagd."].group) == ("group", group)
    assert own["Drie zieken in januari."].talk == "school"
    assert len(own) == 2
    assert refused.status_code == 200


def test_a_closed_round_says_no_more(small: World) -> None:
    run = opened.opened(small)
    one = a_finding(run, small)
    close_round(run=run, by=small.users["head"])

    with pytest.raises(actions.RoundIsClosed):
        actions.accept(finding=one, by=small.users["head"])
    with pytest.raises(actions.RoundIsClosed):
        actions.add_own(run=run, text="Nog iets.", by=small.users["head"])


# ------------------------------------------------------------------------------------------------------ who sees what


def seen(world: World, user: str, run: CycleRun) -> set[tuple[str, str]]:
    """Talk, and name of the pupil or group."""
    found = selectors.findings_of(opened.sight(world, user), run)
    return {(one.talk, one.pupil.first_name if one.pupil else one.group.name if one.group else "") for one in found}


def test_teachers_see_the_findings_of_their_own_groups_and_pupils(small: World) -> None:
    run = opened.opened(small)
    a_finding(run, small)
    a_finding(run, small, key="goal|6", group=small.groups["6"])

    assert seen(small, "teacher", run) == {("group", "Uilen"), ("pupil", "Daan")}
    assert ("group", "Spechten") in seen(small, "teacher6", run)
    assert not seen(small, "teacher6", run) & {("group", "Uilen"), ("pupil", "Daan"), ("school", "")}


def test_who_leads_sees_all_groups_but_pupils_only_by_the_right_to_their_results(small: World) -> None:
    run = opened.opened(small)
    a_finding(run, small)

    assert {("school", ""), ("group", "Uilen"), ("pupil", "Daan")} <= seen(small, "head", run)
    coordinator = seen(small, "learning_coordinator", run)
    assert {("school", ""), ("group", "Uilen")} <= coordinator
    assert ("pupil", "Daan") not in coordinator  # group 5 is not on the agenda today


def test_a_teacher_of_one_subject_sees_findings_about_own_pupils_in_that_subject(small: World) -> None:
    run = opened.opened(small)
    for key, subject in (("own_line|a", "rekenen"), ("own_line|b", "spelling")):
        a_finding(run, small, key=key, level="pupil", talk="pupil", pupil=small.pupils["noor"], subject=subject)

    found = selectors.findings_of(opened.sight(small, "teacher_rekenen"), run).filter(pupil=small.pupils["noor"])

    assert [one.subject for one in found] == ["rekenen"]


def test_what_is_not_yours_is_not_there(small: World) -> None:
    run = opened.opened(small)
    of_6 = a_finding(run, small, key="goal|6", group=small.groups["6"])

    assert decide(small, "teacher", of_6, doe="overnemen") == 404
    assert decide(small, "head_x", of_6, doe="overnemen") == 404
    assert decide(small, "subject_team", of_6, doe="overnemen") == 403
    assert decide(small, "teacher6", of_6, doe="overnemen") == 302
    assert of_6.decided_by == small.users["teacher6"]


def test_a_look_at_findings_about_pupils_is_written_down(small: World) -> None:
    run, group = opened.opened(small), small.groups["5"]
    before = Event.objects.filter(kind=Kind.LIST_SEEN, purpose="findings").count()

    page(small, "teacher", run, f"?overleg=group&groep={group.pk}")
    page(small, "teacher", run, f"?overleg=pupil&groep={group.pk}")

    (event,) = Event.objects.filter(kind=Kind.LIST_SEEN, purpose="findings").order_by("pk")[before:]
    assert (event.actor, event.object_id, event.count) == (small.users["teacher"].pk, group.pk, 1)


def test_no_name_of_a_pupil_stands_in_what_is_kept(small: World) -> None:
    run = opened.opened(small)
    names = {pupil.first_name for pupil in small.pupils.values()}

    kept = " ".join(f"{one.text} {one.text_en} {one.evidence}" for one in Finding.objects.filter(run=run))

    assert not {name for name in names if re.search(rf"\b{name}\b", kept)}


def test_the_page_of_a_talk_asks_as_many_questions_for_more_findings_and_pupils(small: World) -> None:
    run, group = opened.opened(small), small.groups["5"]
    client = opened.client(small, "head")
    at = f"/rondes/{run.pk}/bevindingen/?overleg=pupil&groep={group.pk}"

    def asked() -> int:
        client.get(at)
        with CaptureQueriesContext(connection) as caught:
            assert client.get(at).status_code == 200
        return len(caught)

    few = asked()
    opened.sight(small, "head")
    for number in range(8):
        pupil = make_pupil(small.schools["kantelaar"], f"Kind{number}", group=group)
        a_finding(run, small, key=f"own_line|{number}", level="pupil", talk="pupil", pupil=pupil, subject="rekenen")

    assert asked() == few
    assert "Kind7" in client.get(at).content.decode()


def test_the_round_page_counts_what_was_decided(small: World) -> None:
    run = opened.opened(small)
    Finding.objects.filter(run=run).delete()
    actions.accept(finding=a_finding(run, small), by=small.users["head"])
    a_finding(run, small, key="goal|y")

    said = text(opened.client(small, "head").get(f"/rondes/{run.pk}/").content.decode())

    assert "Wat zien we? bezig 1 van de 2 bekeken" in said
    assert "bevindingen , Uilen 1 van de 2 bekeken Staf Learning coordinator" in said
