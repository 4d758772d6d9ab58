"""The plan of one pupil (handelingsplan), where the arrangement of the group plan is not enough. It is the pupil's
file: everything here goes when the pupil goes. It is no OPP and takes the place of none."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from leercirkel.apps.cycle.models import Judgement
from leercirkel.apps.groupplan.models.areas import PlanArea
from leercirkel.apps.groupplan.models.plans import PlanGoal, WrittenPlan
from leercirkel.apps.organisation.models import Pupil, School, StaffMember


class PupilPlan(WrittenPlan):
    """A plan of one pupil for some weeks. Its `texts`: what is seen besides the figures, what is done, when, who does
    it where, what was said with pupil and parents, what is different."""

    HELD_WITH = ("area", "pupil", "school", "owner", "changed_by")

    school = models.ForeignKey(School, models.PROTECT)
    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="own_plans")
    area = models.ForeignKey(PlanArea, models.PROTECT, null=True, related_name="+")
    """Empty: not about one area (behaviour, attitude to work, well-being)."""
    run = models.ForeignKey("cycle.CycleRun", models.SET_NULL, null=True, related_name="pupil_plans")
    """The round in which it was opened."""
    finding = models.ForeignKey("cycle.Finding", models.SET_NULL, null=True, related_name="+")
    before = models.ForeignKey("self", models.SET_NULL, null=True, related_name="after")
    """The plan that this one goes on from."""
    owner = models.ForeignKey(StaffMember, models.SET_NULL, null=True, related_name="+")
    """Who sees to it."""
    review_on = models.DateField()
    """The day on which it is looked back on."""
    seen = models.JSONField(default=dict)
    """What it was opened with: the finding in words and, per subject, the newest result as it was computed
    (`selectors.pupil_plans.Seen`)."""
    opened_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="pupil_plan_in_order",
                condition=Q(ends__gte=F("starts"), review_on__gte=F("starts"), review_on__lte=F("ends")),
            )
        ]
        ordering = ["-starts", "-id"]


class PupilGoal(models.Model):
    """A goal in the plan of one pupil: a test result, or in words."""

    school = models.ForeignKey(School, models.PROTECT)
    plan = models.ForeignKey(PupilPlan, models.CASCADE, related_name="goals")
    kind = models.CharField(max_length=11, choices=PlanGoal.Kind)
    position = models.SmallIntegerField(default=0)
    text = models.TextField(blank=True)
    """Of a goal in words."""
    subject = models.TextField(blank=True)
    quantity = models.TextField(blank=True)
    threshold = models.TextField(blank=True)
    """Of a test goal, as core.standards has them."""
    on = models.DateField()
    """When it is to be reached."""
    met = models.BooleanField(null=True)
    """How it came out at the evaluation; None when nobody knows."""
    before = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["position", "id"]


class PupilPlanVersion(models.Model):
    """A fixed version of the plan of one pupil: never changed, only followed by the next."""

    school = models.ForeignKey(School, models.PROTECT)
    plan = models.ForeignKey(PupilPlan, models.CASCADE, related_name="versions")
    number = models.SmallIntegerField()
    content = models.JSONField()
    """Area, period, texts, goals and what was seen, as they were."""
    figures = models.CharField(max_length=64, blank=True)
    """assessment.changes.version_of when it was fixed: what it rests on."""
    fixed_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    fixed_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="pupil_plan_version_once")]
        ordering = ["plan", "number"]


class PupilEvaluation(models.Model):
    """The look back on the plan of one pupil: what the figures said, what the team decided and why. Never changed."""

    school = models.ForeignKey(School, models.PROTECT)
    plan = models.OneToOneField(PupilPlan, models.CASCADE, related_name="evaluation")
    computed = models.JSONField(default=dict)
    """analysis.look_back.LookBack, with the newest results of that day."""
    choice = models.CharField(max_length=8, choices=Judgement.Choice)
    why = models.TextField(blank=True)
    done_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(db_default=Now())
