"""Z12–Z16 and Z31: trends, what comes back, new versions, goals that may fit no longer."""

from __future__ import annotations

from typing import Literal

from leercirkel.analysis.answers.facts.places import Topic, When, Where
from leercirkel.core.records import dataclass


@dataclass(frozen=True, slots=True)
class Direction:
    """Z12: over `years` years, from school year `first` to `last`, up or down. `counts`: (reached, judged) per year, of
    which `told` says how much to tell: the share went that way every year, the first and the last, or no counts."""

    where: Where
    topic: Topic
    up: bool
    years: int
    counts: tuple[tuple[int, int], ...]
    told: Literal["each_year", "ends", "none"]
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class NoDirection:
    """Z13: no trend over `years` years; `course` is what the line did."""

    where: Where
    topic: Topic
    years: int
    course: Literal["up_and_down", "rise", "fall", "same"]


@dataclass(frozen=True, slots=True)
class Structural:
    """Z14: the goal was reached (or not) at each of these measurements, oldest first. Counts are of the newest."""

    where: Where
    topic: Topic
    reached: bool
    k: int
    n: int
    goal: int
    whens: tuple[When, ...]


@dataclass(frozen=True, slots=True)
class Incidental:
    """Z15: other than the time before (`several`: the times before); the next measurement is `again`."""

    where: Where
    topic: Topic
    reached: bool
    k: int
    n: int
    goal: int
    several: bool
    again: When


@dataclass(frozen=True, slots=True)
class NewVersion:
    """Z16: since a school year another version, or another test. `wheres` is empty when it is so for all."""

    subject: str
    since: str
    wheres: tuple[Where, ...]
    other_test: bool


@dataclass(frozen=True, slots=True)
class GoalFit:
    """Z31: a goal amply exceeded, or missed, `years` years in a row; the best year gave `k` of `n`."""

    where: Where
    topic: Topic
    moment: str
    years: int
    easy: bool
    k: int
    n: int
