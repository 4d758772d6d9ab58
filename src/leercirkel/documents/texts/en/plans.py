"""Interventions and agreements in English."""

from __future__ import annotations

from typing import ClassVar

from leercirkel.core import english
from leercirkel.documents.texts.en.words import Words


class Plans(Words):
    """What was done and what it brought."""

    effect_verdicts: ClassVar[dict[str, str]] = {
        "more": "grew more than expected",
        "less": "grew less than expected",
        "undecided": "may be chance",
        "not_carried_out": "not carried out",
        "too_few": "too few pupils",
        "no_measure": "not measured",
    }
    only_counted = "only counted"
    done: ClassVar[dict[str, str]] = {"done": "done", "partly": "partly done", "not_done": "not done"}
    not_told = "not recorded"
    chosen_low = "The lowest scores were chosen: expected is the growth of others who scored as low."
    from_norms = "Expected from the norm file: the school has too few pupils to compare with."
    measured_in: ClassVar[dict[str | None, str]] = {"score": "in points", "dle": "in DLE", None: ""}

    def from_groups(self, n: int) -> str:
        """ "from 5 groups"."""
        return f"from {n} groups"

    def weeks_agreed(self, planned: int) -> str:
        """Weeks that were planned, of which is not known whether they were given."""
        return f"{planned} weeks planned"

    def weeks_given(self, given: int) -> str:
        """Weeks that were given."""
        return f"{given} {english.agree(given, 'week', 'weeks')}"

    def weeks_of(self, given: int, planned: int) -> str:
        """Weeks given of those planned."""
        return f"{given} of the {planned} weeks"

    def observed(self, goal: str, reached: int | None, of: int, observers: int | None) -> str:
        """What was seen by observers, as a count."""
        by = f" by {english.counted(observers, 'observer', 'observers')}" if observers else ""
        return f"{self.sentence(self.name(goal))}: seen in {reached} of the {of} pupils{by}."
