"""What is said, apart from how: per sentence template the figures, places and clauses, without a word of any language.

The finding modules make these facts; `nl` and `en` turn each into sentences. What a fact holds decides which clauses
are told, so that both languages tell the same. Templates and rules: `docs/domein/zinnen.md`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

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


Outcome = Literal["above", "below", "reached", "missed", "all", "small"]
"""How a count stands to its goal: clearly above or below, reached or missed without being sure, reached by all, too
few pupils for a verdict."""


@dataclass(frozen=True, slots=True)
class Goal:
    """Z01–Z06: `k` of `n` pupils reached `limit`, the goal was `goal` of them."""

    where: Where
    topic: Topic
    k: int
    n: int
    goal: int
    limit: Limit
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class OwnGoals:
    """Z20: of `n` pupils with a goal of their own `k` reached it, where the school wanted `goal` of them to."""

    where: Where
    topic: Topic
    k: int
    n: int
    goal: int
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class TooFewToNumber:
    """Z06 without a number: tests with fewer results than may be named."""

    where: Where
    subjects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """Z07: `m` results may still come; then between `low` and `high` of `total` pupils reach `limit`.

    `reasons`: code and number.
    """

    where: Where
    topic: Topic
    m: int
    reasons: tuple[tuple[str, int], ...]
    low: int
    high: int
    total: int
    limit: Limit


@dataclass(frozen=True, slots=True)
class Nobody:
    """Z07 for a test of which there is no result at all, of `m` pupils."""

    where: Where
    topic: Topic
    m: int
    reasons: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Z08: `x` pupils do not count here."""

    where: Where
    topic: Topic
    x: int
    reasons: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Together:
    """What some years together show: `reached` of `judged`, where the goal was `goal`."""

    where: Where
    subject: str
    years: int
    below: bool
    reached: int
    judged: int
    goal: int


@dataclass(frozen=True, slots=True)
class Undecided:
    """Z09: `a` of the `b` parts are undecided. `shown`: what years together do show; None when they do not (`years` of
    them, 0 when there are no more years)."""

    a: int
    b: int
    shown: Together | None
    years: int


@dataclass(frozen=True, slots=True)
class OneSubject:
    """Z10: of `b` subjects only this one misses its goal."""

    where: Where
    b: int
    subject: str


@dataclass(frozen=True, slots=True)
class Broad:
    """Z11: in `a` of the `b` subjects the goal is missed; with `a` 0: reached in all of them."""

    where: Where
    a: int
    b: int


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
class Growth:
    """Z17: growth of the pupils who were there before, in `unit`; numbers are told with `decimals`."""

    where: Where
    topic: Topic
    unit: Unit
    stayers: int
    since: When
    growth: float
    low: float | None
    high: float | None
    expected: float | None
    decimals: int
    verdict: Literal["more", "less", "fits"] | None


@dataclass(frozen=True, slots=True)
class LowButGrowing:
    """Z18: below the goal then and now, growing as expected or more."""

    where: Where
    topic: Topic
    more: bool


@dataclass(frozen=True, slots=True)
class Composition:
    """Z19: the mean moved by `change`, mostly because of who joined, left, or has no result now."""

    where: Where
    topic: Topic
    unit: Unit
    change: float
    growth: float
    stayers: int
    joined: int
    left: int
    without_result: int


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


@dataclass(frozen=True, slots=True)
class DestinationLine:
    """Z21: of `n` pupils with a destination `k` are on or above their line. `two_below`: how many were below it now and
    at their measurement before, None when that is not known. `side`: where a clear verdict lies."""

    where: Where
    topic: Topic
    k: int
    n: int
    two_below: int | None
    side: Literal["above", "below"] | None


@dataclass(frozen=True, slots=True)
class DestinationsChanged:
    """Z22: destinations changed in the school year of the round; what is neither up nor down has no order."""

    changed: int
    up: int
    down: int


@dataclass(frozen=True, slots=True)
class Effect:
    """Z23–Z25, and Z27 when the lowest scorers were chosen: growth beyond what was expected without the intervention.

    `counted` of the `pupils` have a result before and after. `since` and `until` when it was measured in parts. `low`
    and `high` are of `difference`.
    """

    name: str
    pupils: int
    counted: int
    weeks: int | None
    since: When | None
    until: When | None
    unit: Unit | None
    growth: float
    expected: float
    difference: float
    low: float
    high: float
    decimals: int
    verdict: Literal["more", "less", "undecided"]
    lowest: bool


@dataclass(frozen=True, slots=True)
class NotCarriedOut:
    """Z26: given in fewer of the planned weeks than can be judged."""

    name: str
    given: int
    planned: int


@dataclass(frozen=True, slots=True)
class EffectWithoutFigures:
    """Z23, Z24 or Z25 where the means are not told, as to a board: only on which side of chance the growth lies."""

    name: str
    counted: int
    since: When | None
    until: When | None
    verdict: Literal["more", "less", "undecided"]


@dataclass(frozen=True, slots=True)
class InTwoParts:
    """Z23, Z24 or Z25 of an intervention that was measured in two parts: told together, so that neither is left out."""

    first: Effect | EffectWithoutFigures
    second: Effect | EffectWithoutFigures


@dataclass(frozen=True, slots=True)
class NoEffect:
    """Z26 where nothing can be said for another reason: too few pupils, nobody to compare with, no test for it."""

    name: str
    why: Literal["too_few", "nothing_to_compare", "no_measure"]


@dataclass(frozen=True, slots=True)
class Seen:
    """Z26 of a goal that observers looked for: a count, and no verdict."""

    name: str
    pupils: int
    goal: str
    reached: int
    of: int
    observers: int | None


@dataclass(frozen=True, slots=True)
class SubjectsDiffer:
    """Z28: one pupil is so many months further in one subject than in another, beyond what tests can be off."""

    name: str
    ahead: str
    behind: str
    months: int


@dataclass(frozen=True, slots=True)
class Agreed:
    """Z30: what was agreed on (`when` None: the last time), whether it was done, and what was seen since."""

    text: str
    done: Literal["done", "partly", "not_done"]
    when: When | None
    since: Goal | None


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
    | NotCarriedOut | NoEffect | Seen | SubjectsDiffer | Agreed | Proud
)  # fmt: skip
