"""Documents that somebody asked for."""

from __future__ import annotations

from django.db.models import QuerySet

from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.assessment.selectors import rounds_of
from leercirkel.apps.insight.models import Job, JobFile
from leercirkel.apps.insight.reporting import AUDIENCES, may_have
from leercirkel.apps.insight.selectors.talk import groups_to_print
from leercirkel.apps.organisation.models import School

ANY = (Right.SEE_FIGURES, Right.SEE_RESULTS, Right.SEE_BOARD)


def jobs_of(sight: Sight) -> QuerySet[Job]:
    """What the user asked for, newest first, of the schools of whose pupils they may still see anything."""
    return (
        Job.objects.filter(made_by=sight.user, school__in=sight.pupil_schools)
        .select_related("school")
        .order_by("-made_at")
    )


def reports_of(sight: Sight) -> list[Job]:
    """What the user may still have of these."""
    return [job for job in jobs_of(sight) if still_may(sight, job)]


def still_may(sight: Sight, job: Job) -> bool:
    """Whether the user may have this document today: rights may have ended since it was asked for."""
    if job.kind == Job.Kind.TALK_SHEETS:
        return groups_to_print(sight).filter(pk=job.options["group"]).exists()
    return may_have(sight, job.school_id, job.options["audience"])


def files_of(job: Job) -> QuerySet[JobFile]:
    """The documents and pages of a job, without what is in them."""
    return JobFile.objects.filter(job=job).defer("content").order_by("pk")


def schools_to_report(sight: Sight) -> list[School]:
    """The schools of which the user may have a report in any form, by name."""
    seen = set().union(*(sight.extent(right).schools for right in ANY))
    found = School.objects.filter(pk__in=seen).order_by("name")
    return [school for school in found if any(may_have(sight, school.pk, audience) for audience in AUDIENCES)]


def rounds(school: School) -> list[tuple[int, str]]:
    """The rounds with results, newest first."""
    return rounds_of(school)
