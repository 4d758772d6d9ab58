"""What was seen in a round and why, as the team says it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from leercirkel.apps.cycle.models.rounds import CycleRun, Snapshot
from leercirkel.apps.cycle.models.undertaken import Intervention
from leercirkel.apps.organisation.models import Group, Pupil, School


class Finding(models.Model):
    """One finding: computed from the figures of the round, or the team's own.

    The computed text is never overwritten; what the team says instead stands beside it.
    """

    class Level(models.TextChoices):
        """What it is about."""

        PUPIL = "pupil", _("leerling")
        GROUP = "group", _("groep")
        GRADE = "grade", _("jaargroep")
        SUBJECT = "subject", _("vak")
        SCHOOL = "school", _("school")

    class Talk(models.TextChoices):
        """The meeting where it belongs."""

        OPP = "opp", _("OPP-bespreking")
        PUPIL = "pupil", _("leerlingbespreking")
        GROUP = "group", _("groepsbespreking")
        SCHOOL = "school", _("schoolanalyse")

    class State(models.TextChoices):
        """What the team did with it."""

        OPEN = "open", _("nog niet bekeken")
        ACCEPTED = "accepted", _("overgenomen")
        ASIDE = "aside", _("niet verder bekeken")

    class Strength(models.TextChoices):
        """How sure; empty where there is no verdict (core.verdicts)."""

        ABOVE = "above", _("duidelijk boven de norm")
        BELOW = "below", _("duidelijk eronder")
        UNDECIDED = "undecided", _("kan toeval zijn")
        TOO_FEW = "too_few", _("te weinig leerlingen")

    class Pattern(models.TextChoices):
        """Whether it was there before."""

        INCIDENTAL = "incidental", _("eenmalig")
        STRUCTURAL = "structural", _("steeds weer")

    school = models.ForeignKey(School, models.PROTECT)
    run = models.ForeignKey(CycleRun, models.CASCADE, related_name="findings")
    snapshot = models.ForeignKey(Snapshot, models.CASCADE, null=True, related_name="+")
    """The figures it was last computed from; empty for the team's own."""
    key = models.CharField(max_length=200)
    """Names it within the round and from round to round (analysis.findings), so that what the team said of it stays
    when later results are taken in."""
    like = models.CharField(max_length=120, blank=True)
    """The same for findings that are alike (kind, subject, level), whoever they are about: what was chosen and done
    earlier for the like finding is found by it."""
    level = models.CharField(max_length=8, choices=Level)
    talk = models.CharField(max_length=8, choices=Talk)
    group = models.ForeignKey(Group, models.CASCADE, null=True, related_name="+")
    pupil = models.ForeignKey(Pupil, models.CASCADE, null=True, related_name="+")
    grade = models.SmallIntegerField(null=True)
    subject = models.TextField(blank=True)
    question = models.TextField(blank=True)
    template = models.CharField(max_length=8, blank=True)
    good = models.BooleanField(default=False)
    """Something that went well."""
    strength = models.CharField(max_length=9, choices=Strength, blank=True)
    pattern = models.CharField(max_length=10, choices=Pattern, blank=True)
    text = models.TextField(blank=True)
    """As computed; empty for the team's own."""
    text_en = models.TextField(blank=True)
    evidence = models.JSONField(default=list)
    """Of analysis.model.Evidence: what the sentence was made from."""
    rank = models.SmallIntegerField(default=0)
    """Place among those of its talk, what can be acted on first; 0 for the team's own."""
    shown = models.BooleanField(default=True)
    """Whether the talk begins with it; the others come on request."""
    gone = models.BooleanField(default=False)
    """No longer seen in the newest figures; kept because the team worked with it."""
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    own_text = models.TextField(blank=True)
    """In the team's own words."""
    aside_why = models.TextField(blank=True)
    decided_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "key"], name="finding_once"),
            models.CheckConstraint(name="finding_says_something", condition=~Q(text="") | ~Q(own_text="")),
        ]
        ordering = ["talk", "rank", "id"]


class ChosenExplanation(models.Model):
    """An explanation that the team ties to a finding: from the list (core.explanations), or in its own words."""

    school = models.ForeignKey(School, models.PROTECT)
    finding = models.ForeignKey(Finding, models.CASCADE, related_name="explanations")
    code = models.CharField(max_length=24, blank=True)
    own_text = models.TextField(blank=True)
    supports = models.TextField(blank=True)
    """What supports it."""
    refutes = models.TextField(blank=True)
    """What would refute it."""
    chosen_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    chosen_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["finding", "code"], name="explanation_once", condition=~Q(code="")),
            models.CheckConstraint(name="explanation_says_something", condition=~Q(code="") | ~Q(own_text="")),
        ]
        ordering = ["id"]


class InterventionFinding(models.Model):
    """That an intervention was begun because of a finding."""

    school = models.ForeignKey(School, models.PROTECT)
    intervention = models.ForeignKey(Intervention, models.CASCADE, related_name="because")
    finding = models.ForeignKey(Finding, models.CASCADE, related_name="interventions")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["intervention", "finding"], name="because_once")]
