"""Findings in words, with what they rest on."""

from __future__ import annotations

from typing import Literal

from leercirkel.core.records import dataclass


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a sentence comes from: the kind and key of the result dataclass it was made from."""

    kind: Literal[
        "overview", "totals", "grade_trend", "cohort_trend", "destination_changes", "interventions", "agreements"
    ]
    key: dict[str, str | int | None]
    figures: dict[str, float | int | str | None]


@dataclass(frozen=True, slots=True)
class Answer:
    """One finding (at most three sentences) on one of the questions, with what it rests on. `template`: e.g. "Z04".

    `text` is Dutch, `text_en` the same in English.
    """

    question: str
    template: str
    text: str
    evidence: tuple[Evidence, ...]
    text_en: str = ""
