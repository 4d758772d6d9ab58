"""What the team decides about an intervention: go on, adapt or stop; and going on in this round."""

from __future__ import annotations

from dataclasses import asdict

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from leercirkel.analysis.model.round_effect import RoundEffect
from leercirkel.apps.access.models import User
from leercirkel.apps.access.refusals import Refused
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.cycle.actions.begun import Wanted, begin, open_run
from leercirkel.apps.cycle.actions.findings import ChangedMeanwhile
from leercirkel.apps.cycle.models import CycleRun, Intervention, Judgement
from leercirkel.apps.cycle.selectors.begun import members_on, usual_period
from leercirkel.apps.organisation.models import Enrolment, Group
from leercirkel.core.calendar import school_year_of


class NoChoice(Refused):
    """Neither of the three."""

    text = _("Kies of we doorgaan, aanpassen of stoppen.")


@transaction.atomic
def judge(
    *, run: CycleRun, intervention: Intervention, effect: RoundEffect, choice: str, why: str, by: User,
    seen: str | None = None,
) -> Judgement:  # fmt: skip
    """Keeps what the team decides, with the effect as it is now. A later decision in the same round takes its place.
    `seen`: the decision that the user saw (`said_of`), empty for none.

    Raises NoChoice, AlreadyClosed, and ChangedMeanwhile when another one was made since: nothing is written then.
    """
    if choice not in Judgement.Choice.values:
        raise NoChoice
    held = open_run(run)
    before = Judgement.objects.filter(run=held, intervention=intervention).first()
    if seen is not None and seen.split() != said_of(before).split():
        raise ChangedMeanwhile
    made, _new = Judgement.objects.update_or_create(
        run=held, intervention=intervention,
        defaults={
            "school_id": held.school_id, "effect": asdict(effect), "choice": choice, "why": why.strip(), "made_by": by,
        },
    )  # fmt: skip
    log.record(Kind.CHANGED, by=by, school=held.school_id, about=made, purpose=choice)
    return made


def said_of(judged: Judgement | None) -> str:
    """A decision as it is told from another."""
    return f"{judged.choice} {judged.why}" if judged else ""


@transaction.atomic
def go_on(*, run: CycleRun, intervention: Intervention, by: User) -> Intervention:
    """Begins the same in this round: the same measure, subject and goal, with the groups when they are still those of
    the school year, else with the pupils who took part and are still at school. Raises as `begin`."""
    start, last = usual_period(run)
    groups = [one.group for one in intervention.groups.select_related("group")]
    named = set(intervention.pupils.values_list("pupil_id", flat=True))
    same = all(group.school_year == school_year_of(start) for group in groups)
    pupils = named if same else named | _members(groups, intervention)
    here = Enrolment.objects.filter(school=run.school_id, pupil_id__in=pupils, during__contains=start)
    old = intervention
    wanted = Wanted(old.kind, old.name, start, last, old.subject, old.goal, old.owner, old.selected_low)
    return begin(
        run=run, wanted=wanted, groups=groups if same else (), by=by,
        pupils=set(here.values_list("pupil_id", flat=True)),
    )  # fmt: skip


def _members(groups: list[Group], intervention: Intervention) -> set[int]:
    base = [group for group in groups if group.kind == Group.Kind.BASE]
    return {pupil for group in base for pupil in members_on(group, intervention.start)}
