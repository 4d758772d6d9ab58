"""A file of norms that a school may use, of either kind: norm tables (CSV or XLSX) or growth norms (TOML)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from leercirkel.core.norms import NormTable
from leercirkel.core.records import dataclass
from leercirkel.exchange.normtables import reader as norm_reader
from leercirkel.exchange.problems import Problem

if TYPE_CHECKING:
    from leercirkel.analysis.growth_norms.cohort import NormTable as GrowthNormTable  # brings numpy

_HEAD = 64 * 1024
_GROWTH = re.compile(rb"^[ \t]*\[\[[ \t]*[\"']?growth_norm", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Norms:
    """What is in the file: one of both is empty."""

    tables: tuple[NormTable, ...] = ()
    growth: tuple[GrowthNormTable, ...] = ()

    @property
    def count(self) -> int:
        """How many tables, or growth norms."""
        return len(self.tables) + len(self.growth)


def is_growth(data: bytes, name: str) -> bool:
    """Whether these bytes are to be read as growth norms: by what is in them, or else because it is a TOML file."""
    return _GROWTH.search(data[:_HEAD]) is not None or name.casefold().endswith(".toml")


def read(data: bytes, name: str) -> tuple[Norms | None, list[Problem]]:
    """The norms of a file, read by the reader of its kind (`normtables`, `growth_norms`); None when nothing of it can
    be used. Never raises."""
    if is_growth(data, name):
        from leercirkel.exchange.growth_norms import reader as growth_reader

        growth, problems = growth_reader.read(data, name)
        return (None if growth is None else Norms(growth=growth)), problems
    tables, problems = norm_reader.read(data, name)
    return (None if tables is None else Norms(tables)), problems
