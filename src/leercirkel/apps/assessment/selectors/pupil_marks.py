"""Destination and support of pupils as they hold on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from leercirkel.apps.assessment.models import PupilMark
from leercirkel.exchange.marks import reader


@dataclass(frozen=True, slots=True)
class MarksOn:
    """What holds for one pupil: `destination` a code of core.destinations or empty, `care` kinds of support."""

    destination: str = ""
    care: frozenset[str] = frozenset()


def marks_on(pupils: Iterable[int], day: date) -> dict[int, MarksOn]:
    """Id of a pupil → destination and support on that day; the caller may see these pupils. One query.

    A mark holds until its end, else until the next one of its kind.
    """
    found: dict[int, MarksOn] = {}
    rows = PupilMark.objects.filter(pupil__in=list(pupils), since__lte=day).order_by("since", "id")
    for pupil, until, destination, care in rows.values_list("pupil_id", "until", "destination", "care"):
        held, holds = found.get(pupil, MarksOn()), until is None or until >= day
        if destination:
            held = replace(held, destination=destination if holds else "")
        if (kinds := reader.care_of(care)) is not None:
            held = replace(held, care=kinds if holds else frozenset())
        found[pupil] = held
    return found
