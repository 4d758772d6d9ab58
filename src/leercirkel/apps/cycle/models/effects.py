"""How far what was agreed is carried out, checks on the way, and what the team makes of the effect."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from leercirkel.apps.cycle.models.rounds import CycleRun
from leercirkel.apps.cycle.models.undertaken import Intervention
from leercirkel.apps.organisation.models import School


class WeekGiven(models.Model):
    """Whether an intervention was given in a week; a week without a row is not said."""

    school = models.ForeignKey(School, models.PROTECT)
    intervention = models.ForeignKey(Intervention, models.CASCADE, related_name="weeks")
    monday = models.DateField()
    given = models.BooleanField()
    said_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    said_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["intervention", "monday"], name="week_once")]
        ordering = ["monday"]


class Check(models.Model):
    """A look on the way: a date from the year's agenda, the method test it looks at, and what was seen."""

    school = models.ForeignKey(School, models.PROTECT)
    intervention = models.ForeignKey(Intervention, models.CASCADE, related_name="checks")
    on = models.DateField()
    test = models.TextField(blank=True)
    """The goal or block of a method test (assessment.MethodResult.goal); empty for a look without a test."""
    reached = models.SmallIntegerField(null=True)
    of = models.SmallIntegerField(null=True)
    """Counted from the method test when it was filled in; never typed where the test is here."""
    seen = models.TextField(blank=True)
    done_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["on", "id"]


class Judgement(models.Model):
    """What the team decides at the next moment, beside the effect as it was computed then (analysis)."""

    class Choice(models.TextChoices):
        """What to do with it."""

        CONTINUE = "continue", _("doorgaan")
        ADAPT = "adapt", _("aanpassen")
        STOP = "stop", _("stoppen")

    school = models.ForeignKey(School, models.PROTECT)
    run = models.ForeignKey(CycleRun, models.CASCADE, related_name="judgements")
    """The round in which it was judged: the one after the intervention."""
    intervention = models.ForeignKey(Intervention, models.CASCADE, related_name="judgements")
    effect = models.JSONField(default=dict)
    """The computed effect as the team saw it (analysis), without names."""
    choice = models.CharField(max_length=8, choices=Choice)
    why = models.TextField(blank=True)
    made_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "intervention"], name="judged_once")]
