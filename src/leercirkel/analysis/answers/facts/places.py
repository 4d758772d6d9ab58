"""Whom a fact is about, on which test, when, and what was to be reached."""

from __future__ import annotations

from typing import Literal

from leercirkel.core.records import dataclass
from leercirkel.core.standards import Quantity

Unit = Literal["score", "dle"]


@dataclass(frozen=True, slots=True)
class Where:
    """Who a sentence is about. `value`: the name of the group as the school writes it, the grade, the didactic-age band
    or the code of the destination; None for the school."""

    kind: Literal["school", "group", "grade", "band", "destination"]
    value: str | int | None = None


SCHOOL = Where("school")


@dataclass(frozen=True, slots=True)
class Topic:
    """The subject a sentence is about, with what tells it from others at the same place: a grade, a test."""

    subject: str
    test: str = ""
    grade: int | None = None

    @property
    def bare(self) -> Topic:
        """The subject alone, for a sentence that would grow too long."""
        return Topic(self.subject)


@dataclass(frozen=True, slots=True)
class When:
    """A test moment; with the month (1–12) in which the school takes it, when that is known."""

    school_year: str
    moment: str
    month: int | None = None

    @property
    def months(self) -> dict[str, int]:
        """As `core.dutch.moment_name` asks for it."""
        return {} if self.month is None else {self.moment: self.month}


@dataclass(frozen=True, slots=True)
class Limit:
    """What was to be reached: a number (`score`, `dle`) or a label; `value` None for lines of the pupils' own."""

    quantity: Quantity
    value: float | str | None
