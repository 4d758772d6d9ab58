"""A round: when it may open, what it keeps, who leads it, what came in since, its steps, and closing it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.support import opened
from tests.support.full_report import everything, pupil
from tests.support.people import make_group, make_pupil
from tests.support.sample_report import sample_report
from tests.support.world import World

from leercirkel.apps.assessment.models import Result
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.audit.models import Event
from leercirkel.apps.cycle import closing, progress
from leercirkel.apps.cycle.actions import rounds as actions
from leercirkel.apps.cycle.frozen import Unreadable, frozen, standards_of, thawed
from leercirkel.apps.cycle.models import CycleRun, CycleSettings, Intervention, Snapshot, StepDone
from leercirkel.apps.cycle.selectors import ready
from leercirkel.apps.cycle.selectors import rounds as selectors
from leercirkel.apps.insight.selectors import report_of
from leercirkel.core.standards import Standard

WHOLE = everything(sample_report())
"""A report with something in every list but that of pupils."""


@pytest.fixture(scope="module")
def school(django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), opened.school("rounds") as world:
        yield world


@pytest.fixture
def small(school: World) -> Iterator[World]:
    with opened.undone():
        yield school


def text(body: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", body.partition("<main")[2]).split())


# ------------------------------------------------------------------------------------------------- what is in, opening


def test_who_has_a_reason_is_not_waited_for(small: World) -> None:
    """Eleven pupils, two tests, one of them ill for one: 21 are expected and in."""
    counted = ready.came_in(opened.sight(small, "head"), small.schools["kantelaar"], 2026, "M")

    assert (counted.results, counted.expected, counted.part) == (21, 21, 1.0)


def test_who_sees_no_pupil_by_name_counts_the_same(small: World) -> None:
    here = small.schools["kantelaar"]

    by_head = ready.proposal_of(opened.sight(small, "head"), here)
    by_coordinator = ready.proposal_of(opened.sight(small, "learning_coordinator"), here)

    assert by_head == by_coordinator
    assert by_head is not None
    assert by_head.ready
    assert (by_head.label, by_head.code) == ("middenronde 2026-2027", "2026-M")


def test_a_school_says_itself_from_which_part_a_round_is_ready(small: World) -> None:
    sight, here = opened.sight(small, "head"), small.schools["kantelaar"]
    CycleSettings.objects.create(school=here, ready_from=1.1)

    found = ready.proposal_of(sight, here)

    assert found is not None
    assert not found.ready


def test_the_start_page_proposes_a_round_to_who_leads_it_and_to_nobody_else(small: World) -> None:
    for user, told in (("head", True), ("learning_coordinator", True), ("teacher", False)):
        said = text(opened.client(small, user).get("/").content.decode())

        assert ("De Kantelaar: de middenronde 2026-2027 kan open" in said) is told
        assert ("21 van de 21 verwachte uitslagen zijn binnen (100%)" in said) is told


def test_a_round_is_opened_with_three_answers_and_keeps_the_figures_of_that_moment(small: World) -> None:
    client = opened.client(small, "learning_coordinator")
    at = f"/rondes/openen/{small.schools['kantelaar'].pk}/"
    form = client.get(f"{at}?ronde=2026-M").content.decode()
    leader = small.staff["learning_coordinator"]

    answer = client.post(at, {"ronde": "2026-M", "leider": leader.pk, "plannen_klaar": "2027-03-19"})

    run = CycleRun.objects.get(school=small.schools["kantelaar"])
    assert f'value="{leader.pk}" selected' in form  # who opens it, leads it unless another is chosen
    assert answer.headers["Location"] == f"/rondes/{run.pk}/"
    assert (run.school_year, run.moment, run.leader, run.plans_due) == (2026, "M", leader, date(2027, 3, 19))
    snapshot = Snapshot.objects.get(run=run)
    assert (snapshot.number, snapshot.results, snapshot.expected) == (1, 21, 21)
    live = report_of(opened.sight(small, "head"), small.schools["kantelaar"], 2026, "M")
    assert thawed(snapshot.report) == live
    assert Event.objects.filter(kind=Kind.CREATED, object_type="cycle.cyclerun", object_id=run.pk).count() == 1


def test_who_may_lead_is_who_works_here_and_may_write_the_analysis(small: World) -> None:
    opened.sight(small, "head")

    found = selectors.possible_leaders(small.schools["kantelaar"])

    assert {each.user.email.partition("@")[0] for each in found if each.user} == {
        "head", "learning_coordinator", "trend_analyst", "care_director",
    }  # fmt: skip


def test_there_is_one_round_per_moment_and_none_without_results(small: World) -> None:
    opened.opened(small)

    with pytest.raises(actions.AlreadyOpen):
        opened.opened(small)
    with pytest.raises(actions.NothingMeasured):
        actions.open_round(
            sight=opened.sight(small, "head"), school=small.schools["kantelaar"], school_year=2026, moment="E",
            leader=small.staff["head"], by=small.users["head"],
        )  # fmt: skip
    assert (2026, "M") not in ready.openable(small.schools["kantelaar"])
    assert ready.proposal_of(opened.sight(small, "head"), small.schools["kantelaar"]) is None


# ------------------------------------------------------------------------------------------------------- the snapshot


def test_a_report_comes_back_from_the_snapshot_as_the_same_dataclass() -> None:
    assert thawed(frozen(WHOLE)) == WHOLE


def test_a_report_with_pupils_is_not_kept() -> None:
    with pytest.raises(ValueError, match="pupils"):
        frozen(replace(WHOLE, pupils=(pupil(),)))


def test_the_standards_of_a_snapshot_can_be_used_again(small: World) -> None:
    report = thawed(Snapshot.objects.get(run=opened.opened(small)).report)

    found = standards_of(report)

    assert all(isinstance(each, Standard) for each in found)
    assert [each.subject for each in found] == ["rekenen", "spelling"]


@pytest.mark.parametrize("kept", [b"", b"x", frozen(WHOLE)[:-9]])
def test_what_is_no_snapshot_of_ours_is_said_to_be_unreadable(kept: bytes) -> None:
    with pytest.raises(Unreadable):
        thawed(kept)


def test_a_snapshot_is_never_changed(small: World) -> None:
    snapshot = Snapshot.objects.get(run=opened.opened(small))

    with pytest.raises(ProgrammingError), transaction.atomic():
        Snapshot.objects.filter(pk=snapshot.pk).update(results=0)


# ---------------------------------------------------------------------------------------------------- what came since


def test_what_comes_in_later_shows_as_a_difference_and_is_taken_in_on_purpose(small: World) -> None:
    run = opened.opened(small)
    before = opened.client(small, "head").get(f"/rondes/{run.pk}/").content.decode()
    late = Result.objects.get(pupil=small.pupils["mila"], subject="rekenen", school_year=2026)
    late.not_taken, late.score = "", 99.0
    late.save()

    after = opened.client(small, "head").get(f"/rondes/{run.pk}/").content.decode()

    assert "kwam er" not in text(before)
    assert "kwam er 1 uitslag bij" in text(after)
    assert "Overnemen in deze ronde" in text(after)
    assert "Overnemen" not in text(opened.client(small, "teacher").get(f"/rondes/{run.pk}/").content.decode())
    assert Snapshot.objects.filter(run=run).count() == 1

    opened.client(small, "head").post(f"/rondes/{run.pk}/bijwerken/")

    assert [(each.number, each.results) for each in Snapshot.objects.filter(run=run)] == [(1, 21), (2, 22)]
    again = opened.client(small, "head").get(f"/rondes/{run.pk}/").content.decode()
    assert "kwam er" not in text(again)


def test_an_intervention_that_is_begun_is_not_told_as_results(small: World) -> None:
    run = opened.opened(small)
    days = {"start": date(2027, 3, 8), "end": date(2027, 5, 1)}
    Intervention.objects.create(school=run.school, run=run, name="Lezen in tweetallen", **days)

    told = text(opened.client(small, "head").get(f"/rondes/{run.pk}/").content.decode())

    assert "kwam er geen uitslag bij" in told
    assert "Dat kan ook een aanpak zijn" in told


# ------------------------------------------------------------------------------------------- leading, steps, closing


def test_a_round_is_handed_over_and_the_log_knows_from_whom_to_whom(small: World) -> None:
    run = opened.opened(small)

    opened.client(small, "head").post(f"/rondes/{run.pk}/overdragen/", {"leider": small.staff["trend_analyst"].pk})

    run.refresh_from_db()
    assert run.leader == small.staff["trend_analyst"]
    event = Event.objects.filter(kind=Kind.CHANGED, object_type="cycle.cyclerun").latest("pk")
    changed = {"leader": [small.staff["learning_coordinator"].pk, small.staff["trend_analyst"].pk]}
    assert event.detail.changes == changed


def test_a_step_is_said_to_be_done_and_taken_back(small: World) -> None:
    run, client = opened.opened(small), opened.client(small, "learning_coordinator")

    client.post(f"/rondes/{run.pk}/stap/", {"stap": "goals", "klaar": "ja"})
    done = text(client.get(f"/rondes/{run.pk}/").content.decode())
    client.post(f"/rondes/{run.pk}/stap/", {"stap": "goals", "klaar": "nee"})

    assert "Doelen en eigen normen klaar" in done
    assert not StepDone.objects.filter(run=run).exists()


def test_closing_runs_what_it_opens_in_the_same_transaction(small: World, monkeypatch: pytest.MonkeyPatch) -> None:
    run, seen = opened.opened(small), []
    monkeypatch.setattr(closing, "_hooks", [])
    closing.register(lambda closed, by: seen.append((closed.pk, closed.closed_at is not None, by)))

    opened.client(small, "head").post(f"/rondes/{run.pk}/afronden/")

    run.refresh_from_db()
    assert run.closed_by == small.users["head"]
    assert seen == [(run.pk, True, small.users["head"])]
    for refused in (
        lambda: actions.take_in(sight=opened.sight(small, "head"), run=run, by=small.users["head"]),
        lambda: actions.set_step(run=run, step="goals", done=True, by=small.users["head"]),
        lambda: actions.close_round(run=run, by=small.users["head"]),
    ):
        with pytest.raises(actions.AlreadyClosed):
            refused()


def test_a_round_that_was_closed_by_mistake_is_opened_again_and_the_log_knows(small: World) -> None:
    run, client = opened.opened(small), opened.client(small, "head")
    client.post(f"/rondes/{run.pk}/afronden/")
    offered = client.get(f"/rondes/{run.pk}/").content.decode()

    told = text(client.post(f"/rondes/{run.pk}/heropenen/", follow=True).content.decode())

    run.refresh_from_db()
    assert f"/rondes/{run.pk}/heropenen/" in offered
    assert (run.closed_at, run.closed_by) == (None, None)
    assert "De taken van het afronden zijn blijven staan." in told
    event = Event.objects.filter(object_type="cycle.cyclerun", object_id=run.pk).latest("pk")
    assert (event.purpose, event.actor) == ("round_reopened", small.users["head"].pk)
    with pytest.raises(actions.NotClosed):
        actions.reopen_round(run=run, by=small.users["head"])


@pytest.mark.parametrize(("year", "moment", "opens"), [(2026, "E", False), (2027, "M", False), (2025, "E", True)])
def test_a_round_stays_closed_once_a_later_one_is_open(small: World, year: int, moment: str, opens: bool) -> None:
    run, client = opened.opened(small), opened.client(small, "head")
    client.post(f"/rondes/{run.pk}/afronden/")
    CycleRun.objects.create(school=run.school, school_year=year, moment=moment, leader=run.leader)

    page = client.get(f"/rondes/{run.pk}/").content.decode()
    asked = text(client.get(f"/rondes/{run.pk}/heropenen/").content.decode())
    client.post(f"/rondes/{run.pk}/heropenen/")

    run.refresh_from_db()
    assert (run.closed_at is None) == opens
    assert ("heropenen" in page) == opens
    assert ("Er is al een latere ronde geopend" in asked) == (not opens)


def test_what_a_hook_refuses_leaves_the_round_open(small: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(run: CycleRun, by: Any) -> None:
        raise actions.AlreadyClosed

    run = opened.opened(small)
    monkeypatch.setattr(closing, "_hooks", [refuses])

    opened.client(small, "head").post(f"/rondes/{run.pk}/afronden/")

    run.refresh_from_db()
    assert run.closed_at is None


def test_the_round_page_says_where_each_group_stands_and_what_is_late_without_blame(
    small: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, group = opened.opened(small), small.groups["5"]
    lines = [
        progress.Line(group.pk, "rekenen", "concept", turn="Juf Anna", until=date(2027, 2, 26)),
        progress.Line(group.pk, "spelling", "vastgesteld", until=date(2027, 2, 26), done=True),
        progress.Line(small.groups["6"].pk, "rekenen", "nog niet begonnen"),
    ]
    monkeypatch.setattr(progress, "_sources", [lambda request, of: lines])

    leader = text(opened.client(small, "head").get(f"/rondes/{run.pk}/").content.decode())
    teacher = text(opened.client(small, "teacher").get(f"/rondes/{run.pk}/").content.decode())

    assert "rekenen , Uilen" not in leader
    assert "rekenen concept was bedoeld voor 26 februari Juf Anna" in leader
    assert leader.count("was bedoeld voor") == 1
    assert "Spechten" in leader
    assert "Uilen" in teacher
    assert "Spechten" not in teacher


def test_the_round_page_asks_as_many_questions_of_the_database_for_more_pupils_and_groups(small: World) -> None:
    run, client = opened.opened(small), opened.client(small, "head")

    def asked() -> int:
        client.get(f"/rondes/{run.pk}/")
        with CaptureQueriesContext(
            connection,
        ) as caught:
            client.get(f"/rondes/{run.pk}/")
        return len(caught)

    few = asked()
    group = make_group(small.schools["kantelaar"], "Merels 2")
    for number in range(12):
        make_pupil(small.schools["kantelaar"], f"Kind{number}", group=group)
    opened.sight(small, "head")

    assert asked() == few


def test_a_round_of_another_school_is_not_there_and_leading_is_not_for_everyone(small: World) -> None:
    run = opened.opened(small)

    assert opened.client(small, "head_x").get(f"/rondes/{run.pk}/").status_code == 404
    assert opened.client(small, "head_b").post(f"/rondes/{run.pk}/afronden/").status_code == 404
    assert opened.client(small, "teacher").post(f"/rondes/{run.pk}/afronden/").status_code == 403
    assert opened.client(small, "board").get("/rondes/").status_code == 403
