"""What holds for one pupil and no file with results says: destination, support, and a test of one's own."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from leercirkel.apps.assessment.models.imports import REPLACED, ImportBatch, Standing
from leercirkel.apps.organisation.models import Pupil, School


class PupilMark(models.Model):
    """From a day on a pupil has this destination, or this support: a row of exchange/marks.

    A mark without an end holds until the next one of its kind.
    """

    school = models.ForeignKey(School, models.PROTECT)
    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="marks")
    since = models.DateField()
    until = models.DateField(null=True)
    """Last day, included."""
    destination = models.CharField(max_length=60, blank=True)
    """A code of core.destinations; empty: this row says nothing of it."""
    care = models.CharField(max_length=40, blank=True)
    """Kinds of support as in a file ("opp+ihp", "ja", "nee"); empty: this row says nothing of it."""
    reason = models.TextField(blank=True)
    batch = models.ForeignKey(ImportBatch, models.CASCADE, null=True, related_name="marks")
    made_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    replaced_by = models.ForeignKey(ImportBatch, models.SET_NULL, null=True, related_name="+", db_index=False)
    """The import that came in its place, or that no longer had it: then it does not count. Undoing that brings it
    back."""

    objects = Standing()
    every = models.Manager()

    class Meta:
        indexes = [
            models.Index(fields=["pupil", "since"], name="pupilmark_since"),
            models.Index(fields=["replaced_by"], name="pupilmark_replaced", condition=REPLACED),
        ]


class OwnTest(models.Model):
    """A pupil takes another test than the group does (toets op maat), in one round and subject."""

    school = models.ForeignKey(School, models.PROTECT)
    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="own_tests")
    school_year = models.SmallIntegerField()
    moment = models.CharField(max_length=1)
    subject = models.TextField()
    instrument = models.TextField()
    test_level = models.TextField()
    """The test that is made, e.g. "M5"."""
    made_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pupil", "school_year", "moment", "subject", "instrument"], name="own_test_once"
            )
        ]
