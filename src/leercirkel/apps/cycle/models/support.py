"""What is agreed with a teacher, beginning with the teacher's own question. These are personnel data."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from leercirkel.apps.cycle.models.findings import Finding
from leercirkel.apps.cycle.models.rounds import CycleRun
from leercirkel.apps.organisation.models import Group, School, StaffMember


class HelpQuestion(models.Model):
    """The teacher's own question for a round (startbespreking). Seen by the teacher and who leads the round."""

    school = models.ForeignKey(School, models.PROTECT)
    run = models.ForeignKey(CycleRun, models.CASCADE, related_name="questions")
    staff = models.ForeignKey(StaffMember, models.CASCADE, related_name="+")
    group = models.ForeignKey(Group, models.CASCADE, null=True, related_name="+")
    text = models.TextField()
    written_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "staff"], name="question_once")]


class Support(models.Model):
    """Support that was agreed with a teacher; who sees it goes by its kind (docs/domein/rollen.md)."""

    class Kind(models.TextChoices):
        """Who sees it."""

        TEAM = "team", _("afspraak in het plan")
        """Who sees the group's plan."""
        COACHING = "coaching", _("begeleiding")
        """The teacher and the coach; the head sees that it exists, not what."""
        APPRAISAL = "appraisal", _("gesprekkencyclus")
        """The teacher and the head."""

    school = models.ForeignKey(School, models.PROTECT)
    run = models.ForeignKey(CycleRun, models.CASCADE, related_name="support")
    kind = models.CharField(max_length=9, choices=Kind)
    staff = models.ForeignKey(StaffMember, models.CASCADE, related_name="support")
    """The teacher it is for."""
    other = models.ForeignKey(StaffMember, models.SET_NULL, null=True, related_name="+")
    """With whom: of coaching the coach, of the gesprekkencyclus the head."""
    group = models.ForeignKey(Group, models.CASCADE, null=True, related_name="+")
    """The group whose plan it stands in; only of kind TEAM."""
    finding = models.ForeignKey(Finding, models.SET_NULL, null=True, related_name="+")
    forms = ArrayField(models.CharField(max_length=24), default=list)
    """Codes of core.support.SUPPORT."""
    own_form = models.TextField(blank=True)
    """The open line."""
    goal = models.TextField(blank=True)
    lesson_points = ArrayField(models.CharField(max_length=24), default=list)
    """Codes of core.support.LESSON_POINTS: what to look at."""
    until = models.DateField(null=True)
    first_talk = models.DateField(null=True)
    """When the two talk about it first."""
    done = models.CharField(max_length=10, blank=True)
    """As Agreement.Done; empty while it is not said."""
    made_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(name="support_of_two_has_two", condition=Q(kind="team") | Q(other__isnull=False)),
            models.CheckConstraint(name="support_of_two_names_no_group", condition=Q(kind="team") | Q(group=None)),
        ]
        ordering = ["staff", "id"]


class LessonVisit(models.Model):
    """A look in the lesson at agreed points: which were seen. Seen by who sees the support it belongs to."""

    school = models.ForeignKey(School, models.PROTECT)
    support = models.ForeignKey(Support, models.CASCADE, related_name="visits")
    on = models.DateField()
    seen = ArrayField(models.CharField(max_length=24), default=list)
    """Codes of the agreed lesson points that were seen."""
    note = models.TextField(blank=True)
    visited_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["on", "id"]
