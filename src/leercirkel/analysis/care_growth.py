"""Growth of pupils with extra support, beside that of their classmates on the same test.

A care pupil (`core.care`) counts who was one at the first of the two moments, in that subject: whoever becomes one
later, because of low results, would bring a low second result along. Pupils in two years of one test version only, as
in `growth`. Beside each care pupil stand the pupils of the same group and grade who were no care pupil then; a care
pupil without such classmates counts, but not in the comparison. It is no verdict: who begins low often grows more (the
way back to the mean) and who gets support was not chosen by lot. See `docs/domein/cyclus.md`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import fmean, stdev
from typing import Literal

import narwhals as nw

from leercirkel.analysis.cohort_trend import Step
from leercirkel.analysis.frames import Row
from leercirkel.analysis.ground import Ground
from leercirkel.analysis.growth import pupil_growth
from leercirkel.core.calendar import school_year_label
from leercirkel.core.records import dataclass
from leercirkel.core.verdicts import DEFAULT_POLICY, Policy, t_interval


@dataclass(frozen=True, slots=True)
class CareGrowth:
    """Growth of care pupils over a school year, of one group (None: the whole school), on one test.

    `counted`: care pupils with both results; `mean`, `low`, `high`: their mean change in `quantity` with a t-interval
    (None for fewer than two). `compared`: those of them who have classmates to compare with; `own_mean` the mean change
    of these, `others_mean` that of their classmates, each care pupil's classmates weighing as that pupil does.
    """

    group: str | None
    subject: str
    instrument: str
    version: str
    quantity: Literal["score", "dle"]
    from_school_year: str
    school_year: str
    moment: str
    counted: int
    mean: float
    low: float | None
    high: float | None
    compared: int
    own_mean: float | None
    others_mean: float | None


_TEST = ("subject", "instrument", "version", "quantity")
_SAT = ("pupil", "subject", "instrument", "version")


def care_growth(
    ground: Ground, school_year: int, moment: str, policy: Policy = DEFAULT_POLICY
) -> tuple[CareGrowth, ...]:
    """From this moment a year before to this one: a row per test for the whole school, then one per group.

    `school_year`: the first year of the later moment. Of a test that gives scores and DLEs the quantity most pupils
    have, the score when that is the same, as in the overview; AVI is left out, since its steps have no mean.
    """
    engine = ground.engine
    grown = pupil_growth(engine, ground.rows, steps=(Step(moment, moment, 1),))
    wanted = grown.filter((nw.col("school_year") == school_year) & nw.col("quantity").is_in(["score", "dle"]))
    before = ground.rows.filter((nw.col("school_year") == school_year - 1) & (nw.col("moment") == moment))
    marked = {tuple(row[name] for name in _SAT) for row in engine.rows(before.filter("care").select(*_SAT))}
    rows = [(row, tuple(row[name] for name in _SAT) in marked) for row in _one_quantity(engine.rows(wanted))]
    found = []
    for test in sorted({_test(row) for row, _care in rows}):
        of_test = [(row, care) for row, care in rows if _test(row) == test]
        places: list[str | None] = [None, *sorted({row["group"] for row, _care in of_test})]
        for place in places:
            care = [row for row, is_care in of_test if is_care and place in (None, row["group"])]
            if care:
                others = [row for row, is_care in of_test if not is_care]
                found.append(_told(place, test, care, others, (school_year, moment), policy))
    return tuple(found)


def _test(row: Row) -> tuple[str, ...]:
    return tuple(row[name] for name in _TEST)


def _one_quantity(rows: Iterable[Row]) -> list[Row]:
    """Of each test version the rows in one quantity."""
    kept = list(rows)
    count: dict[tuple[str, ...], dict[str, int]] = {}
    for row in kept:
        of = count.setdefault(_test(row)[:-1], {"score": 0, "dle": 0})
        of[row["quantity"]] += 1
    return [
        row for row in kept
        if row["quantity"] == max(("score", "dle"), key=count[_test(row)[:-1]].__getitem__)
    ]  # fmt: skip


def _told(
    group: str | None, test: tuple[str, ...], care: Sequence[Row], others: Sequence[Row], of: tuple[int, str],
    policy: Policy,
) -> CareGrowth:  # fmt: skip
    changes = [float(row["change"]) for row in care]
    mean = fmean(changes)
    interval = t_interval(mean, stdev(changes), len(changes), policy.confidence) if len(changes) > 1 else None
    mates: dict[tuple[str, int | None], list[float]] = {}
    for row in others:
        mates.setdefault((row["group"], row["grade"]), []).append(float(row["change"]))
    beside = [(row, mates[row["group"], row["grade"]]) for row in care if (row["group"], row["grade"]) in mates]
    subject, instrument, version, quantity = test
    return CareGrowth(
        group=group,
        subject=subject,
        instrument=instrument,
        version=version,
        quantity=quantity,  # type: ignore[arg-type]
        from_school_year=school_year_label(of[0] - 1),
        school_year=school_year_label(of[0]),
        moment=of[1],
        counted=len(changes),
        mean=mean,
        low=interval[0] if interval else None,
        high=interval[1] if interval else None,
        compared=len(beside),
        own_mean=fmean(float(row["change"]) for row, _mates in beside) if beside else None,
        others_mean=fmean(fmean(own) for _row, own in beside) if beside else None,
    )
