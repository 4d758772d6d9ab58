"""Pupils and where they were, dated."""

from __future__ import annotations

from django.contrib.postgres.fields import DateRangeField
from django.db import models

from leercirkel.apps.organisation.models.periods import no_overlap
from leercirkel.apps.organisation.models.school import Group, School
from leercirkel.apps.organisation.names import LONGEST


class Pupil(models.Model):
    """A child at the school that keeps the file now. No BSN, origin or address of the child."""

    school = models.ForeignKey(School, models.PROTECT, related_name="pupils")
    first_name = models.CharField(max_length=200, blank=True)
    prefix = models.CharField(max_length=200, blank=True)
    surname = models.CharField(max_length=200, blank=True)
    birth_date = models.DateField(null=True)
    gender = models.CharField(max_length=12, blank=True)
    start_group3 = models.DateField(null=True)
    enrolled_on = models.DateField(null=True)
    """The day the pupil first came to this school, which may be years before what is kept here; None: not known."""
    sort_key = models.CharField(max_length=LONGEST, db_collation="C")
    """Made in Python (names.py): no accents, no capitals, the prefix last. The database sorts by its bytes."""

    class Meta:
        ordering = ["sort_key", "id"]
        indexes = [models.Index(fields=["school", "sort_key"], name="pupil_list")]

    def __str__(self) -> str:
        return " ".join(part for part in (self.first_name, self.prefix, self.surname) if part)


class PupilKey(models.Model):
    """How a source names the pupil; only keys that the supplier calls lasting."""

    school = models.ForeignKey(School, models.PROTECT)
    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="keys")
    key = models.CharField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "key"], name="pupil_key_once")]


class Enrolment(models.Model):
    """A pupil in a class for a time. Periods of one pupil never overlap, at any school."""

    school = models.ForeignKey(School, models.PROTECT)
    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="enrolments")
    group = models.ForeignKey(Group, models.PROTECT, related_name="enrolments", null=True)
    grade = models.CharField(max_length=2, blank=True)
    during = DateRangeField()
    """From the first day up to but not including the day after the last; no end while it lasts."""

    class Meta:
        constraints = [no_overlap("enrolment_no_overlap", "pupil_id")]
        indexes = [models.Index(fields=["school", "group"], name="enrolment_group")]


class GroupMembership(models.Model):
    """A pupil in an instruction group for a time."""

    school = models.ForeignKey(School, models.PROTECT)
    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="memberships")
    group = models.ForeignKey(Group, models.CASCADE, related_name="memberships")
    during = DateRangeField()
    by_school = models.BooleanField(default=False)
    """Entered by the school: a roster leaves it, until it tells where the pupil is taught that subject."""

    class Meta:
        constraints = [no_overlap("membership_no_overlap", "pupil_id", "group_id")]
