"""What a process has worked out and keeps until something changes: each thing made once, however many ask at once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Value = TypeVar("Value")


class _Place(Generic[Value]):
    """One thing, or the making of it."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.made: list[Value] = []


class Kept(Generic[Value]):
    """The last `most` things that were asked for, by a key that says what they were made of.

    A thing must not be changed by who gets it, but for what it keeps of its own.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._places: OrderedDict[Hashable, _Place[Value]] = OrderedDict()
        self._lock = Lock()

    def has(self, key: Hashable) -> bool:
        """Whether the thing under this key is made."""
        with self._lock:
            place = self._places.get(key)
        return place is not None and bool(place.made)

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """The thing under this key, made when it is not there; who asks for it meanwhile waits for the same one.

        What `make` raises goes to who asked, and the next one tries anew.
        """
        with self._lock:
            place = self._places.setdefault(key, _Place())
            self._places.move_to_end(key)
            while len(self._places) > self._most:
                self._places.popitem(last=False)
        with place.lock:
            if not place.made:
                place.made.append(make())
            return place.made[0]
