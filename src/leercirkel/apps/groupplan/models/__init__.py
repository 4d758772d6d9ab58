"""Plans for groups and what they rest on."""

from leercirkel.apps.groupplan.models.areas import Arrangement, ClusterRule, PlanArea
from leercirkel.apps.groupplan.models.choices import PlanChoice
from leercirkel.apps.groupplan.models.needs import DayNote, Phrase, PupilPhrase
from leercirkel.apps.groupplan.models.plans import Evaluation, GroupPlan, PlanGoal, PlanPupil
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
    "PupilPhrase",
]
