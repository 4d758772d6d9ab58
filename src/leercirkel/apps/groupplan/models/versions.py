"""Plans as they were fixed: never changed, only followed by a next version.

What tells of a pupil stands in rows of its own, so that it goes when the pupil's file goes.
"""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from leercirkel.apps.groupplan.models.plans import GroupPlan
from leercirkel.apps.organisation.models import Pupil, School


class PlanVersion(models.Model):
    """A fixed version of a plan."""

    school = models.ForeignKey(School, models.PROTECT)
    plan = models.ForeignKey(GroupPlan, models.PROTECT, related_name="versions")
    number = models.SmallIntegerField()
    content = models.JSONField()
    """Everything but the pupils: area, group, period, texts, goals, names of arrangements."""
    figures = models.CharField(max_length=64, blank=True)
    """assessment.changes.version_of when it was fixed: what it rests on."""
    fixed_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    fixed_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="plan_version_once")]
        ordering = ["plan", "number"]


class PlanVersionPupil(models.Model):
    """A pupil in a fixed version."""

    school = models.ForeignKey(School, models.PROTECT)
    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="pupils")
    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="+")
    content = models.JSONField()
    """Arrangement, cluster, what helps and hinders, needs, and the results it was made from."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "pupil"], name="plan_version_pupil_once")]
