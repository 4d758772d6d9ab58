"""What can be opened because of a finding about one pupil: an app that makes such a thing enters it here, and the card
of the finding leads to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from leercirkel.apps.access.sight import Sight
from leercirkel.apps.cycle.models import Finding


@dataclass(frozen=True, slots=True)
class Offer:
    """A way on from a finding. `opens`: a form that makes it and sends the finding along ("bevinding"); else a link to
    what is there."""

    label: Any
    url: str
    opens: bool


Source = Callable[[Sight, Sequence[Finding]], Mapping[int, Offer]]
"""Finding (id) → the offer that this user has; in a number of queries that does not grow with the findings."""

_sources: list[Source] = []


def register(source: Source) -> Source:
    """Enters a source; an app calls this when it starts (AppConfig.ready)."""
    if source not in _sources:
        _sources.append(source)
    return source


def of(sight: Sight, found: Sequence[Finding]) -> Mapping[int, Sequence[Offer]]:
    """Everything that is offered for these findings."""
    about = [one for one in found if one.pupil_id is not None]
    made: dict[int, list[Offer]] = {}
    for source in _sources if about else ():
        for finding, offer in source(sight, about).items():
            made.setdefault(finding, []).append(offer)
    return made
