"""Two measurements in a row below the line: the sign at which a special school looks at its teaching again.

A row is of one pupil, subject and instrument, by the main tier. The measurement before is the pupil's last one judged
on that tier, at most one school year earlier: a year without breaks the row. See `docs/domein/normen.md`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import narwhals as nw

from leercirkel.analysis.expected import PUPIL_TEST, Lazy
from leercirkel.analysis.frames import Engine
from leercirkel.analysis.lines import judged
from leercirkel.analysis.model import GradeTrend
from leercirkel.analysis.sittings import Inputs, sittings
from leercirkel.core.calendar import MOMENTS, parse_school_year
from leercirkel.core.standards import Standard

_ROW = ("pupil_no", "subject", "instrument")
_PER_YEAR = len(MOMENTS)


def sittings_with_care(
    inputs: Inputs, standards: Sequence[Standard], main_tiers: Mapping[str, str], *, care_two_below: bool
) -> Lazy:
    """The sittings (see `sittings`), with `care_two_below` also with care for who was twice in a row below the line.

    The one place where is decided who is a care pupil: whatever counts pupils of a report begins here.
    """
    return _sittings(inputs, standards, main_tiers, care_two_below=care_two_below)[0]


def judged_sittings(
    inputs: Inputs, standards: Sequence[Standard], main_tiers: Mapping[str, str], *, care_two_below: bool
) -> tuple[Lazy, Lazy]:
    """`sittings_with_care`, and these against the standards (`lines.judged`)."""
    engine = inputs.engine
    rows, common = _sittings(inputs, standards, main_tiers, care_two_below=care_two_below)
    if common is None:
        return rows, judged(engine, rows, standards)
    # Who is a care pupil decides about the norm for care pupils alone: the other lines hold as they were.
    of_care = judged(engine, rows, [s for s in standards if s.scope == "care"])
    return rows, engine.keep(nw.concat([common, of_care]))


def _sittings(
    inputs: Inputs, standards: Sequence[Standard], main_tiers: Mapping[str, str], *, care_two_below: bool
) -> tuple[Lazy, Lazy | None]:
    """The sittings, and these against the standards that are not for care, when these were needed."""
    engine, rows = inputs.engine, sittings(inputs)
    if not (care_two_below and any(s.scope == "care" for s in standards)):
        return rows, None
    common = judged(engine, rows, [s for s in standards if s.scope != "care"])
    return engine.keep(with_care(rows, in_a_row(engine, common, main_tiers))), common


def in_a_row(engine: Engine, lines: Lazy, main_tiers: Mapping[str, str]) -> Lazy:
    """Per pupil and test of `lines` (as `lines.judged` gives them) on the main tier: below_now and below_before.

    Columns: those of `PUPIL_TEST`, pupil, order (counts moments), destination, version, below_now (1 or 0), and
    below_before (null without a measurement before).
    """
    tiers = engine.table(
        {"subject": list(main_tiers), "tier": list(main_tiers.values())}, {"subject": nw.String, "tier": nw.String}
    )
    main = lines.filter(~nw.col("care_line")).join(tiers, on=["subject", "tier"], how="inner")
    now = engine.keep(
        main.group_by(*PUPIL_TEST)
        .agg(
            pupil=nw.col("pupil").max(),
            below_now=1 - nw.col("reached").min(),
            destination=nw.col("destination").max(),
            version=nw.col("version").max(),
        )
        .with_columns(order=_order())
    )
    earlier = now.select(*_ROW, earlier="order", below_before="below_now", earlier_year="school_year")
    pairs = now.join(earlier, on=list(_ROW), how="inner").filter(
        (nw.col("earlier") < nw.col("order")) & (nw.col("earlier_year") >= nw.col("school_year") - 1)
    )
    last = pairs.filter(nw.col("earlier") == nw.col("earlier").max().over(*_ROW, "order"))
    return now.join(last.select(*_ROW, "order", "below_before"), on=[*_ROW, "order"], how="left")


def _order() -> nw.Expr:
    moment = nw.col("moment")
    place = nw.when(moment == MOMENTS[0]).then(0).when(moment == MOMENTS[1]).then(1).otherwise(2)
    return nw.col("school_year") * _PER_YEAR + place


def with_care(rows: Lazy, in_row: Lazy) -> Lazy:
    """Sittings with care also for who was below the line at both of the two last measurements *before* the sitting.

    `in_row`: as `in_a_row` gives them, of the lines that hold for all. This test itself does not decide: the goal would
    be asked of exactly those who had just missed it.
    """
    twice = ((nw.col("below_now") == 1) & (nw.col("below_before") == 1)).cast(nw.Int64)
    known = in_row.select(*_ROW, earlier="order", earlier_year="school_year", twice=twice)
    tests = rows.select(*PUPIL_TEST).unique().with_columns(order=_order())
    pairs = tests.join(known, on=list(_ROW), how="inner").filter(
        (nw.col("earlier") < nw.col("order")) & (nw.col("earlier_year") >= nw.col("school_year") - 1)
    )
    last = pairs.filter(nw.col("earlier") == nw.col("earlier").max().over(*PUPIL_TEST))
    found = last.filter(nw.col("twice") == 1).select(*PUPIL_TEST).unique().with_columns(found=nw.lit(True))
    joined = rows.join(found, on=list(PUPIL_TEST), how="left")
    return joined.with_columns(care=nw.col("care") | nw.coalesce(nw.col("found"), nw.lit(False))).drop("found")


def with_two_below(engine: Engine, trends: Sequence[GradeTrend], rows: Lazy) -> tuple[GradeTrend, ...]:
    """The trends by destination with, in each point, how many of its pupils were below the line twice in a row.

    `rows`: as `in_a_row` gives them, of the lines that the trends were made from.
    """
    by = ("destination", "subject", "instrument", "moment", "school_year", "version")
    twice = (nw.col("below_now") == 1) & (nw.col("below_before") == 1)
    counts = engine.rows(rows.with_columns(twice=twice.cast(nw.Int64)).group_by(*by).agg(nw.col("twice").sum()))
    known = {tuple(row[name] for name in by): row["twice"] for row in counts}

    def of(trend: GradeTrend) -> GradeTrend:
        key = trend.destination, trend.subject, trend.instrument, trend.moment
        years = [(p, parse_school_year(p.school_year), p.version) for p in trend.points]
        return replace(trend, points=tuple(replace(p, two_below=int(known.get((*key, y, v), 0))) for p, y, v in years))

    return tuple(of(trend) if trend.destination else trend for trend in trends)
