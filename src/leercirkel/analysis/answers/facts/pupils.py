"""Z35, Z36: measurements of one pupil against the line that holds for that pupil."""

from __future__ import annotations

from leercirkel.analysis.answers.facts.places import Topic, When
from leercirkel.core.records import dataclass


@dataclass(frozen=True, slots=True)
class BelowInARow:
    """Z35: below the line at each of these measurements, oldest first."""

    topic: Topic
    whens: tuple[When, ...]


@dataclass(frozen=True, slots=True)
class BackOnLine:
    """Z36: on or above the line again, after being below it `times` measurements in a row."""

    topic: Topic
    times: int
