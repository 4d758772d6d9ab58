"""The other way round: from a record of a report to the text by which `cells.find` finds it again."""

from __future__ import annotations

from leercirkel.analysis.explain.cells import KEYS

_RENAMED = {"from": "from_moment", "to": "to_moment"}
"""Keys that the dataclass has under another name than the JSON."""


def reference(place: str, record: object) -> str:
    """`overview[group=Uilen,grade=,subject=rekenen,…]`: every key of the record is named, also the empty ones.

    `place`: the list that the record is in. Raises KeyError for a list without keys.
    """
    pairs = [(key, getattr(record, key if hasattr(record, key) else _RENAMED[key])) for key in KEYS[place]]
    return f"{place}[{','.join(f'{key}={_text(value)}' for key, value in pairs)}]"


def _text(value: object) -> str:
    if isinstance(value, tuple | list):
        return "+".join(str(one) for one in value)
    return "" if value is None else str(value)
