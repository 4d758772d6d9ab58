"""Plans on paper: one A4 each, as the documents package typesets them. With first names, so for the team alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leercirkel.apps.access.sight import Sight
from leercirkel.apps.groupplan import selectors
from leercirkel.apps.groupplan.models import Arrangement, GroupPlan, PlanGoal, PlanPupil
from leercirkel.apps.groupplan.presenters import words
from leercirkel.apps.groupplan.presenters.plan import kind_words, page_of
from leercirkel.apps.groupplan.selectors.evaluations import evaluations_in
from leercirkel.apps.organisation.called import called
from leercirkel.apps.organisation.selectors import teachers_of


def view_of(sight: Sight, plans: Sequence[GroupPlan]) -> dict[str, Any]:
    """The plans as `documents.group_plan` takes them. Seven queries, however many plans or pupils."""
    ids = [plan.pk for plan in plans]
    rows: dict[int, list[PlanPupil]] = {pk: [] for pk in ids}
    for row in PlanPupil.objects.filter(plan__in=ids).order_by("pk"):
        rows[row.plan_id].append(row)
    goals: dict[int, list[PlanGoal]] = {pk: [] for pk in ids}
    for goal in PlanGoal.objects.filter(plan__in=ids).select_related("arrangement"):
        goals[goal.plan_id].append(goal)
    shown = selectors.pupils_shown(sight, {row.pupil_id for of in rows.values() for row in of})
    arrangements = list(Arrangement.objects.filter(school__in={plan.school_id for plan in plans}))
    teachers = teachers_of([plan.group for plan in plans])
    days = evaluations_in(plans)
    made = []
    for plan in plans:
        own = [one for one in arrangements if one.school_id == plan.school_id]
        mine = {row.pupil_id: shown[row.pupil_id] for row in rows[plan.pk] if row.pupil_id in shown}
        page = page_of(plan, rows[plan.pk], goals[plan.pk], own, mine)
        names = called(mine.values())
        clusters = [
            {
                "name": cluster.arrangement.name,
                "goals": [goal.text for goal in cluster.goals],
                "pupils": [_name(card, names) for card in cluster.cards],
                "hidden": _hidden(cluster.hidden),
            }
            for cluster in page.clusters
            if cluster.cards or cluster.hidden or cluster.goals
        ]
        made.append(
            {
                "title": capfirst(kind_words(plan)), "group": plan.group.name, "school": plan.school.name,
                "period": words.period(plan),
                "state": _("vastgesteld") if plan.state == GroupPlan.State.FIXED else _("concept"),
                "teachers": ", ".join(str(row.staff) for row in teachers[plan.group_id]),
                "groups": page.groups, "goals": [goal.text for goal in page.together], "clusters": clusters,
                "parts": [{"heading": part.heading, "text": part.text} for part in page.parts if part.text],
                "evaluation": words.evaluation_days(days.get(plan.pk, ())),
            }
        )  # fmt: skip
    labels = {
        "together": _("Samen"), "goals": _("Doelen"), "pupils": _("Leerlingen"), "evaluation": _("Evaluatie"),
        "none": _("Nog niets opgeschreven."), "inside": _("Alleen voor het team: hier staan namen van leerlingen in."),
    }  # fmt: skip
    return {"language": words.language(), "labels": labels, "plans": made}


def _name(card: Any, names: Mapping[int, str]) -> str:
    return f"{names[card.pupil.pk]}{f' ({card.cluster})' if card.cluster else ''}"


def _hidden(number: int) -> str:
    return ngettext("en %d leerling", "en %d leerlingen", number) % number if number else ""
