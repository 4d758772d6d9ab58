"""Putting a comparison where the pages read it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction

from leercirkel.analysis.benchmark import compare
from leercirkel.analysis.benchmark.comparable import Figure, figures_of
from leercirkel.analysis.benchmark.definition import Definition
from leercirkel.analysis.benchmark.levels import SIGNAL_1F, Indicator, Reached, reached
from leercirkel.analysis.open_data import DATASETS
from leercirkel.apps.access.scope import whole_installation
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.benchmark.models import ComparedSchool, Comparison
from leercirkel.core.records import dataclass
from leercirkel.engines.memory import MemoryEngine
from leercirkel.exchange.duo import comparing
from leercirkel.exchange.duo.signals import Signals, values_of
from leercirkel.exchange.duo.store import Store

PURPOSE = "open_data"
BATCH = 1000


@dataclass(frozen=True, slots=True)
class About:
    """What a school is called, and what there is to know about its rows: flag → number of them."""

    name: str
    place: str
    municipality: str
    flags: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Signal:
    """The signal value of 1S/2F for a school; `estimated` when the inspectorate's own was not loaded."""

    value: float
    estimated: bool


def publish_store(*, store: Store, definition: Definition, table: Signals | None = None, at: datetime) -> int:
    """Compares the schools of the store and publishes that. Signal values of 1S/2F: those of `table`, else of the
    inspectorate's own file in the store, else an estimate.

    Gives the number of schools. Raises ValueError when no school has a population or a figure, and StoreFault.
    """
    data = comparing.open_data(store, MemoryEngine())
    made = compare.compared(data, definition)
    if not any(made.places.values()):
        raise ValueError("no school with a figure")
    names, flags = comparing.names(store), comparing.flags(store, definition.years)
    levels = {} if data.reference_levels is None else reached(data.engine, data.reference_levels, definition.years[-1])
    return publish(
        made=made,
        about={
            school: About(named.name, named.place, named.municipality, dict(flags.get(school, {})))
            for school, named in names.items()
        },
        levels=levels,
        signals=_signals(store, made, levels, table),
        sources=[
            {"what": DATASETS[each.dataset], "file": each.file, "school_year": each.school_year}
            for each in store.sources()
        ],
        counts={"schools": len(made.schools), **{name: len(places) for name, places in made.places.items()}},
        at=at,
    )


def _signals(
    store: Store,
    made: compare.Comparison,
    levels: Mapping[str, Mapping[Indicator, Reached]],
    table: Signals | None,
) -> dict[str, Signal]:
    worked_out = {s: Signal(v, estimated=table is None) for s, v in values_of(made, levels, table).items()}
    told = {} if table else {s: Signal(v, estimated=False) for s, v in comparing.own_signals(store).items()}
    return worked_out | told


def publish(
    *,
    made: compare.Comparison,
    about: Mapping[str, About],
    levels: Mapping[str, Mapping[Indicator, Reached]],
    signals: Mapping[str, Signal],
    sources: Sequence[Mapping[str, Any]],
    counts: Mapping[str, int],
    at: datetime,
) -> int:
    """Puts the comparison in the place of the one before, which stays until the next: who was reading it sees it whole.
    Gives the number of schools. The system's own work, logged once."""
    with whole_installation(), transaction.atomic():
        before = list(Comparison.objects.order_by("-pk").values_list("pk", flat=True)[:1])
        Comparison.objects.exclude(pk__in=before).delete()
        kept = Comparison.objects.create(
            made_at=at, definition=asdict(made.definition), sources=list(sources), counts=dict(counts)
        )
        rows = list(_rows(kept, made, about, levels, signals))
        ComparedSchool.objects.bulk_create(rows, batch_size=BATCH)
        log.record(Kind.IMPORTED, by=None, about=kept, count=len(rows), purpose=PURPOSE)
    return len(rows)


def _rows(
    kept: Comparison,
    made: compare.Comparison,
    about: Mapping[str, About],
    levels: Mapping[str, Mapping[Indicator, Reached]],
    signals: Mapping[str, Signal],
) -> Iterable[ComparedSchool]:
    figures = {indicator: figures_of(made, indicator) for indicator in made.believed}
    for row, school in enumerate(made.schools):
        told = about.get(school) or About("", "", "", {})
        yield ComparedSchool(
            comparison=kept,
            code=school,
            name=told.name or school,
            place=told.place,
            municipality=told.municipality,
            population=float(made.population[row]),
            group=int(made.group[row]),
            figures={name: _figure(made, name, school, of[row]) for name, of in figures.items() if of[row] is not None},
            levels={name: _reached(name, found, signals.get(school)) for name, found in levels.get(school, {}).items()},
            flags=dict(told.flags),
        )


def _figure(made: compare.Comparison, indicator: str, school: str, figure: Figure | None) -> dict[str, Any]:
    place = made.places[indicator].get(school)
    mean = place.group_mean if place and not math.isnan(place.group_mean) else None  # JSON knows no NaN
    measured = {"answer": place.answer, "range": [place.low, place.high], "group_mean": mean} if place else {}
    return (asdict(figure) if figure else {}) | measured


def _reached(indicator: Indicator, found: Reached, signal: Signal | None) -> dict[str, Any]:
    value = SIGNAL_1F if indicator == "1F" else signal.value if signal else None
    estimated = bool(indicator != "1F" and signal and signal.estimated)
    return asdict(found) | {"signal": value, "estimated": estimated}
