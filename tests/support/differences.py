"""Two results compared as people would: every name, number and order, decimals to the ninth digit."""

from __future__ import annotations

import math
from dataclasses import fields, is_dataclass
from typing import Any


def differences(one: Any, other: Any, path: str = "") -> list[str]:
    """Where two results differ: decimals beyond the ninth digit, everything else at all."""
    if isinstance(one, float) and isinstance(other, float):
        return [] if math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9) else [f"{path}: {one} {other}"]
    if type(one) is not type(other):
        return [f"{path}: {one!r} {other!r}"]
    if is_dataclass(one):
        pairs = [(f.name, getattr(one, f.name), getattr(other, f.name)) for f in fields(one)]
    elif isinstance(one, dict):
        if list(one) != list(other):
            return [f"{path}: {list(one)} {list(other)}"]
        pairs = [(key, one[key], other[key]) for key in one]
    elif isinstance(one, (list, tuple)):
        if len(one) != len(other):
            return [f"{path}: {len(one)} and {len(other)} long"]
        pairs = [(str(i), a, b) for i, (a, b) in enumerate(zip(one, other, strict=True))]
    else:
        return [] if one == other else [f"{path}: {one!r} {other!r}"]
    return [text for name, a, b in pairs for text in differences(a, b, f"{path}.{name}")]
