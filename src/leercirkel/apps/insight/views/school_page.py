"""What every page of a school's results has: the school as far as it may be seen, its report, tabs and rounds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.insight import selectors
from leercirkel.apps.insight.actions.kept_pages import keep_front
from leercirkel.apps.insight.presenters import school as shaped
from leercirkel.apps.insight.presenters.links import Links, links_of
from leercirkel.apps.insight.selectors import Reach
from leercirkel.apps.organisation.models import School
from leercirkel.core.calendar import MOMENTS
from leercirkel.documents.report.context import Context


@dataclass(frozen=True, slots=True)
class SchoolPage:
    """One page of one school on one round. `context` and `links` only where the school has results."""

    request: Request
    name: str
    school: School
    reach: Reach
    context: Context
    links: Links

    def in_own_words(self) -> Context:
        """The report that begins with what the school says itself."""
        own = selectors.own_texts(self.request.sight, self.school, self.context.report)
        return replace(self.context, report=selectors.with_own_texts(self.context.report, own))

    def show(self, template: str, **more: Any) -> HttpResponse:
        """The page, with what all pages of the school have."""
        report = self.context.report
        return render(
            self.request,
            template,
            {
                "school": self.school,
                "report": report,
                "reach": self.reach,
                "round": self.context.texts.moment(report.school_year, report.moment),
                "as_of": self.context.texts.day(report.as_of),
                "labels": self.context.texts.labels,
                "tabs": shaped.tabs_of(self.links, report, self.reach, self.name),
                "rounds": shaped.rounds_of(self.context),
                "here": self.links.page(self.name).partition("?")[0],
                "crumbs": [(_("Scholen"), reverse("insight-here"))],
                **more,
            },
        )


def open_page(
    request: Request, pk: int, name: str, *, only: tuple[Reach, ...] = tuple(Reach), front: bool = False
) -> SchoolPage | HttpResponse:
    """The page of a school that this user may see figures of, or one that says that there are no results yet.

    404 for another school, and for a page that is not for who sees figures this far (`only`). `front`: the page needs
    no more than the first page of the report, which is kept for a process that has not made the whole one.
    """
    school = get_object_or_404(selectors.schools_in_view(request.sight), pk=pk)
    reach = selectors.reach_at(request.sight, school)
    if reach not in only:
        raise Http404
    year, moment = asked(request)
    if front:
        first = selectors.front_of(request.sight, school, year, moment)
        report = first.report
        if first.made_now:
            keep_front(sight=request.sight, school=school, school_year=year, moment=moment, made=first)
    else:
        report = selectors.report_of(request.sight, school, year, moment)
    if report is None:
        may_load = request.sight.may_at(Right.WRITE_RESULTS, school.pk)
        crumbs = [(_("Scholen"), reverse("insight-here"))]
        return render(request, "insight/no_results.html", {"school": school, "may_load": may_load, "crumbs": crumbs})
    groups = selectors.open_groups(request.sight, school, int(report.school_year[:4]))
    links = links_of(school, report, groups, explained=reach != Reach.GROUPS)
    return SchoolPage(request, name, school, reach, shaped.in_language(report), links)


def asked(request: Request) -> tuple[int | None, str | None]:
    """The round that the address names (`jaar` and `moment`, or both in `ronde`); None for the newest one."""
    together = request.GET.get("ronde", "").partition("-")
    year = request.GET.get("jaar") or together[0]
    moment = request.GET.get("moment") or together[2]
    known = year.isascii() and year.isdecimal() and len(year) == 4
    return int(year) if known else None, moment if moment in MOMENTS else None
