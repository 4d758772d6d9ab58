"""Names of pupils in what was written in a plan or its evaluation (organisation.named)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from leercirkel.apps.groupplan.models import GroupPlan, PlanGoal, PlanPupil, PupilGoal, PupilPlan
from leercirkel.apps.groupplan.proposals import PUPIL_SECTIONS, SECTIONS
from leercirkel.apps.groupplan.selectors.written import others_of
from leercirkel.apps.organisation.named import Named, near_pupils

GOALS = _("Doelen")
EVALUATION = _("Hoe komt dat, en wat doen we anders?")


def named_in_texts(plan: GroupPlan, pupils: Collection[int], sections: Iterable[str] = SECTIONS) -> dict[str, Named]:
    """Section → the names of pupils that may stand in it. `pupils`: those of the plan. One query, or none."""
    found = {}
    for one in near_pupils(
        {code: str(plan.texts.get(code, "")) for code in sections}, school=plan.school_id, pupils=pupils
    ):
        found[one.field] = Named(str(SECTIONS[one.field]), one.names)
    return found


def named_in_plan(plan: GroupPlan) -> list[Named]:
    """What may be a name in all that a version of the plan would keep for everyone: its parts in words and its goals.
    What is needed for one pupil is that pupil's and is left out. At most three queries."""
    goals = plan.goals.exclude(kind=PlanGoal.Kind.NEED).values_list("text", flat=True)
    texts = {label: str(plan.texts.get(code, "")) for code, label in SECTIONS.items()}
    return _near(plan, texts | {GOALS: "\n".join(goals)})


def named_in_evaluation(plan: GroupPlan, text: str) -> list[Named]:
    """What may be a name in the words of an evaluation. At most two queries."""
    return _near(plan, {EVALUATION: text})


def named_in_pupil_plan(plan: PupilPlan, goals: Iterable[PupilGoal]) -> list[Named]:
    """What may be a name of another child in the plan of one pupil, which its parents may read. Two queries."""
    texts = {label: str(plan.texts.get(code, "")) for code, label in PUPIL_SECTIONS.items()}
    texts[GOALS] = "\n".join(goal.text for goal in goals)
    pupil = plan.pupil
    whole = " ".join(part for part in (pupil.first_name, pupil.prefix, pupil.surname) if part)
    own = {pupil.first_name, pupil.surname, whole, f"{pupil.first_name} {pupil.surname}"}
    near = [other.pk for other in others_of(pupil)]
    found = [
        (one.field, [name for name in one.names if name not in own])
        for one in near_pupils(texts, school=plan.school_id, pupils=near)
    ]
    return [Named(field, tuple(names)) for field, names in found if names]


def _near(plan: GroupPlan, texts: Mapping[Any, str]) -> list[Named]:
    pupils = PlanPupil.objects.filter(plan=plan).values_list("pupil_id", flat=True)
    return near_pupils(texts, school=plan.school_id, pupils=pupils)
