"""Lists of teachers: method tests by goal, and observations of the youngest. Never test results, never missing."""

from __future__ import annotations

from django.db import models

from leercirkel.apps.assessment.models.imports import REPLACED, ImportBatch, Standing
from leercirkel.apps.organisation.models import Pupil, School


class MethodResult(models.Model):
    """One pupil on one goal of a method test. Columns: analysis/frames.py, METHOD_TESTS."""

    school = models.ForeignKey(School, models.PROTECT)
    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="+")
    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="method_results")
    school_year = models.SmallIntegerField()
    taken_on = models.DateField()
    subject = models.TextField()
    block = models.TextField()
    goal = models.TextField()
    percent = models.FloatField()
    """Percentage right, 0-100."""
    category = models.TextField(blank=True, db_default="")
    """To which part of the subject the goal belongs ("getallen"), in the school's words; "" when nobody said."""
    source = models.TextField(blank=True)

    replaced_by = models.ForeignKey(ImportBatch, models.SET_NULL, null=True, related_name="+", db_index=False)
    """The import that came in its place, or that no longer had it: then it does not count. Undoing that brings it
    back."""

    objects = Standing()
    every = models.Manager()

    class Meta:
        indexes = [
            models.Index(fields=["school", "school_year", "subject"], name="methodresult_list"),
            models.Index(fields=["replaced_by"], name="methodresult_replaced", condition=REPLACED),
        ]


class Observation(models.Model):
    """One pupil in one domain of an observation list. Columns: analysis/frames.py, OBSERVATIONS."""

    school = models.ForeignKey(School, models.PROTECT)
    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="+")
    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="observations")
    school_year = models.SmallIntegerField()
    taken_on = models.DateField()
    moment = models.CharField(max_length=1, blank=True)
    list = models.TextField()
    domain = models.TextField()
    stage = models.TextField()
    """In the school's own words."""
    source = models.TextField(blank=True)

    replaced_by = models.ForeignKey(ImportBatch, models.SET_NULL, null=True, related_name="+", db_index=False)
    """The import that came in its place, or that no longer had it: then it does not count. Undoing that brings it
    back."""

    objects = Standing()
    every = models.Manager()

    class Meta:
        indexes = [
            models.Index(fields=["school", "school_year"], name="observation_list"),
            models.Index(fields=["replaced_by"], name="observation_replaced", condition=REPLACED),
        ]
