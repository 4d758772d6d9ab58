"""The results of a board's schools beside each other: never a ranking, and never two tests in one figure."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from leercirkel.apps.access.gate import needs
from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.insight.presenters import board as shaped
from leercirkel.apps.insight.selectors.board import schools_of_board
from leercirkel.apps.insight.selectors.kept_pages import kept_for_board
from leercirkel.apps.insight.tasks import ask_for_board_pages


@needs(Right.SEE_BOARD)
def results(request: Request) -> HttpResponse:
    """A funnel per test, each with the table behind it."""
    schools = list(schools_of_board(request.sight))
    kept = kept_for_board(schools)
    waiting = [school for school in schools if school.pk not in kept]
    older = [school for school in schools if school.pk in kept and not kept[school.pk].holds]
    if waiting or older:
        ask_for_board_pages(request.user.pk)
    found = {school: told for school in schools if school.pk in kept and (told := kept[school.pk].told)}
    rounds, school_year, moment = shaped.rounds_of(found, request.GET.get("ronde", ""))
    subjects = shaped.subjects_of(found, school_year, moment)
    asked = request.GET.get("vak", "")
    subject = asked if asked in subjects else next(iter(subjects), "")
    context = {
        "subjects": shaped.choices(subjects, subject, f"{school_year[:4]}-{moment}"),
        "schools": schools,
        "waiting": waiting,
        "older": older,
        "without": [school for school in schools if school.pk in kept and school not in found],
        "rounds": rounds,
        "round": shaped.texts().moment(school_year, moment) if school_year else "",
        "panels": shaped.panels(found, school_year, moment, subject),
        "few": len(schools) < shaped.FEW_SCHOOLS,
    }
    return render(request, "insight/board.html", context)
