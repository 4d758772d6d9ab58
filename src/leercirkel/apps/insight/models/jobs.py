"""Documents that are made in the background, and what boards were told before."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leercirkel.apps.organisation.models import School


class Job(models.Model):
    """A document that somebody asked for. Only who asked may have it, as long as their rights last."""

    class Kind(models.TextChoices):
        """What is made."""

        REPORT = "report", _("rapport")
        TALK_SHEETS = "talk_sheets", _("gespreksbladen")

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting", _("wacht op zijn beurt")
        RUNNING = "running", _("wordt gemaakt")
        DONE = "done", _("klaar")
        FAILED = "failed", _("niet gelukt")

    KEPT_DAYS = 7
    """After so many days it is thrown away; the same can be made again."""

    school = models.ForeignKey(School, models.PROTECT)
    kind = models.CharField(max_length=20, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    options = models.JSONField(default=dict)
    """What was chosen (insight/reporting.py); no names."""
    done = models.SmallIntegerField(default=0)
    total = models.SmallIntegerField(default=1)
    step = models.CharField(max_length=40, blank=True)
    """Code of the step that is running (insight/reporting.py)."""
    fault = models.CharField(max_length=40, blank=True)
    """Code of why it failed."""
    made_by = models.ForeignKey("access.User", models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    ready_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["made_by", "-made_at"], name="job_list")]


class JobFile(models.Model):
    """One file of a job: a document to fetch, or a page of its preview."""

    school = models.ForeignKey(School, models.PROTECT)
    job = models.ForeignKey(Job, models.CASCADE, related_name="files")
    name = models.TextField()
    media_type = models.TextField()
    preview = models.BooleanField(default=False)
    content = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "name"], name="job_file_once")]


class BoardReport(models.Model):
    """What a board was told of a school, so that a later report lets nothing be worked out by comparing the two.

    Holds no number of fewer than five pupils (analysis/disclosure).
    """

    school = models.ForeignKey(School, models.PROTECT)
    school_year = models.SmallIntegerField()
    moment = models.CharField(max_length=1)
    report = models.TextField()
    """JSON (leercirkel/report/1), as given."""
    made_by = models.ForeignKey("access.User", models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
