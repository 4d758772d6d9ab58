"""Sentences on one pupil against the line that holds for that pupil (Z35, Z36), without a name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from leercirkel.analysis.answers.en.words import moment, topic
from leercirkel.analysis.answers.facts import BackOnLine, BelowInARow
from leercirkel.core.english import listed, number_word

Variants = list[list[str]]


def below_in_a_row(f: BelowInARow) -> Variants:
    """How often in a row, and when."""
    said = f"{topic(f.topic)}: {number_word(len(f.whens))} measurements in a row below the pupil's own line"
    look = "we look at what we can offer differently."
    return [[f"{said} ({listed([moment(each) for each in f.whens])}).", look], [f"{said}.", look]]


def back_on_line(f: BackOnLine) -> Variants:
    """That it is over."""
    return [[f"{topic(f.topic)}: on or above the pupil's own line again, after {number_word(f.times)} below it."]]


SAY: dict[type, Callable[[Any], Variants]] = {BelowInARow: below_in_a_row, BackOnLine: back_on_line}
