"""The round of one school and moment, the figures it is about, and how far it is."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from leercirkel.apps.organisation.models import Group, School, StaffMember


class CycleSettings(models.Model):
    """How a school does its rounds; without a row the defaults hold."""

    school = models.OneToOneField(School, models.PROTECT)
    ready_from = models.FloatField(default=0.9)
    """From which part (0-1) of the expected results the round is said to be ready to open."""
    day_notes_weeks = models.SmallIntegerField(default=40)
    """Day notes are destroyed so many weeks after they were written."""
    dictation = models.BooleanField(default=False)
    """Whether day notes may be dictated on a tablet."""
    interim_percent = models.SmallIntegerField(default=50)
    """After which part (1-99) of its school weeks a plan is looked back on for the first time."""
    final_weeks = models.SmallIntegerField(default=2)
    """With how many school weeks left a plan is evaluated."""
    most_per_group = models.SmallIntegerField(default=6)
    most_per_school = models.SmallIntegerField(default=5)
    """How many findings a talk begins with; the rest on request."""
    parties_of_head = models.BooleanField(default=False)
    """Whether the head takes part in group talks."""


class CycleRun(models.Model):
    """One round (middenronde, eindronde) of a school, from results to plans."""

    class Moment(models.TextChoices):
        """After which tests."""

        MIDDLE = "M", _("middenronde")
        END = "E", _("eindronde")

    school = models.ForeignKey(School, models.PROTECT, related_name="rounds")
    school_year = models.SmallIntegerField()
    """The school year of the tests, by its first year."""
    moment = models.CharField(max_length=1, choices=Moment)
    leader = models.ForeignKey(StaffMember, models.PROTECT, related_name="+")
    """Who leads it (KC); it can be handed over."""
    opened_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(db_default=Now())
    plans_due = models.DateField(null=True)
    """The day by which plans are fixed, from the year's agenda."""
    closed_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "school_year", "moment"], name="round_once")]
        ordering = ["-school_year", "moment"]


class Snapshot(models.Model):
    """The figures of a round as they stood when it was opened, or when later results were taken in on purpose.

    The newest holds. Only ever added.
    """

    school = models.ForeignKey(School, models.PROTECT)
    run = models.ForeignKey(CycleRun, models.CASCADE, related_name="snapshots")
    number = models.SmallIntegerField()
    figures = models.CharField(max_length=64)
    """assessment.changes.version_of at that moment: another one now means that something came in since."""
    report = models.BinaryField()
    """The school's report without names, as JSON (documents), compressed."""
    care_growth = models.JSONField(null=True)
    """Growth of pupils with extra support (analysis.care_growth), a list; null where it was not fixed."""
    results = models.IntegerField()
    """How many results of the round's moment were in."""
    expected = models.IntegerField()
    """How many were expected by the test calendar, reasons not taken left out."""
    made_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="snapshot_once")]
        ordering = ["run", "number"]


class StepDone(models.Model):
    """That a step of a round is done, of the whole school or for one group. Taken back: the row is removed."""

    class Step(models.TextChoices):
        """The eight steps."""

        GOALS = "goals", _("doelen en eigen normen")
        RESULTS = "results", _("resultaten in beeld")
        ANALYSIS = "analysis", _("wat zien we?")
        EXPLANATIONS = "explanations", _("hoe komt dat?")
        PLANS = "plans", _("plannen voor groepen")
        SUPPORT = "support", _("afspraken met leerkrachten")
        MONITORING = "monitoring", _("volgen")
        EFFECT = "effect", _("wat leverde het op?")

    school = models.ForeignKey(School, models.PROTECT)
    run = models.ForeignKey(CycleRun, models.CASCADE, related_name="steps")
    step = models.CharField(max_length=12, choices=Step)
    group = models.ForeignKey(Group, models.CASCADE, null=True, related_name="+")
    done_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "step", "group"], name="step_once", nulls_distinct=False)]
