"""The report talk: what a teacher writes for it, and what was shared with parents."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from leercirkel.apps.organisation.models import Pupil, School


class TalkNotes(models.Model):
    """What people of the school wrote on the talk sheet of one pupil for one round; the newest holds."""

    school = models.ForeignKey(School, models.PROTECT)
    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="+")
    school_year = models.SmallIntegerField()
    moment = models.CharField(max_length=1)
    texts = models.JSONField(default=dict)
    """By box of the sheet (insight/talking.py, BOXES)."""
    made_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["pupil", "school_year", "moment"], name="talknotes_of_round")]


class SharedSheet(models.Model):
    """A talk sheet as parents were given it. It never changes; what was shared by mistake is withdrawn, and stays."""

    school = models.ForeignKey(School, models.PROTECT)
    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="shared_sheets")
    school_year = models.SmallIntegerField()
    moment = models.CharField(max_length=1)
    sheet = models.JSONField()
    """The view of documents/talk_sheet, with this one sheet."""
    made_by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    withdrawn_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True)
    """Why it was withdrawn, in the school's words."""

    class Meta:
        indexes = [models.Index(fields=["pupil", "-made_at"], name="sharedsheet_list")]
