"""Results as they were delivered, each in the import batch that brought it."""

from __future__ import annotations

from django.db import models

from leercirkel.apps.assessment.models.imports import REPLACED, ImportBatch, Standing
from leercirkel.apps.organisation.models import Group, Pupil, School


class Result(models.Model):
    """One result of one pupil, as delivered: no level is ever computed anew. Columns: analysis/frames.py, results.

    What a file says has no length of ours: nothing may be cut off, and the readers have their limits.
    """

    school = models.ForeignKey(School, models.PROTECT)
    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="results")
    group = models.ForeignKey(Group, models.SET_NULL, null=True)
    """The class that the pupil was in on that day."""
    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="results")
    school_year = models.SmallIntegerField()
    taken_on = models.DateField(null=True)
    moment = models.CharField(max_length=1, blank=True)
    subject = models.TextField()
    instrument = models.TextField(blank=True)
    version = models.TextField(blank=True)
    test_level = models.TextField(blank=True)
    instruction_group = models.TextField(blank=True)
    score = models.FloatField(null=True)
    level = models.TextField(blank=True)
    dle = models.FloatField(null=True)
    dle_operator = models.CharField(max_length=1, blank=True)
    percentile = models.FloatField(null=True)
    avi = models.TextField(blank=True)
    reference_level = models.TextField(blank=True)
    not_taken = models.CharField(max_length=20, blank=True)
    source = models.TextField(blank=True)
    """The file and the row in it, as in the frame."""

    replaced_by = models.ForeignKey(ImportBatch, models.SET_NULL, null=True, related_name="+", db_index=False)
    """The import that came in its place, or that no longer had it: then it does not count. Undoing that brings it
    back."""

    objects = Standing()
    every = models.Manager()

    class Meta:
        indexes = [
            models.Index(fields=["school", "school_year", "moment"], name="result_round"),
            models.Index(fields=["pupil", "taken_on"], name="result_pupil"),
            models.Index(fields=["replaced_by"], name="result_replaced", condition=REPLACED),
        ]


class Advice(models.Model):
    """What the doorstroomtoets advised one pupil. Columns: analysis/frames.py, ADVICES."""

    school = models.ForeignKey(School, models.PROTECT)
    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="+")
    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="advices")
    school_year = models.SmallIntegerField()
    taken_on = models.DateField(null=True)
    advice = models.CharField(max_length=40)
    """A code of core.advice."""

    replaced_by = models.ForeignKey(ImportBatch, models.SET_NULL, null=True, related_name="+", db_index=False)
    """The import that came in its place, or that no longer had it: then it does not count. Undoing that brings it
    back."""

    objects = Standing()
    every = models.Manager()

    class Meta:
        indexes = [
            models.Index(fields=["school", "school_year"], name="advice_list"),
            models.Index(fields=["replaced_by"], name="advice_replaced", condition=REPLACED),
        ]
