"""Interventions and agreements, as the school recorded them."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from leercirkel.apps.cycle.models.rounds import CycleRun
from leercirkel.apps.organisation.models import Group, Pupil, School, StaffMember
from leercirkel.core.interventions import CARRIED_OUT_FROM


class UndertakenFile(models.Model):
    """A file with interventions and agreements that was loaded. The newest one of a school holds."""

    school = models.ForeignKey(School, models.PROTECT)
    name = models.TextField()
    sha256 = models.CharField(max_length=64)
    carried_out_from = models.FloatField(default=CARRIED_OUT_FROM)
    """From which part of the agreed weeks (0-1) an intervention counts as carried out."""
    made_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(db_default=Now())


class Intervention(models.Model):
    """One intervention; what the fields mean: core.interventions.Intervention."""

    school = models.ForeignKey(School, models.PROTECT)
    file = models.ForeignKey(UndertakenFile, models.PROTECT, null=True, related_name="interventions")
    """Empty for one that no file brought."""
    run = models.ForeignKey(CycleRun, models.SET_NULL, null=True, related_name="interventions")
    """The round it was begun in; empty for one from a file."""
    kind = models.CharField(max_length=24, blank=True)
    """A code of core.support.SCHOOL_MEASURES; empty for another one."""
    owner = models.ForeignKey(StaffMember, models.SET_NULL, null=True, related_name="+")
    goal = models.TextField(blank=True)
    """What it is to bring, in the school's words."""
    position = models.SmallIntegerField(default=0)
    """In the order of the file."""
    name = models.TextField()
    start = models.DateField()
    end = models.DateField()
    subject = models.TextField(blank=True)
    instrument = models.TextField(blank=True)
    weeks_planned = models.SmallIntegerField(null=True)
    weeks_given = models.SmallIntegerField(null=True)
    selected_low = models.BooleanField(default=False)
    observed_goal = models.TextField(blank=True)
    observed_reached = models.SmallIntegerField(null=True)
    observed_of = models.SmallIntegerField(null=True)
    observers = models.SmallIntegerField(null=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["school", "name", "start"], name="intervention_once"),
            models.CheckConstraint(name="intervention_in_order", condition=models.Q(end__gte=models.F("start"))),
        ]


class InterventionGroup(models.Model):
    """A class or instruction group that took part."""

    school = models.ForeignKey(School, models.PROTECT)
    intervention = models.ForeignKey(Intervention, models.CASCADE, related_name="groups")
    group = models.ForeignKey(Group, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["intervention", "group"], name="intervention_group_once")]


class InterventionPupil(models.Model):
    """A pupil who took part: named by the school, or in an instruction group on the first day."""

    school = models.ForeignKey(School, models.PROTECT)
    intervention = models.ForeignKey(Intervention, models.CASCADE, related_name="pupils")
    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["intervention", "pupil"], name="intervention_pupil_once")]


class Agreement(models.Model):
    """What was agreed on in or after a round, who does it, and whether it was done (analysis.model.Agreement)."""

    class Done(models.TextChoices):
        """Whether it was done."""

        DONE = "done", _("gedaan")
        PARTLY = "partly", _("deels gedaan")
        NOT_DONE = "not_done", _("niet gedaan")

    school = models.ForeignKey(School, models.PROTECT)
    file = models.ForeignKey(UndertakenFile, models.PROTECT, null=True, related_name="agreements")
    position = models.SmallIntegerField(default=0)
    school_year = models.SmallIntegerField()
    moment = models.CharField(max_length=1)
    text = models.TextField()
    done = models.CharField(max_length=10, choices=Done, blank=True)
    """Empty while nobody has said it."""
    meeting = models.ForeignKey("cycle.RoundMeeting", models.SET_NULL, null=True, related_name="agreements")
    """The talk it was made in; empty for one from a file."""
    owner = models.ForeignKey(StaffMember, models.SET_NULL, null=True, related_name="+")
    due_on = models.DateField(null=True)
    subject = models.TextField(blank=True)
    group = models.ForeignKey(Group, models.PROTECT, null=True, related_name="+")
    group_name = models.TextField(blank=True)
    """As the school wrote it, where no class of that year has this name."""

    class Meta:
        ordering = ["position", "id"]
