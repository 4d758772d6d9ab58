"""What is wrong with a norm table before anybody is judged by it, in Dutch. See `docs/domein/normen.md`."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

from leercirkel.core import dle
from leercirkel.core.calendar import MOMENTS
from leercirkel.core.levels import LEVEL_RANKS, MAIN_LABELS
from leercirkel.core.norms import BOUNDARIES, KINDS, POPULATIONS, NormTable

_NUMBERS = {"mean_sd": ("mean", "sd"), "sem": ("sem",)}


def validate(table: NormTable) -> list[str]:
    """Every fault of one table, as a Dutch sentence; empty when it can be used.

    Checked: known population, kind, boundary, grade and moment; rows there; bounds that rise strictly with their
    labels; every label of the scale exactly once; validity that does not end before it begins.
    """
    return [*_key_faults(table), *_row_faults(table)]


def incomplete(table: NormTable) -> list[str]:
    """What a table lacks without being wrong: a version and where it comes from."""
    lacks = []
    if not table.version:
        lacks.append("De versie van de toets ontbreekt: een nieuwe versie is dan niet te herkennen.")
    if not table.source_note.strip():
        lacks.append("De bron van de normtabel ontbreekt.")
    return lacks


def validate_all(tables: Sequence[NormTable]) -> list[str]:
    """The faults of all tables with their names, and tables for the same key whose validity overlaps or leaves days
    between them without a norm."""
    faults = [f"{table.name}: {fault}" for table in tables for fault in validate(table)]
    same: dict[tuple[object, ...], list[NormTable]] = defaultdict(list)
    for t in tables:
        same[t.instrument, t.version, t.subject, t.population, t.grade, t.moment, t.kind, t.level_scale].append(t)
    for group in same.values():
        group.sort(key=lambda t: t.valid_from or date.min)
        for earlier, later in pairwise(group):
            end, begin = earlier.valid_until, later.valid_from
            if end is None or begin is None or begin <= end:
                faults.append(f"{earlier.name}: twee tabellen gelden op dezelfde dag.")
            elif begin > end + timedelta(days=1):
                faults.append(f"{earlier.name}: tussen {end:%d-%m-%Y} en {begin:%d-%m-%Y} geldt geen tabel.")
    return faults


def _key_faults(table: NormTable) -> Iterator[str]:
    if not table.instrument or not table.subject:
        yield "De toets of het vak ontbreekt."
    if table.population not in POPULATIONS:
        yield f"“{table.population}” is geen populatie; kies uit {', '.join(POPULATIONS)}."
    if table.kind not in KINDS:
        yield f"“{table.kind}” is geen soort tabel; kies uit {', '.join(KINDS)}."
    if table.boundary not in BOUNDARIES:
        yield f"“{table.boundary}” is geen grensregel; kies uit {', '.join(BOUNDARIES)}."
    if table.grade is not None and not 1 <= table.grade <= 8:
        yield f"Jaargroep {table.grade} bestaat niet."
    if table.moment is not None and table.moment not in MOMENTS:
        yield f"“{table.moment}” is geen moment; kies uit {', '.join(MOMENTS)}."
    if table.valid_from is not None and table.valid_until is not None and table.valid_until < table.valid_from:
        yield "De tabel houdt op met gelden voordat hij begint."


def _row_faults(table: NormTable) -> Iterator[str]:
    if not table.rows:
        yield "De tabel heeft geen regels."
        return
    if table.kind in _NUMBERS:
        yield from _number_faults(table, _NUMBERS[table.kind])
        return
    yield from _bound_faults(table)
    if table.kind == "level":
        yield from _level_faults(table)
    elif table.kind in ("percentile", "dle"):
        yield from _rising_faults(table)


def _number_faults(table: NormTable, wanted: Sequence[str]) -> Iterator[str]:
    labels = [row.label for row in table.rows]
    if sorted(labels) != sorted(wanted):
        yield f"Nodig is precies één regel voor {' en '.join(wanted)}; gevonden: {', '.join(labels)}."
    for row in table.rows:
        if not math.isfinite(row.lower_bound) or (row.label in ("sd", "sem") and row.lower_bound <= 0):
            yield f"De waarde van {row.label} kan niet {row.lower_bound:g} zijn."


def _bound_faults(table: NormTable) -> Iterator[str]:
    for place, row in enumerate(table.rows):
        if math.isnan(row.lower_bound) or row.lower_bound == math.inf or (place and row.lower_bound == -math.inf):
            yield f"De ondergrens van {row.label} is geen getal."
    for before, after in pairwise(table.rows):
        if after.lower_bound <= before.lower_bound:
            yield (
                f"De ondergrenzen lopen niet op: {before.label} begint bij {before.lower_bound:g} "
                f"en {after.label} bij {after.lower_bound:g}."
            )


def _level_faults(table: NormTable) -> Iterator[str]:
    labels = [row.label for row in table.rows]
    scale = table.level_scale
    if scale is None:
        yield f"De niveaus zijn niet van één schaal ({' of '.join(LEVEL_RANKS)}): {', '.join(labels)}."
        return
    ranks = LEVEL_RANKS[scale]
    missing = [label for label in MAIN_LABELS[scale] if label not in labels]
    if missing:
        yield f"Er ontbreken niveaus: {', '.join(missing)}."
    yield from _twice(labels)
    for before, after in pairwise(labels):
        if ranks[after] < ranks[before]:
            yield f"De niveaus staan niet van laag naar hoog: {after} staat boven {before}."


def _rising_faults(table: NormTable) -> Iterator[str]:
    values: list[float] = []
    for row in table.rows:
        number = dle.parse(row.label)
        if number is None or (table.kind == "percentile" and (number.censored or number.months > 100)):
            yield f"“{row.label}” is geen {'percentiel' if table.kind == 'percentile' else 'DLE'}."
            return
        values.append(number.months + {"<": -1e-6, "=": 0, ">": 1e-6}[number.operator])
    yield from _twice([row.label for row in table.rows])
    for (before, low), (after, high) in pairwise(zip(table.rows, values, strict=True)):
        if high < low:
            yield f"De waarden lopen niet op: na {before.label} komt {after.label}."
    open_inside = [row.label for row in table.rows[1:-1] if row.label.strip()[0] in "<>"]
    if table.kind == "dle" and open_inside:
        yield f"Alleen de laagste en de hoogste DLE mogen open zijn, niet {', '.join(open_inside)}."


def _twice(labels: Iterable[str]) -> Iterator[str]:
    for label, times in Counter(labels).items():
        if times > 1:
            yield f"{label} staat er {times} keer in."
