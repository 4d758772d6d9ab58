"""A school and those most like it, as pages read them: a few queries, whatever the number of schools."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import QuerySet

from leercirkel.analysis.benchmark.comparable import MOST, Figure, most_like
from leercirkel.analysis.benchmark.levels import Reached
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.benchmark.models import ComparedSchool, Comparison
from leercirkel.apps.organisation.models import School
from leercirkel.core.records import dataclass

_FIGURE = ("value", "sd", "expected", "chance", "years")
_REACHED = ("low", "high", "n", "years", "five")


@dataclass(frozen=True, slots=True)
class Beside:
    """A school and the schools most like it, the nearest first."""

    comparison: Comparison
    own: ComparedSchool
    like: tuple[ComparedSchool, ...]


def schools_to_compare(sight: Sight) -> QuerySet[School]:
    """The schools of which the user may see the figures of the whole school, or that the user may see beside each
    other: nothing here is of the school's own pupils."""
    reached = sight.extent(Right.SEE_FIGURES).schools | sight.extent(Right.SEE_BOARD).schools
    return School.objects.filter(pk__in=reached & sight.schools).order_by("name", "pk")


def comparison() -> Comparison | None:
    """What was worked out last; None when nothing was."""
    return Comparison.objects.order_by("-pk").first()


def beside(school: School, found: Comparison | None) -> Beside | None:
    """None when the school is not in what was worked out: it has no population or is for special education. Three
    queries."""
    own = compared(found, f"{school.brin}{school.location}") if found else None
    if found is None or own is None:
        return None
    others = ComparedSchool.objects.filter(comparison=found).exclude(pk=own.pk)
    up = others.filter(population__gte=own.population).order_by("population", "code")[:MOST]
    down = others.filter(population__lt=own.population).order_by("-population", "code")[:MOST]
    near = {row.code: row for row in (*up, *down)}
    order = most_like({own.code: own.population} | {code: row.population for code, row in near.items()}, own.code)
    return Beside(found, own, tuple(near[code] for code in order))


def compared(found: Comparison, code: str) -> ComparedSchool | None:
    """One school of a comparison."""
    return ComparedSchool.objects.filter(comparison=found, code=code).first()


def figure(row: ComparedSchool, indicator: str) -> Figure | None:
    """What is believed of the school on this indicator."""
    told = row.figures.get(indicator)
    return Figure(**{name: told[name] for name in _FIGURE}) if told else None


def reached(row: ComparedSchool) -> Mapping[str, Reached]:
    """What the school reached on the inspectorate's indicators."""
    out = {}
    for indicator, told in row.levels.items():
        given = {name: told[name] for name in _REACHED}
        out[indicator] = Reached(**(given | {"years": tuple(given["years"])}))
    return out
