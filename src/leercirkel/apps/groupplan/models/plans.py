"""A plan for one area and group, while it is being written; what was fixed stands in versions."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from leercirkel.apps.groupplan.models.areas import Arrangement, PlanArea
from leercirkel.apps.organisation.models import Group, Pupil, School


class WrittenPlan(models.Model):
    """What every plan has that people write together and then fix; the tables are those of the plans themselves."""

    HELD_WITH: ClassVar[tuple[str, ...]] = ("area", "school", "changed_by")
    """What is fetched along when a plan is held to be changed."""

    class State(models.TextChoices):
        """Whether it may still be changed without a new version."""

        DRAFT = "draft", _("concept")
        FIXED = "fixed", _("vastgesteld")

    starts = models.DateField()
    ends = models.DateField()
    state = models.CharField(max_length=5, choices=State, default=State.DRAFT)
    texts = models.JSONField(default=dict)
    """Section → text. Without names of pupils, or of one pupil without names of others."""
    revision = models.IntegerField(default=1)
    """Goes up with every change: nobody writes over what they have not seen."""
    changed_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        abstract = True


class GroupPlan(WrittenPlan):
    """A plan of one area for a class or an instruction group, for a period. Its `texts` (content, approach, time,
    organisation, evaluation, different) have no names of pupils."""

    HELD_WITH = ("area", "group", "school", "changed_by")

    class Kind(models.TextChoices):
        """What is written."""

        PLAN = "plan", _("groepsplan")
        BLOCK = "block", _("blokvoorbereiding")
        OBSERVATION = "observation", _("observatiedoelen")
        """Of groups 1 and 2: no test goals."""
        FAREWELL = "farewell", _("afsluiting groep 8")

    school = models.ForeignKey(School, models.PROTECT)
    run = models.ForeignKey("cycle.CycleRun", models.PROTECT, null=True, related_name="plans")
    """The round it comes from; a block may come in between."""
    area = models.ForeignKey(PlanArea, models.PROTECT, related_name="plans")
    group = models.ForeignKey(Group, models.PROTECT, related_name="plans")
    kind = models.CharField(max_length=11, choices=Kind, default=Kind.PLAN)
    before = models.ForeignKey("self", models.SET_NULL, null=True, related_name="after")
    """The plan that this one goes on from."""
    most_groups = models.SmallIntegerField(null=True)
    """How many instruction groups the teacher can run at once; a proposal never has more."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "group", "starts"], name="plan_once"),
            models.CheckConstraint(name="plan_in_order", condition=Q(ends__gte=F("starts"))),
        ]
        ordering = ["-starts", "area", "group"]


class PlanPupil(models.Model):
    """A pupil in a plan: the arrangement that the teacher chose, and the one that was proposed."""

    school = models.ForeignKey(School, models.PROTECT)
    plan = models.ForeignKey(GroupPlan, models.CASCADE, related_name="pupils")
    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="in_plans")
    arrangement = models.ForeignKey(Arrangement, models.PROTECT, null=True, related_name="+")
    proposed = models.ForeignKey(Arrangement, models.PROTECT, null=True, related_name="+")
    cluster = models.TextField(blank=True)
    """Of special schools: level and expected yield that go together in one instruction (words of the school)."""
    basis = models.JSONField(default=dict)
    """The figures the proposal was made from (analysis.clustering)."""
    reason = models.CharField(max_length=24, blank=True)
    """Why it differs from the proposal: a code of groupplan.reasons, or empty."""
    came_from = models.ForeignKey(GroupPlan, models.SET_NULL, null=True, related_name="+")
    """The draft of last year's group that this pupil brought along."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "pupil"], name="plan_pupil_once")]


class PlanGoal(models.Model):
    """A goal of a plan, for one arrangement or for all."""

    class Kind(models.TextChoices):
        """How it is seen that it is reached."""

        TEST = "test", _("toetsdoel")
        MASTERY = "mastery", _("beheersingsdoel")
        STEP = "step", _("stap vooruit")
        OBSERVATION = "observation", _("observatiedoel")
        NEED = "need", _("nodig volgens OPP")
        """What one pupil gets, from the OPP."""

    school = models.ForeignKey(School, models.PROTECT)
    plan = models.ForeignKey(GroupPlan, models.CASCADE, related_name="goals")
    arrangement = models.ForeignKey(Arrangement, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=11, choices=Kind)
    position = models.SmallIntegerField(default=0)
    pupil = models.ForeignKey(Pupil, models.CASCADE, null=True, related_name="+")
    """Whose need it is: the goal goes with the pupil."""
    named = ArrayField(models.BigIntegerField(), default=list)
    """Ids of the pupils whose names stand in a goal of STEP: proposals.NAMES in the text is where."""
    text = models.TextField(blank=True)
    """In words, without names; of a test goal made from the figures (docs/domein/groepsplannen.md), unless the teacher
    writes it."""
    subject = models.TextField(blank=True)
    quantity = models.TextField(blank=True)
    """Of a test goal: what the threshold is of (core.standards)."""
    threshold = models.TextField(blank=True)
    """As the school's standard says it ("20", "III", "E4")."""
    tier = models.TextField(blank=True)
    """The tier of the school's standard that it works towards; empty for the main one."""
    now_reached = models.SmallIntegerField(null=True)
    to_reach = models.SmallIntegerField(null=True)
    of = models.SmallIntegerField(null=True)
    """In children: `to_reach` of the `of`, of whom `now_reached` do already."""
    chosen = models.BooleanField(default=False)
    """The teacher chose `to_reach`: it no longer follows the figures."""
    on = models.DateField(null=True)
    """When it is looked at."""
    reached = models.SmallIntegerField(null=True)
    counted = models.SmallIntegerField(null=True)
    """How it came out: computed at the next moment from test results, or said by the teacher for other kinds."""
    met = models.BooleanField(null=True)
    before = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["position", "id"]


class Evaluation(models.Model):
    """A look back on a plan on a date of the year's agenda."""

    class Kind(models.TextChoices):
        """Halfway or at the end."""

        INTERIM = "interim", _("tussenevaluatie")
        FINAL = "final", _("evaluatie")

    school = models.ForeignKey(School, models.PROTECT)
    plan = models.ForeignKey(GroupPlan, models.CASCADE, related_name="evaluations")
    kind = models.CharField(max_length=7, choices=Kind)
    due_on = models.DateField()
    computed = models.JSONField(default=dict)
    """What the figures say: goals reached, pupils who went to another arrangement, day notes in short. No names."""
    text = models.TextField(blank=True)
    done_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "kind", "due_on"], name="evaluation_once")]
        ordering = ["due_on", "id"]
