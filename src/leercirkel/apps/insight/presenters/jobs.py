"""Documents that are made in the background, as a page tells of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leercirkel.apps.insight.forms import round_label
from leercirkel.apps.insight.models import Job, JobFile
from leercirkel.apps.insight.reporting import AUDIENCES, FORMS, STEPS

FAULTS: dict[str, Any] = {
    "rights": gettext_lazy("Je mag dit rapport niet meer maken. Vraag de beheerder van de school naar je rol."),
    "nothing": gettext_lazy("Van deze ronde is er geen enkel resultaat dat telt. Kies een andere ronde."),
}


FAULTS_OF_SHEETS: dict[str, Any] = {
    "rights": gettext_lazy("Je mag deze gespreksbladen niet meer maken. Vraag de beheerder van de school naar je rol."),
    "nothing": gettext_lazy("Van deze groep is er geen leerling met een toets in deze ronde."),
}
SHEETS = gettext_lazy("PDF, één bladzijde per leerling; hier staan namen in")


@dataclass(frozen=True, slots=True)
class JobLine:
    """One report in a list."""

    job: Job
    round: str
    audience: Any
    busy: bool


@dataclass(frozen=True, slots=True)
class JobPage:
    """One report, or the talk sheets of a class (`group`: its number): what it is, how far it is, what can be fetched
    (file, what it is) and looked at."""

    title: str
    round: str
    audience: Any
    busy: bool
    step: Any
    fault: Any
    files: tuple[tuple[JobFile, Any], ...]
    pages: tuple[JobFile, ...]
    group: int | None = None


def job_line(job: Job) -> JobLine:
    """The job as a line."""
    return JobLine(job, _round(job), _for_whom(job), _busy(job))


def job_page(job: Job, files: Sequence[JobFile]) -> JobPage:
    """The job as a page."""
    done, sheets = job.state == Job.State.DONE, job.kind == Job.Kind.TALK_SHEETS
    faults, title = (FAULTS_OF_SHEETS, _("Gespreksbladen")) if sheets else (FAULTS, _("Rapport"))
    return JobPage(
        title=f"{title} {_round(job)}",
        round=_round(job),
        audience=_for_whom(job),
        busy=_busy(job),
        step=STEPS.get(job.step, _("Wacht op zijn beurt")),
        fault=faults.get(job.fault, _("Er ging iets mis. Probeer het nog een keer.")) if job.fault else "",
        files=tuple(
            (file, SHEETS if sheets else FORMS[file.name.rpartition(".")[2]])
            for file in files
            if done and not file.preview
        ),
        pages=tuple(file for file in files if done and file.preview),
        group=job.options["group"] if sheets else None,
    )


def _round(job: Job) -> str:
    return round_label(job.options["school_year"], job.options["moment"])


def _for_whom(job: Job) -> Any:
    """For whom a report is; of talk sheets, that they are these."""
    return job.get_kind_display() if job.kind == Job.Kind.TALK_SHEETS else AUDIENCES[job.options["audience"]]


def _busy(job: Job) -> bool:
    return job.state in (Job.State.WAITING, Job.State.RUNNING)
