"""The first page of a school's results, kept for a process that has not made the report: the same, and no older."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult
from tests.support import database
from tests.support.signed_in import sign_in

from leercirkel.apps import clock
from leercirkel.apps.access.models import Assignment, User
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.scope import whole_installation
from leercirkel.apps.access.sight import Sight, sight_of
from leercirkel.apps.assessment import afterwards
from leercirkel.apps.assessment.changes import version_of
from leercirkel.apps.assessment.models import PupilMark, Result
from leercirkel.apps.demo.actions import load_board
from leercirkel.apps.insight.actions.kept_pages import keep_front
from leercirkel.apps.insight.models import KeptReport
from leercirkel.apps.insight.presenters import overview
from leercirkel.apps.insight.presenters import school as shaped
from leercirkel.apps.insight.presenters.links import links_of
from leercirkel.apps.insight.selectors import Reach, front_of, report_of, reports, rounds
from leercirkel.apps.insight.selectors import front as fronts
from leercirkel.apps.insight.selectors.kept import Kept
from leercirkel.apps.insight.selectors.kept_pages import as_text
from leercirkel.apps.insight.tasks import keep_board_page, keep_school_page
from leercirkel.apps.organisation.models import Pupil, School
from leercirkel.demo.board import write_board
from leercirkel.documents.report.front import front

SCHOOLS = ("SBO De Kantelaar", "Basisschool De Pluimgaard", "Basisschool Het Regenwiel")


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Iterator[None]:
    folder = tmp_path_factory.mktemp("board")
    write_board(folder, years=3, seed=1)
    with django_db_blocker.unblock(), database.own("fronts"):
        load_board(folder)
        yield


def forget(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on it is a process that has made no report yet."""
    monkeypatch.setattr(reports, "_kept", Kept(8))
    monkeypatch.setattr(fronts, "_fronts", Kept(8))


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    forget(monkeypatch)


def head_of(name: str) -> tuple[Sight, School]:
    with whole_installation():
        user = User.objects.get(staff__school__name=name, staff__function="directeur")
    return sight_of(user.pk, clock.today()), School.objects.get(name=name)


def page(report: Any, school: School) -> tuple[Any, ...]:
    """All that the page shows of a report."""
    context, links = shaped.in_language(report), links_of(school, report, {}, explained=True)
    return (
        shaped.said(context, links), overview.overview_of(context, links), shaped.rounds_of(context),
        shaped.tabs_of(links, report, Reach.WHOLE, "insight-school"), report.as_of, report.method,
    )  # fmt: skip


