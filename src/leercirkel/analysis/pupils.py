"""Each pupil of the round with all tests: what was reached now, what it was before, and whether the change is real.

For the team and the talk with parents; never part of a form that leaves the team. A change is told on one test version
only, in scores, else in DLEs that are exactly known, else in AVI steps; it counts as real when it is at least 1.64
standard errors (`core.growth.reliable_change`). See `docs/domein/statistiek.md`. Subjects of one pupil are compared in
DLEs of the round on one instrument (`core.learning_yield.subject_differences`, with the errors of the norm tables);
only the largest difference is told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Literal

import narwhals as nw

from leercirkel.analysis.answers.pupils import subjects_differ
from leercirkel.analysis.expected import PUPIL_TEST, Lazy
from leercirkel.analysis.frames import Engine, Row
from leercirkel.analysis.growth import NormPoint
from leercirkel.analysis.model import GrowthPercentile, PupilPoint, PupilSheet, PupilTest, SubjectGap
from leercirkel.analysis.sittings import COUNTED
from leercirkel.core.calendar import MOMENTS, school_year_label
from leercirkel.core.dle import Dle
from leercirkel.core.dle_error import error_at
from leercirkel.core.growth import reliable_change
from leercirkel.core.learning_yield import subject_differences
from leercirkel.core.reading import avi_rank
from leercirkel.core.subjects import SUBJECTS

Sem = Mapping[tuple[str, str, str, int, str], float]
"""(instrument, version, subject, grade, moment) → measurement error of the test, in score points."""

DleErrors = Mapping[tuple[str, str, str, int, str], tuple[float, ...]]
"""(instrument, version, subject, grade or 0, moment) → standard error of the DLE in months, at DLE 0, 1, … 60."""

Growths = Mapping[tuple[object, ...], GrowthPercentile]
"""(pupil, school year, moment, subject, instrument) → the growth percentile of that score."""

_KEY = PUPIL_TEST
_SHOWN = (
    "pupil", *_KEY, "version", "group", "grade", "care", "destination", "status", "taken_on", "score", "level", "dle",
    "dle_operator", "avi", "reference_level",
)  # fmt: skip


def pupil_sheets(
    engine: Engine,
    rows: Lazy,
    judged: Lazy,
    *,
    main_tiers: Mapping[str, str],
    of_round: tuple[int, str],
    names: Mapping[str, str],
    norms: Sequence[NormPoint] = (),
    before: int = 8,
    growth: Growths | None = None,
) -> tuple[PupilSheet, ...]:
    """The pupils who were to take a test in the round (school year, moment), by group and name.

    `rows`: sittings, `judged`: sittings against the standards, `names`: pupil → first name. `before`: so many school
    years back. Later moments are left out. `growth`: growth percentiles of these pupils (`growth_percentiles`).
    """
    year, moment = of_round
    now = (nw.col("school_year") == year) & (nw.col("moment") == moment)
    present = rows.filter(now).select("pupil").unique()
    window = (nw.col("school_year") <= year) & (nw.col("school_year") >= year - before)
    history = engine.rows(rows.filter(window).join(present, on="pupil", how="inner").select(*_SHOWN))
    reached = _reached(engine, judged.filter(now), main_tiers)
    of_pupil: dict[str, list[Row]] = defaultdict(list)
    for row in history:
        if (row["school_year"], MOMENTS.index(row["moment"])) <= (year, MOMENTS.index(moment)):
            of_pupil[row["pupil"]].append(row)
    sem = _measurement_errors(norms)
    errors = {(n.instrument, n.version, n.subject, n.grade, n.moment): n.dle_errors for n in norms if n.dle_errors}
    sheets = [
        _sheet(pupil, found, of_round, names, reached, sem, errors, growth or {}) for pupil, found in of_pupil.items()
    ]
    return tuple(sorted(sheets, key=lambda s: (s.group, s.name, s.pupil)))


def _reached(engine: Engine, judged: Lazy, main_tiers: Mapping[str, str]) -> dict[tuple[object, ...], bool]:
    """Who reached the main tier of a subject; a care pupil's own line goes before the line for all."""
    found: dict[tuple[object, ...], bool] = {}
    lines = engine.rows(judged.select(*_KEY, "tier", "care_line", "reached"))
    for row in sorted(lines, key=lambda row: bool(row["care_line"])):
        if row["tier"] == main_tiers.get(row["subject"]):
            found[tuple(row[name] for name in _KEY)] = bool(row["reached"])
    return found


def _measurement_errors(norms: Sequence[NormPoint]) -> Sem:
    return {(n.instrument, n.version, n.subject, n.grade, n.moment): n.sem for n in norms if n.sem is not None}


