"""Learning yield (leerrendement): DLE ÷ DL, per pupil and subject, and large differences between subjects.

The noise rule and the limit for a large difference are those of `core.learning_yield`; a censored DLE has no place in
a median of yields, and counts in a difference with the bound that is certain. DLEs of different instruments are never
compared. See `docs/domein/leertijd.md`.
"""

from __future__ import annotations

import narwhals as nw

from leercirkel.analysis.expected import Lazy
from leercirkel.analysis.frames import SCHOOL, Engine, Row
from leercirkel.analysis.model import GroupYield
from leercirkel.analysis.sittings import COUNTED
from leercirkel.core.calendar import school_year_label
from leercirkel.core.learning_yield import SHOWN_FROM_DL, difference_limit

PUPIL = (SCHOOL, "pupil", "school_year", "moment", "instrument")
BY = (SCHOOL, "school_year", "group", "subject", "moment")


def pupil_yields(engine: Engine, rows: Lazy) -> Lazy:
    """The yield of every pupil with a DLE; kept by the engine.

    Columns: school, pupil, group, school_year, moment, subject, instrument, dle, dle_operator, dl, value (as a share;
    null below DL 10, without DL and for a censored DLE), withheld ("no_dl", "dl_below_10", "censored" or null) and
    uneven (1 when another subject on the same instrument differs beyond noise).
    """
    known = rows.filter((nw.col("status") == COUNTED) & ~nw.col("dle").is_null())
    withheld = (
        nw.when(nw.col("dle_operator") != "=").then(nw.lit("censored"))
        .when(nw.col("dl").is_null()).then(nw.lit("no_dl"))
        .when(nw.col("dl") < SHOWN_FROM_DL).then(nw.lit("dl_below_10"))
        .otherwise(nw.lit(None, nw.String))
    )  # fmt: skip
    marked = _with_uneven(known.select(*PUPIL, "pupil_no", "group", "subject", "dle", "dle_operator", "dl"))
    value = nw.when(nw.col("withheld").is_null()).then(nw.col("dle") / nw.col("dl"))
    return engine.keep(marked.with_columns(withheld=withheld).with_columns(value=value).drop("pupil_no"))


def _with_uneven(known: Lazy) -> Lazy:
    """1 where a subject lies beyond noise above or below another one: "> 60" is certainly above 35. Whoever lies above
    any other subject lies above the lowest that is certain."""
    dle, operator, limit = nw.col("dle"), nw.col("dle_operator"), difference_limit()
    same = ("pupil_no", "school_year", "moment", "instrument")
    known = known.with_columns(
        at_most=nw.when(operator != ">").then(dle), at_least=nw.when(operator != "<").then(dle)
    ).with_columns(lowest=nw.col("at_most").min().over(*same), highest=nw.col("at_least").max().over(*same))
    ahead = (nw.col("at_least") - nw.col("lowest") > limit).fill_null(False)
    behind = (nw.col("highest") - nw.col("at_most") > limit).fill_null(False)
    return known.with_columns(uneven=(ahead | behind).cast(nw.Int32)).drop("at_most", "at_least", "lowest", "highest")


def group_yields(engine: Engine, pupils: Lazy) -> tuple[GroupYield, ...]:
    """Yields (see `pupil_yields`) by group, moment and subject: the median, and who is left out and why; sorted."""
    rows = engine.rows(yield_sums(pupils))
    return tuple(_group(row) for row in sorted(rows, key=lambda row: [row[name] for name in BY]))


def yield_sums(pupils: Lazy) -> Lazy:
    """Per group, subject and moment: n and median of the yields, and counts of what is withheld and uneven."""
    reasons = {code: (nw.col("withheld") == code).cast(nw.Int64) for code in ("censored", "no_dl", "dl_below_10")}
    return (
        pupils.with_columns(**reasons)
        .group_by(*BY)
        .agg(
            counted=nw.col("value").count(),
            median=nw.col("value").median(),
            uneven=nw.col("uneven").sum(),
            **{code: nw.col(code).sum() for code in reasons},
        )
    )


def _group(row: Row) -> GroupYield:
    return GroupYield(
        group=row["group"],
        school_year=school_year_label(row["school_year"]),
        moment=row["moment"],
        subject=row["subject"],
        counted=row["counted"],
        median=row["median"] if row["counted"] else None,
        dl_below_10=row["dl_below_10"] or 0,
        without_dl=row["no_dl"] or 0,
        censored=row["censored"] or 0,
        uneven_pupils=row["uneven"] or 0,
    )
