"""Dutch words that all findings share: subjects, thresholds, reasons, units."""

from __future__ import annotations

from collections.abc import Sequence

from leercirkel.analysis.answers.facts import Limit, Topic, Unit, When
from leercirkel.core import dutch, subjects
from leercirkel.core.dutch import agree, counted, number_word

REASONS: dict[str, str] = {
    "ill": "ziek",
    "exempt": "ontheffing",
    "too_hard": "toets te moeilijk",
    "just_arrived": "later gestart",
    "moved": "van school",
    "other": "een andere reden",
    "missing": "reden onbekend",
}
"""The reason alone, where it is the same for all."""

_WHO: dict[str, tuple[str, str]] = {
    "ill": ("ziek", "ziek"),
    "exempt": ("met ontheffing", "met ontheffing"),
    "too_hard": ("omdat de toets te moeilijk was", "omdat de toets te moeilijk was"),
    "just_arrived": ("later gestart", "later gestart"),
    "moved": ("die van school ging", "die van school gingen"),
    "other": ("om een andere reden", "om een andere reden"),
    "missing": ("zonder opgegeven reden", "zonder opgegeven reden"),
}
"""What follows "één", and what follows a larger number."""


def subject(code: str) -> str:
    """The subject inside a sentence: "begrijpend lezen"."""
    return subjects.label(code)


def topic(of: Topic) -> str:
    """ "rekenen", "rekenen in leerjaar 5", "technisch lezen (AVI)"."""
    grade = "" if of.grade is None else f" in leerjaar {of.grade}"
    return subject(of.subject) + grade + (f" ({of.test})" if of.test else "")


def limit(of: Limit) -> str:
    """What a pupil reached: "vaardigheidsscore 95 of hoger", "DLE 20 of hoger", "minstens niveau III", "AVI E4",
    "1F", or "de eigen lijn" when pupils were held against lines of their own."""
    if of.value is None:
        return "de eigen lijn"
    if isinstance(of.value, float):
        name = "DLE" if of.quantity == "dle" else "vaardigheidsscore"
        return f"{name} {dutch.decimal(of.value, 2)} of hoger"
    if of.quantity == "avi":
        return f"AVI {of.value}"
    return of.value if of.quantity == "reference" else f"minstens niveau {of.value}"


def pupils(n: int) -> str:
    """ "één leerling", "twee leerlingen"."""
    return counted(n, "leerling", "leerlingen")


def reasons(counts: Sequence[tuple[str, int]]) -> list[str]:
    """ "twee ziek", "één met ontheffing"; with one reason for all, the reason alone."""
    if len(counts) == 1:
        return [REASONS.get(reason, reason) for reason, _ in counts]
    return [f"{number_word(n)} {agree(n, *_WHO.get(reason, (reason, reason)))}" for reason, n in counts]


def amount(number: str, unit: Unit | None) -> str:
    """ "8 punten", "1,5 punt", "3 DLE"."""
    if unit == "dle":
        return f"{number} DLE"
    return f"{number} {'punt' if number == '1' or number.startswith(('0,', '1,')) else 'punten'}"


def moment(when: When) -> str:
    """ "januari 2027", "midden 2026-2027"."""
    return dutch.moment_name(when.school_year, when.moment, when.months)


def at_moment(when: When) -> str:
    """ "in januari 2027", "midden 2026-2027"."""
    return dutch.at_moment(when.school_year, when.moment, when.months)


def haalde(k: int) -> str:
    """The verb of so many pupils."""
    return agree(k, "haalde", "haalden")
