"""Dataclasses from the plain values that JSON holds, checked field by field."""

from __future__ import annotations

import math
import types
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints


class Unfit(ValueError):
    """A value that does not fit the dataclass; the message says where it stands."""


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def built(kind: Any, value: object, where: str = "", *, partly: bool = False) -> Any:
    """A dataclass from a JSON object with its fields; `partly`: other keys are passed over. Raises Unfit."""
    hints = _hints(kind)
    if not isinstance(value, dict) or (not partly and not value.keys() <= hints.keys()):
        raise Unfit(where or "schema")
    required = {f.name for f in fields(kind) if f.default is MISSING and f.default_factory is MISSING}
    lacking = required - value.keys()
    if lacking:
        raise Unfit(f"{where}.{min(lacking)}".strip("."))
    return kind(**{n: _fitting(hints[n], v, f"{where}.{n}".strip(".")) for n, v in value.items() if n in hints})


def _fitting(kind: Any, value: object, where: str) -> Any:
    """The value as this type. Raises Unfit."""
    origin, inner = get_origin(kind), get_args(kind)
    if is_dataclass(kind):
        return built(kind, value, where)
    if origin is tuple and isinstance(value, list):
        return tuple(_fitting(inner[0], item, where) for item in value)
    if origin is dict and isinstance(value, dict):
        return {key: _fitting(inner[1], item, f"{where}.{key}") for key, item in value.items()}
    if origin is Literal and value in inner and isinstance(value, str):
        return value
    if origin in (Union, types.UnionType):
        if type(value) in inner and isinstance(value, int | str):  # a whole number stays one where it may
            return value
        for one in inner:
            try:
                return _fitting(one, value, where)
            except Unfit:
                continue
    if kind is type(None) and value is None:
        return None
    if kind is bool and isinstance(value, bool):
        return value
    if kind is str and isinstance(value, str):
        return value
    if kind is int and isinstance(value, int) and not isinstance(value, bool):
        return value
    if kind is float and isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        return float(value)
    raise Unfit(where)
