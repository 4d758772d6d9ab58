"""What all finding modules share: the round, a finding, main tiers, and what a threshold or a cell is called.

The rules and the table of templates: `docs/domein/zinnen.md`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Literal

from leercirkel.analysis.answers import en, nl
from leercirkel.analysis.answers.facts import Fact, Limit, Topic, When
from leercirkel.analysis.answers.say import texts
from leercirkel.analysis.model import Answer, Evidence, OverviewCell, TierResult
from leercirkel.core import dutch
from leercirkel.core.records import dataclass
from leercirkel.core.standards import Quantity, Standard
from leercirkel.core.verdicts import DEFAULT_POLICY, Policy

_REFERENCE = re.compile(r"<?[123][FS]")
_AVI = re.compile(r"(?:AVI[\s-]*)?((?:[ME][3-8])|Start|Plus)", re.IGNORECASE)

Kind = Literal[
    "proud", "clear", "pattern", "breadth", "fact", "growth", "trend", "incidental", "break", "pool", "missing",
    "small", "excluded", "goal", "effect", "agreement", "line", "destinations",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Round:
    """What every finding needs to know: the round the report is about and the school's own choices.

    `main_tiers`: subject → name of the tier that goals are told by. `standards`: tell in which quantity a numeric
    threshold is. `months`: moment → month (1–12) in which the school takes it; without, "midden 2026-2027" is said.
    """

    school_year: str
    moment: str
    main_tiers: Mapping[str, str] = field(default_factory=dict)
    policy: Policy = DEFAULT_POLICY
    standards: Sequence[Standard] = ()
    months: Mapping[str, int] = field(default_factory=dict)

    def tier_name(self, subject: str, names: Sequence[str]) -> str | None:
        """The main tier of a subject among `names`: as named by the school, else "basis", else the first."""
        wanted = self.main_tiers.get(subject)
        if wanted is not None:
            return wanted if wanted in names else None
        return "basis" if "basis" in names else next(iter(names), None)

    def when(self, school_year: str, moment: str) -> When:
        """A test moment, with its month when the school told it."""
        return When(school_year, moment, self.months.get(moment))


@dataclass(frozen=True, slots=True)
class Finding:
    """An answer and what the order needs. `place`: the group it belongs to (a grade: "grade 5"), None for the school.

    `weight`: larger goes first within the same kind. `fact`: what is said; `proud` when it may follow "Hier mogen we
    trots op zijn:".
    """

    answer: Answer
    kind: Kind
    place: str | None
    fact: Fact
    subject: str | None = None
    good: bool = False
    weight: float = 0.0
    proud: bool = False


def finding(
    question: str,
    template: str,
    fact: Fact,
    rests_on: Sequence[Evidence],
    *,
    kind: Kind,
    place: str | None,
    subject: str | None = None,
    good: bool = False,
    weight: float = 0.0,
    proud: bool = False,
) -> Finding:
    """A finding with its answer, in Dutch and in English."""
    text, text_en = texts(fact)
    answer = Answer(question, template, text, tuple(rests_on), text_en)
    return Finding(answer, kind, place, fact, subject, good, weight, proud)


def as_shown(x: float, decimals: int) -> float:
    """A number as a reader sees it."""
    return float(dutch.decimal(x, decimals).replace(",", "."))


def sign(x: float) -> int:
    """−1, 0 or 1."""
    return (x > 0) - (x < 0)


def main_tiers_of(cell: OverviewCell, round_: Round) -> tuple[TierResult, ...]:
    """The main tier of a cell: for all pupils and, where the school has one, for those with extra support."""
    found = []
    for scope in ("all", "care"):
        tiers = [t for t in cell.tiers if t.scope == scope]
        names = [t.name for t in tiers]
        name = round_.tier_name(cell.subject, names) or (names[0] if names and scope == "care" else None)
        found += [t for t in tiers if t.name == name][:1]
    return tuple(found)


def main_tier_of(cell: OverviewCell, round_: Round) -> TierResult | None:
    """The main tier for all pupils, or None when the school has no standard here."""
    return next((t for t in main_tiers_of(cell, round_) if t.scope == "all"), None)


def threshold_words(
    cell: OverviewCell, tier: TierResult, standards: Sequence[Standard] = (), language: Literal["nl", "en"] = "nl"
) -> str:
    """What a pupil reached: "vaardigheidsscore 95 of hoger", "DLE 20 of hoger", "minstens niveau III", "AVI E4",
    "1F", or "de eigen lijn" when pupils were held against lines of their own; the same in English."""
    of = limit_of(cell, tier, standards)
    return en.words.limit(of) if language == "en" else nl.words.limit(of)


def limit_of(cell: OverviewCell, tier: TierResult, standards: Sequence[Standard] = ()) -> Limit:
    """The threshold of a tier with the quantity it is in."""
    quantity = _quantity(cell, tier, standards)
    if tier.threshold is None:
        return Limit(quantity, None)
    if quantity in ("score", "dle") and (number := _number(tier.threshold)) is not None:
        return Limit(quantity, number)
    label = str(tier.threshold).strip()
    if quantity == "avi" and (match := _AVI.fullmatch(label)):
        label = match[1]
    return Limit("level" if quantity in ("score", "dle") else quantity, label)


def measure_of(cell: OverviewCell, tier: TierResult, standards: Sequence[Standard] = ()) -> Quantity:
    """What a tier is measured in: also of an own line, by the school's standard for this test."""
    if tier.threshold is not None:
        return _quantity(cell, tier, standards)
    for standard in standards:
        same_test = standard.subject == cell.subject and standard.moment in (None, cell.moment)
        own_line = any(own.name == tier.name and own.dl_factor is not None for own in standard.tiers)
        if same_test and own_line and standard.instrument in (None, cell.instrument):
            return standard.quantity
    return cell.quantity or "score"


