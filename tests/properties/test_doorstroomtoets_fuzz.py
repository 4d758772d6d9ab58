"""No input makes the reader of the doorstroomtoets raise or hang."""

from __future__ import annotations

import copy
import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.support.doorstroomtoets import MESSAGE, of

from leercirkel.exchange import result_files
from leercirkel.exchange.doorstroomtoets.reader import read
from leercirkel.exchange.doorstroomtoets.tables import tables
from leercirkel.exchange.tables.parse import TABLE

QUICK = settings(deadline=20_000, max_examples=200, suppress_health_check=[HealthCheck.too_slow])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10)
    | st.sampled_from(["LAS-key", "Referentieniveau", "REKENEN", "1F", "2025-2026", "0001-01-01T00:00:00+14:00",
                       "9999-12-31T23:59:59-14:00", "2026-02-03", "\ud800", "nan"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["label", "waarde", "toetseenheid", "resultaten"]), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


def sound(data: bytes) -> None:
    found, problems = read(data, "f")
    assert all(p.message and p.advice and p.file == "f" and len(p.value or "") <= 60 for p in problems)
    if found is None:
        assert any(p.severity == "error" for p in problems)
        return
    made, _, told = tables([found, found])
    assert all(dict(table.frame.schema) == TABLE for table in made)
    assert all(p.message and p.advice for p in told)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(p for key, item in inside for p in places(item, (*path, key)))]


PLACES = places(MESSAGE)[1:]


@QUICK
@given(st.binary(max_size=300))
def test_any_bytes_are_answered(data: bytes) -> None:
    sound(data)
    result_files.read(b"{" + data, "f")


@QUICK
@given(st.lists(st.tuples(st.sampled_from(PLACES), VALUES), min_size=1, max_size=3))
def test_any_value_at_any_place_is_answered(changes: list[tuple[tuple[Any, ...], Any]]) -> None:
    made: Any = copy.deepcopy(MESSAGE)
    for path, value in changes:
        node = made
        for step in path[:-1]:
            try:
                node = node[step]
            except (KeyError, IndexError, TypeError):
                break
        if isinstance(node, dict) and isinstance(path[-1], str):
            node[path[-1]] = value
    sound(json.dumps([made, MESSAGE]).encode())


@QUICK
@given(st.data())
def test_any_mutated_message_is_answered(data: st.DataObject) -> None:
    mutated = of(MESSAGE)
    for _ in range(data.draw(st.integers(1, 4))):
        at, length = data.draw(st.integers(0, len(mutated))), data.draw(st.integers(0, 20))
        mutated = mutated[:at] + data.draw(st.binary(max_size=6)) + mutated[at + length :]
    sound(mutated)
