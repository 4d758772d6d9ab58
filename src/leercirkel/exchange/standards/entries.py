"""A standard as people write it: one that holds at several moments is one entry, and one Standard per moment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from leercirkel.core.calendar import MOMENTS
from leercirkel.core.records import dataclass
from leercirkel.core.standards import Standard


@dataclass(frozen=True, slots=True)
class Entry:
    """One `[[standard]]` of a file. `standard` has no moment of its own; `moments` in the order of the year, empty for
    every moment."""

    standard: Standard
    moments: tuple[str, ...] = ()

    @property
    def standards(self) -> tuple[Standard, ...]:
        """As the reader gives it: one per moment."""
        return tuple(replace(self.standard, moment=moment) for moment in self.moments or (None,))


def entries_of(standards: Sequence[Standard]) -> tuple[Entry, ...]:
    """The entries that give exactly these standards in this order; where they come from (`source`) is left out.

    Neighbours that differ only in their moment, in the order of the year, are one entry.
    """
    found: list[Entry] = []
    for standard in standards:
        bare = replace(standard, moment=None, source=None)
        last = found[-1] if found else None
        if (
            last is not None
            and last.standard == bare
            and last.moments
            and standard.moment is not None
            and MOMENTS.index(standard.moment) > MOMENTS.index(last.moments[-1])
        ):
            found[-1] = Entry(bare, (*last.moments, standard.moment))
        else:
            found.append(Entry(bare, (standard.moment,) if standard.moment else ()))
    return tuple(found)


def standards_of(entries: Iterable[Entry]) -> tuple[Standard, ...]:
    """The other way round."""
    return tuple(standard for entry in entries for standard in entry.standards)
