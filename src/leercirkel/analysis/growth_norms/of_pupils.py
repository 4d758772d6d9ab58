"""Growth percentiles of the pupils of a school: which norm fits whose scores, and how far the tests can be off.

Who counts is the same as for making a norm (`cohort`): a score on the same test in the same version at every occasion,
in the grade that belongs to it. The rules and their sources: docs/domein/groeinormen.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from leercirkel.analysis.expected import Lazy
from leercirkel.analysis.frames import SCHOOL, Engine, tuples
from leercirkel.analysis.growth import NormPoint
from leercirkel.analysis.growth_norms.cohort import NormTable, NormTest, Occasion
from leercirkel.analysis.growth_norms.model import GrowthNorm, curves, percentiles, within
from leercirkel.analysis.growth_norms.splines import Numbers
from leercirkel.analysis.model import EarlierScore, GrowthPercentile
from leercirkel.analysis.sittings import COUNTED, TEST
from leercirkel.core.calendar import school_year_label
from leercirkel.core.quantiles import normal_quantile
from leercirkel.core.records import dataclass

_COLUMNS = (SCHOOL, "pupil", "group", "school_year", "grade", "moment", *TEST, "score")
_MIDDLE = 49
"""The place of the 50th percentile among 1 to 99."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """A score of a pupil that counts. `school_year`: its first year."""

    school: str
    pupil: str
    group: str
    school_year: int
    grade: int
    moment: str
    subject: str
    instrument: str
    version: str
    score: float


Placed = tuple[Sitting, GrowthPercentile]

_Scores = Mapping[tuple[object, ...], float]
_Errors = Mapping[tuple[str, str, str, int, str], float]


def placed(
    engine: Engine,
    rows: Lazy,
    tables: Sequence[NormTable],
    norms: Sequence[NormPoint] = (),
    of_round: tuple[int, str] | None = None,
    confidence: float = 0.90,
) -> list[Placed]:
    """The growth percentile of every score in `rows` (see `sittings`; all years of these pupils) that a table is for,
    of one round (school year, moment) or of all. `norms`: where the measurement errors come from.

    A score goes by the table with the most earlier scores that the pupil has and that lie within the range of the norm;
    of equal ones by the first of `tables`. A score that no table is for is left out; one that a table is for and none
    fits has the reason.
    """
    of_test: dict[tuple[NormTest, Occasion], list[NormTable]] = defaultdict(list)
    for table in sorted(tables, key=lambda table: -len(table.earlier)):
        of_test[table.test, table.to].append(table)
    sittings = _sittings(engine, rows, sorted({table.test.subject for table in tables}))
    scores = {(*_who(one), one.school_year, one.grade, one.moment): one.score for one in sittings}
    fitting: dict[int, list[tuple[Sitting, NormTable, list[float]]]] = defaultdict(list)
    found: list[Placed] = []
    for one in sittings:
        if of_round is not None and (one.school_year, one.moment) != of_round:
            continue
        test = NormTest(one.subject, one.instrument, one.version)
        own = of_test.get((test, Occasion(one.grade, one.moment)), ())
        refused: list[GrowthPercentile] = []
        for table in own:
            earlier = _earlier(one, table, scores)
            if earlier is not None and within(table.norm, earlier):
                fitting[id(table)].append((one, table, earlier))
                break
            refused.append(_without(one, table, earlier is not None))
        else:
            if refused:  # of the norm that asks least; that a score lies outside says more than that one is lacking
                found.append((one, next((r for r in refused if r.withheld == "outside"), refused[-1])))
    errors = {(n.instrument, n.version, n.subject, n.grade, n.moment): n.sem for n in norms if n.sem}
    for group in fitting.values():
        found += _of_table(group[0][1], [(one, earlier) for one, _table, earlier in group], errors, confidence)
    return sorted(found, key=lambda pair: _order(pair[0]))


def _sittings(engine: Engine, rows: Lazy, subjects: list[str]) -> list[Sitting]:
    scored = rows.filter(
        (nw.col("status") == COUNTED)
        & nw.col("subject").is_in(subjects)
        & ~nw.col("score").is_null()
        & ~nw.col("grade").is_null()
    )
    return [Sitting(*row) for row in tuples(engine.columns(scored.select(*_COLUMNS)), _COLUMNS)]


def _who(one: Sitting) -> tuple[str, ...]:
    return one.school, one.pupil, one.subject, one.instrument, one.version


def _order(one: Sitting) -> tuple[object, ...]:
    return one.school, one.school_year, one.moment, one.subject, one.instrument, one.version, one.group, one.pupil


def _earlier(one: Sitting, table: NormTable, scores: _Scores) -> list[float] | None:
    """The earlier scores that the table asks for, newest first; None when one is lacking."""
    found = [
        scores.get((*_who(one), one.school_year - (table.to.grade - at.grade), at.grade, at.moment))
        for at in table.earlier
    ]
    known = [score for score in found if score is not None]
    return known if len(known) == len(found) else None


def _moments(one: Sitting, table: NormTable) -> tuple[EarlierScore, ...]:
    return tuple(
        EarlierScore(school_year_label(one.school_year - (table.to.grade - at.grade)), at.moment)
        for at in table.earlier
    )


def _without(one: Sitting, table: NormTable, outside: bool) -> GrowthPercentile:
    why = "outside" if outside else "no_earlier"
    return GrowthPercentile(None, None, None, _moments(one, table), table.norm.pupils, _years(table), why)  # type: ignore[arg-type]


def _years(table: NormTable) -> tuple[str, str]:
    return school_year_label(table.school_years[0]), school_year_label(table.school_years[1])


def _of_table(
    table: NormTable, pupils: Sequence[tuple[Sitting, list[float]]], errors: _Errors, confidence: float
) -> Iterable[Placed]:
    priors = np.array([earlier for _one, earlier in pupils], dtype=np.float64)
    scores = np.array([one.score for one, _earlier in pupils], dtype=np.float64)
    own = percentiles(table.norm, priors, scores)
    at = [errors.get(_at(table.test, occasion)) for occasion in (table.to, *table.earlier)]
    known = [error for error in at if error is not None]
    ends = between(table.norm, priors, scores, known, confidence) if len(known) == len(at) else None
    for place, (one, _earlier) in enumerate(pupils):
        low, high = (int(ends[0][place]), int(ends[1][place])) if ends is not None else (None, None)
        moments = _moments(one, table)
        yield one, GrowthPercentile(int(own[place]), low, high, moments, table.norm.pupils, _years(table))


def _at(test: NormTest, one: Occasion) -> tuple[str, str, str, int, str]:
    return test.instrument, test.version, test.subject, one.grade, one.moment


def between(
    norm: GrowthNorm, priors: Numbers, scores: Numbers, errors: Sequence[float], confidence: float = 0.90
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The percentiles between which those of pupils without measurement error lie, so often as `confidence` (0–1).

    `errors`: the standard error of measurement of the score, then of each earlier score, in points. An earlier score
    that is off by one point moves what is expected by the slope of the middle curve there, so the score lies
    √(SEM² + Σ(slope·SEM)²) from what is expected; both ends are read from the norm at that distance.
    """
    spread = np.full(len(scores), errors[0] ** 2)
    for place, (error, spline) in enumerate(zip(errors[1:], norm.splines, strict=True)):
        high, low = priors.copy(), priors.copy()
        high[:, place] = np.minimum(priors[:, place] + error, spline.scores[1])
        low[:, place] = np.maximum(priors[:, place] - error, spline.scores[0])
        apart = high[:, place] - low[:, place]
        slope = (curves(norm, high)[:, _MIDDLE] - curves(norm, low)[:, _MIDDLE]) / np.where(apart > 0, apart, 1.0)
        spread += (slope * error) ** 2
    off = normal_quantile(confidence) * np.sqrt(spread)
    return percentiles(norm, priors, scores - off), percentiles(norm, priors, scores + off)


__all__ = ["Placed", "Sitting", "between", "placed"]
