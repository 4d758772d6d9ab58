"""Everything one pupil did on every test: results, the line that held at each moment, learning time and yield.

For the team. The line is that of the school's main tier as it held for this pupil at that moment (`lines`); that of a
destination is what the school's own standard for it asks at the same learning time (`core.growth.standard_line`), also
where the common line still held. Learning yield and its noise rule: `core.learning_yield`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import narwhals as nw

from leercirkel.analysis.expected import PUPIL_TEST
from leercirkel.analysis.ground import Ground
from leercirkel.analysis.model import GrowthPercentile, PupilPoint, SubjectGap
from leercirkel.analysis.some_pupils import Round, sheets_of
from leercirkel.core.calendar import MOMENTS, parse_school_year
from leercirkel.core.didactic_age import CAP
from leercirkel.core.dle import Dle
from leercirkel.core.growth import standard_line
from leercirkel.core.learning_yield import LearningYield, learning_yield
from leercirkel.core.records import dataclass
from leercirkel.core.standards import Quantity

EVERY_YEAR = 99
"""More school years than anyone is at a school."""

_LINE = ("tier", "care_line", "reached", "measure", "threshold_low", "dl_factor", "dl")


@dataclass(frozen=True, slots=True)
class OwnLine:
    """What the school's main tier asked of this pupil at one moment: `limit` in `measure` (a label for level, AVI and
    reference level); `own`: it went by the pupil's learning time."""

    measure: Quantity
    limit: float | str
    own: bool


@dataclass(frozen=True, slots=True)
class PupilMoment:
    """One test at one moment. `dl`: months of learning time on that day, `dl_estimated` when the start of group 3 was
    inferred. `line` None: the school has no standard for it. `destination`: the DLE on the line of the pupil's
    destination. `learning_yield` None: no DLE."""

    point: PupilPoint
    dl: int | None
    dl_estimated: bool
    line: OwnLine | None
    destination: float | None
    learning_yield: LearningYield | None


@dataclass(frozen=True, slots=True)
class PupilCourse:
    """All moments of the pupil on one test, oldest first; `change`, `quantity`, `real` and `growth` as in
    `PupilTest`."""

    subject: str
    instrument: str
    moments: tuple[PupilMoment, ...]
    quantity: str | None
    change: float | None
    real: str | None
    growth: GrowthPercentile | None = None


@dataclass(frozen=True, slots=True)
class PupilRecord:
    """What a pupil did so far, up to the round `school_year`, `moment`; `difference` between subjects in that round."""

    school_year: int
    moment: str
    courses: tuple[PupilCourse, ...]
    difference: SubjectGap | None


def record_of(ground: Ground, pupil: str, name: str, destination: str | None = None) -> PupilRecord | None:
    """The record of one pupil (`pupil` is the key in frames, `name` stands in the sentence on a difference); None when
    no test was ever to be taken. `destination`: the code of the one that holds now."""
    own = nw.col("pupil") == pupil
    found = ground.engine.rows(ground.rows.filter(own).select(*PUPIL_TEST, "dl", "dl_estimated"))
    if not found:
        return None
    last: Round = max(((r["school_year"], r["moment"]) for r in found), key=lambda r: (r[0], MOMENTS.index(r[1])))
    (sheet,) = sheets_of(ground, [pupil], last, {pupil: name}, before=EVERY_YEAR)
    ages = {_key(row): (row["dl"], bool(row["dl_estimated"])) for row in found}
    lines = _lines(ground, pupil)
    courses = tuple(
        PupilCourse(
            test.subject,
            test.instrument,
            tuple(
                _moment(ground, p, (pupil, test.subject, test.instrument), ages, lines, destination)
                for p in test.points
            ),
            test.quantity,
            test.change,
            test.real,
            test.growth,
        )
        for test in sheet.tests
    )
    return PupilRecord(last[0], last[1], courses, sheet.difference)


def _key(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in ("school_year", "moment", "subject", "instrument"))


def _lines(ground: Ground, pupil: str) -> dict[tuple[Any, ...], tuple[OwnLine, bool]]:
    """The main tier that held at each moment and whether it was reached; a care pupil's own goes first."""
    rows = ground.engine.rows(ground.lines.filter(nw.col("pupil") == pupil).select(*PUPIL_TEST, *_LINE))
    found: dict[tuple[Any, ...], tuple[OwnLine, bool]] = {}
    for row in sorted(rows, key=lambda row: bool(row["care_line"])):
        if row["tier"] != ground.main_tiers.get(row["subject"]):
            continue
        own = row["threshold_low"] is None
        limit = row["dl_factor"] * row["dl"] if own else row["threshold_low"]
        if not own and row["measure"] in ("score", "dle"):
            limit = float(limit)
        found[_key(row)] = (OwnLine(row["measure"], limit, own), bool(row["reached"]))
    return found


def _moment(
    ground: Ground,
    point: PupilPoint,
    whose: tuple[str, str, str],
    ages: Mapping[tuple[Any, ...], tuple[int | None, bool]],
    lines: Mapping[tuple[Any, ...], tuple[OwnLine, bool]],
    destination: str | None,
) -> PupilMoment:
    _pupil, subject, instrument = whose
    year = parse_school_year(point.school_year) or 0
    key = (year, point.moment, subject, instrument)
    dl, estimated = ages.get(key, (None, False))
    line, reached = lines.get(key, (None, None))
    factor = _factor(ground, subject, instrument, point.moment, year, destination)
    dle = None if point.dle is None else Dle(point.dle, point.dle_operator or "=")  # type: ignore[arg-type]
    return PupilMoment(
        replace(point, reached=reached),
        dl,
        estimated,
        line,
        None if factor is None or dl is None else standard_line(dl, factor * CAP),
        None if dle is None else learning_yield(dle, dl),
    )


def _factor(
    ground: Ground, subject: str, instrument: str, moment: str, year: int, destination: str | None
) -> float | None:
    """What the school asks for this destination per month of learning time, in DLE; None where it has no such line."""
    if destination is None:
        return None
    for standard in ground.standards:
        if (
            standard.destination == destination
            and standard.subject == subject
            and standard.quantity == "dle"
            and standard.instrument in (None, instrument)
            and standard.moment in (None, moment)
            and (standard.school_years is None or year in standard.school_years)
        ):
            for tier in standard.tiers:
                if tier.name == ground.main_tiers.get(subject) and tier.dl_factor is not None:
                    return tier.dl_factor
    return None
