"""A roster that waits to be confirmed."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leercirkel.apps.organisation.models.school import School


class RosterPlan(models.Model):
    """What was uploaded, until somebody confirms or discards it; after that only what was done, without names.

    The file itself is never kept. `roster` holds the fields that would be loaded (roster/codec.py) and is emptied when
    the plan is decided on, when a newer one takes its place, or KEPT_DAYS after it was made.
    """

    class State(models.TextChoices):
        """What became of it."""

        OPEN = "open", _("wacht op bevestiging")
        CONFIRMED = "confirmed", _("bevestigd")
        DISCARDED = "discarded", _("weggegooid")
        REPLACED = "replaced", _("vervangen door een nieuwer bestand")
        EXPIRED = "expired", _("verlopen")

    KEPT_DAYS = 14

    school = models.ForeignKey(School, models.PROTECT, related_name="roster_plans")
    school_year = models.SmallIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    mode = models.CharField(max_length=10)
    """roster.model.Mode: what the roster was to the school when the plan was made."""
    as_of = models.DateField()
    """The day on which the roster is true."""
    fingerprint = models.CharField(max_length=64)
    """Of what was known when the plan was made: it is refused when that has changed since."""
    roster = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    made_by = models.ForeignKey("access.User", models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey("access.User", models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "school_year"], name="roster_plan_one_open", condition=models.Q(state="open")
            ),
            models.CheckConstraint(
                name="roster_kept_only_while_open", condition=models.Q(state="open") | models.Q(roster={}, problems=[])
            ),
        ]
        indexes = [models.Index(fields=["school", "-made_at"], name="roster_plan_list")]
