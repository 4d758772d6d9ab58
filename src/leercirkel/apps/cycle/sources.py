"""What this app itself enters on the page of a round: where the findings of each group and its steps
stand."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from leercirkel.analysis.findings import NO_CAUSE_ASKED
from leercirkel.apps.access.request import Request
from leercirkel.apps.cycle import steps
from leercirkel.apps.cycle.models import CycleRun, Finding, Intervention, Judgement, Support
from leercirkel.apps.cycle.presenters.findings import decided_text
from leercirkel.apps.cycle.progress import Line
from leercirkel.apps.cycle.selectors.agreed import agreed, coaching_exists, is_head, questions
from leercirkel.apps.cycle.selectors.explanations import findings_to_explain
from leercirkel.apps.cycle.selectors.findings import counted, findings_of
from leercirkel.apps.cycle.selectors.monitoring import monitored
from leercirkel.apps.cycle.selectors.rounds import round_before

FINDINGS = gettext_lazy("bevindingen")


def of_findings(request: Request, run: CycleRun) -> Iterator[Line]:
    """Per group how many of the findings that its talk begins with were decided on."""
    found = findings_of(request.sight, run).filter(talk=Finding.Talk.GROUP)
    for group, (decided, of) in counted(found).items():
        if group is not None:
            url = f"{reverse('round-findings', args=[run.pk])}?overleg=group&groep={group}"
            done = decided == of
            turn = "" if done else str(run.leader)
            yield Line(group, FINDINGS, decided_text(decided, of), url, turn, done=done, order=10)


def tell_analysis(request: Request, run: CycleRun) -> steps.Said:
    """How many findings about school and groups were decided on, of those that the user may see. Those about pupils are
    for their own talks, all through the half year."""
    rows = counted(findings_of(request.sight, run).exclude(level=Finding.Level.PUPIL)).values()
    decided, of = sum(row[0] for row in rows), sum(row[1] for row in rows)
    return steps.Said(decided_text(decided, of) if of else _("Geen bevindingen."), decided > 0)


def tell_explanations(request: Request, run: CycleRun) -> steps.Said:
    """How many of the findings that were taken over and ask for a cause have an explanation: no good news, and nothing
    that only tells of results to come."""
    found = findings_to_explain(request.sight).filter(run=run, good=False).exclude(template__in=NO_CAUSE_ASKED)
    rows = found.annotate(chosen=Count("explanations")).order_by().values_list("chosen", flat=True)
    explained, of = sum(chosen > 0 for chosen in rows), len(rows)
    text = _("%(explained)d van de %(of)d bevindingen verklaard") % {"explained": explained, "of": of} if of else ""
    return steps.Said(text, explained > 0)


def tell_support(request: Request, run: CycleRun) -> steps.Said:
    """How many agreements with teachers the user reads, and questions; the head also that coaching is there. Who reads
    none is told the same whether there are any or not."""
    read = list(agreed(request.sight).filter(run=run).order_by().values_list("kind", flat=True))
    number, asked = len(read), questions(request.sight, run).count()
    if is_head(request.user.pk, run.school_id):
        number += coaching_exists(run) - read.count(Support.Kind.COACHING)
    parts = [ngettext("%d afspraak", "%d afspraken", number) % number] if number else []
    parts += [ngettext("%d vraag", "%d vragen", asked) % asked] if asked else []
    return steps.Said(", ".join(parts), bool(parts), _("niets dat jij leest"))


def tell_monitoring(request: Request, run: CycleRun) -> steps.Said:
    """How many interventions were begun in this round, and of how many weeks nothing was said yet."""
    rows = monitored(request.sight, run)
    weeks = sum(len(row.open) for row in rows)
    if not rows:
        return steps.Said()
    text = ngettext("%d aanpak", "%d aanpakken", len(rows)) % len(rows)
    if weeks:
        text += "; " + ngettext("van %d week is nog niets gezegd", "van %d weken is nog niets gezegd", weeks) % weeks
    return steps.Said(text, any(given is not None for row in rows for _week, given in row.weeks))


def tell_effect(request: Request, run: CycleRun) -> steps.Said:
    """How many of the interventions of the round before the team judged."""
    before = round_before(run)
    of = Intervention.objects.filter(run=before).count() if before else 0
    judged = Judgement.objects.filter(run=run).count()
    text = _("%(judged)d van de %(of)d aanpakken beoordeeld") % {"judged": judged, "of": of} if of else ""
    return steps.Said(text, judged > 0)