@pytest.mark.parametrize("name", SCHOOLS)
def test_the_kept_page_is_that_of_the_whole_report(
    board: None, fresh: None, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction.atomic():
        sight, school = head_of(name)
        for school_year, moment in ((None, None), *rounds(school)[:3]):
            by_itself = front_of(sight, school, school_year, moment)
            keep_front(sight=sight, school=school, school_year=school_year, moment=moment, made=by_itself)
            forget(monkeypatch)
            kept = front_of(sight, school, school_year, moment)
            whole = report_of(sight, school, school_year, moment)

            assert whole is not None
            assert kept.report is not None
            assert (by_itself.made_now, kept.made_now) == (True, False)
            assert kept.report == by_itself.report == front(whole)
            for told, same in zip(page(kept.report, school), page(whole, school), strict=True):
                assert told == same


def test_a_kept_page_goes_when_a_figure_may_have_changed(board: None, fresh: None) -> None:
    with transaction.atomic():
        sight, school = head_of(SCHOOLS[1])
        keep_front(sight=sight, school=school)
    with whole_installation():
        PupilMark.objects.create(
            school=school, pupil=Pupil.objects.filter(school=school).first(), since=clock.today(), care="opp"
        )
    with transaction.atomic():
        sight, school = head_of(SCHOOLS[1])
        found = front_of(sight, school)

    assert found.made_now


@pytest.mark.parametrize(("school_year", "moment"), [(2025, None), (None, "E")])
def test_half_a_round_is_not_the_newest_one(
    board: None, fresh: None, school_year: int | None, moment: str | None
) -> None:
    with transaction.atomic():
        sight, school = head_of(SCHOOLS[2])
        keep_front(sight=sight, school=school)
        found = front_of(sight, school, school_year, moment).report
        whole = report_of(sight, school, school_year, moment)

    assert found is not None
    assert whole is not None
    assert (found.school_year, found.moment) == (whole.school_year, whole.moment)
    assert school_year is None or found.school_year == "2025-2026"


def test_what_another_program_kept_is_worked_out_anew(board: None, monkeypatch: pytest.MonkeyPatch) -> None:
    with transaction.atomic():
        sight, school = head_of(SCHOOLS[2])
        keep_front(sight=sight, school=school)
        KeptReport.objects.filter(school=school, page="school").update(report='{"schema": "older"}')
        forget(monkeypatch)

        found = front_of(sight, school)

    assert found.made_now


def test_keeping_a_page_again_writes_nothing(board: None, fresh: None) -> None:
    with transaction.atomic():
        sight, school = head_of(SCHOOLS[2])
        keep_front(sight=sight, school=school)
        before = KeptReport.objects.get(school=school, page="school", asked="")

        with CaptureQueriesContext(connection) as asked:
            keep_front(sight=sight, school=school)

        assert KeptReport.objects.get(pk=before.pk).made_at == before.made_at
        assert not [query for query in asked if query["sql"].lower().startswith(("insert", "update"))]


def test_after_an_import_the_worker_makes_the_pages_before_anybody_asks(board: None, fresh: None) -> None:
    with whole_installation():
        user = User.objects.get(staff__school__name=SCHOOLS[0], staff__function="directeur")
        school = School.objects.get(name=SCHOOLS[0])
        KeptReport.objects.filter(school=school).delete()
    afterwards.call(school.pk, user.pk)

    work()

    assert kept_pages(school) == {"school", "board"}


def test_nothing_is_told_to_a_board_where_nobody_may_read_it(board: None, fresh: None) -> None:
    with whole_installation():
        school = School.objects.get(name=SCHOOLS[0])
        KeptReport.objects.filter(school=school, page="board").delete()
        readers = Assignment.objects.filter(bundle__rights__right=Right.SEE_BOARD)
        users = list(readers.values_list("user_id", flat=True))
        User.objects.filter(pk__in=users).update(is_active=False)

    done = keep_board_page.call(school.pk)

    with whole_installation():
        User.objects.filter(pk__in=users).update(is_active=True)
    assert done is False
    assert "board" not in kept_pages(school)


def test_a_result_by_hand_by_a_teacher_has_the_worker_make_the_page_of_the_whole_school(
    board: None, fresh: None
) -> None:
    with whole_installation():
        teacher = User.objects.get(email="groep5@demo.invalid")
        done = (
            Result.objects.select_related("school")
            .filter(school__name=SCHOOLS[1], school_year=2026, moment="M", subject="rekenen", group__name="Groep 5")
            .exclude(score=None)[0]
        )
        Result.objects.filter(pk=done.pk).delete()
    client = Client()
    sign_in(client, teacher)
    assert not is_kept_as_it_is_now(done.school)

    sent = client.post(
        f"/resultaten/invoeren/{done.pupil_id}/?toets=M.rekenen.{done.instrument}",
        {"taken_on": "2027-02-10", "score": "104", "reason": "catch_up"},
    )
    work()

    assert sent.status_code == 302, sent.content.decode()
    assert is_kept_as_it_is_now(done.school)


def test_a_request_that_changes_no_figures_asks_the_worker_for_nothing(board: None) -> None:
    with whole_installation():
        teacher = User.objects.get(email="groep5@demo.invalid")
    client = Client()
    sign_in(client, teacher)
    work()

    client.post("/taal/", {"language": "en", "next": "/"})

    assert not DBTaskResult.objects.filter(task_path=keep_school_page.module_path, status="READY").exists()


def work() -> None:
    call_command("db_worker", queue_name="*", batch=True, reload=False, verbosity=0)


def kept_pages(school: School) -> set[str]:
    with whole_installation():
        return set(KeptReport.objects.filter(school=school, asked="").values_list("page", flat=True))


def is_kept_as_it_is_now(school: School) -> bool:
    with whole_installation():
        now = as_text(version_of(school.pk))
        return KeptReport.objects.filter(school=school, page="school", asked="", version=now).exists()
