"""Words that all findings share: thresholds, subjects, counts, and how long a sentence may be.

The rules and the table of templates: `docs/domein/zinnen.md`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from leercirkel.analysis.model import Answer, Evidence, OverviewCell, TierResult
from leercirkel.core import dutch, subjects
from leercirkel.core.standards import Quantity, Standard
from leercirkel.core.verdicts import DEFAULT_POLICY, Policy

MOST_WORDS = 25
MOST_SENTENCES = 3

REASONS: dict[str, str] = {
    "ill": "ziek",
    "exempt": "ontheffing",
    "too_hard": "te moeilijk",
    "just_arrived": "later gestart",
    "moved": "van school",
    "other": "andere reden",
}

_REFERENCE = re.compile(r"<?[123][FS]")
_AVI = re.compile(r"(?:AVI[\s-]*)?((?:[ME][3-8])|Start|Plus)", re.IGNORECASE)

Kind = Literal[
    "proud", "clear", "pattern", "breadth", "fact", "growth", "trend", "incidental", "break", "pool", "missing",
    "small", "excluded", "goal",
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


@dataclass(frozen=True, slots=True)
class Finding:
    """An answer and what the order needs. `place`: the group it belongs to (a grade: "grade 5"), None for the school.

    `weight`: larger goes first within the same kind. `pride`: the sentences that may follow "Hier mogen we trots op
    zijn:", empty when the finding is no reason for it.
    """

    answer: Answer
    kind: Kind
    place: str | None
    subject: str | None = None
    good: bool = False
    weight: float = 0.0
    pride: tuple[str, ...] = ()


def finding(
    question: str,
    template: str,
    text: str,
    rests_on: Sequence[Evidence],
    *,
    kind: Kind,
    place: str | None,
    subject: str | None = None,
    good: bool = False,
    weight: float = 0.0,
    pride: Sequence[str] = (),
) -> Finding:
    """A finding with its answer."""
    answer = Answer(question=question, template=template, text=text, evidence=tuple(rests_on))
    return Finding(answer, kind, place, subject, good, weight, tuple(pride))


def sentences_of(text: str) -> list[str]:
    """The sentences of a text: what ends in a full stop, question or exclamation mark before a space."""
    return [s for s in re.split(r"(?<=[.?!])\s+", text.strip()) if s]


def first_fitting(*variants: Sequence[str]) -> str:
    """The first variant of which no sentence has more than 25 words; the last one when none does.

    A variant is a list of sentences; empty ones are left out and each gets its capital.
    """
    text = ""
    for variant in variants:
        parts = [dutch.sentence(s) for s in variant if s]
        text = " ".join(parts)
        if all(len(s.split()) <= MOST_WORDS for s in sentences_of(text)) and len(parts) <= MOST_SENTENCES:
            break
    return text


def main_tiers_of(cell: OverviewCell, round_: Round) -> tuple[TierResult, ...]:
    """The main tier of a cell: for all pupils and, where the school has one, for those with extra support."""
    found = []
    for scope in ("all", "care"):
        tiers = [t for t in cell.tiers if t.scope == scope]
        name = round_.tier_name(cell.subject, [t.name for t in tiers])
        found += [t for t in tiers if t.name == name][:1]
    return tuple(found)


def main_tier_of(cell: OverviewCell, round_: Round) -> TierResult | None:
    """The main tier for all pupils, or None when the school has no standard here."""
    return next((t for t in main_tiers_of(cell, round_) if t.scope == "all"), None)


def threshold_words(cell: OverviewCell, tier: TierResult, standards: Sequence[Standard] = ()) -> str:
    """What a pupil reached: "vaardigheidsscore 95 of hoger", "DLE 20 of hoger", "minstens niveau III", "AVI E4",
    "1F", or "de eigen lijn" when pupils were held against lines of their own."""
    limit = tier.threshold
    if limit is None:
        return "de eigen lijn"
    quantity = _quantity(cell, tier, standards)
    if quantity in ("score", "dle") and (number := _number(limit)) is not None:
        amount = dutch.decimal(number, 2)
        return f"{'DLE' if quantity == 'dle' else 'vaardigheidsscore'} {amount} of hoger"
    label = str(limit).strip()
    if quantity == "avi":
        match = _AVI.fullmatch(label)
        return f"AVI {match[1] if match else label}"
    return label if quantity == "reference" else f"minstens niveau {label}"


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


def pupils_words(tier: TierResult) -> str:
    """Who was counted: "leerlingen", or those the norm for extra support is for."""
    return "leerlingen met extra ondersteuning" if tier.scope == "care" else "leerlingen"


def subject_words(subject: str) -> str:
    """The subject inside a sentence: "begrijpend lezen"."""
    return subjects.label(subject)


def test_words(subject: str, instrument: str, same_place: Sequence[str]) -> str:
    """The subject, with its test in brackets where the place took more than one in it (`same_place`: those tests)."""
    label = subjects.label(subject)
    name = _without_stops(instrument)
    return f"{label} ({name})" if len(set(same_place)) > 1 and name else label


def _without_stops(text: str) -> str:
    """Without full stops before a space, which would end the sentence."""
    return re.sub(r"[.!?]+(?=\s|$)", "", text).strip()


def details(cells: Sequence[OverviewCell]) -> dict[int, str]:
    """What tells cells of the same group and subject apart, by position: " in leerjaar 5", " (IEP)", " (2019)".

    Empty where the group has one cell for the subject.
    """
    found: dict[int, str] = {}
    for i, cell in enumerate(cells):
        same = [c for c in cells if (c.group, c.subject) == (cell.group, cell.subject)]
        text = ""
        if len({c.grade for c in same}) > 1 and cell.grade is not None:
            text += f" in leerjaar {cell.grade}"
        tests = [cell.instrument] if len({c.instrument for c in same}) > 1 else []
        if len({c.version for c in same if c.instrument == cell.instrument}) > 1:
            tests.append(cell.version)
        label = _without_stops(" ".join(tests))
        found[i] = text + (f" ({label})" if label else "")
    return found
