"""Fixed plans that rest on an import: undoing it warns of these (assessment/used_by.py)."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from leercirkel.apps.assessment.models import ImportBatch
from leercirkel.apps.assessment.used_by import Use
from leercirkel.apps.groupplan.models import PlanVersion


def fixed_plans(batch: ImportBatch) -> Iterator[Use]:
    """The plans of which a version was fixed after this import with pupils who have results in it, in a subject of the
    plan's area. Two queries."""
    subjects = list(batch.results.order_by().values_list("subject", flat=True).distinct())
    rows = PlanVersion.objects.filter(
        school_id=batch.school_id, fixed_at__gte=batch.made_at, plan__area__subjects__overlap=subjects,
        pupils__pupil__in=batch.results.order_by().values("pupil"),
    )  # fmt: skip
    plans = {row.plan_id: row.plan for row in rows.select_related("plan__area", "plan__group").distinct()}
    for plan in plans.values():
        what = _("vastgesteld plan %(area)s van %(group)s") % {"area": plan.area.name, "group": plan.group.name}
        yield Use(what, reverse("plan", args=[plan.pk]))
