"""English words that all findings share: subjects, thresholds, reasons, units."""

from __future__ import annotations

from collections.abc import Sequence

from leercirkel.analysis.answers.facts import Limit, Topic, Unit, When
from leercirkel.core import english, subjects
from leercirkel.core.english import counted, number_word

REASONS: dict[str, str] = {
    "ill": "ill",
    "exempt": "exempt",
    "too_hard": "test too hard",
    "just_arrived": "started later",
    "moved": "left the school",
    "other": "another reason",
    "missing": "reason unknown",
}
"""The reason alone, where it is the same for all."""

_WHO: dict[str, str] = {
    "ill": "ill",
    "exempt": "with an exemption",
    "too_hard": "because the test was too hard",
    "just_arrived": "started later",
    "moved": "who left the school",
    "other": "for another reason",
    "missing": "without a reason given",
}
"""What follows a number."""


def subject(code: str) -> str:
    """The subject inside a sentence: "reading comprehension"."""
    return subjects.label(code, "en")


def topic(of: Topic) -> str:
    """ "arithmetic", "arithmetic in grade 5", "reading fluency (AVI)"."""
    grade = "" if of.grade is None else f" in grade {of.grade}"
    return subject(of.subject) + grade + (f" ({of.test})" if of.test else "")


def limit(of: Limit) -> str:
    """What a pupil reached: "ability score 95 or higher", "DLE 20 or higher", "at least level III", "AVI E4", "1F", or
    "their own line"."""
    if of.value is None:
        return "their own line"
    if isinstance(of.value, float):
        return f"{'DLE' if of.quantity == 'dle' else 'ability score'} {english.decimal(of.value, 2)} or higher"
    if of.quantity == "avi":
        return f"AVI {of.value}"
    return of.value if of.quantity == "reference" else f"at least level {of.value}"


def pupils(n: int) -> str:
    """ "one pupil", "two pupils"."""
    return counted(n, "pupil", "pupils")


def reasons(counts: Sequence[tuple[str, int]]) -> list[str]:
    """ "two ill", "one with an exemption"; with one reason for all, the reason alone."""
    if len(counts) == 1:
        return [REASONS.get(reason, reason) for reason, _ in counts]
    return [f"{number_word(n)} {_WHO.get(reason, reason)}" for reason, n in counts]


def amount(number: str, unit: Unit | None) -> str:
    """ "8 points", "1 point", "3 DLE"."""
    return f"{number} DLE" if unit == "dle" else f"{number} {'point' if number == '1' else 'points'}"


def moment(when: When) -> str:
    """ "January 2027", "middle of 2026-2027"."""
    return english.moment_name(when.school_year, when.moment, when.months)


def at_moment(when: When) -> str:
    """ "in January 2027", "in the middle of 2026-2027"."""
    return english.at_moment(when.school_year, when.moment, when.months)
