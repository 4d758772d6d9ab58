"""A list as a grid: pupils down, goals or domains across, one field in each cell. Reads back what was filled in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from leercirkel.apps.organisation.models import Pupil

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Column:
    """A goal or a domain. `note`: its category."""

    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One field: its name in the form, what stands in it, and what is wrong with that."""

    name: str
    value: str
    column: Column
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A pupil with a field per column."""

    pupil: Pupil
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Grid:
    """All of it. `faults`: how many fields hold what cannot be."""

    columns: Sequence[Column]
    rows: Sequence[Row]

    @property
    def faults(self) -> int:
        """How many fields hold what cannot be."""
        return sum(bool(cell.fault) for row in self.rows for cell in row.cells)


@dataclass(frozen=True, slots=True)
class Filled(Generic[Value]):
    """What was filled in, by pupil and column; and the grid with what is wrong in it."""

    values: Mapping[tuple[int, str], Value]
    grid: Grid


def empty(columns: Sequence[Column], pupils: Sequence[Pupil], known: Mapping[tuple[int, str], str]) -> Grid:
    """The grid with what is known in it."""
    return Grid(columns, [
        Row(pupil, [Cell(_name(pupil, place), known.get((pupil.pk, each.label), ""), each)
                    for place, each in enumerate(columns)])
        for pupil in pupils
    ])  # fmt: skip


def filled(
    columns: Sequence[Column],
    pupils: Sequence[Pupil],
    data: Mapping[str, str],
    read: Callable[[str], tuple[Value, str]],
) -> Filled[Value]:
    """What a form holds. `read`: the text of a field → its value, and what is wrong with it ("" for nothing)."""
    values: dict[tuple[int, str], Value] = {}
    rows = []
    for pupil in pupils:
        cells = []
        for place, column in enumerate(columns):
            name = _name(pupil, place)
            text = " ".join(data.get(name, "").split())
            value, fault = read(text)
            cells.append(Cell(name, text, column, fault))
            if not fault:
                values[pupil.pk, column.label] = value
        rows.append(Row(pupil, cells))
    return Filled(values, Grid(columns, rows))


def _name(pupil: Pupil, place: int) -> str:
    return f"c{pupil.pk}-{place}"
