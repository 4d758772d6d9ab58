"""What the doorstroomtoets advised: pupils of group 8 per advice and school year. See `docs/domein/doorstroomtoets.md`.

Only of schools for basisonderwijs: in special ones a destination is in the plan of each pupil. Counted is who has an
advice and sat in group 8 that year; with them are told how many sat there while the test was taken. The advice of the
school is in none of the files read, so nothing is compared with it. Nothing is known before the M round, to which the
test belongs.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import narwhals as nw

from leercirkel.analysis.frames import ADVICES, ENROLMENTS, SCHOOL, Engine, checked
from leercirkel.analysis.model import AdviceCounts
from leercirkel.core.advice import order
from leercirkel.core.calendar import MOMENTS, school_year_label

GRADE, MOMENT = 8, "M"


def advice_counts(engine: Engine, frame: Any, enrolments: Any, of_round: tuple[int, str]) -> tuple[AdviceCounts, ...]:
    """The advices of one school up to the round (school year, moment), by school year. `frame` None: none were given.

    The caller asks it for a school for basisonderwijs only.
    """
    if frame is None:
        return ()
    year, moment = of_round
    last = year if MOMENTS.index(moment) >= MOMENTS.index(MOMENT) else year - 1
    eighth = checked(enrolments, ENROLMENTS).filter(nw.col("grade") == GRADE)
    given = checked(frame, ADVICES).filter(nw.col("school_year") <= last)
    there = eighth.select(SCHOOL, "pupil", "school_year").unique()
    rows = engine.keep(given.join(there, on=[SCHOOL, "pupil", "school_year"], how="inner"))
    days = rows.group_by(SCHOOL, "school_year").agg(
        first_day=nw.col("taken_on").min(), last_day=nw.col("taken_on").max()
    )
    while_taken = eighth.join(days, on=[SCHOOL, "school_year"], how="inner").filter(
        (nw.col("from") <= nw.col("last_day")) & (nw.col("until") >= nw.col("first_day"))
    )
    # who has an advice counts as there, also when the roster has them elsewhere on those days
    everyone = nw.concat([while_taken.select("school_year", "pupil"), rows.select("school_year", "pupil")]).unique()
    sizes = {r["school_year"]: int(r["n"]) for r in engine.rows(everyone.group_by("school_year").agg(n=nw.len()))}
    counts: dict[int, Counter[str]] = {}
    for row in engine.rows(rows.group_by("school_year", "advice").agg(n=nw.len())):
        counts.setdefault(row["school_year"], Counter())[row["advice"]] = int(row["n"])
    return tuple(
        AdviceCounts(
            school_year=school_year_label(when),
            pupils=sizes[when],
            counted=found.total(),
            advices={code: found[code] for code in sorted(found, key=lambda code: (order(code), code))},
        )
        for when, found in sorted(counts.items())
    )
