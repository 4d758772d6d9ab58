"""From a sentence back to the figures: the key of a result dataclass, and the dataclass of a key."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import Any, Literal, TypeVar

from leercirkel.analysis.model import (
    Agreement,
    CohortTrend,
    DestinationChanges,
    Evidence,
    GradeTrend,
    InterventionEffect,
    OverviewCell,
)

Result = OverviewCell | GradeTrend | CohortTrend | DestinationChanges | InterventionEffect | Agreement
R = TypeVar("R", OverviewCell, GradeTrend, CohortTrend, DestinationChanges, InterventionEffect, Agreement)
Kind = Literal[
    "overview", "totals", "grade_trend", "cohort_trend", "destination_changes", "interventions", "agreements"
]

_KINDS: dict[type, Kind] = {
    GradeTrend: "grade_trend", CohortTrend: "cohort_trend", DestinationChanges: "destination_changes",
    InterventionEffect: "interventions", Agreement: "agreements",
}  # fmt: skip

_KEYS: dict[type, tuple[str, ...]] = {
    OverviewCell: (
        "school_year", "group", "grade", "didactic_age_band", "subject", "moment", "instrument", "version",
    ),
    GradeTrend: ("grade", "didactic_age_band", "destination", "subject", "instrument", "moment", "quantity", "tier"),
    CohortTrend: (
        "group", "grade", "school_year", "subject", "instrument", "version", "quantity",
        "from_moment", "from_school_year", "to_moment",
    ),
    DestinationChanges: ("school_year",),
    InterventionEffect: ("name", "subject", "instrument", "groups"),
    Agreement: ("school_year", "moment", "text", "subject", "group"),
}  # fmt: skip

_GET = {
    kind: attrgetter(*names) if len(names) > 1 else lambda r, name=names[0]: (getattr(r, name),)
    for kind, names in _KEYS.items()
}


def kind_of(result: Result) -> Kind:
    """In which list of the report the dataclass stands; a cell without a group is a total."""
    if isinstance(result, OverviewCell):
        return "totals" if result.group is None else "overview"
    return _KINDS[type(result)]


def key_of(result: Result) -> dict[str, str | int | None]:
    """The fields that together tell this dataclass from every other one in its list; groups as one text."""
    return dict(zip(_KEYS[type(result)], _values(result), strict=True))


def _values(result: Result) -> tuple[Any, ...]:
    values: tuple[Any, ...] = _GET[type(result)](result)
    if isinstance(result, InterventionEffect):
        return tuple(", ".join(value) if isinstance(value, tuple) else value for value in values)
    return values


def in_order(results: Sequence[R]) -> list[R]:
    """The results sorted by their key (what is absent first), so that what is said of them does not hang on how they
    were ordered."""
    return sorted(results, key=lambda r: ["" if v is None else f"={v}" for v in _values(r)])


def evidence(result: Result, **figures: float | int | str | None) -> Evidence:
    """What a sentence rests on: the dataclass it was made from and the figures it used."""
    return Evidence(kind=kind_of(result), key=key_of(result), figures=figures)


def rests_on(evidence: Evidence, results: Sequence[Result]) -> tuple[Result, ...]:
    """The dataclasses among `results` that a piece of evidence points at: one, when they are those of the report."""
    return tuple(r for r in results if kind_of(r) == evidence.kind and key_of(r) == evidence.key)
