"""What is wrong with files, as a page says it: the same thing said once, with the rows where it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from leercirkel.exchange.problems import SEVERITY_LABELS, Problem

NAMED = 3
"""So many rows and values are named; the rest is counted, and stands in the download."""


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that is wrong with a file. `first` stands for all `found`, which differ in row and value only."""

    word: str
    first: Problem
    found: list[Problem] = field(default_factory=list)

    @property
    def rows(self) -> str:
        """ "2, 4, 6 en nog 47"; empty where it is about no row."""
        numbers = list(dict.fromkeys(str(each.row) for each in self.found if each.row is not None))
        return _with_rest(numbers)

    @property
    def values(self) -> Sequence[str]:
        """The first of the offending values."""
        return self._values()[:NAMED]

    @property
    def more_values(self) -> int:
        """How many more there are."""
        return max(0, len(self._values()) - NAMED)

    def _values(self) -> list[str]:
        return list(dict.fromkeys(each.value for each in self.found if each.value))


def said_once(problems: Sequence[Problem]) -> tuple[Told, ...]:
    """The problems, errors first; what is the same but for its row and value is one."""
    order = list(SEVERITY_LABELS)
    found: dict[tuple[object, ...], Told] = {}
    for each in sorted(problems, key=lambda p: order.index(p.severity)):
        key = (each.severity, each.file, each.code, each.field, each.message, each.advice)
        found.setdefault(key, Told(SEVERITY_LABELS[each.severity], each)).found.append(each)
    return tuple(found.values())


def _with_rest(numbers: Sequence[str]) -> str:
    said = ", ".join(numbers[:NAMED])
    more = len(numbers) - NAMED
    return _("%(rows)s en nog %(n)s") % {"rows": said, "n": more} if more > 0 else said
