"""What is wrong with a standard among the others of the school."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from leercirkel.apps.assessment.standards.words import where_words
from leercirkel.exchange.standards.entries import Entry
from leercirkel.exchange.standards.overlap import Written, find_overlaps


def overlapping(entries: Sequence[Entry], entry: Entry) -> str:
    """A sentence when another standard holds for the same pupils with the same tier; empty when none does."""
    for other in entries:
        pair = [Written("", None, each.moments or None, each.standard) for each in (other, entry)]
        if find_overlaps(pair, ""):
            names = {tier.name for tier in other.standard.tiers} & {tier.name for tier in entry.standard.tiers}
            return _(
                "De norm “%(where)s” geldt voor dezelfde leerlingen, met dezelfde trede “%(tier)s”. "
                "Begrens een van de twee, of geef de trede een andere naam."
            ) % {"where": where_words(other), "tier": sorted(names)[0]}
    return ""
