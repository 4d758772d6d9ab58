"""What waits for who leads rounds: lines for the start page (apps/pages/due.py)."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leercirkel.apps import clock
from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.cycle.presenters.rounds import in_words
from leercirkel.apps.cycle.selectors.agreed import questions_without_answer, talks_soon
from leercirkel.apps.cycle.selectors.begun import to_change
from leercirkel.apps.cycle.selectors.checks import checks_due
from leercirkel.apps.cycle.selectors.monitoring import monitored
from leercirkel.apps.cycle.selectors.ready import proposal_of
from leercirkel.apps.cycle.selectors.rounds import led_schools
from leercirkel.apps.organisation.models import StaffMember
from leercirkel.apps.pages.due import Due
from leercirkel.core.interventions import monday_of


def rounds_to_open(request: Request) -> Iterator[Due]:
    """Rounds of which enough results are in to begin."""
    if not request.sight.may(Right.WRITE_ANALYSIS):
        return
    for school in led_schools(request.sight):
        found = proposal_of(request.sight, school)
        if found is not None and found.ready:
            yield Due(
                _("%(school)s: de %(round)s kan open") % {"school": school.name, "round": found.label},
                url=f"{reverse('round-open', args=[school.pk])}?ronde={found.code}",
                action=_("Ronde openen"),
                detail=in_words(found.came_in),
                order=15,
            )


def weeks_to_say(request: Request) -> Iterator[Due]:
    """Weeks before this one of which it was not said whether an intervention of one's own was given."""
    own = StaffMember.objects.filter(user=request.user.pk)
    if not any(request.sight.may(right) for right in (Right.WRITE_ANALYSIS, Right.WRITE_PLAN)):
        return
    rows = to_change(request.sight).filter(owner__in=own, start__lt=monday_of(clock.today()))
    for run in {row.run for row in rows if row.run}:
        mine = {row.pk for row in rows if row.run_id == run.pk}
        weeks = [
            week for one in monitored(request.sight, run) if one.row.pk in mine for week in one.open
            if week < monday_of(clock.today())
        ]  # fmt: skip
        if weeks:
            words = ngettext(
                "Van %d week zeggen of de aanpak is gegeven", "Van %d weken zeggen of de aanpak is gegeven", len(weeks)
            )
            yield Due(words % len(weeks), reverse("round-monitoring", args=[run.pk]), _("Invullen"), order=40)


def first_talks(request: Request) -> Iterator[Due]:
    """The first talk about an agreement with a teacher, for the two persons only. What it is about is not said: others
    may look over a shoulder at a start page."""
    if not any(request.sight.may(right) for right in (Right.WRITE_ANALYSIS, Right.WRITE_PLAN)):
        return
    for row in talks_soon(request.sight):
        mine = row.staff.user_id == request.user.pk
        other = row.other if mine else row.staff
        day = date_format(row.first_talk, "l j F") if row.first_talk else ""
        yield Due(
            _("Gesprek met %(who)s, %(day)s") % {"who": other, "day": day},
            reverse("round-support", args=[row.run_id]), _("Afspraak bekijken"), order=35,
        )  # fmt: skip


def checks_to_make(request: Request) -> Iterator[Due]:
    """Days on which one would look halfway an intervention, and nobody wrote down what was seen."""
    if not any(request.sight.may(right) for right in (Right.WRITE_ANALYSIS, Right.WRITE_PLAN)):
        return
    for row in checks_due(request.sight, request.user.pk):
        yield Due(
            _("Tussentijds kijken: %s") % row.intervention.name,
            reverse("round-check", args=[row.intervention.run_id, row.intervention_id, row.pk]),
            _("Kijken"),
            detail=date_format(row.on, "l j F"),
            order=38,
        )


def questions_to_answer(request: Request) -> Iterator[Due]:
    """How many teachers asked something in a round that the user leads, with whom nothing was agreed yet. Not who, and
    not what: others may look over a shoulder at a start page."""
    if not request.sight.may(Right.WRITE_ANALYSIS):
        return
    runs = list(questions_without_answer(request.sight).values_list("run", flat=True))
    for run in dict.fromkeys(runs):
        n = runs.count(run)
        words = ngettext("%d leerkracht stelde een vraag", "%d leerkrachten stelden een vraag", n)
        yield Due(words % n, reverse("round-support", args=[run]), _("Vraag lezen"), order=36)
