"""Plans for groups and what they rest on."""

from leercirkel.apps.groupplan.models.areas import Arrangement, ClusterRule, PlanArea
from leercirkel.apps.groupplan.models.choices import PlanChoice
from leercirkel.apps.groupplan.models.needs import DayNote, Phrase, PupilPhrase
from leercirkel.apps.groupplan.models.plans import Evaluation, GroupPlan, PlanGoal, PlanPupil, WrittenPlan
from leercirkel.apps.groupplan.models.pupil_plans import PupilEvaluation, PupilGoal, PupilPlan, PupilPlanVersion
from leercirkel.apps.groupplan.models.versions import PlanVersion, PlanVersionPupil

__all__ = [
    "Arrangement",
    "ClusterRule",
    "DayNote",
    "Evaluation",
    "GroupPlan",
    "Phrase",
    "PlanArea",
    "PlanChoice",
    "PlanGoal",
    "PlanPupil",
    "PlanVersion",
    "PlanVersionPupil",
    "PupilEvaluation",
    "PupilGoal",
    "PupilPhrase",
    "PupilPlan",
    "PupilPlanVersion",
    "WrittenPlan",
]
