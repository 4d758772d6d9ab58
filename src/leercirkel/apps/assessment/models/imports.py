"""Imports: what was brought in, by whom, and what is remembered for the next time."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leercirkel.apps.organisation.models import Pupil, School


class ImportBatch(models.Model):
    """One import of one or more files, or one result entered by hand, so that it can be undone whole.

    While it is `open` nothing of it is in the tables of results. What was undone stays here as a line of history.
    """

    class State(models.TextChoices):
        """How far it is."""

        OPEN = "open", _("wordt bekeken")
        RUNNING = "running", _("wordt ingelezen")
        DONE = "done", _("ingelezen")
        FAILED = "failed", _("niet gelukt")
        UNDONE = "undone", _("ongedaan gemaakt")
        DISCARDED = "discarded", _("weggegooid")

    class Origin(models.TextChoices):
        """Where it came from."""

        FILES = "files", _("bestanden")
        HAND = "hand", _("met de hand")

    KEPT_DAYS = 14
    """So long uploaded files wait for somebody to confirm."""

    school = models.ForeignKey(School, models.PROTECT)
    state = models.CharField(max_length=10, choices=State, default=State.DONE)
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.FILES)
    reason = models.CharField(max_length=40, blank=True)
    """Why a result was entered by hand: a code (assessment.hand.REASONS)."""
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey("access.User", models.PROTECT, null=True)
    files = models.JSONField(default=list)
    """Per file: name, kind, sha256 and how many rows."""
    counts = models.JSONField(default=dict)
    """What it brought, in numbers only: new, the same, changed, gone, pupils, problems by severity."""
    problems = models.JSONField(default=list)
    """As exchange.problems.Problem. They may name pupils, so they go when files go that wait too long (KEPT_DAYS)."""
    choices = models.JSONField(default=dict)
    """What was chosen at confirming: how rows that contradict what is here end (wizard.choices)."""
    seen = models.CharField(max_length=64, blank=True)
    """A mark of what was shown when it was confirmed: only that is carried out."""
    done = models.IntegerField(default=0)
    """How many rows are in while it is running."""
    total = models.IntegerField(default=0)
    decided_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    """Who confirmed it, or undid it later."""
    decided_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["school", "-made_at"], name="importbatch_list")]

    @property
    def told(self) -> int:
        """How many problems were told of its files."""
        return sum(self.counts.get(severity, 0) for severity in ("error", "warning", "notice"))


REPLACED = models.Q(replaced_by__isnull=False)


class Standing(models.Manager[Any]):
    """The rows that hold: not those that a later import came in the place of."""

    def get_queryset(self) -> models.QuerySet[Any]:
        """Without replaced rows."""
        return super().get_queryset().filter(replaced_by=None)


class UploadedFile(models.Model):
    """A file that waits to be confirmed. Gone when the import is done, thrown away or too old."""

    school = models.ForeignKey(School, models.PROTECT)
    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="uploads")
    name = models.TextField()
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    mapping = models.TextField(blank=True)
    """TOML (exchange.tables.mapping) as the user adjusted it; empty: as proposed."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "sha256"], name="uploaded_file_once")]


class SourceMapping(models.Model):
    """How a school reads the files of one source, known by their headers: proposed once, then remembered."""

    school = models.ForeignKey(School, models.PROTECT)
    signature = models.CharField(max_length=64)
    """sha256 over the headers of the file, in the order of the file."""
    label = models.TextField()
    """The name of the file it was made for."""
    mapping = models.TextField()
    made_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "signature"], name="source_mapping_once")]


class PupilMatch(models.Model):
    """Which pupil a file means by a doubtful name or key: decided once by a person, then remembered."""

    school = models.ForeignKey(School, models.PROTECT)
    written = models.TextField()
    """What the file says of the pupil (key, name, birth date), squeezed."""
    pupil = models.ForeignKey(Pupil, models.CASCADE, null=True, related_name="+")
    """None: decided that this is nobody of this school."""
    made_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "written"], name="pupil_match_once")]
