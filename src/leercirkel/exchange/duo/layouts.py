"""The layouts of open-data files, from `layouts.toml`, and which of them a header is."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import field
from functools import cache
from importlib.resources import files
from typing import Any

from leercirkel.core.records import dataclass

NEAR = 0.5
"""A header with this share of the columns of a layout is told which ones are missing."""


@dataclass(frozen=True, slots=True)
class Layout:
    """One layout: see `layouts.toml` for what its fields mean."""

    code: str
    dataset: str
    form: str
    table: str = ""
    year: tuple[str, ...] = ()
    drawn: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    counts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    tests: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    tests_if_there: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    uncertain: Mapping[str, str] = field(default_factory=dict)
    sheets: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    total: str = ""
    exempt: str = ""
    grade8: str = ""
    counted: str = ""
    prefix: str = ""
    count: str = ""
    value: str = ""
    mean: str = ""
    grade: str = ""
    kind: str = ""
    title: str = ""
    day: str = ""
    any_sheet: bool = False

    @property
    def is_sheet(self) -> bool:
        """True for what is published as a workbook."""
        return bool(self.sheets)

    @property
    def required(self) -> tuple[str, ...]:
        """The columns without which a table is not of this layout, those that say which school it is aside."""
        tests = [column for pair in self.tests.values() for column in pair]
        named = [name for name in (self.count, self.value, self.mean, self.exempt, self.grade) if name]
        return tuple(dict.fromkeys([*self.needs, *self.counts, *tests, *named]))


@dataclass(frozen=True, slots=True)
class Book:
    """All of `layouts.toml`."""

    layouts: tuple[Layout, ...]
    identity: Mapping[str, tuple[str, ...]]
    kinds: Mapping[str, str]
    rebuilt: Mapping[str, str]
    scales: Mapping[str, tuple[float, float]]
    names: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Fit:
    """The layout of a header, or None with the nearest one and the columns that this header lacks."""

    layout: Layout | None
    nearest: Layout | None = None
    missing: tuple[str, ...] = ()


def squared(name: str) -> str:
    """A column name as it is compared: capitals, blanks and hyphens as one underscore."""
    return re.sub(r"[\s\-_]+", "_", name.strip().upper())


@cache
def book() -> Book:
    """The layouts that the program knows."""
    raw = tomllib.loads(files(__package__).joinpath("layouts.toml").read_text(encoding="utf-8"))
    return Book(
        tuple(_layout(entry) for entry in raw["layout"]),
        {ours: tuple(theirs) for ours, theirs in raw["identity"].items()},
        {spelling: kind for kind, spellings in raw["kinds"].items() for spelling in spellings},
        raw["rebuilt"],
        {test: (bounds[0], bounds[1]) for test, bounds in raw["scales"].items()},
        {name.casefold(): year for name, year in raw["names"].items()},
    )


def _layout(entry: dict[str, Any]) -> Layout:
    def frozen(value: Any) -> Any:
        if isinstance(value, list):
            return tuple(value)
        return {key: frozen(item) for key, item in value.items()} if isinstance(value, dict) else value

    return Layout(**{name: frozen(value) for name, value in entry.items()})


def fit(columns: Collection[str]) -> Fit:
    """Which layout a table with these (`squared`) columns is: of those it has all columns of, the one with most."""
    have = set(columns)
    tables = [layout for layout in book().layouts if not layout.is_sheet and not have & set(layout.without)]
    whole = [layout for layout in tables if not _missing(layout, have)]
    if whole:
        return Fit(max(whole, key=lambda layout: len(layout.required)))
    near = [layout for layout in tables if len(_missing(layout, have)) <= NEAR * (len(layout.required) + 2)]
    if not near:
        return Fit(None)
    nearest = min(near, key=lambda layout: len(_missing(layout, have)))
    return Fit(None, nearest, _missing(nearest, have))


def _missing(layout: Layout, have: set[str]) -> tuple[str, ...]:
    lacking = [name for name in layout.required if name not in have]
    if layout.prefix and not any(name.startswith(layout.prefix) for name in have):
        lacking.append(f"{layout.prefix}…")
    for ours in ("brin", "location"):
        theirs = book().identity[ours]
        if first(theirs, have) is None:
            lacking.append(theirs[0])
    return tuple(lacking)


def first(names: Sequence[str], have: Collection[str]) -> str | None:
    """The first of these columns that a table has."""
    return next((name for name in names if name in have), None)
