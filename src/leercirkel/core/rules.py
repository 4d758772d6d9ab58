"""The rules by which figures are made, each with a version: a report says which versions it was made with.

A version goes up when the same input would give another figure. The rules themselves are described on the pages named
here, and coded in the modules that those pages name.
"""

from __future__ import annotations

from leercirkel.core.records import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what it is called in Dutch, its version, and the page that describes it."""

    title: str
    version: str
    page: str


RULES: dict[str, Rule] = {
    "expected": Rule("wie verwacht wordt en wie telt", "1", "docs/domein/verwachte-toetsen.md"),
    "didactic_age": Rule("didactische leeftijd", "1", "docs/domein/leertijd.md"),
    "levels": Rule("niveaus, zoals geleverd", "1", "docs/domein/niveaus.md"),
    "standards": Rule("welke lijn voor wie geldt", "1", "docs/domein/normen.md"),
    "goal": Rule("doel in leerlingen", "1", "docs/domein/statistiek.md"),
    "share": Rule("aandeel met interval van Wilson", "1", "docs/domein/statistiek.md"),
    "mean": Rule("gemiddelde met t-interval", "1", "docs/domein/statistiek.md"),
    "verdict": Rule("oordeel uit het interval", "1", "docs/domein/statistiek.md"),
    "grade_trend": Rule("trend per jaargroep", "1", "docs/domein/analyses.md"),
    "cohort_trend": Rule("trend van dezelfde leerlingen", "1", "docs/domein/analyses.md"),
    "growth": Rule("groei van leerlingen", "1", "docs/domein/statistiek.md"),
    "growth_percentile": Rule("groeipercentielen", "1", "docs/domein/groeinormen.md"),
    "learning_yield": Rule("leerrendement", "2", "docs/domein/leertijd.md"),
    "effect": Rule("wat een aanpak opleverde", "1", "docs/domein/effect.md"),
    "method_tests": Rule("methodetoetsen per doel", "1", "docs/domein/methodetoetsen.md"),
    "observations": Rule("observaties van groep 1 en 2", "1", "docs/domein/observaties.md"),
    "advices": Rule("adviezen van de doorstroomtoets", "1", "docs/domein/doorstroomtoets.md"),
    "destinations": Rule("bestemmingen", "1", "docs/domein/normen.md"),
}
"""Id → rule, in the order of a report."""


def versions() -> dict[str, str]:
    """Rule id → version: what a report keeps of the rules it was made by."""
    return {name: rule.version for name, rule in RULES.items()}
