"""What else in the system rests on an import: each app enters a source, and undoing warns of what these give."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from leercirkel.apps.assessment.models import ImportBatch


@dataclass(frozen=True, slots=True)
class Use:
    """Something that was fixed with figures of an import in it: what it is, and where it stands. No names of pupils."""

    what: Any
    url: str = ""


Source = Callable[[ImportBatch], Iterable[Use]]
"""Gives what uses the rows of a batch, in a number of queries that does not depend on how many rows."""

_sources: list[Source] = []


def register(source: Source) -> Source:
    """Enters a source; an app calls this when it starts (AppConfig.ready)."""
    if source not in _sources:
        _sources.append(source)
    return source


def unregister(source: Source) -> None:
    """Takes a source out again."""
    _sources.remove(source)


def uses_of(batch: ImportBatch) -> list[Use]:
    """Everything that uses this batch."""
    return [use for source in _sources for use in source(batch)]
