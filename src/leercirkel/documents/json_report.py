"""The report as JSON: the contract `leercirkel/report/1`, described by `schema/report-1.json`.

Every field of the dataclasses of `analysis.model` is a key of the same name, except that a cohort trend has the plain
names "from" and "to" for its moments. See `docs/ontwikkel/json-contract.md`.
"""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from leercirkel.analysis.model import CohortTrend, SchoolReport

SCHEMA = "leercirkel/report/1"

RENAMED: dict[type, dict[str, str]] = {CohortTrend: {"from_moment": "from", "to_moment": "to"}}
"""Fields whose key differs from their name."""


@cache
def _keys(kind: type) -> tuple[tuple[str, str], ...]:
    renamed = RENAMED.get(kind, {})
    return tuple((f.name, renamed.get(f.name, f.name)) for f in fields(kind))


def _plain(value: object) -> Any:
    """What `json` asks for everything that it does not know. Raises TypeError, so that nothing is written by guess."""
    if is_dataclass(value) and not isinstance(value, type):
        return {key: getattr(value, name) for name, key in _keys(type(value))}
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in the report's JSON")


def to_json(report: SchoolReport) -> bytes:
    """The whole report as UTF-8 JSON on one line, ended by a line feed.

    Shares run 0–1, intervals are 90%, what cannot be computed is null. Raises ValueError for a number that is not
    finite and TypeError for a value that JSON cannot carry.
    """
    return (json.dumps(report, default=_plain, ensure_ascii=False, allow_nan=False) + "\n").encode()


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the contract."""
    text = files("leercirkel.documents").joinpath("schema/report-1.json").read_text(encoding="utf-8")
    return dict(json.loads(text))
