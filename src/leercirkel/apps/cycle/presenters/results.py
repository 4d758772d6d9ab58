"""Step 2: the results of a round in view, from its own figures, and what changed since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import parse_qs, urlencode, urlsplit

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leercirkel.analysis.model import SchoolReport
from leercirkel.analysis.since import Count, changed_cells
from leercirkel.apps.cycle.models import CycleRun
from leercirkel.apps.insight.presenters import school as shaped
from leercirkel.apps.insight.presenters.links import Links
from leercirkel.documents.report.context import Context

OVERVIEW, YEARS, SAME, CARE = "overzicht", "jaren", "leerlingen", "ondersteuning"


@dataclass(frozen=True, slots=True)
class Changed:
    """A cell of which the count is another one now."""

    group: str
    subject: str
    before: str
    now: str


def tabs(run: CycleRun, here: str) -> list[shaped.Tab]:
    """The overview, both trends, and the growth of pupils with extra support."""
    names = (
        (OVERVIEW, _("Overzicht")), (YEARS, _("Trend per jaargroep")), (SAME, _("Trend van dezelfde leerlingen")),
        (CARE, _("Extra ondersteuning")),
    )  # fmt: skip
    return [shaped.Tab(label, f"{_address(run)}?{urlencode({'beeld': name})}", name == here) for name, label in names]


def years(context: Context, links: Links, run: CycleRun, subject: str) -> shaped.Trends:
    """The trend per grade of one subject; the other subjects stay on this page."""
    found = shaped.years(context, links, subject)
    choices = [replace(each, url=f"{_address(run)}?{_of_subject(each.url)}") for each in found.choices]
    return replace(found, choices=choices)


def _of_subject(url: str) -> str:
    return urlencode({"beeld": YEARS, "vak": parse_qs(urlsplit(url).query)["vak"][0]})


def _address(run: CycleRun) -> str:
    return reverse("round-results", args=[run.pk])


def changed(context: Context, now: SchoolReport | None) -> Sequence[Changed]:
    """What came in or changed since the figures were fixed, per group and test."""
    if now is None:
        return []
    texts = context.texts
    return [
        Changed(texts.group(cell.group or ""), texts.subject(cell.subject), _count(cell.before), _count(cell.now))
        for cell in changed_cells(context.report, now)
    ]


def _count(count: Count | None) -> str:
    if count is None or not count.counted:
        return _("geen uitslagen")
    if count.judged is None:
        said: str = ngettext("%(n)d uitslag", "%(n)d uitslagen", count.counted) % {"n": count.counted}
        return said
    return _("%(reached)d van de %(of)d haalden de norm") % {"reached": count.reached, "of": count.judged}
