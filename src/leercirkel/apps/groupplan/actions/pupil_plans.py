"""Plans of single pupils: opening, filling in, and going on from the last one. Texts: actions.held."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from leercirkel.analysis.plan_goals import as_threshold, carried_on, sentence_of_mastery
from leercirkel.apps import clock
from leercirkel.apps.access.models import User
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.cycle.models import Finding, Judgement
from leercirkel.apps.groupplan.actions.context import moved
from leercirkel.apps.groupplan.actions.held import close, conflict, open_plan, unchanged
from leercirkel.apps.groupplan.errors import PlanRefused
from leercirkel.apps.groupplan.models import PlanArea, PlanGoal, PupilEvaluation, PupilGoal, PupilPlan
from leercirkel.apps.groupplan.proposals import LONGEST
from leercirkel.apps.groupplan.selectors import pupil_plans as selectors
from leercirkel.apps.groupplan.selectors.pupil_seen import begun_with, day_of, days_for, phrases_for, rounds_at
from leercirkel.apps.organisation.models import Pupil, School, StaffMember
from leercirkel.apps.organisation.selectors import teachers_of

KEPT = ("doing", "when", "who")
"""What goes on from the last plan; what was seen, said and different then is so no longer."""
PROOF = "80% goed op de bloktoets"
LONGEST_WEEKS = 40


@transaction.atomic
def open_for(
    *, pupil: Pupil, area: PlanArea | None, finding: Finding | None, sight: Sight, by: User
) -> tuple[PupilPlan, bool]:
    """A draft for this pupil, filled with what is known; or the plan that runs in this area already. Whether it is new.

    The caller took the pupil from `writable_pupils`, and the finding (about this pupil) from what the user sees.
    """
    held = Pupil.objects.select_for_update(of=("self",)).select_related("school").get(pk=pupil.pk)  # one at a time
    there = selectors.plan_for(held.pk, area.pk if area else None)
    if there is not None:
        return there, False
    before = selectors.last_of(held.pk, area.pk if area else None)
    seen = {} if finding is None else {"finding": finding.own_text or finding.text, "finding_en": finding.text_en}
    if finding is not None and finding.own_text:
        seen.pop("finding_en")
    plan = _begin(held, area, before, by, {"finding": finding, "owner": _teacher(held, by)}, seen)
    _fill(plan, before, sight)
    log.record(Kind.CREATED, by=by, school=held.school_id, pupil=held.pk, about=plan, purpose="pupil_plan")
    return plan, True


def go_on(*, plan: PupilPlan, evaluation: PupilEvaluation, sight: Sight, by: User) -> PupilPlan:
    """The draft that goes on from a plan that was looked back on, with what it had; what the team does otherwise is
    what it wrote there. In the transaction of the caller."""
    more = {"finding": plan.finding, "owner": plan.owner}
    adapts = evaluation.choice == Judgement.Choice.ADAPT
    made = _begin(plan.pupil, plan.area, plan, by, more, {}, evaluation.why if adapts else "")
    _fill(made, plan, sight)
    log.record(Kind.CREATED, by=by, school=made.school_id, pupil=made.pupil_id, about=made, purpose="pupil_plan")
    return made


def _begin(
    pupil: Pupil, area: PlanArea | None, before: PupilPlan | None, by: User, more: Mapping[str, Any],
    seen: Mapping[str, str], different: str = "",
) -> PupilPlan:  # fmt: skip
    starts = clock.today()
    review, ends = days_for(pupil.school, pupil, area, starts)
    goes_on = before is not None and before.evaluation.choice != Judgement.Choice.STOP
    texts = {name: before.texts[name] for name in KEPT if before.texts.get(name)} if before and goes_on else {}
    return PupilPlan.objects.create(
        school=pupil.school, pupil=pupil, area=area, run=selectors.open_run(pupil.school_id), before=before,
        starts=starts, ends=ends, review_on=review, seen=dict(seen), opened_by=by, changed_by=by,
        texts=texts | ({"different": different} if different else {}), **more,
    )  # fmt: skip


def _teacher(pupil: Pupil, by: User) -> StaffMember | None:
    """Who sees to it when nobody said otherwise: the teacher of the class who can sign in, else who opens it."""
    group = selectors.classes_of([pupil.pk]).get(pupil.pk)
    rows = teachers_of([group])[group.pk] if group else []
    found = next((row.staff for row in rows if row.staff.user_id), None)
    return found or StaffMember.objects.filter(school=pupil.school_id, user=by).first()


def _fill(plan: PupilPlan, before: PupilPlan | None, sight: Sight) -> None:
    """What is known goes in: results, phrases, goals in words not reached before, and those of the figures."""
    begun = begun_with(sight, plan.pupil, plan.school, plan.area)
    plan.seen = {**plan.seen, "results": list(begun.results), "phrases": phrases_for(plan.pupil, plan.area)}
    plan.save(update_fields=["seen"])
    made: list[PupilGoal] = []
    kept = before.goals.exclude(kind=PlanGoal.Kind.TEST).exclude(met=True) if before and plan.texts else ()
    for goal in kept:
        text = carried_on(goal.text, before.ends, plan.starts, plan.ends) if before else goal.text
        made.append(_goal(plan, goal.kind, plan.ends, text=text, subject=goal.subject, before=goal))
    words = " ".join(goal.text for goal in made).casefold()
    for one in begun.goals:
        if one.aim is not None:
            threshold = {"quantity": one.aim.quantity, "threshold": one.aim.threshold or ""}
            made.append(_goal(plan, PlanGoal.Kind.TEST, one.on, subject=one.subject, **threshold))
        elif one.practise.casefold() not in words:
            text = mastery_text(plan, one.practise, PROOF)
            made.append(_goal(plan, PlanGoal.Kind.MASTERY, plan.ends, text=text, subject=one.subject))
    for position, goal in enumerate(made):
        goal.position = position
    PupilGoal.objects.bulk_create(made)


@transaction.atomic
def refresh(*, school: School, sight: Sight) -> int:
    """Late results flow into the drafts of a school; goals and texts stay as they are. How many changed. The system's
    own work: nobody is named as who wrote it."""
    drafts = PupilPlan.objects.select_for_update(of=("self",)).filter(school=school, state=PupilPlan.State.DRAFT)
    changed = 0
    for plan in drafts.select_related("pupil", "area", "school").order_by("pk"):
        results = list(begun_with(sight, plan.pupil, plan.school, plan.area).results)
        if results != plan.seen.get("results", []):
            plan.seen = {**plan.seen, "results": results}
            moved(plan, None)
            plan.save(update_fields=["seen", "revision", "changed_by", "changed_at"])
            changed += 1
    return changed


def _goal(plan: PupilPlan, kind: str, on: date, **values: Any) -> PupilGoal:
    return PupilGoal(school_id=plan.school_id, plan=plan, kind=kind, on=on, **values)


def mastery_text(plan: PupilPlan, content: str, proof: str) -> str:
    """G2 of this pupil in the language of the school (Dutch); empty without content."""
    name = plan.pupil.first_name or str(plan.pupil)
    return sentence_of_mastery(content, proof, plan.ends.month, name=name) if content.strip() else ""


@transaction.atomic
def add_words(*, plan: PupilPlan, content: str, proof: str, by: User) -> PupilGoal:
    """A goal in words: what the pupil can at the end, and how that is seen. Raises PlanRefused without words."""
    held = open_plan(plan)
    text = mastery_text(held, content, proof)
    if not text:
        raise PlanRefused(_("Schrijf op wat de leerling kan aan het eind van deze periode."))
    kind = PlanGoal.Kind.MASTERY if held.area else PlanGoal.Kind.OBSERVATION
    return _added(held, _goal(held, kind, held.ends, text=text[:LONGEST]), by)


@transaction.atomic
def add_test(*, plan: PupilPlan, subject: str, quantity: str, threshold: str, by: User) -> PupilGoal:
    """A goal in a test result, by the next round. Raises PlanRefused for a subject that is not of the area, or for what
    is no result of that quantity."""
    held = open_plan(plan)
    if held.area is None or subject not in held.area.subjects:
        raise PlanRefused(_("Kies een vak van dit plan."))
    wanted = _threshold(quantity, threshold)
    on = day_of(rounds_at(held.starts)[1])
    values = {"subject": subject, "quantity": quantity, "threshold": wanted}
    return _added(held, _goal(held, PlanGoal.Kind.TEST, on, **values), by)


def _threshold(quantity: str, typed: str) -> str:
    wanted = as_threshold(quantity, typed)
    if wanted is None:
        raise PlanRefused(
            _("“%s” is geen uitslag van deze soort. Schrijf bijvoorbeeld 20, III, B, M4 of 1F.") % typed.strip()[:40]
        )
    return wanted


def _added(plan: PupilPlan, goal: PupilGoal, by: User) -> PupilGoal:
    goal.position = plan.goals.count()
    goal.save()
    close(plan, by)
    return goal


@transaction.atomic
def change_goal(*, plan: PupilPlan, goal: PupilGoal, text: str, was: str, by: User) -> PupilGoal:
    """The words of a goal, or the threshold of a test goal. `was`: what the user began with; Conflict when it is
    something else by now. Raises PlanRefused for nothing, and for no result."""
    held = open_plan(plan)
    own = PupilGoal.objects.get(pk=goal.pk, plan=held)
    tested = own.kind == PlanGoal.Kind.TEST
    unchanged(held, own.threshold if tested else own.text, was, text)
    if tested:
        own.threshold = _threshold(own.quantity, text)
    elif not text.strip():
        raise PlanRefused(_("Schrijf het doel op, of haal het weg."))
    else:
        own.text = text.strip()[:LONGEST]
    own.save(update_fields=["text", "threshold"])
    close(held, by)
    return own


@transaction.atomic
def remove_goal(*, plan: PupilPlan, goal: PupilGoal, was: str, by: User) -> None:
    """Takes a goal out of the plan; `was` as in `change_goal`."""
    held = open_plan(plan)
    own = PupilGoal.objects.get(pk=goal.pk, plan=held)
    unchanged(held, own.threshold if own.kind == PlanGoal.Kind.TEST else own.text, was)
    own.delete()
    close(held, by)


@transaction.atomic
def set_days(
    *, plan: PupilPlan, ends: date, review_on: date, owner: StaffMember | None, was: str, by: User
) -> PupilPlan:
    """The last day, the day to look back and who sees to it. `was`: `days_code` as the user saw it; Conflict when it is
    another by now. Raises PlanRefused for days that do not follow each other."""
    held = open_plan(plan)
    wanted = _code(ends, review_on, owner.pk if owner else None)
    if days_code(held) not in (was, wanted):
        raise conflict(held, _told(held))
    if not held.starts <= review_on <= ends:
        raise PlanRefused(_("De dag van de evaluatie ligt tussen het begin en het eind van het plan."))
    if (ends - held.starts).days > 7 * LONGEST_WEEKS:
        raise PlanRefused(_("Een handelingsplan duurt hoogstens een schooljaar. Kies een eerdere einddatum."))
    if days_code(held) != wanted:
        held.ends, held.review_on, held.owner = ends, review_on, owner
        close(held, by, also=("ends", "review_on", "owner"))
    return held


def days_code(plan: PupilPlan) -> str:
    """The days and who sees to it as one text, to tell whether they changed."""
    return _code(plan.ends, plan.review_on, plan.owner_id)


def _code(ends: date, review_on: date, owner: int | None) -> str:
    return f"{ends.isoformat()} {review_on.isoformat()} {owner or ''}"


def _told(plan: PupilPlan) -> str:
    return _("evaluatie op %(review)s, tot en met %(ends)s, %(owner)s") % {
        "review": plan.review_on.strftime("%d-%m-%Y"), "ends": plan.ends.strftime("%d-%m-%Y"),
        "owner": plan.owner or _("niemand"),
    }  # fmt: skip
