"""Each pupil against the school's own standards: which line holds for whom, and was it reached.

Rules: `docs/domein/normen.md`. The branch at a pupil's own DLE goes by the last DLE measured before this test (this
test's own DLE when there is none), never by didactic age or grade. Where a standard for a destination and one for all
hold for the same pupil and tier, the destination's holds. Equal to the threshold is reached; compared before rounding.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import product
from typing import Any

import narwhals as nw

from leercirkel.analysis.expected import PUPIL_TEST, Lazy
from leercirkel.analysis.frames import SCHOOL, Engine
from leercirkel.analysis.sittings import COUNTED
from leercirkel.core.levels import scale_and_rank
from leercirkel.core.reading import avi_rank
from leercirkel.core.reference import reference_rank
from leercirkel.core.standards import Quantity, Standard, Tier

_NO_GRADE = 0
_NO_DL = -1

_SCHEMA: dict[str, Any] = {
    "subject": nw.String,
    "moment": nw.String,
    "at_grade": nw.Int32,
    "of_instrument": nw.String,
    "years_from": nw.Int32,
    "years_until": nw.Int32,
    "dl_from": nw.Int32,
    "dl_until": nw.Int32,
    "own_dle_from": nw.Float64,
    "own_dle_below": nw.Float64,
    "of_destination": nw.String,
    "of_care": nw.Boolean,
    "tier": nw.String,
    "target_share": nw.Float64,
    "measure": nw.String,
    "limit": nw.Float64,
    "limit_scale": nw.String,
    "dl_factor": nw.Float64,
    "threshold_low": nw.String,
    "threshold_high": nw.String,
    "own_lines": nw.Int32,
    "judged": nw.Int32,
}


KEPT = (
    SCHOOL, "pupil", *PUPIL_TEST, "version", "group", "grade", "split", "dl", "destination", "dl_factor",
    "tier", "care_line", "target_share", "judged", "reached", "own_lines", "threshold_low", "threshold_high", "measure",
)  # fmt: skip
"""The columns of `judged`: what tiers are counted by. Every column more is one to copy for each tier."""


def for_destinations(standards: Sequence[Standard]) -> list[Standard]:
    """The standards by which a destination is judged as a whole: every pupil with that destination, also below the
    branch, otherwise only those who made it are judged. Subjects without a line for a destination keep the common one.
    """
    own = [replace(s, own_dle=None) for s in standards if s.destination]
    subjects = {s.subject for s in own}
    common = [replace(s, own_dle=None) for s in standards if s.scope == "all" and s.subject in subjects]
    return own + common + [s for s in standards if s.scope == "all" and s.subject not in subjects]


def judged(engine: Engine, rows: Lazy, standards: Sequence[Standard]) -> Lazy:
    """Counted sittings × the tiers that hold for them, kept by the engine.

    Who and which test (see `KEPT`), plus tier, care_line (the tier is of the norm for care pupils), target_share,
    measure and dl_factor; and, to be counted: judged (1), reached (1 or 0), own_lines (1 for a line that depends on the
    pupil's didactic age), threshold_low and threshold_high (the threshold as text, None for an own line).
    A result that cannot be compared (a DLE of ">60" against 70, a letter against a Roman numeral) has no row.
    """
    asked = [name for name in _ASKED if any(getattr(s, name) for s in standards)]
    keys = [*_LINE, *(_ASKED[name] for name in asked), "care"]
    counted = engine.keep(
        rows.filter(nw.col("status") == COUNTED).with_columns(
            at_grade=nw.coalesce(nw.col("grade"), nw.lit(_NO_GRADE)),
            at_dl=nw.coalesce(nw.col("dl"), nw.lit(_NO_DL)),
            towards=nw.coalesce(nw.col("destination"), nw.lit("")),
        )
    )
    lines = _lines_at(counted.select(*keys).unique(), engine.table(*line_table(standards)), asked)
    if any(s.own_dle for s in standards):
        pairs = _with_own_dle(counted).join(lines, on=keys, how="inner").filter(_own_dle_holds())
    else:
        pairs = counted.join(lines, on=keys, how="inner")
    verdicts = pairs.with_columns(
        care_line=nw.col("of_care"),
        reached=_reached({s.quantity for s in standards}).cast(nw.Int32),
        specific=(~nw.col("of_destination").is_null()).cast(nw.Int32),
    ).filter(~nw.col("reached").is_null())
    if any(s.destination for s in standards):
        best = nw.col("specific") == nw.col("specific").max().over(*PUPIL_TEST, "tier", "care_line")
        verdicts = verdicts.filter(best)
    return engine.keep(verdicts.select(*KEPT))


_LINE = ("subject", "moment", "at_grade")
_ASKED = {"instrument": "instrument", "school_years": "school_year", "didactic_age": "at_dl", "destination": "towards"}
"""What of a standard asks something of a result → the column of the result that it is asked of."""


def _lines_at(situations: Lazy, lines: Lazy, asked: Collection[str]) -> Lazy:
    """The lines that hold in each of these situations (what of a result decides that, but for the pupil's own DLE).

    Of situations there are a few hundred, of results thousands: the lines of all years, didactic ages and destinations
    are looked at once for each.
    """
    conditions = {
        "instrument": ("of_instrument", nw.col("of_instrument") == nw.col("instrument")),
        "school_years": (
            "years_from",
            (nw.col("school_year") >= nw.col("years_from")) & (nw.col("school_year") <= nw.col("years_until")),
        ),
        "didactic_age": ("dl_from", (nw.col("at_dl") >= nw.col("dl_from")) & (nw.col("at_dl") <= nw.col("dl_until"))),
        "destination": ("of_destination", nw.col("of_destination") == nw.col("towards")),
    }
    held = situations.join(lines, on=list(_LINE), how="inner")
    for name in asked:
        column, holds = conditions[name]
        held = held.filter(nw.col(column).is_null() | holds)
    return held.filter(~nw.col("of_care") | nw.col("care"))


def line_table(standards: Sequence[Standard]) -> tuple[dict[str, list[Any]], dict[str, Any]]:
    """The standards as a table: a row per tier, moment, grade and run of school years, so that most of it is an
    equi-join."""
    columns: dict[str, list[Any]] = {name: [] for name in _SCHEMA}
    for standard in standards:
        moments = (standard.moment,) if standard.moment else ("B", "M", "E")
        places = list(product(moments, standard.grades or range(_NO_GRADE, 9), _runs(standard.school_years)))
        columns["moment"] += [moment for moment, _grade, _years in places] * len(standard.tiers)
        columns["at_grade"] += [grade for _moment, grade, _years in places] * len(standard.tiers)
        columns["years_from"] += [first for _moment, _grade, (first, _last) in places] * len(standard.tiers)
        columns["years_until"] += [last for _moment, _grade, (_first, last) in places] * len(standard.tiers)
        for tier in standard.tiers:
            limit, scale = _limit(standard, tier)
            threshold = None if tier.threshold is None else str(tier.threshold)
            of_tier = {
                "subject": standard.subject, "of_instrument": standard.instrument,
                "dl_from": standard.didactic_age and standard.didactic_age[0],
                "dl_until": standard.didactic_age and standard.didactic_age[1],
                "own_dle_from": standard.own_dle and float(standard.own_dle[0]),
                "own_dle_below": standard.own_dle and float(standard.own_dle[1]),
                "of_destination": standard.destination, "of_care": standard.scope == "care",
                "tier": tier.name, "target_share": tier.target_share, "measure": standard.quantity,
                "limit": limit, "limit_scale": scale, "dl_factor": tier.dl_factor,
                "threshold_low": threshold, "threshold_high": threshold,
                "own_lines": int(threshold is None), "judged": 1,
            }  # fmt: skip
            for name, value in of_tier.items():
                columns[name] += [value] * len(places)
    return columns, _SCHEMA


def _runs(years: Sequence[int] | None) -> list[tuple[int | None, int | None]]:
    """School years as runs of years one after another, first and last of each; None for every year."""
    if not years:
        return [(None, None)]
    runs: list[list[int]] = []
    for year in sorted(set(years)):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return [(run[0], run[-1]) for run in runs]


def _limit(standard: Standard, tier: Tier) -> tuple[float | None, str | None]:
    """The threshold as a number to compare with, and for levels the scale it belongs to."""
    if tier.threshold is None:
        return None, None
    label = str(tier.threshold)
    if standard.quantity == "level":
        scale, rank = scale_and_rank(label)
        return float(rank), scale
    if standard.quantity == "avi":
        return float(avi_rank(label)), None
    if standard.quantity == "reference":
        return float(reference_rank(label)), None
    return float(tier.threshold), None


def _with_own_dle(rows: Lazy) -> Lazy:
    """own_dle: the pupil's last DLE in the subject before this test, else this test's own, else null."""
    known = rows.filter(~nw.col("dle").is_null()).select(
        "pupil_no", "subject", earlier_on=nw.col("taken_on"), earlier_dle=nw.col("dle")
    )
    keys = ["pupil_no", "subject", "taken_on"]
    before = (
        rows.select(*keys)
        .unique()
        .join(known, on=["pupil_no", "subject"], how="inner")
        .filter(nw.col("earlier_on") < nw.col("taken_on"))
    )
    last = before.filter(nw.col("earlier_on") == nw.col("earlier_on").max().over(*keys))
    own = last.group_by(*keys).agg(earlier_dle=nw.col("earlier_dle").max())
    return rows.join(own, on=keys, how="left").with_columns(
        own_dle=nw.coalesce(nw.col("earlier_dle"), nw.col("dle"))
    ).drop("earlier_dle")  # fmt: skip


def _own_dle_holds() -> nw.Expr:
    own = nw.coalesce(nw.col("own_dle"), nw.lit(0.0))
    return nw.col("own_dle_from").is_null() | ((own >= nw.col("own_dle_from")) & (own < nw.col("own_dle_below")))


def _reached(measures: Collection[Quantity]) -> nw.Expr:
    """True, False, or null when the value cannot be compared with the threshold."""
    limit = nw.coalesce(nw.col("limit"), nw.col("dl_factor") * nw.col("dl"))
    dle, operator = nw.col("dle"), nw.col("dle_operator")
    by_dle = (
        nw.when(operator == "=")
        .then(dle >= limit)
        .when((operator == ">") & (dle >= limit))
        .then(nw.lit(True))
        .when((operator == "<") & (dle <= limit))
        .then(nw.lit(False))
        .otherwise(nw.lit(None, nw.Boolean))
    )
    compared: dict[Quantity, nw.Expr] = {
        "score": nw.col("score") >= limit,
        "dle": by_dle,
        "level": nw.when(nw.col("level_scale") == nw.col("limit_scale")).then(nw.col("level_rank") >= limit),
        "avi": nw.col("avi_rank") >= limit,
        "reference": nw.col("reference_rank") >= limit,
    }
    reached: nw.Expr = nw.lit(None, nw.Boolean)
    for measure in sorted(measures):
        reached = nw.when(nw.col("measure") == measure).then(compared[measure]).otherwise(reached)
    return reached
