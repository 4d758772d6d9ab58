"""What a process keeps: each thing is made once, however many ask at once, and the oldest goes first."""

from __future__ import annotations

import threading

import pytest

from leercirkel.apps.insight.selectors.kept import Kept


def test_a_thing_is_made_once_however_many_ask_for_it_meanwhile() -> None:
    kept: Kept[object] = Kept(2)
    start, made, got = threading.Barrier(8), [], []

    def make() -> object:
        made.append(1)
        return object()

    def ask() -> None:
        start.wait()
        got.append(kept.get("school", make))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(made) == 1
    assert len(set(map(id, got))) == 1


def test_nothing_found_is_kept_too() -> None:
    kept: Kept[None] = Kept(2)
    made: list[int] = []

    assert kept.get("school", lambda: made.append(1)) is None
    assert kept.get("school", lambda: made.append(2)) is None
    assert made == [1]


def test_what_was_not_asked_for_longest_goes_first() -> None:
    kept: Kept[str] = Kept(2)
    for key in ("a", "b", "a", "c"):
        kept.get(key, lambda key=key: key)  # type: ignore[misc]

    assert kept.get("a", lambda: "anew") == "a"
    assert kept.get("b", lambda: "anew") == "anew"


def test_what_fails_is_tried_again_by_the_next() -> None:
    kept: Kept[str] = Kept(2)

    def fails() -> str:
        raise OSError("no school")

    with pytest.raises(OSError, match="no school"):
        kept.get("a", fails)
    assert kept.get("a", lambda: "made") == "made"
