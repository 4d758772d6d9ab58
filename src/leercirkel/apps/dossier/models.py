"""Cases and who works on them."""

from __future__ import annotations

from django.contrib.postgres.fields import DateRangeField
from django.db import models

from leercirkel.apps.organisation.models import Pupil, School, StaffMember


class Case(models.Model):
    """Support for one pupil that more people work on (casus)."""

    school = models.ForeignKey(School, models.PROTECT)
    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="cases")
    during = DateRangeField()
    members = models.ManyToManyField(StaffMember, through="CaseMember", related_name="cases")


class CaseMember(models.Model):
    """Who works on a case, for a time."""

    school = models.ForeignKey(School, models.PROTECT)
    case = models.ForeignKey(Case, models.CASCADE)
    staff = models.ForeignKey(StaffMember, models.CASCADE)
    during = DateRangeField()
    parents_informed_on = models.DateField(null=True, blank=True)
    """When the parents were told that this person works on it. Who is not of the school sees nothing before that."""
