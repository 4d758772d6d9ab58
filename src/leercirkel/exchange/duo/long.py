"""Files of DUO's API: one row per school, year and value, many years together."""

from __future__ import annotations

import polars as pl

from leercirkel.exchange.duo import values
from leercirkel.exchange.duo.flags import MASK, where
from leercirkel.exchange.duo.layouts import Layout, squared
from leercirkel.exchange.duo.made import shaped
from leercirkel.exchange.duo.schools import KEY, Known, rows
from leercirkel.exchange.duo.text import ROW
from leercirkel.exchange.duo.told import AGAIN, Told
from leercirkel.exchange.duo.wide import NAMES, Tables

_NO_COUNT = "Hier hoort een aantal te staan, of -1 voor 1 tot en met 4."
_UNKNOWN = "Deze code kennen we niet."


def counts(known: Known, layout: Layout, told: Told) -> Tables:
    """Advices or reference levels: rows of one school and value added up over tests.

    What a school has no row of, while it has rows of other values, is taken for zero, with the flag "not_in_file".
    """
    names = NAMES[layout.table]
    frame = _coded(_counted(known.frame, layout, told), layout, names, told)
    keys = [*KEY, *names]
    summed = _summed(frame, keys)
    codes = list(dict.fromkeys(layout.codes.values()))
    every = pl.DataFrame({name: [code[place] for code in codes] for place, name in enumerate(names)})
    schools = summed.group_by(KEY, maintain_order=True).agg(pl.col(ROW).min().alias("first_row"))
    whole = schools.join(every, how="cross").join(summed, on=keys, how="left", nulls_equal=True, maintain_order="left")
    absent = pl.col("low").is_null()
    whole = whole.with_columns(
        pl.col(MASK).fill_null(0) | where(absent, "not_in_file"),
        pl.col(ROW).fill_null(pl.col("first_row")),
        pl.col("low", "high").fill_null(0),
    )
    return {layout.table: shaped(whole.drop("first_row"), layout.table)}


def tests(known: Known, layout: Layout, told: Told) -> Tables:
    """End scores: per test the rows of a school together (the file may have one for boys and one for girls).

    A mean over more rows is weighted by their numbers, and null where one of these is hidden. Whether the exempt
    pupils of each row are others is not said: at least those of the largest row, at most all.
    """
    frame = _coded(_counted(known.frame, layout, told), layout, ("test",), told)
    number = values.decimal(pl.col(layout.mean))
    odd = frame.filter(values.no_number(pl.col(layout.mean)))
    told.left_out("mean-unreadable", "Hier hoort een gemiddelde te staan.", AGAIN, rows(odd, layout.mean), layout.mean)
    exempt = values.counted(frame.select(ROW, text=layout.exempt), "text")
    told.left_out("count-unreadable", _NO_COUNT, AGAIN, rows(exempt.filter("bad"), "text"), layout.exempt)
    frame = frame.join(
        exempt.select(ROW, exempt_low="low", exempt_high="high"), on=ROW, how="left", maintain_order="left"
    )
    frame = frame.with_columns(mean=pl.when(number.is_finite() & (number > 0)).then(number))
    exact = (pl.col("low") == pl.col("high")).all() & pl.col("mean").filter(pl.col("high") > 0).is_not_null().all()
    weighted = (pl.col("mean").fill_null(0) * pl.col("low")).sum() / pl.col("low").sum()
    several = (pl.col("high") > 0).sum() > 1
    mean = pl.when(~several).then(pl.col("mean").filter(pl.col("high") > 0).first()).when(exact).then(weighted)
    taken = _summed(frame, [*KEY, "test"], mean.alias("mean"))
    taken = taken.filter(pl.col("high") > 0).rename({"low": "taken_low", "high": "taken_high"})
    more = pl.len().over(KEY) > 1
    taken = taken.with_columns(
        pl.col(MASK) | where(pl.col("mean").is_null(), "mean_withheld") | where(more, "more_tests")
    )
    return {"end_scores": shaped(taken, "end_scores"), "end_totals": shaped(_totals(frame), "end_totals")}


