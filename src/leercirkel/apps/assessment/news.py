"""New results, for the start page (apps/pages/news.py)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, Max
from django.urls import reverse
from django.utils.translation import ngettext

from leercirkel.apps import clock
from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.assessment.models import ImportBatch, Result
from leercirkel.apps.organisation.models import Group
from leercirkel.apps.pages.news import News


def results_of_own_groups(request: Request, before: datetime) -> Iterator[News]:
    """Per group of one's own: how many results came in."""
    mine = request.sight.extent(Right.SEE_RESULTS).groups
    if not mine:
        return
    whole = {group for group, subject in mine if not subject}
    rows = Result.objects.filter(
        batch__state=ImportBatch.State.DONE, batch__made_at__gt=before, group__in=whole,
        group__school_year=clock.school_year(), school__in=request.sight.pupil_schools,
    )  # fmt: skip
    found = rows.values("group").annotate(number=Count("pk"), at=Max("batch__made_at")).order_by("group")
    names = dict(Group.objects.filter(pk__in=[row["group"] for row in found]).values_list("pk", "name"))
    for row in found:
        what = ngettext("%(n)d nieuw resultaat van %(group)s", "%(n)d nieuwe resultaten van %(group)s", row["number"])
        label = {"n": row["number"], "group": names[row["group"]]}
        yield News(what % label, row["at"], reverse("group", args=[row["group"]]))


def imports_of_own_schools(request: Request, before: datetime) -> Iterator[News]:
    """Per import into a school of which one sees the figures: how many results it brought."""
    schools = request.sight.extent(Right.SEE_FIGURES).schools & request.sight.extent(Right.SEE_RESULTS).schools
    if not schools:
        return
    batches = ImportBatch.objects.filter(
        school__in=schools, state=ImportBatch.State.DONE, origin=ImportBatch.Origin.FILES, made_at__gt=before
    )
    for batch in batches.select_related("school").order_by("-made_at")[:5]:
        number = batch.counts.get("added", sum(file.get("rows", 0) for file in batch.files))
        label = {"n": number, "school": batch.school.name}
        what = ngettext("%(n)d resultaat ingelezen bij %(school)s", "%(n)d resultaten ingelezen bij %(school)s", number)
        yield News(what % label, batch.made_at, reverse("school", args=[batch.school_id]))
