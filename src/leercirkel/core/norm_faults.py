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


def mixed_up(tables: Sequence[NormTable]) -> list[str]:
    """Tables for pupils and for group means that were probably exchanged, as Dutch sentences.

    Means of groups differ less than pupils do, so a table for groups is narrower than the one for pupils of the same
    test: by its sd, or from its lowest to its highest bound. A sign and no proof: never an error.
    """
    pairs: dict[tuple[object, ...], dict[str, NormTable]] = defaultdict(dict)
    for t in tables:
        key = t.instrument, t.version, t.subject, t.grade, t.moment, t.kind, t.level_scale, t.valid_from
        pairs[key].setdefault(t.population, t)
    told = []
    for pair in pairs.values():
        pupils, groups = pair.get("pupil"), pair.get("group_mean")
        if pupils is None or groups is None:
            continue
        if pupils.rows == groups.rows:
            told.append(f"{groups.name}: dezelfde getallen als de tabel voor leerlingen; een van de twee klopt niet.")
        elif (wide := _width(groups)) is not None and (narrow := _width(pupils)) is not None and wide >= narrow:
            told.append(
                f"{groups.name}: loopt niet minder uiteen dan de tabel voor leerlingen. "
                "Groepsgemiddelden liggen dichter bij elkaar; staan de twee verwisseld?"
            )
    return told


def running_out(tables: Sequence[NormTable], on: date, days: int) -> list[tuple[NormTable, date]]:
    """Tables that no longer hold on some day within `days` after `on`, with their last day, and that no table follows
    on; those that ran out already are among them. Sorted by last day."""
    found = []
    for t in tables:
        end = t.valid_until
        if end is not None and end <= on + timedelta(days=days) and not any(_follows(t, other) for other in tables):
            found.append((t, end))
    return sorted(found, key=lambda pair: (pair[1], pair[0].name))


def _follows(table: NormTable, other: NormTable) -> bool:
    """Whether the other table is of the same test and goes on where this one ends, also as a new version of it."""
    same = ("instrument", "subject", "population", "grade", "moment", "kind", "level_scale")
    if any(getattr(table, name) != getattr(other, name) for name in same) or table.valid_until is None:
        return False
    return (other.valid_until is None or other.valid_until > table.valid_until) and (
        other.valid_from is None or other.valid_from <= table.valid_until + timedelta(days=1)
    )


def _width(table: NormTable) -> float | None:
    """How far apart the scores of a table lie: its sd, or from the lowest bound to the highest."""
    if table.kind == "mean_sd":
        return next((row.lower_bound for row in table.rows if row.label == "sd"), None)
    bounds = [row.lower_bound for row in table.rows if math.isfinite(row.lower_bound)]
    return bounds[-1] - bounds[0] if table.kind != "sem" and len(bounds) > 1 else None
