"""Changing a draft: pupils and goals. Nobody writes over what they have not seen."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from leercirkel.analysis.plan_goals import sentence_of_mastery, sentence_of_need, sentence_of_step
from leercirkel.apps.access.models import User
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.groupplan.actions.again import proposed_again
from leercirkel.apps.groupplan.actions.context import Choices, apply, choices_of, moved
from leercirkel.apps.groupplan.actions.goals import recount
from leercirkel.apps.groupplan.actions.held import close, open_plan, unchanged
from leercirkel.apps.groupplan.errors import Conflict, PlanRefused
from leercirkel.apps.groupplan.models import Arrangement, GroupPlan, PlanGoal, PlanPupil
from leercirkel.apps.groupplan.proposals import LONGEST, NAMES, REASONS, TECHNICAL_READING
from leercirkel.apps.groupplan.selectors.figures import norm_of
from leercirkel.apps.groupplan.selectors.setup import arrangements_of, rule_of_area
from leercirkel.core import dutch
from leercirkel.core.calendar import school_year_of


@transaction.atomic
def move_pupil(
    *, plan: GroupPlan, row: PlanPupil, arrangement: Arrangement, cluster: str | None, reason: str, was: int | None,
    by: User,
) -> GroupPlan:  # fmt: skip
    """Puts a pupil in an arrangement, with a reason from the list or none. `was`: the id of the arrangement that the
    user saw; when it is another by now, Conflict. Test goals are counted again. Raises PlanRefused too."""
    if reason and reason not in REASONS:
        raise PlanRefused(_("Kies een reden uit de lijst, of laat haar leeg."))
    held = open_plan(plan)
    own = PlanPupil.objects.select_related("arrangement").get(pk=row.pk, plan=held)
    if own.arrangement_id not in (was, arrangement.pk):
        who = held.changed_by.name if held.changed_by else ""
        raise Conflict(own.arrangement.name if own.arrangement else "", who, held.changed_at)
    before = (own.arrangement_id, own.reason, own.cluster)
    own.arrangement = arrangement
    own.reason = reason if arrangement.pk != own.proposed_id else ""
    own.cluster = own.cluster if cluster is None else cluster[:1]
    if before != (own.arrangement_id, own.reason, own.cluster):
        own.save(update_fields=["arrangement", "reason", "cluster"])
        _recount(held)
        moved(held, by)
        held.save(update_fields=["revision", "changed_by", "changed_at"])
        log.record(Kind.CHANGED, by=by, school=held.school_id, pupil=own.pupil_id, about=held, purpose="arrangement")
    return held


@transaction.atomic
def set_most_groups(*, plan: GroupPlan, most: int, by: User) -> GroupPlan:
    """How many instructions the teacher runs, from 1 to 8: proposals are made again, choices stay. From what is kept
    with the pupils, so no figure is asked for."""
    held = open_plan(plan)
    if not 1 <= most <= 8:
        raise PlanRefused(_("Kies 1 tot en met 8 instructies."))
    held.most_groups = most
    rows = list(held.pupils.select_related("arrangement", "proposed"))
    choices = choices_of(list(arrangements_of(held.school)))
    norm = norm_of(held.school, held.area.subjects[0], school_year_of(held.ends))
    made = proposed_again(rows, norm.tiers, rule_of_area(held.school, held.area), choices, most)
    for row in rows:
        if apply(row, made[row.pupil_id], choices, row.basis):
            row.save(update_fields=["arrangement", "proposed", "cluster", "basis"])
    recount(held, rows, choices, norm)
    close(held, by, also=("most_groups",))
    return held


def _recount(plan: GroupPlan) -> None:
    choices: Choices = choices_of(list(arrangements_of(plan.school)))
    rows = list(plan.pupils.all())
    recount(plan, rows, choices, norm_of(plan.school, plan.area.subjects[0], school_year_of(plan.ends)))


def mastery_text(plan: GroupPlan, content: str, proof: str) -> str:
    """G2 in the language of the school (Dutch): what pupils can by the end of the plan, and how that is seen. Empty
    without content; of groups 1 and 2 the teacher's own words alone."""
    if not content.strip():
        return ""
    if plan.kind == GroupPlan.Kind.OBSERVATION and not proof.strip():
        return content.strip()
    return sentence_of_mastery(content, proof, plan.ends.month)


