"""What was chosen for a pupil who is in no instruction group of an area while others of the class are."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from leercirkel.apps.groupplan.models.areas import PlanArea
from leercirkel.apps.organisation.models import Pupil, School


class PlanChoice(models.Model):
    """For one area and one school year: this pupil needs no group plan, or the plan of the class is meant. Who takes
    part in an instruction group is a member of it, and has no row here."""

    school = models.ForeignKey(School, models.PROTECT)
    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="plan_choices")
    area = models.ForeignKey(PlanArea, models.CASCADE, related_name="+")
    school_year = models.SmallIntegerField()
    """Of the groups: the next school year asks again."""
    reason = models.CharField(max_length=24)
    """A code of groupplan.proposals.WITHOUT_PLAN, or proposals.CLASS_PLAN."""
    chosen_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    chosen_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "pupil", "school_year"], name="plan_choice_once")]
