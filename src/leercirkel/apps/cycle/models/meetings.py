"""The talks of a round and their minutes. Who attends and when: apps/planning."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from leercirkel.apps.cycle.models.rounds import CycleRun
from leercirkel.apps.organisation.models import Group, School


class RoundMeeting(models.Model):
    """A talk of a round. What is decided in it: Agreement."""

    class Kind(models.TextChoices):
        """The four kinds."""

        START = "start", _("startbespreking")
        GROUP = "group", _("groepsbespreking")
        SCHOOL = "school", _("schoolanalyse")
        TEAM = "team", _("teambespreking")

    school = models.ForeignKey(School, models.PROTECT)
    run = models.ForeignKey(CycleRun, models.CASCADE, related_name="meetings")
    kind = models.CharField(max_length=6, choices=Kind)
    group = models.ForeignKey(Group, models.CASCADE, null=True, related_name="+")
    meeting = models.OneToOneField("planning.Meeting", models.SET_NULL, null=True, related_name="of_round")
    notes = models.TextField(blank=True)
    """What was said, for the minutes."""
    revision = models.IntegerField(default=1)
    """Goes up with every change: nobody writes over what they have not seen."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "kind", "group"], name="round_meeting_once", nulls_distinct=False)
        ]
        ordering = ["kind", "id"]


class Minutes(models.Model):
    """The minutes of a talk as they were fixed; a correction is the next number. Only ever added."""

    school = models.ForeignKey(School, models.PROTECT)
    of = models.ForeignKey(RoundMeeting, models.CASCADE, related_name="minutes")
    number = models.SmallIntegerField()
    content = models.JSONField()
    """What the document is made from (documents), without names of pupils."""
    fixed_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    fixed_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of", "number"], name="minutes_once")]
        ordering = ["of", "number"]