@transaction.atomic
def add_step(
    *, plan: GroupPlan, pupils: Collection[int], how: str, arrangement: Arrangement | None, by: User
) -> PlanGoal:
    """G3: everyone a level of AVI up, and some read more for it; both may be left out. Raises PlanRefused for an area
    without AVI, for pupils who are not in the plan, and for only one of pupils and how."""
    if TECHNICAL_READING not in plan.area.subjects:
        raise PlanRefused(_("Een AVI-stap past bij technisch lezen."))
    inside = sorted(_inside(plan, pupils))
    if bool(inside) != bool(how.strip()):
        raise PlanRefused(_("Kies wie er extra lezen en schrijf op hoe, of laat beide leeg."))
    verb = dutch.agree(len(inside), "leest", "lezen")
    text = sentence_of_step([NAMES] if inside else [], f"{verb} daarvoor {how.strip().rstrip('.')}" if inside else "")
    return add_goal(plan=plan, kind=PlanGoal.Kind.STEP, text=text, arrangement=arrangement, by=by, named=inside)


@transaction.atomic
def add_need(*, plan: GroupPlan, pupil: int | None, help_given: str, purpose: str, by: User) -> PlanGoal:
    """G4: what one pupil of the plan gets, from the OPP, and what for (may be left out). Raises PlanRefused without a
    pupil or without words."""
    inside = _inside(plan, [pupil] if pupil else [])
    if not inside or not help_given.strip():
        raise PlanRefused(_("Kies een leerling, en schrijf op wat die krijgt."))
    text = sentence_of_need(NAMES, plan.area.name, help_given, purpose)
    return add_goal(plan=plan, kind=PlanGoal.Kind.NEED, text=text, arrangement=None, by=by, pupil=pupil)


def _inside(plan: GroupPlan, pupils: Collection[int]) -> set[int]:
    """These pupils, when all of them are in the plan."""
    found = set(PlanPupil.objects.filter(plan=plan, pupil__in=pupils).values_list("pupil_id", flat=True))
    if found != set(pupils):
        raise PlanRefused(_("Deze leerling staat niet in dit plan."))
    return found


@transaction.atomic
def add_goal(
    *, plan: GroupPlan, kind: str, text: str, arrangement: Arrangement | None, by: User, pupil: int | None = None,
    named: Collection[int] = (),
) -> PlanGoal:  # fmt: skip
    """A goal in words; of `pupil`, or with the names of `named` in it. Raises PlanRefused without words."""
    held = open_plan(plan)
    if not text.strip():
        raise PlanRefused(_("Schrijf op wat leerlingen kunnen aan het eind van deze periode."))
    last = held.goals.count()
    made = PlanGoal.objects.create(
        school_id=held.school_id, plan=held, arrangement=arrangement, kind=kind, position=100 + last,
        text=text.strip()[:LONGEST], on=held.ends, pupil_id=pupil, named=list(named),
    )  # fmt: skip
    close(held, by)
    return made


@transaction.atomic
def change_goal(
    *, plan: GroupPlan, goal: PlanGoal, text: str, to_reach: int | None, by: User, was: str | None = None
) -> PlanGoal:
    """The words of a goal, or of a test goal how many children are to reach it (never fewer than do already are
    proposed, but the teacher chooses). `was`: the words that the user began with; Conflict when they are others by now.
    Raises PlanRefused for more than there are."""
    held = open_plan(plan)
    own = PlanGoal.objects.get(pk=goal.pk, plan=held)
    _still(held, own, was, text)
    if own.kind == PlanGoal.Kind.TEST and to_reach is not None:
        if not 0 <= to_reach <= (own.of or 0):
            raise PlanRefused(_("Kies een aantal van 0 tot en met %d.") % (own.of or 0))
        own.chosen, own.to_reach = own.chosen or to_reach != own.to_reach, to_reach
    elif own.kind != PlanGoal.Kind.TEST:
        if not text.strip():
            raise PlanRefused(_("Schrijf het doel op, of haal het weg."))
        own.text = text.strip()[:LONGEST]
    own.save(update_fields=["text", "to_reach", "chosen"])
    close(held, by)
    return own


@transaction.atomic
def remove_goal(*, plan: GroupPlan, goal: PlanGoal, by: User, was: str | None = None) -> None:
    """Takes a goal in words out of the plan; `was` as in `change_goal`. Raises PlanRefused for a test goal, which
    follows the figures."""
    held = open_plan(plan)
    own = PlanGoal.objects.get(pk=goal.pk, plan=held)
    _still(held, own, was)
    if own.kind == PlanGoal.Kind.TEST:
        raise PlanRefused(_("Een toetsdoel volgt de eigen norm. Kies een ander aantal, of pas de eigen norm aan."))
    own.delete()
    close(held, by)


def _still(plan: GroupPlan, own: PlanGoal, was: str | None, text: str | None = None) -> None:
    if own.kind != PlanGoal.Kind.TEST:
        unchanged(plan, own.text, was, text)