def _quantity(cell: OverviewCell, tier: TierResult, standards: Sequence[Standard]) -> Quantity:
    """In what the threshold is: by the standard it comes from, else by its form; a number is in the cell's quantity."""
    for standard in standards:
        same_test = standard.subject == cell.subject and standard.moment in (None, cell.moment)
        same_instrument = standard.instrument in (None, cell.instrument)
        if same_test and same_instrument:
            for own in standard.tiers:
                if own.name == tier.name and own.threshold is not None and _same(own.threshold, tier.threshold):
                    return standard.quantity
    if _number(tier.threshold) is not None:
        return cell.quantity or "score"
    label = str(tier.threshold).strip()
    if _REFERENCE.fullmatch(label):
        return "reference"
    return "avi" if _AVI.fullmatch(label) else "level"


def _number(threshold: float | str | None) -> float | None:
    try:
        return None if threshold is None else float(threshold)
    except ValueError:
        return None


def _same(one: float | str | None, other: float | str | None) -> bool:
    """Whether two thresholds are the same, also when one of them is written as text."""
    first, second = _number(one), _number(other)
    return str(one).strip() == str(other).strip() if first is None or second is None else first == second


def topic_of_test(subject: str, instrument: str, same_place: Sequence[str]) -> Topic:
    """The subject, with its test where the place took more than one in it (`same_place`: those tests)."""
    return Topic(subject, _without_stops(instrument) if len(set(same_place)) > 1 else "")


def _without_stops(text: str) -> str:
    """Without full stops before a space, which would end the sentence."""
    return re.sub(r"[.!?]+(?=\s|$)", "", text).strip()


def topics(cells: Sequence[OverviewCell]) -> list[Topic]:
    """Per cell its subject, with what tells it from others of the same group and subject: the grade, the test, the
    version. The subject alone where the group has one cell for it."""
    found = []
    for cell in cells:
        same = [c for c in cells if (c.group, c.subject) == (cell.group, cell.subject)]
        grade = cell.grade if len({c.grade for c in same}) > 1 else None
        tests = [cell.instrument] if len({c.instrument for c in same}) > 1 else []
        if len({c.version for c in same if c.instrument == cell.instrument}) > 1:
            tests.append(cell.version)
        found.append(Topic(cell.subject, _without_stops(" ".join(tests)), grade))
    return found
