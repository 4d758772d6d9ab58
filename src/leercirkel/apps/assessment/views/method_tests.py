"""Method tests: the blocks of a group, the grid of goals and pupils, and on which categories pupils fail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from leercirkel.apps import clock
from leercirkel.apps.access.gate import needs
from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.assessment import actions, grids, list_presenters
from leercirkel.apps.assessment.list_forms import BlockForm
from leercirkel.apps.assessment.method_tests import CATEGORIES, goals_text, percent_text, read_percent
from leercirkel.apps.assessment.models import MethodResult
from leercirkel.apps.assessment.selectors import lists
from leercirkel.apps.assessment.words import subject_name
from leercirkel.apps.organisation.actions import looks
from leercirkel.apps.organisation.models import Group
from leercirkel.apps.organisation.selectors import groups_with_any
from leercirkel.core.method_tests import goal_tallies, short_by_category
from leercirkel.core.subjects import CODE, SUBJECTS

SEES, WRITES = needs(*lists.EITHER), needs(Right.WRITE_RESULTS)
WRITE = (Right.WRITE_RESULTS,)
Cells = dict[tuple[int, str], float | None]


@SEES
def method_tests(request: Request) -> HttpResponse:
    """The blocks of one of my groups in this school year, and on which categories its pupils fail."""
    groups = lists.groups_of_lists(request.sight, clock.school_year())
    asked = request.GET.get("groep", "")
    group = next((each for each in groups if str(each.pk) == asked), groups[0] if groups else None)
    context: dict[str, Any] = {"groups": groups, "group": group, "may_load": request.sight.may(Right.MANAGE_ROSTER)}
    if group is not None:
        pupils = lists.members(request.sight, group)
        rows = lists.method_rows(group, [p.pk for p in pupils], lists.allowed(request.sight, group))
        looks.list_seen(pupils=pupils, by=request.user, purpose="method_tests", about=group)
        bounds = lists.bounds_of(group)
        by_subject = {subject: [row for row in rows if row.subject == subject] for subject in {r.subject for r in rows}}
        context |= {
            "blocks": [(block, subject_name(block.subject)) for block in lists.blocks_of(rows)],
            "short": [
                (subject_name(subject), list_presenters.short(short_by_category(lists.answered(of), bounds), pupils))
                for subject, of in sorted(by_subject.items())
            ],
            "may_write": bool(_writable(request, group)),
            "new": _fill_url(group),
        }
    return render(request, "assessment/method_tests.html", context)


@SEES
def method_test(request: Request, pk: int) -> HttpResponse:
    """One block of a group: the grid, a count per goal, and who falls short on which category."""
    group = _group(request, pk)
    subject, block = request.GET.get("vak", ""), request.GET.get("blok", "")
    pupils = lists.members(request.sight, group)
    rows = lists.method_rows(group, [p.pk for p in pupils], lists.allowed(request.sight, group))
    rows = [row for row in rows if (row.subject, row.block) == (subject, block)]
    if not rows:
        return redirect(f"{reverse('method-tests')}?{urlencode({'groep': group.pk})}")
    looks.list_seen(pupils=pupils, by=request.user, purpose="method_test", about=group)
    bounds, answered = lists.bounds_of(group), lists.answered(rows)
    context = {
        "group": group,
        "block_name": block,
        "subject": subject_name(subject),
        "last": max(row.taken_on for row in rows),
        "tallies": goal_tallies(answered, bounds),
        "grid": list_presenters.results(answered, pupils, bounds),
        "short": list_presenters.short(short_by_category(answered, bounds), pupils),
        "bounds": bounds,
        "fill": _fill_url(group, vak=subject, blok=block) if _writable(request, group) else "",
        "crumbs": _crumbs(group),
    }
    return render(request, "assessment/method_test.html", context)


@WRITES
def fill(request: Request, pk: int) -> HttpResponse:
    """First the block and its goals, then the grid; sent as one form."""
    group = _group(request, pk, WRITE)
    pupils = lists.members(request.sight, group, WRITE)
    mine = lists.allowed(request.sight, group, WRITE)
    rows = lists.method_rows(group, [p.pk for p in pupils], mine)
    subjects = _subjects(mine, [p.pk for p in pupils], {row.subject for row in rows})
    asked = (request.GET.get("vak", ""), request.GET.get("blok", ""))
    here = [row for row in rows if (row.subject, row.block) == asked]
    known = {row.goal: row for row in here}
    initial: dict[str, Any] = {"vak": asked[0], "blok": asked[1]}
    if here:
        initial |= {"datum": max(row.taken_on for row in here)}
        initial |= {"doelen": goals_text({goal: row.category for goal, row in known.items()})}
    form = BlockForm(subjects, group.school_year, request.POST or None, initial=initial)
    grid: grids.Grid | None = None
    looks.list_seen(pupils=pupils, by=request.user, purpose="method_fill", about=group)
    if request.method == "POST" and form.is_valid():
        found = form.cleaned_data
        whom = [pupil for pupil in pupils if mine.may(pupil.pk, found["vak"])]
        columns = [grids.Column(goal, category) for goal, category in found["doelen"].items()]
        of_block = [row for row in rows if (row.subject, row.block) == (found["vak"], found["blok"])]
        if request.POST.get("stap") == "doelen":
            values = {(row.pupil_id, row.goal): percent_text(row.percent) for row in of_block}
            grid = grids.empty(columns, whom, values)
        else:
            filled = grids.filled(columns, whom, request.POST, read_percent)
            grid = filled.grid
            if not grid.faults:
                return _save(request, group, found, _unrounded(filled.values, of_block))
    context = {
        "group": group,
        "form": form,
        "grid": grid,
        "categories": CATEGORIES.get(form["vak"].value() or (subjects[0] if subjects else ""), ()),
        "crumbs": _crumbs(group),
        "back": f"{reverse('method-tests')}?{urlencode({'groep': group.pk})}",
    }
    return render(request, "assessment/method_fill.html", context)


def _save(
    request: Request, group: Group, found: dict[str, Any], cells: dict[tuple[int, str], float | None]
) -> HttpResponse:
    actions.save_method_results(
        school=group.school, subject=found["vak"], block=found["blok"], taken_on=found["datum"], cells=cells,
        by=request.user, categories=found["doelen"],
    )  # fmt: skip
    messages.success(request, _("Opgeslagen."))
    query = urlencode({"vak": found["vak"], "blok": found["blok"]})
    return redirect(f"{reverse('method-test', args=[group.pk])}?{query}")


def _unrounded(values: Mapping[tuple[int, str], float | None], rows: list[MethodResult]) -> Cells:
    """What was filled in; a field that shows what is here rounded, and was left as it was, is no change."""
    here = {(row.pupil_id, row.goal): row.percent for row in rows}
    return {
        key: here[key]
        if value is not None and key in here and percent_text(here[key]) == percent_text(value)
        else value
        for key, value in values.items()
    }


def _subjects(mine: lists.Allowed, pupils: list[int], used: set[str]) -> list[str]:
    every = [*SUBJECTS, *sorted(code for code in used - set(SUBJECTS) if CODE.fullmatch(code))]
    return [code for code in every if mine.all_subjects(pupils) or any(mine.may(pupil, code) for pupil in pupils)]


def _writable(request: Request, group: Group) -> bool:
    return request.sight.may(Right.WRITE_RESULTS) and bool(lists.members(request.sight, group, WRITE))


def _group(request: Request, pk: int, rights: tuple[Right, ...] = lists.EITHER) -> Group:
    return get_object_or_404(groups_with_any(request.sight, rights).select_related("school"), pk=pk)


def _fill_url(group: Group, **query: str) -> str:
    return (
        f"{reverse('method-fill', args=[group.pk])}?{urlencode(query)}"
        if query
        else reverse("method-fill", args=[group.pk])
    )


def _crumbs(group: Group) -> list[tuple[str, str]]:
    return [(_("Methodetoetsen"), f"{reverse('method-tests')}?{urlencode({'groep': group.pk})}")]
