"""The signal values of the inspectorate that a user loads, or their estimate.

The table of signal values of 1S/2F by school weighting (Regeling leerresultaten PO 2020, bijlage A, deel 4) is not
ours to give: it is loaded, as CSV with two columns, `schoolweging` and `signaleringswaarde` (a percentage). A school
goes by the line of its weighting, rounded down to a line of the table as bands are: the highest that is not above it.
"""

from __future__ import annotations

import bisect
import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from leercirkel.analysis.benchmark.compare import Comparison
from leercirkel.analysis.benchmark.levels import Indicator, Reached, estimated_signal

Signals = Sequence[tuple[float, float]]
"""Weighting from which, and the signal value as a share; in order."""

COLUMNS = ("schoolweging", "signaleringswaarde")


class SignalsFault(Exception):
    """The table cannot be used; the text says why, in Dutch, all lines at once."""


def read(path: Path) -> Signals:
    """The table in this file. Raises SignalsFault with everything that is wrong with it."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise SignalsFault(f"{path}: niet te lezen ({error.strerror}).") from None
    except UnicodeDecodeError:
        raise SignalsFault(f"{path}: dit is geen CSV in UTF-8. Bewaar het opnieuw als CSV UTF-8.") from None
    rows = list(csv.reader(text.splitlines(), delimiter=";"))
    if not rows or [cell.strip().lower() for cell in rows[0]] != list(COLUMNS):
        raise SignalsFault(f"{path}, rij 1: hier horen de kolommen {' en '.join(COLUMNS)}, met een puntkomma ertussen.")
    out, faults = [], []
    for number, row in enumerate(rows[1:], 2):
        if not any(cell.strip() for cell in row):
            continue
        values = [_number(cell) for cell in row]
        if len(row) != 2 or None in values:
            faults.append(f"{path}, rij {number}: hier horen twee getallen, zoals 30;55,2.")
        elif not 1 < (values[1] or 0) <= 100:  # 0,55 is a share that was meant as 55
            faults.append(
                f"{path}, rij {number}, signaleringswaarde: schrijf een percentage tot en met 100, zoals 55,2."
            )
        else:
            out.append((values[0] or 0.0, (values[1] or 0.0) / 100))
    doubles = sorted({weighting for weighting, _ in out if [w for w, _ in out].count(weighting) > 1})
    faults += [f"{path}: schoolweging {weighting:g} staat er meer dan één keer." for weighting in doubles]
    if faults:
        raise SignalsFault("\n".join(faults))
    if not out:
        raise SignalsFault(f"{path}: er staan geen waarden in.")
    return sorted(out)


def values_of(
    made: Comparison, levels: Mapping[str, Mapping[Indicator, Reached]], table: Signals | None
) -> dict[str, float]:
    """School → its signal value of 1S/2F: from the table, else the estimate (`levels.estimated_signal`). Without a
    table only where the population is the school weighting, on which the values depend; empty when neither can be."""
    if made.definition.population != "weighting":
        return {}
    if table is not None:
        starts = [weighting for weighting, _ in table]
        places = {s: bisect.bisect_right(starts, w) - 1 for s, w in zip(made.schools, made.population, strict=True)}
        return {school: table[max(place, 0)][1] for school, place in places.items()}
    middle = [
        (told.low + told.high) / 2 if (told := levels.get(school, {}).get("1S/2F")) else np.nan
        for school in made.schools
    ]
    line = estimated_signal(made.population, np.array(middle), made.population)
    return {} if line is None else dict(zip(made.schools, line.tolist(), strict=True))


def _number(cell: str) -> float | None:
    try:
        value = float(cell.strip().removesuffix("%").replace(",", "."))
    except ValueError:
        return None
    return value if value == value and abs(value) != float("inf") else None
