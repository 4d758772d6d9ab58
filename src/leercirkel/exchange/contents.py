"""What a set of files holds once every file has been read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from leercirkel.core.norms import NormTable
from leercirkel.exchange.calendar.reader import Calendar
from leercirkel.exchange.edexml.model import Roster
from leercirkel.exchange.guardians.model import GuardianLine
from leercirkel.exchange.interventions.model import InterventionsFile
from leercirkel.exchange.result_files import AnyMapping, ResultFile
from leercirkel.exchange.standards.model import StandardsFile
from leercirkel.exchange.tables.reader import ResultTable

if TYPE_CHECKING:
    from leercirkel.analysis.growth_norms.cohort import NormTable as GrowthNormTable  # brings numpy


@dataclass(slots=True)
class Contents:
    """What was read, by kind, with the name of the file where it does not know it itself. A file that could not be read
    is not here."""

    rosters: list[Roster] = field(default_factory=list)
    results: list[ResultTable] = field(default_factory=list)
    other_results: list[ResultFile] = field(default_factory=list)
    standards: list[StandardsFile] = field(default_factory=list)
    calendars: list[tuple[str, Calendar]] = field(default_factory=list)
    norms: list[tuple[str, tuple[NormTable, ...]]] = field(default_factory=list)
    marks: list[tuple[str, pl.DataFrame]] = field(default_factory=list)
    mappings: list[AnyMapping] = field(default_factory=list)
    interventions: list[InterventionsFile] = field(default_factory=list)
    guardians: list[tuple[str, tuple[GuardianLine, ...]]] = field(default_factory=list)
    growth_norms: list[tuple[str, tuple[GrowthNormTable, ...]]] = field(default_factory=list)
