"""Who is in which cells at once: the finest parts of every column of the report, with how many pupils are in them.

A column is one test at one moment: school year, moment, subject, instrument and version. Its parts cross group, grade,
didactic-age band and destination. They hold only numbers of pupils, no results, and never leave the program: they are
what `disclosure` needs to see which sums follow from other sums.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import narwhals as nw

from leercirkel.analysis.expected import Lazy
from leercirkel.analysis.frames import Engine
from leercirkel.analysis.grade_trend import with_band
from leercirkel.analysis.lines import judged
from leercirkel.analysis.sittings import COUNTED, Inputs
from leercirkel.analysis.two_below import sittings_with_care
from leercirkel.core.calendar import school_year_label
from leercirkel.core.standards import Standard

COLUMN = ("school_year", "moment", "subject", "instrument", "version")
AXES = ("group", "grade", "band", "destination")

ColumnKey = tuple[str, str, str, str, str]
"""School year ("2025-2026"), moment, subject, instrument, version."""

TierKey = tuple[str, str, float]
"""Name, scope ("all" or "care") and target share of a tier."""


@dataclass(frozen=True)
class Part:
    """Pupils of one column who are alike in group, grade, band and destination ("" or 0: not known).

    `sizes`: how many were expected, were counted, have a score, an uncensored DLE and a level. `judged`: how many are
    held against each tier.
    """

    group: str
    grade: int
    band: str
    destination: str
    sizes: Mapping[str, int]
    judged: Mapping[TierKey, int] = field(default_factory=dict)


Crossings = Mapping[ColumnKey, Sequence[Part]]


def crossings_of(
    inputs: Inputs, standards: Sequence[Standard], main_tiers: Mapping[str, str], *, care_two_below: bool
) -> Crossings:
    """The parts of every column of the report that these files give (see `report.school_report`).

    `main_tiers` and `care_two_below` as in that report: they decide who is held against the norm for care pupils.
    """
    rows = sittings_with_care(inputs, standards, main_tiers, care_two_below=care_two_below)
    return crossings(inputs.engine, rows, judged(inputs.engine, rows, standards))


def crossings(engine: Engine, rows: Lazy, lines: Lazy) -> Crossings:
    """The parts of every column. `rows`: see `sittings`; `lines`: see `lines.judged`."""
    by = (*COLUMN, *AXES)
    counted = (nw.col("status") == COUNTED) & ~nw.col("level").is_null()
    sized = _named(engine, rows).with_columns(has_level=counted.cast(nw.Int64))
    sizes = sized.group_by(*by).agg(
        expected=nw.len(), counted=nw.col("is_counted").sum(), score=nw.col("score").count(),
        dle=nw.col("exact_dle").count(), levels=nw.col("has_level").sum(),
    )  # fmt: skip
    tiers = _named(engine, lines).group_by(*by, "tier", "care_line", "target_share").agg(n=nw.col("judged").sum())
    held: dict[tuple[Any, ...], dict[TierKey, int]] = defaultdict(dict)
    for row in engine.rows(tiers):
        tier = (row["tier"], "care" if row["care_line"] else "all", row["target_share"])
        held[tuple(row[name] for name in by)][tier] = row["n"]
    out: dict[ColumnKey, list[Part]] = defaultdict(list)
    for row in engine.rows(sizes):
        year = school_year_label(row["school_year"])
        key = (year, row["moment"], row["subject"], row["instrument"], row["version"])
        measures = {name: row[name] or 0 for name in ("expected", "counted", "score", "dle", "levels")}
        judged_here = held.get(tuple(row[name] for name in by), {})
        part = Part(row["group"], row["grade"], row["band"], row["destination"], measures, judged_here)
        out[key].append(part)
    return {key: sorted(parts, key=lambda p: (p.group, p.grade, p.band, p.destination)) for key, parts in out.items()}


def _named(engine: Engine, frame: Lazy) -> Lazy:
    return with_band(engine, frame).with_columns(
        group=nw.coalesce(nw.col("group"), nw.lit("")),
        grade=nw.coalesce(nw.col("grade"), nw.lit(0)),
        band=nw.coalesce(nw.col("band"), nw.lit("")),
        destination=nw.coalesce(nw.col("destination"), nw.lit("")),
    )
