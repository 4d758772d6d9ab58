"""What a school makes plans for, and how it arranges pupils."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from leercirkel.apps.organisation.models import School


class PlanArea(models.Model):
    """An area that plans are made for (vakgebied); it draws on the tests of one or more subjects."""

    class Form(models.TextChoices):
        """What is made for it."""

        PLAN = "plan", _("groepsplan")
        BLOCK = "block", _("blokvoorbereiding")

    school = models.ForeignKey(School, models.PROTECT, related_name="plan_areas")
    name = models.TextField()
    subjects = ArrayField(models.CharField(max_length=40))
    """Codes of core.subjects or the school's own; the first is the one that goals and clusters go by."""
    form = models.CharField(max_length=5, choices=Form, default=Form.PLAN)
    block_weeks = models.SmallIntegerField(default=7)
    """How long a block lasts, where the form is BLOCK."""
    position = models.SmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    """From then on no new plan is made for it."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "name"], name="area_once")]
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name


class Arrangement(models.Model):
    """An arrangement in the school's own words (verdiept, basis, intensief …; or routes), from most to least ahead."""

    school = models.ForeignKey(School, models.PROTECT, related_name="arrangements")
    name = models.TextField()
    position = models.SmallIntegerField()
    """0 is the most ahead; a step to a higher number is a step downward."""
    usual = models.BooleanField(default=False)
    """The one for whoever no rule says anything of."""
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "name"], name="arrangement_once")]
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name


class ClusterRule(models.Model):
    """How the school lets arrangements be proposed, for one area or (without) for all; the highest number holds.

    It proposes; nothing about a child is decided by it. Only ever added.
    """

    school = models.ForeignKey(School, models.PROTECT)
    area = models.ForeignKey(PlanArea, models.CASCADE, null=True)
    number = models.SmallIntegerField()
    rule = models.JSONField()
    """As analysis.clustering reads it; empty with an area: the rule for all holds again."""
    made_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "area", "number"], name="rule_number", nulls_distinct=False)
        ]
