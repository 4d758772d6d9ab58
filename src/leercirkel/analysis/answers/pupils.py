"""Sentences on one pupil (Z28, Z35, Z36), for sheets and talks about that pupil; not among answers of the school."""

from __future__ import annotations

from collections.abc import Sequence

from leercirkel.analysis.answers.facts import BackOnLine, BelowInARow, SubjectsDiffer, Topic, When
from leercirkel.analysis.answers.places import said_words
from leercirkel.analysis.answers.say import texts


def subjects_differ(name: str, ahead: str, behind: str, months: float, *, at_least: bool = False) -> tuple[str, str]:
    """That a pupil is `months` (DLE; `at_least`: or more) further in the subject `ahead` than in `behind` (codes), in
    Dutch and English. A pupil without a name is "deze leerling".

    Only for a difference that the caller found to be larger than what both tests can be off together
    (`core.learning_yield`). Raises ValueError when `months` is not positive after rounding to whole months.
    """
    whole = round(months)
    if whole < 1:
        raise ValueError(f"{months} months is no difference to tell")
    return texts(SubjectsDiffer(" ".join(said_words(name)), ahead, behind, whole, at_least))


def below_in_a_row(subject: str, whens: Sequence[When]) -> tuple[str, str, str]:
    """That a pupil was below the own line at these measurements, oldest first: template, Dutch and English."""
    return ("Z35", *texts(BelowInARow(Topic(subject), tuple(whens))))


def back_on_line(subject: str, times: int) -> tuple[str, str, str]:
    """That a pupil is on or above the own line again, after so many measurements below it: as `below_in_a_row`."""
    return ("Z36", *texts(BackOnLine(Topic(subject), times)))
