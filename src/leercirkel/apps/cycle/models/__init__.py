"""The half-yearly round: what was seen, why, what is done about it, and what that brought."""

from leercirkel.apps.cycle.models.effects import Check, Judgement, WeekGiven
from leercirkel.apps.cycle.models.findings import ChosenExplanation, Finding, InterventionFinding
from leercirkel.apps.cycle.models.meetings import Minutes, RoundMeeting
from leercirkel.apps.cycle.models.rounds import CycleRun, CycleSettings, Snapshot, StepDone
from leercirkel.apps.cycle.models.support import HelpQuestion, LessonVisit, Support
from leercirkel.apps.cycle.models.undertaken import (
    Agreement,
    Intervention,
    InterventionGroup,
    InterventionPupil,
    UndertakenFile,
)

__all__ = [
    "Agreement",
    "Check",
    "ChosenExplanation",
    "CycleRun",
    "CycleSettings",
    "Finding",
    "HelpQuestion",
    "Intervention",
    "InterventionFinding",
    "InterventionGroup",
    "InterventionPupil",
    "Judgement",
    "LessonVisit",
    "Minutes",
    "RoundMeeting",
    "Snapshot",
    "StepDone",
    "Support",
    "UndertakenFile",
    "WeekGiven",
]
