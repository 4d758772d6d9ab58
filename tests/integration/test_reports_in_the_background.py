"""Reports that the worker makes: with the rights of who asked, step by step, and what a board was told is kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from tests.support import database

from leercirkel.apps import clock
from leercirkel.apps.access.models import Assignment, User
from leercirkel.apps.access.scope import whole_installation
from leercirkel.apps.access.sight import sight_of
from leercirkel.apps.assessment.actions import undo_import
from leercirkel.apps.assessment.models import ImportBatch
from leercirkel.apps.audit.models import Event
from leercirkel.apps.demo.actions import load_board
from leercirkel.apps.insight.actions import jobs
from leercirkel.apps.insight.models import BoardReport, Job, JobFile
from leercirkel.apps.insight.reporting import Choice
from leercirkel.apps.insight.selectors import report_of, rounds
from leercirkel.apps.insight.tasks import make_report
from leercirkel.apps.organisation.models import Pupil, School
from leercirkel.demo.board import write_board

SCHOOL = "Basisschool De Pluimgaard"
ROUND = (2026, "M")


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Iterator[None]:
    folder = tmp_path_factory.mktemp("board")
    write_board(folder, years=3, seed=1)
    with django_db_blocker.unblock(), database.own("jobs"):
        load_board(folder)
        yield


def user(function: str) -> User:
    with whole_installation():
        return User.objects.get(staff__school__name=SCHOOL, staff__function=function)


def board_member() -> User:
    with whole_installation():
        return User.objects.get(pk=Assignment.objects.get(bundle__code="board").user_id)


def made(by: User, audience: str, **more: Any) -> Job:
    """The job, done by the worker's own function."""
    with transaction.atomic():
        sight_of(by.pk, clock.today())
        school = School.objects.get(name=SCHOOL)
        job = jobs.order_report(school=school, choice=Choice(*ROUND, audience, **more), by=by)
    make_report.call(job.pk, by.pk)
    with whole_installation():
        return Job.objects.get(pk=job.pk)


def files_of(job: Job) -> dict[str, bytes]:
    with whole_installation():
        return {file.name: bytes(file.content) for file in JobFile.objects.filter(job=job)}


def test_every_form_is_made_with_pages_to_look_at(board: None) -> None:
    job = made(user("directeur"), "team", forms=("pdf", "xlsx", "html", "json"))

    files = files_of(job)
    stem = "rapport-M-2026-2027-team"
    assert (job.state, job.done, job.total) == ("done", 7, 7)
    assert files[f"{stem}.pdf"].startswith(b"%PDF-")
    assert files[f"{stem}.xlsx"].startswith(b"PK")
    assert files[f"{stem}.html"].startswith(b"<!doctype html>")
    assert json.loads(files[f"{stem}.json"])["school_name"] == SCHOOL
    assert files["1.png"].startswith(b"\x89PNG")


def test_names_are_in_it_only_when_asked_for(board: None) -> None:
    head = user("directeur")

    without = json.loads(files_of(made(head, "team", forms=("json",)))["rapport-M-2026-2027-team.json"])
    named = json.loads(files_of(made(head, "named", forms=("json",)))["rapport-M-2026-2027-named.json"])

    with whole_installation():
        first_names = set(Pupil.objects.filter(school__name=SCHOOL).values_list("first_name", flat=True))
    assert without["pupils"] == []
    assert len(named["pupils"]) > 100
    assert all(pupil["name"].split(" ")[0] in {name.split(" ")[0] for name in first_names} for pupil in named["pupils"])


def test_parts_that_were_not_chosen_are_not_there(board: None) -> None:
    job = made(user("directeur"), "team", forms=("json",), parts=("trends",))

    report = json.loads(files_of(job)["rapport-M-2026-2027-team.json"])
    assert report["grade_trend"]
    assert report["growth"] == []


def test_a_board_gets_its_own_form_and_the_next_one_knows_what_it_was_told(board: None) -> None:
    member = board_member()

    first = json.loads(files_of(made(member, "board", forms=("json",)))["rapport-M-2026-2027-board.json"])
    again = json.loads(files_of(made(member, "board", forms=("json",)))["rapport-M-2026-2027-board.json"])

    assert first["audience"] == "board"
    assert [first[part] for part in ("overview", "totals")] == [again[part] for part in ("overview", "totals")]
    with whole_installation():
        # what it was told in the same words is written down once
        assert BoardReport.objects.filter(school__name=SCHOOL).count() == 1


def test_a_board_member_cannot_have_the_form_with_names(board: None) -> None:
    job = made(board_member(), "named", forms=("json",))

    assert (job.state, job.fault) == ("failed", "rights")
    assert files_of(job) == {}


def test_who_lost_the_right_before_the_worker_came_gets_nothing(board: None) -> None:
    head = user("directeur")
    with transaction.atomic():
        sight_of(head.pk, clock.today())
        school = School.objects.get(name=SCHOOL)
        job = jobs.order_report(school=school, choice=Choice(*ROUND, "named"), by=head)
    with whole_installation():
        given = list(Assignment.objects.filter(user=head))
        Assignment.objects.filter(user=head).update(user=board_member())
    make_report.call(job.pk, head.pk)

    with whole_installation():
        Assignment.objects.filter(pk__in=[each.pk for each in given]).update(user=head)
        assert JobFile.objects.filter(job=job).count() == 0


def test_that_a_report_was_made_and_for_whom_stands_in_the_log(board: None) -> None:
    job = made(user("directeur"), "team", forms=("json",))

    with whole_installation():
        event = Event.objects.get(kind="report_made", object_id=job.pk)
    assert (event.actor, event.purpose) == (job.made_by_id, "team")


def test_a_round_without_results_says_so(board: None) -> None:
    head = user("directeur")
    with transaction.atomic():
        sight_of(head.pk, clock.today())
        school = School.objects.get(name=SCHOOL)
        job = jobs.order_report(school=school, choice=Choice(1999, "M", "team"), by=head)
    make_report.call(job.pk, head.pk)

    with whole_installation():
        job.refresh_from_db()
    assert (job.state, job.fault) == ("failed", "nothing")


def test_what_nobody_foresaw_ends_the_job_and_leaves_nothing(board: None) -> None:
    head = user("directeur")
    with transaction.atomic():
        sight_of(head.pk, clock.today())
        school = School.objects.get(name=SCHOOL)
        job = jobs.order_report(school=school, choice=Choice(*ROUND, "team", forms=("pdf", "odt")), by=head)

    with pytest.raises(KeyError):
        make_report.call(job.pk, head.pk)

    with whole_installation():
        job.refresh_from_db()
    assert (job.state, job.fault, files_of(job)) == ("failed", "broken", {})


def test_a_kept_report_is_made_anew_once_something_changed(board: None) -> None:
    head = user("directeur")
    with transaction.atomic():
        sight, school = sight_of(head.pk, clock.today()), School.objects.get(name=SCHOOL)
        before, same = report_of(sight, school), report_of(sight, school)
        newest = rounds(school)[0]
    with whole_installation():
        batch = ImportBatch.objects.filter(school=school).order_by("pk").last()
        assert batch is not None
        undo_import(batch=batch, by=head)
    with transaction.atomic():
        after = report_of(sight_of(head.pk, clock.today()), school)

    assert newest == ROUND
    assert before is same
    assert after is None
