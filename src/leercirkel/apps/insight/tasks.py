"""Documents, made while nobody waits for a page."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from leercirkel.analysis.model import SchoolReport
from leercirkel.analysis.report import NothingToReport
from leercirkel.apps import clock
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.scope import scope, whole_installation
from leercirkel.apps.access.sight import Extent, Sight, sight_of
from leercirkel.apps.insight.actions import jobs
from leercirkel.apps.insight.actions.board import tell_board
from leercirkel.apps.insight.actions.kept_pages import keep_figures, keep_for_board, keep_front
from leercirkel.apps.insight.models import Job, JobFile
from leercirkel.apps.insight.reporting import BOARD, SHOWS, Choice, choice_of, chosen, may_have
from leercirkel.apps.insight.selectors.answers import own_texts, with_own_texts
from leercirkel.apps.insight.selectors.board import board_reader, schools_of_board
from leercirkel.apps.insight.selectors.documents import report_to_write
from leercirkel.apps.insight.selectors.kept_pages import kept_for_board
from leercirkel.apps.insight.selectors.talk import groups_to_print, notes_shown, sheets_of_group, view_of_sheets
from leercirkel.apps.organisation.models import School
from leercirkel.documents.report.render import render_pages
from leercirkel.documents.talk_sheet.render import render_view

EVERY = timedelta(days=1)
PREVIEWED = 12
"""So many pages can be looked at before fetching."""

MADE_BY = {
    "pdf": ("leercirkel.documents.report.render", "render_pdf", "application/pdf"),
    "json": ("leercirkel.documents.json_report", "to_json", "application/json"),
    "html": ("leercirkel.documents.html_report.render", "render_html", "text/html; charset=utf-8"),
    "xlsx": (
        "leercirkel.documents.workbook.render",
        "render_xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
}


@contextmanager
def as_user(user: int) -> Iterator[Sight]:
    """A transaction with the rights that this user has now."""
    with transaction.atomic():
        yield sight_of(user, clock.today())


@contextmanager
def told_when_broken(pk: int, user: int) -> Iterator[None]:
    """What goes wrong in a way that nobody foresaw ends the job, so that its page says so; the fault itself goes on to
    the log of the worker."""
    try:
        yield
    except Exception:
        with as_user(user):
            job = Job.objects.filter(pk=pk).first()
            if job is not None:
                jobs.fail(job=job, fault="broken")
        raise


@task()
def make_report(pk: int, user: int) -> None:
    """Makes every form of one report, a step at a time; each step can be seen on the page of the job."""
    with told_when_broken(pk, user):
        _make_report(pk, user)


def _make_report(pk: int, user: int) -> None:
    with as_user(user) as sight:
        job = Job.objects.filter(pk=pk).exclude(state=Job.State.DONE).select_related("school", "made_by").first()
        if job is None:
            _out_of_sight(pk)
            return
        choice = choice_of(job.options)
        job.done = 0
        if not may_have(sight, job.school_id, choice.audience):
            jobs.fail(job=job, fault="rights")
            return
        jobs.step(job=job, code="collect")
    try:
        report = _report(job, choice, user)
    except NothingToReport:
        with as_user(user):
            jobs.fail(job=job, fault="nothing")
        return
    for form in choice.forms:
        with as_user(user):
            jobs.step(job=job, code=form)
        made = _form(job, report, choice, form)
        with as_user(user):
            jobs.add_files(job=job, files=[made])
    pages = render_pages(report, choice.language)[:PREVIEWED]
    with as_user(user):
        jobs.add_files(job=job, files=[_page(job, number, page) for number, page in enumerate(pages, 1)])
        jobs.finish(job=job, by=job.made_by, purpose=choice.audience)


def _out_of_sight(pk: int) -> None:
    """Who may see nothing of the school any more does not see the job either: it still comes to an end."""
    with whole_installation():
        job = Job.objects.filter(pk=pk).exclude(state=Job.State.DONE).first()
        if job is not None:
            jobs.fail(job=job, fault="rights")


def _report(job: Job, choice: Choice, user: int) -> SchoolReport:
    with as_user(user) as sight:
        whole, inputs = report_to_write(sight, job.school, choice.school_year, choice.moment, SHOWS[choice.audience])
        jobs.add_files(job=job, files=())
    with as_user(user):
        jobs.step(job=job, code="analyse")
    report = chosen(whole, choice.parts)
    with as_user(user) as sight:
        if choice.audience == BOARD:
            report = tell_board(sight=sight, school=job.school, report=report, given=inputs, by=job.made_by)
        else:
            report = with_own_texts(report, own_texts(sight, job.school, report))
        jobs.add_files(job=job, files=())
    return report


def _form(job: Job, report: SchoolReport, choice: Choice, form: str) -> JobFile:
    module, function, media_type = MADE_BY[form]
    render = getattr(importlib.import_module(module), function)
    content = render(report) if form == "json" else render(report, choice.language)
    return JobFile(school=job.school, job=job, name=file_name(choice, form), media_type=media_type, content=content)


def file_name(choice: Choice, form: str) -> str:
    """The name a document is fetched by: of the round, never of a person."""
    return f"rapport-{choice.moment}-{choice.school_year}-{choice.school_year + 1}-{choice.audience}.{form}"


def _page(job: Job, number: int, content: bytes) -> JobFile:
    return JobFile(
        school=job.school, job=job, name=f"{number}.png", media_type="image/png", preview=True, content=content
    )


@task()
def make_sheets(pk: int, user: int) -> None:
    """Makes the talk sheets of one class as one PDF, of the pupils that the user may see by then."""
    with told_when_broken(pk, user):
        _make_sheets(pk, user)


def _make_sheets(pk: int, user: int) -> None:
    with as_user(user) as sight:
        job = Job.objects.filter(pk=pk).exclude(state=Job.State.DONE).select_related("school", "made_by").first()
        if job is None:
            _out_of_sight(pk)
            return
        group = groups_to_print(sight).filter(pk=job.options["group"]).first()
        if group is None:
            jobs.fail(job=job, fault="rights")
            return
        job.done = 0
        jobs.step(job=job, code="collect")
    of_round = (job.options["school_year"], job.options["moment"])
    with as_user(user) as sight:
        sheets = sheets_of_group(sight, group, of_round)
        if not sheets:
            jobs.fail(job=job, fault="nothing")
            return
        view = view_of_sheets(group.school, of_round, sheets, notes_shown(sight, list(sheets), of_round))
        jobs.add_files(job=job, files=())
        jobs.step(job=job, code="pdf")
    content = render_view(view)
    with as_user(user):
        made = JobFile(
            school=job.school, job=job, name="gespreksbladen.pdf", media_type="application/pdf", content=content
        )
        jobs.add_files(job=job, files=[made])
        jobs.finish(job=job, by=job.made_by, purpose="talk_sheets", count=len(sheets))


@task()
def empty_jobs() -> int:
    """Removes documents that are too old. Asks for the next time first."""
    keep_emptying(after=EVERY)
    with whole_installation():
        return jobs.expire_jobs()


@transaction.atomic
def keep_emptying(after: timedelta = timedelta(0)) -> None:
    """Asks for emptying once the time has passed, when that was not asked for yet. The worker calls it as it starts."""
    waiting = DBTaskResult.objects.filter(task_path=empty_jobs.module_path, status=TaskResultStatus.READY)
    if not waiting.exists():
        empty_jobs.using(run_after=timezone.now() + after).enqueue()


@task()
def keep_board_pages(user: int) -> int:
    """Works out what the page with schools beside each other still lacks, with the rights of who opened it. Returns
    how many schools. Done twice it finds nothing to do."""
    with as_user(user) as sight:
        schools = list(schools_of_board(sight))
        kept = kept_for_board(schools)
    lacking = [school for school in schools if school.pk not in kept or not kept[school.pk].holds]
    for school in lacking:
        with as_user(user) as sight:
            if schools_of_board(sight).filter(pk=school.pk).exists():
                keep_for_board(sight=sight, school=school)
    return len(lacking)


def ask_for_board_pages(user: int) -> None:
    """Asks for it, when this user did not already."""
    _ask_once(keep_board_pages, user)


@task()
def keep_board_page(school: int) -> bool:
    """Works out what the board's page shows of one school, with the rights of somebody who may open that page. Nothing
    is told to a board where nobody may. Returns whether there was anything to do."""
    with whole_installation():
        reader = board_reader(school)
    if reader is None:
        return False
    with as_user(reader) as sight:
        found = schools_of_board(sight).filter(pk=school).first()
        kept = kept_for_board([found]) if found else {}
        if found is None or (school in kept and kept[school].holds):
            return False
        keep_for_board(sight=sight, school=found)
    return True


@task()
def keep_school_page(school: int) -> None:
    """Works out the first page of a school's results, and what those of its groups and pupils begin with, so that
    nobody waits for it after a change. Done twice it finds nothing to do. The system's own work: only who sees the
    whole school is ever given it."""
    everything = {Right.SEE_FIGURES: Extent(schools=frozenset({school}))}
    here = frozenset({school})
    for keep in (keep_front, keep_figures):
        with scope(schools=[school]):
            found = School.objects.filter(pk=school).first()
            if found is not None:
                keep(sight=Sight(schools=here, pupil_schools=here, extents=everything), school=found)


def ask_for_school_page(school: int, user: int) -> None:
    """Asks for it, when nobody did already. `user`: whose change it was."""
    _ask_once(keep_school_page, school)


def ask_for_board_page(school: int, user: int) -> None:
    """Asks for what the board's page shows of a school, when nobody did already."""
    _ask_once(keep_board_page, school)


def _ask_once(what: Any, number: int) -> None:
    waiting = DBTaskResult.objects.filter(task_path=what.module_path, status=TaskResultStatus.READY)
    if not any(task.args_kwargs["args"] == [number] for task in waiting):
        what.enqueue(number)
