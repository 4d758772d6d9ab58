"""Z29: what went well; and all facts together."""

from __future__ import annotations

from leercirkel.analysis.answers.facts.goals import (
    Broad,
    Goal,
    LeftOut,
    Missing,
    Nobody,
    OneSubject,
    OwnGoals,
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
from leercirkel.analysis.answers.facts.pupils import BackOnLine, BelowInARow
from leercirkel.analysis.answers.facts.round_effect import CanSee, RestsOn, WhoCounts
from leercirkel.core.records import dataclass

Praised = Goal | Structural | Direction | Growth
"""What a school may be proud of."""


@dataclass(frozen=True, slots=True)
class Proud:
    """Z29: what went well, told of another fact."""

    of: Praised


Fact = (
    Goal | OwnGoals | TooFewToNumber | Missing | Nobody | LeftOut | Undecided | OneSubject | Broad | Direction
    | NoDirection | Structural | Incidental | NewVersion | Growth | LowButGrowing | Composition | GoalFit
    | DestinationLine | DestinationsChanged | Effect | EffectWithoutFigures | InTwoParts
    | NotCarriedOut | NoEffect | Seen | SubjectsDiffer | Agreed | Proud | WhoCounts | RestsOn | CanSee
    | BelowInARow | BackOnLine
)  # fmt: skip
