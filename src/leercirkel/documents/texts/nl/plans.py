"""Interventions and agreements in Dutch."""

from __future__ import annotations

from typing import ClassVar

from leercirkel.core import dutch
from leercirkel.documents.texts.nl.words import Words


class Plans(Words):
    """What was done and what it brought."""

    effect_verdicts: ClassVar[dict[str, str]] = {
        "more": "groeide meer dan verwacht",
        "less": "groeide minder dan verwacht",
        "undecided": "kan toeval zijn",
        "not_carried_out": "niet uitgevoerd",
        "too_few": "te weinig leerlingen",
        "no_measure": "niet gemeten",
    }
    only_counted = "alleen geteld"
    done: ClassVar[dict[str, str]] = {"done": "gedaan", "partly": "deels gedaan", "not_done": "niet gedaan"}
    not_told = "niet opgegeven"
    chosen_low = "De laagste scores gekozen: verwacht is wat wie even laag scoorde groeide."
    from_norms = "Verwacht uit het normbestand: op school zijn te weinig leerlingen om mee te vergelijken."
    measured_in: ClassVar[dict[str | None, str]] = {"score": "in punten", "dle": "in DLE", None: ""}

    def from_groups(self, n: int) -> str:
        """ "uit 5 groepen"."""
        return f"uit {n} groepen"

    def weeks_agreed(self, planned: int) -> str:
        """Weeks that were planned, of which is not known whether they were given."""
        return f"{planned} weken afgesproken"

    def weeks_given(self, given: int) -> str:
        """Weeks that were given."""
        return f"{given} {dutch.agree(given, 'week', 'weken')}"

    def weeks_of(self, given: int, planned: int) -> str:
        """Weeks given of those planned."""
        return f"{given} van de {planned} weken"

    def observed(self, goal: str, reached: int | None, of: int, observers: int | None) -> str:
        """What was seen by observers, as a count."""
        by = f" door {dutch.counted(observers, 'waarnemer', 'waarnemers')}" if observers else ""
        return f"{self.sentence(self.name(goal))}: bij {reached} van de {of} leerlingen gezien{by}."
