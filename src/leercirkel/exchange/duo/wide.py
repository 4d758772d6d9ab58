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
    """Advices or reference levels: a row per school and count, zeros included, one count after another."""
    frame = once(known.frame, KEY, told)
    zero = pl.all_horizontal(pl.col(column).str.strip_chars() == "0" for column in layout.counts)
    frame = frame.with_columns(pl.col(MASK) | where(zero, "all_zero"))
    long = _unpivoted(frame, list(layout.counts))
    names = NAMES[layout.table]
    codes = pl.DataFrame({name: [code[place] for code in layout.counts.values()] for place, name in enumerate(names)})
    long = long.with_columns(codes.select(pl.all().repeat_by(frame.height).explode()))
    long = _counted(long, told)
    if layout.total and layout.total in frame.columns:
        long = _against_total(long, frame, layout)
    return {layout.table: shaped(long, layout.table)}


def _unpivoted(frame: pl.DataFrame, columns: list[str]) -> pl.DataFrame:
    """One row per school and column: the school, the column and its text."""
    return frame.unpivot(on=columns, index=_ID, variable_name="column", value_name="text")


def _counted(long: pl.DataFrame, told: Told) -> pl.DataFrame:
    """With `low` and `high` of the column `text`; what is no count, or not there, is left out."""
    long = values.counted(long, "text")
    if long["bad"].any():
        for column, bad in long.filter("bad").group_by("column", maintain_order=True):
            told.left_out("count-unreadable", _NO_COUNT, AGAIN, rows(bad, "text"), str(column[0]))
    if long["low"].null_count():
        long = long.filter(pl.col("low").is_not_null())
    return long.with_columns(pl.col(MASK) | where(pl.col("low") < pl.col("high"), "suppressed"))


def _against_total(long: pl.DataFrame, frame: pl.DataFrame, layout: Layout) -> pl.DataFrame:
    """With a flag where the counts cannot add up to the total of the file."""
    total = values.counted(frame.select(ROW, text=layout.total), "text")
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
    taken = _taken(frame, pairs, told)
    more = taken.filter(pl.col(ROW).is_duplicated())[ROW].implode()
    taken = taken.with_columns(pl.col(MASK) | where(pl.col(ROW).is_in(more), "more_tests"))
    totals = _totals(frame, taken, layout, told)
    return {"end_scores": shaped(taken, "end_scores"), "end_totals": shaped(totals, "end_totals")}


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


def _taken(frame: pl.DataFrame, pairs: Mapping[str, tuple[str, ...]], told: Told) -> pl.DataFrame:
    """The tests that schools took: a mean of 0 means that nobody did, and fewer than five have no mean."""
    long = _unpivoted(frame, [count for count, _ in pairs.values()])
    means = frame.select(mean for _, mean in pairs.values()).unpivot(
        variable_name="mean_column", value_name="mean_text"
    )
    names = pl.DataFrame({"test": list(pairs)}).select(pl.col("test").repeat_by(frame.height).explode())
    long = pl.concat([long, means, names], how="horizontal")
    nobody = long["text"] == "0"
    none = long.filter(nobody & (long["mean_text"].str.strip_chars("0,. ") != ""))
    if none.height:
        strange = none.filter(values.decimal(pl.col("mean_text")).is_finite())
        message = "Hier staat een gemiddelde van een toets die niemand maakte."
        _by_column(strange, "mean-of-none", message, told)
    long = _counted(long.filter(~nobody), told)
    odd = pl.concat([long, none], how="diagonal").filter(values.no_number(pl.col("mean_text")))
    _by_column(odd, "mean-unreadable", "Hier hoort een gemiddelde te staan.", told)
    number = values.decimal(pl.col("mean_text"))
    long = long.filter(pl.col("high") > 0).with_columns(mean=pl.when(number.is_finite() & (number > 0)).then(number))
    bounds = book().scales
    lowest = pl.col("test").replace_strict({test: low for test, (low, _) in bounds.items()}, default=None)
    highest = pl.col("test").replace_strict({test: high for test, (_, high) in bounds.items()}, default=None)
    mean = pl.col("mean")
    return long.select(
        *KEY, ROW, "test", taken_low="low", taken_high="high", mean="mean",
        mask=pl.col(MASK) | where(mean.is_null(), "mean_withheld")
        | where((mean < lowest) | (mean > highest), "mean_off_scale"),
    )  # fmt: skip


def _by_column(odd: pl.DataFrame, code: str, message: str, told: Told) -> None:
    for column, part in odd.group_by("mean_column", maintain_order=True):
        told.left_out(code, message, AGAIN, rows(part, "mean_text"), str(column[0]))


def _totals(frame: pl.DataFrame, taken: pl.DataFrame, layout: Layout, told: Told) -> pl.DataFrame:
    sums = taken.group_by(ROW).agg(pl.col("taken_low", "taken_high").sum())
    exempt = values.counted(frame.select(ROW, text=layout.exempt), "text")
    told.left_out("count-unreadable", _NO_COUNT, AGAIN, rows(exempt.filter("bad"), "text"), layout.exempt)
    totals = frame.select(_ID).join(sums, on=ROW, how="left", maintain_order="left")
    totals = totals.join(
        exempt.select(ROW, exempt_low="low", exempt_high="high"), on=ROW, how="left", maintain_order="left"
    )
    totals = totals.with_columns(pl.col("taken_low", "taken_high").fill_null(0), grade8=pl.lit(None, pl.Int32))
    if layout.grade8 in frame.columns:
        grade8 = values.counted(frame.select(ROW, text=layout.grade8), "text")
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
    long = _counted(_unpivoted(long, columns), told)
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
