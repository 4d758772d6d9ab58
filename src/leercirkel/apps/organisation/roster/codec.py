"""A roster as JSON, for as long as its plan waits to be confirmed: the fields of the model, nothing else was read."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any, TypeVar

from leercirkel.exchange.edexml.model import Group, Pupil, Roster, Staff

Row = TypeVar("Row", Group, Pupil, Staff)
_DATES = frozenset({"birth_date", "start_group3", "enrolled_on", "left_on", "reference_date", "created_on"})
_TUPLES = frozenset({"instruction_groups", "roles", "groups"})
_NOT_KEPT = frozenset({"eck_id", "initials", "location"})
"""Fields that the database has no place for."""
_SINGLE = ("school", "school_year", "reference_date", "created_on", "file")


def to_json(roster: Roster) -> dict[str, Any]:
    """The roster as plain values."""
    kept: dict[str, Any] = {name: _plain(getattr(roster, name)) for name in _SINGLE}
    for name in ("groups", "pupils", "staff"):
        kept[name] = [_of_row(row) for row in getattr(roster, name)]
    return kept


def from_json(kept: dict[str, Any]) -> Roster:
    """The roster of `to_json`, without the fields that are not kept."""
    single = {name: _value(name, kept[name]) for name in _SINGLE}
    return Roster(
        **single,
        groups=tuple(_to_row(Group, row) for row in kept["groups"]),
        pupils=tuple(_to_row(Pupil, row) for row in kept["pupils"]),
        staff=tuple(_to_row(Staff, row) for row in kept["staff"]),
    )


def _of_row(row: Group | Pupil | Staff) -> dict[str, Any]:
    values = ((each.name, getattr(row, each.name)) for each in fields(row) if each.name not in _NOT_KEPT)
    return {name: _plain(value) for name, value in values if value not in (None, ())}


def _to_row(kind: type[Row], row: dict[str, Any]) -> Row:
    return kind(**{name: _value(name, value) for name, value in row.items()})


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _value(name: str, value: Any) -> Any:
    if name in _DATES and value is not None:
        return date.fromisoformat(value)
    return tuple(value) if name in _TUPLES else value
