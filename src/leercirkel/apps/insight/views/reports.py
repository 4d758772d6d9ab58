"""Reports: choosing, seeing how far it is, looking at it, fetching it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leercirkel.apps.access.gate import needs
from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.insight import selectors
from leercirkel.apps.insight.actions import jobs
from leercirkel.apps.insight.forms import ReportForm
from leercirkel.apps.insight.models import Job, JobFile
from leercirkel.apps.insight.presenters import job_line, job_page
from leercirkel.apps.organisation.models import School

REPORTS = (Right.SEE_FIGURES, Right.SEE_BOARD, Right.SEE_RESULTS)
SHOWN = 20
"""So many earlier reports are listed."""


@needs(*REPORTS)
def reports(request: Request) -> HttpResponse:
    """Choosing a report, and those that were asked for before."""
    schools = selectors.schools_to_report(request.sight)
    school = _school(request, schools)
    form = _form(request, school) if school else None
    if request.method == "POST" and form is not None and form.is_valid() and school is not None:
        job = jobs.order_report(school=school, choice=form.choice(), by=request.user)
        return redirect("report", pk=job.pk)
    lines = [job_line(job) for job in selectors.reports_of(request.sight)[:SHOWN]]
    context = {"form": form, "schools": schools, "school": school, "lines": lines}
    return render(request, "insight/reports.html", context)


@needs(*REPORTS)
def report(request: Request, pk: int) -> HttpResponse:
    """How far a report is; when it is ready, its pages to look at and what can be fetched."""
    job = _job(request, pk)
    page = job_page(job, list(selectors.files_of(job)))
    group = selectors.groups_to_print(request.sight).filter(pk=page.group).first() if page.group else None
    context: dict[str, Any] = {
        "job": job,
        "page": page,
        "group": group,
        "crumbs": [(_("Rapporten"), reverse("reports"))],
    }
    if request.headers.get("HX-Request"):
        return render(request, "insight/report_progress.html", context)
    response = render(request, "insight/report.html", context)
    if page.busy:
        response["Refresh"] = "5"  # without script the page asks again by itself
    return response


@needs(*REPORTS)
def report_file(request: Request, pk: int, name: str) -> HttpResponse:
    """A document to fetch, or a page of the preview."""
    job = _job(request, pk)
    file = get_object_or_404(JobFile.objects.filter(job=job, job__state=Job.State.DONE), name=name)
    response = HttpResponse(bytes(file.content), content_type=file.media_type)
    response["Cache-Control"] = "private, no-store"
    if not file.preview:
        jobs.fetched(file=file, by=request.user, purpose=job.options.get("audience", job.kind))
        response["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return response


@needs(*REPORTS)
@require_POST
def report_discard(request: Request, pk: int) -> HttpResponse:
    """Throws a report away."""
    jobs.throw_away(job=_job(request, pk), by=request.user)
    messages.success(request, _("Het rapport is weggegooid."))
    return redirect("reports")


def _school(request: Request, schools: list[School]) -> School | None:
    """The school that was asked for; the only one when there is one."""
    asked = request.GET.get("school", "")
    return next((school for school in schools if str(school.pk) == asked), schools[0] if schools else None)


def _form(request: Request, school: School) -> ReportForm | None:
    rounds = selectors.rounds(school)
    if not rounds:
        return None
    language = translation.get_language() or "nl"
    return ReportForm(request.POST or None, sight=request.sight, school=school, rounds=rounds, language=language)


def _job(request: Request, pk: int) -> Job:
    job = get_object_or_404(selectors.jobs_of(request.sight), pk=pk)
    if not selectors.still_may(request.sight, job):
        raise Http404
    return job