def _totals(frame: pl.DataFrame) -> pl.DataFrame:
    totals = frame.group_by(KEY, maintain_order=True).agg(
        pl.col(ROW).min(),
        pl.col(MASK).bitwise_or(),
        taken_low=pl.col("low").sum(),
        taken_high=pl.col("high").sum(),
        exempt_low=pl.col("exempt_low").max(),
        exempt_high=pl.col("exempt_high").sum(),
    )
    return totals.with_columns(pl.col(MASK) | where(pl.col("exempt_low") < pl.col("exempt_high"), "suppressed"))


def pupils(known: Known, layout: Layout, told: Told) -> Tables:
    """Pupils of a school, per grade where the file has it."""
    frame = _counted(known.frame, layout, told)
    grade = pl.lit(None, pl.Int32)
    if layout.grade:
        text = pl.col(layout.grade).str.strip_chars().str.strip_suffix(".0")
        frame = frame.with_columns(grade=text.cast(pl.Int32, strict=False))
        strange = frame.filter(~pl.col("grade").is_between(1, 8).fill_null(False))
        told.left_out(
            "grade-unreadable",
            "Dit is geen leerjaar van 1 tot en met 8.",
            AGAIN,
            rows(strange, layout.grade),
            layout.grade,
        )
        frame = frame.filter(pl.col("grade").is_between(1, 8))
    else:
        frame = frame.with_columns(grade=grade)
    return {"pupils": shaped(_summed(frame, [*KEY, "grade"]).with_columns(counted=pl.lit(layout.counted)), "pupils")}


def _counted(frame: pl.DataFrame, layout: Layout, told: Told) -> pl.DataFrame:
    frame = values.counted(frame.with_columns(text=layout.count), "text")
    told.left_out("count-unreadable", _NO_COUNT, AGAIN, rows(frame.filter("bad"), "text"), layout.count)
    hidden = pl.col("low") < pl.col("high")
    return frame.filter(pl.col("low").is_not_null()).with_columns(pl.col(MASK) | where(hidden, "suppressed"))


def _coded(frame: pl.DataFrame, layout: Layout, names: tuple[str, ...], told: Told) -> pl.DataFrame:
    """With the columns that the code of each row stands for; rows with a code that is not known are left out."""
    given = frame[layout.value].unique().to_list()
    codes = {text: layout.codes.get(squared(text or "").removesuffix(".0")) for text in given}
    unknown = frame.filter(
        pl.col(layout.value).is_in([text for text, code in codes.items() if code is None], nulls_equal=True)
    )
    told.left_out("code-unknown", _UNKNOWN, "Meld ons welk bestand dit is.", rows(unknown, layout.value), layout.value)
    known = {text: code for text, code in codes.items() if code is not None}
    frame = frame.filter(pl.col(layout.value).is_in(list(known)))
    for code, flag in layout.uncertain.items():
        spellings = [text for text in known if squared(text).removesuffix(".0") == code]
        frame = frame.with_columns(pl.col(MASK) | where(pl.col(layout.value).is_in(spellings), flag))
    return frame.with_columns(
        pl.col(layout.value)
        .replace_strict({text: code[place] for text, code in known.items()}, default=None, return_dtype=pl.String)
        .alias(name)
        for place, name in enumerate(names)
    )


def _summed(frame: pl.DataFrame, keys: list[str], *more: pl.Expr) -> pl.DataFrame:
    """The rows of each key added up, with the first row number and all flags."""
    summed = frame.group_by(keys, maintain_order=True).agg(
        pl.col(ROW).min(), pl.col("low", "high").sum(), pl.col(MASK).bitwise_or(), pl.len().alias("added"), *more
    )
    return summed.with_columns(pl.col(MASK) | where(pl.col("added") > 1, "combined")).drop("added")