def _sheet(
    pupil: str,
    rows: Sequence[Row],
    of_round: tuple[int, str],
    names: Mapping[str, str],
    reached: Mapping[tuple[object, ...], bool],
    sem: Sem,
    errors: DleErrors,
    growth: Growths,
) -> PupilSheet:
    current = next(row for row in rows if (row["school_year"], row["moment"]) == of_round)
    of_test: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row["school_year"], MOMENTS.index(row["moment"]))):
        of_test[row["subject"], row["instrument"]].append(row)
    tests = [
        _test(subject, name, found, reached, sem, _growth(pupil, found, growth))
        for (subject, name), found in of_test.items()
    ]
    name = names.get(pupil, "")
    return PupilSheet(
        pupil=pupil,
        name=name,
        group=current["group"],
        grade=current["grade"],
        care=bool(current["care"]),
        destination=current["destination"],
        tests=tuple(sorted(tests, key=_order)),
        difference=_difference(name, rows, of_round, errors),
    )


def _difference(name: str, rows: Sequence[Row], of_round: tuple[int, str], known: DleErrors) -> SubjectGap | None:
    """The largest difference between two subjects on one instrument in the round that is more than chance."""
    dles: dict[str, dict[str, Dle]] = defaultdict(dict)
    errors: dict[str, dict[str, float]] = defaultdict(dict)
    for row in rows:
        if (row["school_year"], row["moment"]) == of_round and row["status"] == COUNTED and row["dle"] is not None:
            instrument, subject = row["instrument"], row["subject"]
            dles[instrument][subject] = Dle(row["dle"], row["dle_operator"])
            found = known.get((instrument, row["version"], subject, row["grade"] or 0, row["moment"]))
            if found is not None:
                errors[instrument][subject] = error_at(row["dle"], found)
    gaps = [(d, test) for test in sorted(dles) for d in subject_differences(dles[test], errors[test])[:1]]
    if not gaps:
        return None
    gap, instrument = max(gaps, key=lambda pair: pair[0].months)
    text, text_en = subjects_differ(name, gap.higher, gap.lower, gap.months, at_least=gap.at_least)
    return SubjectGap(gap.higher, gap.lower, instrument, gap.months, gap.at_least, text, text_en)


def _order(test: PupilTest) -> tuple[int, str, str]:
    place = SUBJECTS.index(test.subject) if test.subject in SUBJECTS else len(SUBJECTS)
    return place, test.subject, test.instrument


def _growth(pupil: str, rows: Sequence[Row], growth: Growths) -> GrowthPercentile | None:
    """That of the last result that counts; the rows are in the order of time."""
    last = next((row for row in reversed(rows) if row["status"] == COUNTED), None)
    return None if last is None else growth.get((pupil, *(last[name] for name in _KEY[1:])))


def _test(
    subject: str,
    instrument: str,
    rows: Sequence[Row],
    reached: Mapping[tuple[object, ...], bool],
    sem: Sem,
    growth: GrowthPercentile | None,
) -> PupilTest:
    quantity, change, real = _change(subject, instrument, [row for row in rows if row["status"] == COUNTED], sem)
    return PupilTest(subject, instrument, tuple(_point(row, reached) for row in rows), quantity, change, real, growth)


def _point(row: Row, reached: Mapping[tuple[object, ...], bool]) -> PupilPoint:
    taken_on = row["taken_on"]
    return PupilPoint(
        school_year=school_year_label(row["school_year"]),
        moment=row["moment"],
        version=row["version"],
        taken_on=None if taken_on is None else taken_on.isoformat(),
        status=row["status"],
        score=row["score"],
        level=row["level"],
        dle=row["dle"],
        dle_operator=row["dle_operator"],
        avi=row["avi"],
        reference_level=row["reference_level"],
        reached=reached.get(tuple(row[name] for name in _KEY)),
    )


def _change(
    subject: str, instrument: str, counted: Sequence[Row], sem: Sem
) -> tuple[Literal["score", "dle", "avi"] | None, float | None, Literal["up", "down", "within_error"] | None]:
    if len(counted) < 2 or counted[-1]["version"] != counted[-2]["version"]:
        return None, None, None
    before, after = counted[-2], counted[-1]
    if before["score"] is not None and after["score"] is not None:
        errors = [sem.get((instrument, r["version"], subject, r["grade"] or 0, r["moment"])) for r in (before, after)]
        known = errors[0] is not None and errors[1] is not None and (errors[0] > 0 or errors[1] > 0)
        real = reliable_change(before["score"], after["score"], errors[0] or 0, errors[1] or 0) if known else None
        return "score", after["score"] - before["score"], real
    if before["dle_operator"] == after["dle_operator"] == "=":
        return "dle", after["dle"] - before["dle"], None
    if before["avi"] is not None and after["avi"] is not None:
        return "avi", float(avi_rank(after["avi"]) - avi_rank(before["avi"])), None
    return None, None, None
