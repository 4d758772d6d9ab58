"""Files with one row per school: advices, reference levels, end scores, pupils, locations."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from leercirkel.exchange.duo import values
from leercirkel.exchange.duo.flags import MASK, where
from leercirkel.exchange.duo.layouts import Layout, book
from leercirkel.exchange.duo.made import shaped
from leercirkel.exchange.duo.schools import KEY, NAMES_MASK, Known, once, rows
from leercirkel.exchange.duo.text import ROW
from leercirkel.exchange.duo.told import AGAIN, Told

Tables = dict[str, pl.DataFrame]

NAMES = {"advices": ("advice",), "reference_levels": ("domain", "level")}
"""What a count is of, per table: the columns that the codes of a layout fill."""

_ID = [*KEY, ROW, MASK]
_NO_COUNT = "Hier hoort een aantal te staan, of <5."


def schools(known: Known) -> pl.DataFrame:
    """One row per school and year of the file, as `open_data.SCHOOLS`."""
    frame = known.frame.filter(pl.col("location").is_not_null()).with_columns(pl.col(MASK) | pl.col(NAMES_MASK))
    return shaped(frame.unique(subset=list(KEY), keep="first", maintain_order=True), "schools")


def counts(known: Known, layout: Layout, told: Told) -> Tables:
    """Advices or reference levels: a row per school and count, zeros included."""
    frame = once(known.frame, KEY, told)
    zero = pl.all_horizontal(pl.col(column).str.strip_chars() == "0" for column in layout.counts)
    frame = frame.with_columns(pl.col(MASK) | where(zero, "all_zero"))
    long = frame.unpivot(on=list(layout.counts), index=_ID, variable_name="column", value_name="text")
    long = _counted(long, told)
    if layout.total and layout.total in frame.columns:
        long = _against_total(long, frame, layout)
    codes = {
        name: {column: code[place] for column, code in layout.counts.items()}
        for place, name in enumerate(NAMES[layout.table])
    }
    long = long.with_columns(
        pl.col("column").replace_strict(code, return_dtype=pl.String).alias(name) for name, code in codes.items()
    )
    return {layout.table: shaped(long.sort(ROW, maintain_order=True), layout.table)}


def _counted(long: pl.DataFrame, told: Told) -> pl.DataFrame:
    """With `low` and `high` of the column `text`; what is no count, or not there, is left out."""
    long = long.with_columns(values.low_high("text"))
    for column, bad in long.filter("bad").group_by("column", maintain_order=True):
        told.left_out("count-unreadable", _NO_COUNT, AGAIN, rows(bad, "text"), str(column[0]))
    hidden = pl.col("low") < pl.col("high")
    return long.filter(pl.col("low").is_not_null()).with_columns(pl.col(MASK) | where(hidden, "suppressed"))


def _against_total(long: pl.DataFrame, frame: pl.DataFrame, layout: Layout) -> pl.DataFrame:
    """With a flag where the counts cannot add up to the total of the file."""
    total = frame.select(ROW, text=layout.total).with_columns(values.low_high("text"))
    total = total.select(ROW, total_low="low", total_high="high")
    sums = long.group_by(ROW).agg(pl.col("low").sum().alias("least"), pl.col("high").sum().alias("most"))
    differs = (pl.col("least") > pl.col("total_high")) | (pl.col("most") < pl.col("total_low"))
    odd = sums.join(total, on=ROW).filter(differs)[ROW].implode()
    return long.with_columns(pl.col(MASK) | where(pl.col(ROW).is_in(odd), "sum_differs"))


def tests(known: Known, layout: Layout, told: Told) -> Tables:
    """End scores: a row per test taken at a school, and one per school with what the file says about all pupils."""
    frame = once(known.frame, KEY, told)
    pairs = _tests_of(frame, layout, told)
    _strange_tests(frame, pairs, told)
    parts = [_one_test(frame, test, pair, told) for test, pair in pairs.items()]
    taken = pl.concat(parts) if parts else _one_test(frame, "", ("", ""), told)
    more = taken.group_by(ROW).len().filter(pl.col("len") > 1)[ROW].implode()
    taken = taken.with_columns(pl.col(MASK) | where(pl.col(ROW).is_in(more), "more_tests"))
    totals = _totals(frame, taken, layout, told)
    return {
        "end_scores": shaped(taken.sort(ROW, maintain_order=True), "end_scores"),
        "end_totals": shaped(totals, "end_totals"),
    }


def _tests_of(frame: pl.DataFrame, layout: Layout, told: Told) -> dict[str, tuple[str, ...]]:
    """Test → its columns. Half of a test that older files may have is a damaged file, not one without that test."""
    pairs = dict(layout.tests)
    for test, pair in layout.tests_if_there.items():
        lacking = [name for name in pair if name not in frame.columns]
        if not lacking:
            pairs[test] = pair
        elif len(lacking) < len(pair):
            told.refuse("column-missing", "Van deze toets ontbreekt een kolom.", AGAIN, lacking[0])
    return pairs


def _strange_tests(frame: pl.DataFrame, pairs: Mapping[str, tuple[str, ...]], told: Told) -> None:
    ours = {pair[0] for pair in pairs.values()}
    for name in frame.columns:
        if name.endswith("_AANTAL") and name not in ours:
            message = "In deze kolom staat een toets die we niet kennen; ze is niet gelezen."
            told.say("warning", "test-unknown", message, "Meld ons welk bestand dit is.", name)


def _one_test(frame: pl.DataFrame, test: str, pair: tuple[str, ...], told: Told) -> pl.DataFrame:
    """The schools that took one test: a mean of 0 means that nobody did, and fewer than five have no mean."""
    count, mean = pair[0], pair[1]
    part = frame.select(*_ID, text=count, mean_text=mean).with_columns(values.low_high("text"))
    told.left_out("count-unreadable", _NO_COUNT, AGAIN, rows(part.filter("bad"), "text"), count)
    odd = part.filter(values.no_number(pl.col("mean_text")))
    told.left_out("mean-unreadable", "Hier hoort een gemiddelde te staan.", AGAIN, rows(odd, "mean_text"), mean)
    number = values.decimal(pl.col("mean_text"))
    part = part.with_columns(mean=pl.when(number.is_finite() & (number > 0)).then(number))
    strange = part.filter((pl.col("high") == 0) & pl.col("mean").is_not_null())
    message = "Hier staat een gemiddelde van een toets die niemand maakte."
    told.left_out("mean-of-none", message, AGAIN, rows(strange, "mean_text"), mean)
    part = part.filter(pl.col("high") > 0)
    lowest, highest = book().scales.get(test, (float("-inf"), float("inf")))
    return part.select(
        *KEY, ROW, test=pl.lit(test), taken_low="low", taken_high="high", mean="mean",
        mask=pl.col(MASK)
        | where(pl.col("low") < pl.col("high"), "suppressed")
        | where(pl.col("mean").is_null(), "mean_withheld")
        | where(~pl.col("mean").is_between(lowest, highest), "mean_off_scale"),
    )  # fmt: skip


def _totals(frame: pl.DataFrame, taken: pl.DataFrame, layout: Layout, told: Told) -> pl.DataFrame:
    sums = taken.group_by(ROW).agg(pl.col("taken_low", "taken_high").sum())
    exempt = frame.select(ROW, text=layout.exempt).with_columns(values.low_high("text"))
    told.left_out("count-unreadable", _NO_COUNT, AGAIN, rows(exempt.filter("bad"), "text"), layout.exempt)
    totals = frame.select(_ID).join(sums, on=ROW, how="left", maintain_order="left")
    totals = totals.join(
        exempt.select(ROW, exempt_low="low", exempt_high="high"), on=ROW, how="left", maintain_order="left"
    )
    totals = totals.with_columns(pl.col("taken_low", "taken_high").fill_null(0), grade8=pl.lit(None, pl.Int32))
    if layout.grade8 in frame.columns:
        grade8 = frame.select(ROW, text=layout.grade8).with_columns(values.low_high("text"))
        told.left_out("count-unreadable", _NO_COUNT, AGAIN, rows(grade8.filter("bad"), "text"), layout.grade8)
        totals = totals.with_columns(grade8=grade8["low"])
    least, most = pl.col("taken_low") + pl.col("exempt_low"), pl.col("taken_high") + pl.col("exempt_high")
    return totals.with_columns(
        pl.col(MASK)
        | where(
            (pl.col("taken_low") < pl.col("taken_high")) | (pl.col("exempt_low") < pl.col("exempt_high")), "suppressed"
        )
        | where((most == 0) & (pl.col("grade8").fill_null(0) == 0), "all_zero")
        | where((pl.col("grade8") < least - 1) | (pl.col("grade8") > most + 1), "totals_differ")
    )


def pupils(known: Known, layout: Layout, told: Told) -> Tables:
    """Pupils of a location, added up over ages, clusters and the like."""
    columns = (
        [layout.count] if layout.count else [name for name in known.frame.columns if name.startswith(layout.prefix)]
    )
    long = known.frame.filter(pl.col("location").is_not_null())
    long = _counted(long.unpivot(on=columns, index=_ID, variable_name="column", value_name="text"), told)
    summed = long.group_by(KEY, maintain_order=True).agg(
        pl.col(ROW).n_unique().alias("file_rows"),
        pl.col(ROW).min(),
        pl.col("low", "high").sum(),
        pl.col(MASK).bitwise_or(),
    )
    summed = summed.with_columns(
        pl.col(MASK) | where(pl.col("file_rows") > 1, "combined"), counted=pl.lit(layout.counted)
    )
    return {"pupils": shaped(summed.drop("file_rows"), "pupils")}


def locations(known: Known, layout: Layout, told: Told) -> Tables:
    """Nothing but the schools themselves; an address list has one row per location."""
    once(known.frame, KEY, told)
    return {}
