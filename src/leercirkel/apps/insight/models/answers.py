"""What a school says itself about its results, and pages of its report that were worked out before."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from leercirkel.apps.organisation.models import School


class AnswerText(models.Model):
    """What the school itself says to one of the questions about a round, beside what was computed.

    Rows are only ever added: the newest of a question holds, and an empty one gives the word back to what was
    computed. `computed`: the sentences that stood there when this was written, so that it can be told what changed.
    """

    school = models.ForeignKey(School, models.PROTECT)
    school_year = models.SmallIntegerField()
    moment = models.CharField(max_length=1)
    question = models.CharField(max_length=40)
    """A key of analysis.answers.QUESTIONS."""
    number = models.SmallIntegerField()
    language = models.CharField(max_length=2, default="nl")
    """Of the page that it was written on: `computed` is in this language too."""
    text = models.TextField(blank=True)
    computed = models.TextField(blank=True)
    """One sentence per line."""
    put_back = models.SmallIntegerField(null=True)
    """The number of the earlier version that this is, when somebody put it back."""
    made_by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "school_year", "moment", "question", "number"], name="answer_version"
            )
        ]


class KeptReport(models.Model):
    """What a page tells of a school's report, worked out once: for a process that has not made the report yet.

    Holds while `version` is what assessment.changes.version_of says. No names of pupils.
    """

    class Page(models.TextChoices):
        """Which page it is of."""

        SCHOOL = "school"
        BOARD = "board"

    school = models.ForeignKey(School, models.CASCADE)
    page = models.CharField(max_length=10, choices=Page)
    asked = models.CharField(max_length=6)
    """The round that was asked for, "2026-M"; empty for the newest."""
    version = models.CharField(max_length=60)
    report = models.TextField()
    """JSON with the lists that the page needs; empty when nothing was measured. Of a board: leercirkel/report/1. Of a
    school: with the names of the dataclasses' fields (selectors/front.py)."""
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "page", "asked"], name="kept_report_once")]


class KeptFigures(models.Model):
    """What one process worked out of a school's figures, for the other ones (selectors/shared.py).

    Holds while `version` is what assessment.changes.version_of says; a change of a figure removes it. No names of
    pupils: they go by the keys that results have.
    """

    school = models.ForeignKey(School, models.CASCADE)
    what = models.CharField(max_length=20)
    version = models.CharField(max_length=60)
    content = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "what"], name="kept_figures_once")]
