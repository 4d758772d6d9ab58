"""When something changed that the school's figures are made of."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from leercirkel.apps.organisation.models import School


class Change(models.Model):
    """One transaction that changed something of one school: written by triggers (apps/assessment/changes.py).

    Only ever added, so that writers never wait for each other; how many there are, and the last, say whether figures
    that were kept still hold.
    """

    school = models.ForeignKey(School, models.CASCADE)
    transaction = models.BigIntegerField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "transaction"], name="change_once")]
