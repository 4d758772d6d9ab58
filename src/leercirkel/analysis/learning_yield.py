"""Learning yield (leerrendement): DLE ÷ DL, per pupil and subject, and large differences between subjects.

The noise rule and the limit of a difference that tells are those of `core.learning_yield`; a censored DLE is no part
of a median of yields, and counts in a difference with the bound that is certain. DLEs of different instruments are
never compared. See `docs/domein/leertijd.md`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals as nw

from leercirkel.analysis.expected import Lazy
from leercirkel.analysis.frames import SCHOOL, Engine, Row
from leercirkel.analysis.growth import NormPoint
from leercirkel.analysis.model import GroupYield
from leercirkel.analysis.sittings import COUNTED, TEST
from leercirkel.core.calendar import school_year_label
from leercirkel.core.dle_error import UP_TO
from leercirkel.core.learning_yield import LARGE_DIFFERENCE, SHOWN_FROM_DL, STANDARD_ERROR, difference_z

PUPIL = (SCHOOL, "pupil", "school_year", "moment", "instrument")
BY = (SCHOOL, "school_year", "group", "subject", "moment")


def pupil_yields(engine: Engine, rows: Lazy, norms: Sequence[NormPoint] = ()) -> Lazy:
    """The yield of every pupil with a DLE; kept by the engine.

    Columns: school, pupil, group, school_year, moment, subject, instrument, dle, dle_operator, dl, value (as a share;
    null below DL 10, without DL and for a censored DLE), withheld ("no_dl", "dl_below_10", "censored" or null) and
    uneven (1 when another subject on the same instrument differs by more than chance: `core.learning_yield`, with the
    standard errors of `norms`).
    """
    known = rows.filter((nw.col("status") == COUNTED) & ~nw.col("dle").is_null())
    withheld = (
        nw.when(nw.col("dle_operator") != "=").then(nw.lit("censored"))
        .when(nw.col("dl").is_null()).then(nw.lit("no_dl"))
        .when(nw.col("dl") < SHOWN_FROM_DL).then(nw.lit("dl_below_10"))
        .otherwise(nw.lit(None, nw.String))
    )  # fmt: skip
    chosen = engine.keep(
        known.select(*PUPIL, "pupil_no", "group", "grade", "subject", "version", "dle", "dle_operator", "dl")
    )
    uneven = _uneven(engine, chosen, norms)
    marked = chosen.join(uneven, on=list(_SITTING), how="left").with_columns(uneven=nw.col("uneven").fill_null(0))
    value = nw.when(nw.col("withheld").is_null()).then(nw.col("dle") / nw.col("dl"))
    return engine.keep(
        marked.with_columns(withheld=withheld).with_columns(value=value).drop("pupil_no", "grade", "version")
    )


_SAME = ("pupil_no", "school_year", "moment", "instrument")
_SITTING = (*_SAME, "subject")


def _uneven(engine: Engine, known: Lazy, norms: Sequence[NormPoint]) -> Lazy:
    """The sittings (`_SITTING`) that lie further from another subject than chance, each once, with uneven 1.

    Of a censored DLE counts what is certain: "> 60" is certainly above 35. Only pupils with a large difference at all
    are looked at pair by pair.
    """
    dle, operator = nw.col("dle"), nw.col("dle_operator")
    bounds = known.with_columns(
        at_most=nw.when(operator != ">").then(dle), at_least=nw.when(operator != "<").then(dle)
    ).with_columns(
        lowest=nw.col("at_most").min().over(*_SAME), highest=nw.col("at_least").max().over(*_SAME),
        subjects=dle.count().over(*_SAME).cast(nw.Int32),
    )  # fmt: skip
    far = bounds.filter(nw.col("highest") - nw.col("lowest") > LARGE_DIFFERENCE).drop("lowest", "highest")
    far = far.join(_quantiles(engine), on="subjects", how="inner")
    far = _with_errors(engine, far, norms)
    far = engine.keep(far.select(*_SITTING, "at_most", "at_least", "error", "z"))
    other = far.select(
        *_SAME, other=nw.col("subject"), other_most=nw.col("at_most"), other_least=nw.col("at_least"),
        other_error=nw.col("error"),
    )  # fmt: skip
    pairs = far.join(other, on=list(_SAME), how="inner").filter(nw.col("subject") != nw.col("other"))
    noise = nw.col("z") * (nw.col("error") * nw.col("error") + nw.col("other_error") * nw.col("other_error")).sqrt()
    limit = nw.when(noise > LARGE_DIFFERENCE).then(noise).otherwise(nw.lit(LARGE_DIFFERENCE))
    ahead = (nw.col("at_least") - nw.col("other_most") > limit).fill_null(False)
    behind = (nw.col("other_least") - nw.col("at_most") > limit).fill_null(False)
    return pairs.filter(ahead | behind).select(*_SITTING).unique().with_columns(uneven=nw.lit(1, nw.Int32))


def _quantiles(engine: Engine) -> Lazy:
    """`core.learning_yield.difference_z` for every number of subjects that one test can have; schools add their own."""
    counts = list(range(2, 41))
    table: dict[str, list[Any]] = {"subjects": counts, "z": [difference_z(count) for count in counts]}
    return engine.table(table, {"subjects": nw.Int32, "z": nw.Float64})


def _with_errors(engine: Engine, rows: Lazy, norms: Sequence[NormPoint]) -> Lazy:
    """Each row with error: the standard error of its DLE in months."""
    columns: dict[str, list[Any]] = {name: [] for name in (*TEST, "of_grade", "moment", "at", "known")}
    for point in norms:
        for at, error in enumerate(point.dle_errors):
            key = (*(getattr(point, name) for name in TEST), point.grade, point.moment, at, error)
            for name, value in zip(columns, key, strict=True):
                columns[name].append(value)
    if not columns["known"]:
        return rows.with_columns(error=nw.lit(STANDARD_ERROR))
    kinds: dict[str, Any] = {"of_grade": nw.Int32, "at": nw.Int32, "known": nw.Float64}
    errors = engine.table(columns, {name: kinds.get(name, nw.String) for name in columns})
    whole = (nw.col("dle") + 0.5).floor()
    keyed = rows.with_columns(
        of_grade=nw.col("grade").fill_null(0).cast(nw.Int32),
        at=nw.when(whole < UP_TO).then(whole).otherwise(nw.lit(float(UP_TO))).cast(nw.Int32),
    )
    found = keyed.join(errors, on=[*TEST, "of_grade", "moment", "at"], how="left")
    return found.with_columns(error=nw.col("known").fill_null(STANDARD_ERROR))


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
