"""What is said, apart from how: per sentence template the figures, places and clauses, without a word of any language.

The finding modules make these facts; `nl` and `en` turn each into sentences. What a fact holds decides which clauses
are told, so that both languages tell the same. Templates and rules: `docs/domein/zinnen.md`.
"""

from __future__ import annotations

from leercirkel.analysis.answers.facts.goals import (
    Broad,
    Goal,
    LeftOut,
    Missing,
    Nobody,
    OneSubject,
    Outcome,
    OwnGoals,
    Together,
    TooFewToNumber,
    Undecided,
)
from leercirkel.analysis.answers.facts.growth import Composition, Growth, LowButGrowing
from leercirkel.analysis.answers.facts.interventions import (
    Agreed,
    DestinationLine,
    DestinationsChanged,
    Effect,
    EffectWithoutFigures,
    InTwoParts,
    NoEffect,
    NotCarriedOut,
    Seen,
    SubjectsDiffer,
)
from leercirkel.analysis.answers.facts.over_time import (
    Direction,
    GoalFit,
    Incidental,
    NewVersion,
    NoDirection,
    Structural,
)
from leercirkel.analysis.answers.facts.places import SCHOOL, Limit, Topic, Unit, When, Where
from leercirkel.analysis.answers.facts.proud import Fact, Praised, Proud
from leercirkel.analysis.answers.facts.pupils import BackOnLine, BelowInARow
from leercirkel.analysis.answers.facts.round_effect import CanSee, RestsOn, WhoCounts

__all__ = [
    "Agreed",
    "BackOnLine",
    "BelowInARow",
    "Broad",
    "CanSee",
    "Composition",
    "DestinationLine",
    "DestinationsChanged",
    "Direction",
    "Effect",
    "EffectWithoutFigures",
    "Fact",
    "Goal",
    "GoalFit",
    "Growth",
    "InTwoParts",
    "Incidental",
    "LeftOut",
    "Limit",
    "LowButGrowing",
    "Missing",
    "NewVersion",
    "NoDirection",
    "NoEffect",
    "Nobody",
    "NotCarriedOut",
    "OneSubject",
    "Outcome",
    "OwnGoals",
    "Praised",
    "Proud",
    "RestsOn",
    "SCHOOL",
    "Seen",
    "Structural",
    "SubjectsDiffer",
    "Together",
    "TooFewToNumber",
    "Topic",
    "Undecided",
    "Unit",
    "When",
    "Where",
    "WhoCounts",
]
