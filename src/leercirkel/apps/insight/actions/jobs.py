"""Asking for documents that are made in the background, fetching them, and throwing them away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from leercirkel.apps.access.models import User
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.insight.models import Job, JobFile
from leercirkel.apps.insight.reporting import Choice
from leercirkel.apps.organisation.models import School


@transaction.atomic
def order_report(*, school: School, choice: Choice, by: User) -> Job:
    """Puts a report on the list of work. The worker makes it with the rights that the user has by then."""
    from leercirkel.apps.insight.tasks import make_report

    job = Job.objects.create(
        school=school, kind=Job.Kind.REPORT, options=asdict(choice), total=len(choice.steps), made_by=by
    )
    make_report.enqueue(job.pk, by.pk)
    return job


@transaction.atomic
def step(*, job: Job, code: str) -> None:
    """The job goes on with its next step."""
    Job.objects.filter(pk=job.pk).update(step=code, state=Job.State.RUNNING)


@transaction.atomic
def add_files(*, job: Job, files: Iterable[JobFile], steps: int = 1) -> None:
    """Keeps what a step made. A file of that name from an earlier try is replaced."""
    made = list(files)
    JobFile.objects.filter(job=job, name__in=[file.name for file in made]).delete()
    JobFile.objects.bulk_create(made)
    job.done += steps
    job.save(update_fields=["done"])


@transaction.atomic
def finish(*, job: Job, by: User, purpose: str, count: int | None = None) -> None:
    """The job is ready to be fetched; that it was made stands in the log."""
    job.state, job.step, job.done, job.ready_at = Job.State.DONE, "", job.total, timezone.now()
    job.save(update_fields=["state", "step", "done", "ready_at"])
    log.record(Kind.REPORT_MADE, by=by, school=job.school_id, about=job, purpose=purpose, count=count)


@transaction.atomic
def fail(*, job: Job, fault: str) -> None:
    """The job cannot be made; `fault` is a code that the page puts into words. Nothing of it is kept."""
    job.files.all().delete()
    job.state, job.fault, job.ready_at = Job.State.FAILED, fault, timezone.now()
    job.save(update_fields=["state", "fault", "ready_at"])


@transaction.atomic
def fetched(*, file: JobFile, by: User, purpose: str) -> None:
    """Somebody takes a document out of the system."""
    log.record(Kind.EXPORTED, by=by, school=file.school_id, about=file.job, purpose=purpose)


@transaction.atomic
def throw_away(*, job: Job, by: User) -> None:
    """Removes a job and its documents."""
    log.record(Kind.REMOVED, by=by, school=job.school_id, about=job)
    job.delete()


def expire_jobs() -> int:
    """Removes what is older than it is kept; returns how many."""
    old = Job.objects.filter(made_at__lt=timezone.now() - timedelta(days=Job.KEPT_DAYS))
    count = old.count()
    old.delete()
    return count
