"""What helps and hinders a pupil, what it needs, and short notes from day to day. All of it is the pupil's file."""

from __future__ import annotations

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from leercirkel.apps.groupplan.models.areas import PlanArea
from leercirkel.apps.groupplan.models.plans import Evaluation
from leercirkel.apps.organisation.models import Group, Pupil, School


class Phrase(models.Model):
    """A short phrase of the school's own list, to choose with a tap."""

    class Kind(models.TextChoices):
        """What it is said of."""

        HELPING = "helping", _("bevorderend")
        HINDERING = "hindering", _("belemmerend")
        NEED = "need", _("onderwijsbehoefte")
        NOTE = "note", _("dagnotitie")

    school = models.ForeignKey(School, models.PROTECT, related_name="phrases")
    kind = models.CharField(max_length=9, choices=Kind)
    text = models.TextField()
    position = models.SmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "kind", "text"], name="phrase_once")]
        ordering = ["kind", "position", "id"]

    def __str__(self) -> str:
        return self.text


class PupilPhrase(models.Model):
    """What helps, hinders or is needed, of one pupil, for one area or for all, as long as it holds."""

    school = models.ForeignKey(School, models.PROTECT)
    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="phrases")
    kind = models.CharField(max_length=9, choices=Phrase.Kind)
    area = models.ForeignKey(PlanArea, models.CASCADE, null=True, related_name="+")
    text = models.TextField()
    """The words themselves: the list may change later."""
    from_opp = models.BooleanField(default=False)
    during = DateRangeField()
    written_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["kind", "id"]


class DayNote(models.Model):
    """A short note on a pupil's day, summed up in the evaluation and destroyed by the school's term."""

    school = models.ForeignKey(School, models.PROTECT)
    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="day_notes")
    group = models.ForeignKey(Group, models.CASCADE, related_name="+")
    area = models.ForeignKey(PlanArea, models.CASCADE, null=True, related_name="+")
    on = models.DateField()
    text = models.TextField()
    evaluation = models.ForeignKey(Evaluation, models.SET_NULL, null=True, related_name="notes")
    """The evaluation it was summed up in."""
    destroy_on = models.DateField()
    written_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-on", "-id"]
        indexes = [models.Index(fields=["destroy_on"], name="day_note_end")]
