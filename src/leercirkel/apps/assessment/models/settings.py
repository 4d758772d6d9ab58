"""What results are held against: standards, calendar and norm tables, in versions that never change."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from leercirkel.apps.organisation.models import School


class StandardsVersion(models.Model):
    """The school's standards from a school year on, until a later year has its own. The highest number holds.

    `toml`: as exchange/standards reads it, so that what is edited here and what comes from a file are the same.
    """

    school = models.ForeignKey(School, models.PROTECT)
    school_year = models.SmallIntegerField()
    """First school year that these hold for; a year before the first version goes by the first version."""
    number = models.SmallIntegerField()
    toml = models.TextField()
    note = models.TextField(blank=True)
    """Why it was changed, in the school's words."""
    made_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "school_year", "number"], name="standards_number")]


class StandardsDraft(models.Model):
    """Standards that somebody is working on: one per school year, of the school and not of one person.

    Nothing goes by it. Confirmed, it is a new StandardsVersion and gone; nobody works on an older draft than they see
    (`revision`).
    """

    school = models.ForeignKey(School, models.PROTECT)
    school_year = models.SmallIntegerField()
    toml = models.TextField()
    note = models.TextField(blank=True)
    """What it began as, when that says why: copied from a year, put back from a version, from a file."""
    based_on = models.ForeignKey(StandardsVersion, models.PROTECT, null=True, related_name="+")
    """The version that held when it was begun; another one since then is told before confirming."""
    revision = models.IntegerField(default=1)
    made_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "school_year"], name="standards_draft_once")]


class CalendarVersion(models.Model):
    """The school's test calendar and holidays (exchange/calendar), in versions as the standards."""

    school = models.ForeignKey(School, models.PROTECT)
    school_year = models.SmallIntegerField()
    number = models.SmallIntegerField()
    toml = models.TextField()
    made_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "school_year", "number"], name="calendar_number")]


class NormFile(models.Model):
    """A file of norm tables that the school loaded, and by what right it uses them. Nothing of a publisher is ours."""

    class Kind(models.TextChoices):
        """What is in the file: what a score means (exchange/normtables), or what pupils with the same earlier scores
        score later (exchange/growth_norms)."""

        TABLES = "tables"
        GROWTH = "growth"

    school = models.ForeignKey(School, models.PROTECT)
    kind = models.CharField(max_length=6, choices=Kind, default=Kind.TABLES)
    name = models.TextField()
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    """As delivered (CSV, XLSX or TOML; exchange/norm_files reads it)."""
    tables = models.IntegerField()
    """How many norm tables, or growth norms."""
    source = models.TextField()
    """Where the tables come from, as the person who loaded them says."""
    right_of_use = models.TextField()
    """By what right the school uses them: licence, own norm, public."""
    made_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    ended_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    """From then on it is no longer used; it stays, because reports were made with it."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "sha256"], name="norm_file_once", condition=models.Q(ended_at__isnull=True)
            )
        ]
