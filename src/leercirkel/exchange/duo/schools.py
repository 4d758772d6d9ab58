"""Which school, year and kind each row of a file is about."""

from __future__ import annotations

import polars as pl

from leercirkel.core.records import dataclass
from leercirkel.exchange.duo import values
from leercirkel.exchange.duo.flags import BITS, MASK
from leercirkel.exchange.duo.layouts import Layout, book, first
from leercirkel.exchange.duo.text import ROW, Table
from leercirkel.exchange.duo.told import AGAIN, Told

NAMES_MASK = "names_mask"
"""Flags about names, which say nothing about figures: for the table of schools only."""

KEY = ("brin", "location", "school_year", "kind")
_BRIN, _LOCATION = r"^[0-9A-Z]{4}$", r"^[0-9A-Z]{2}$"
NAMED = ["name", "place", "municipality", "province", "denomination"]
_NO_YEAR = "Zeg welk schooljaar het is met --school-year, bijvoorbeeld --school-year 2020 voor 2020-2021."


@dataclass(frozen=True, slots=True)
class Known:
    """The rows of a file of which the school and the year are known: its own columns with ROW, KEY, MASK, and what it
    says about the school. `year_from`: "column", "file_name" or "given"."""

    frame: pl.DataFrame
    year_from: str
    drawn_on: int | None


def known(table: Table, layout: Layout, told: Told, year: int | None) -> Known | None:
    """The rows with school, year and kind; what cannot be read is told. None when no row tells its year.

    `year`: the school year to take where no column has it; it goes before that of the table of names.
    """
    frame, have = table.frame, table.header
    frame = _keyed(frame, have, told)
    dated, year_from = _dated(frame, layout, have, told, year)
    if dated is None:
        return None
    frame = _kinds(dated, layout, have, told)
    frame = _rebuilt(_named(frame, have), have, told)
    drawn = first(layout.drawn, have)
    drawn_on = frame.select(values.day_number(pl.col(drawn)).max()).item() if drawn and frame.height else None
    return Known(frame, year_from, drawn_on)


def _keyed(frame: pl.DataFrame, have: tuple[str, ...], told: Told) -> pl.DataFrame:
    theirs_brin, theirs_location = (first(book().identity[ours], have) or ours for ours in ("brin", "location"))
    sound = pl.col(theirs_brin).str.contains(_BRIN) & pl.col(theirs_location).str.contains(_LOCATION)
    if frame.select(sound.all()).item():
        return frame.with_columns(brin=theirs_brin, location=theirs_location)
    brin = pl.col(theirs_brin).str.strip_chars().str.to_uppercase()
    location = pl.col(theirs_location).str.strip_chars().str.to_uppercase()
    # some files hold the whole of "99ZZ00" here; and a spreadsheet program makes 0 of "00"
    own = pl.when(location.str.len_chars() == 6).then(location.str.tail(2)).otherwise(location.str.pad_start(2, "0"))
    frame = frame.with_columns(
        brin=brin,
        location=pl.when(location != "").then(own),
        other=(location.str.len_chars() == 6) & (location.str.head(4) != brin),
    )
    lost = frame.filter(~pl.col("brin").str.contains(_BRIN).fill_null(False))
    message = "Dit is geen BRIN: vier letters en cijfers."
    told.left_out("brin-unreadable", message, AGAIN, rows(lost, theirs_brin), theirs_brin)
    bad = pl.col("location").is_not_null() & (~pl.col("location").str.contains(_LOCATION) | pl.col("other"))
    frame = frame.filter(pl.col("brin").str.contains(_BRIN))
    message = "Dit is geen vestiging van deze school: twee cijfers, of BRIN en twee cijfers."
    told.left_out("location-unreadable", message, AGAIN, rows(frame.filter(bad), theirs_location), theirs_location)
    return frame.filter(~bad).drop("other")


def _dated(
    frame: pl.DataFrame, layout: Layout, have: tuple[str, ...], told: Told, given: int | None
) -> tuple[pl.DataFrame | None, str]:
    column = first(layout.year, have)
    named = book().names.get(told.file.casefold())
    if column is None:
        year = given if given is not None else named
        if year is None:
            told.refuse("year-unknown", "In dit bestand staat niet van welk schooljaar het is.", _NO_YEAR)
            return None, ""
        return frame.with_columns(school_year=pl.lit(year, pl.Int32)), "given" if given is not None else "file_name"
    days = frame.select(pl.col(column).unique())
    days = days.with_columns(school_year=values.school_year(pl.col(column)))
    if days.height == 1:
        frame = frame.with_columns(school_year=pl.lit(days["school_year"].item(), pl.Int32))
    else:
        frame = frame.join(days, on=column, how="left", maintain_order="left", nulls_equal=True)
    if days["school_year"].null_count():
        lost = frame.filter(pl.col("school_year").is_null())
        told.left_out("day-unreadable", "Dit is geen dag of jaar.", AGAIN, rows(lost, column), column)
        frame = frame.filter(pl.col("school_year").is_not_null())
    years = days["school_year"].drop_nulls().unique().to_list()
    if named is not None and years and named not in years:
        stated = f"{min(years)}-{min(years) + 1}"
        message = f"In het bestand staat schooljaar {stated}; zo heet het bestand van {named}-{named + 1}."
        advice = "Wat in het bestand staat geldt. Kijk of het het goede bestand is."
        told.say("warning", "year-differs", message, advice, column)
    return frame, "column"


def _kinds(frame: pl.DataFrame, layout: Layout, have: tuple[str, ...], told: Told) -> pl.DataFrame:
    column = first(book().identity["kind"], have)
    if column is None:
        other = [name for name in have if name not in layout.only] if layout.kind else []
        if other:
            message = "Door deze kolom is niet zeker dat dit gewone basisscholen zijn; hun soort blijft leeg."
            told.say("warning", "kind-unknown", message, "Meld ons welk bestand dit is.", other[0])
        return frame.with_columns(kind=pl.lit((None if other else layout.kind) or None, pl.String))
    spellings = frame[column].unique().to_list()
    kinds = {text: book().kinds.get((text or "").strip().upper()) for text in spellings}
    frame = frame.with_columns(kind=pl.col(column).replace_strict(kinds, return_dtype=pl.String))
    if all(kinds.values()):
        return frame
    strange = frame.filter(pl.col("kind").is_null() & (pl.col(column).str.strip_chars() != ""))
    advice = "De rij is gebruikt zonder soort. Meld het ons als dit vaker voorkomt."
    if strange.height:
        message = f"Dit is geen soort school die we kennen ({strange.height} rijen)."
        told.say("warning", "kind-unknown", message, advice, column)
    return frame


def _named(frame: pl.DataFrame, have: tuple[str, ...]) -> pl.DataFrame:
    """The columns of `open_data.SCHOOLS` beside the key; names repaired where they were damaged, with a flag."""
    columns = [pl.lit(0, pl.UInt32).alias(MASK), pl.lit(0, pl.UInt32).alias(NAMES_MASK)]
    for ours, theirs in book().identity.items():
        if ours not in KEY:
            column = first(theirs, have)
            text = pl.col(column).str.strip_chars() if column else pl.lit(None, pl.String)
            if ours == "municipality_number":
                text = text.str.pad_start(4, "0")
            columns.append(pl.when(text != "").then(text).alias(ours))
    frame = frame.with_columns(columns)
    odd = frame.select((pl.col(NAMED).str.len_bytes() != pl.col(NAMED).str.len_chars()).any())
    for name in NAMED:
        if odd[name].item():
            frame = _mended(frame, name)
    return frame


def _mended(frame: pl.DataFrame, column: str) -> pl.DataFrame:
    names = frame[column]
    odd = names.filter(names.str.len_bytes() != names.str.len_chars()).unique().to_list()
    mended = {name: (again, flag) for name in odd for again, flag in [values.repaired(name)] if flag}
    if not mended:
        return frame
    bits = {name: BITS[flag] for name, (_, flag) in mended.items()}
    bit = pl.col(column).replace_strict(bits, default=0, return_dtype=pl.UInt32)
    again = pl.col(column).replace({name: name_again for name, (name_again, _) in mended.items()})
    return frame.with_columns(pl.col(NAMES_MASK) | bit, again)


def _rebuilt(frame: pl.DataFrame, have: tuple[str, ...], told: Told) -> pl.DataFrame:
    """Flags for rows of a file that was rebuilt from another source; rows without a location must have one."""
    if "RECONSTRUCTIE" in have:
        bits = {word: BITS[flag] for word, flag in book().rebuilt.items()}
        unknown = BITS[book().rebuilt["multi_onbekend"]]
        bit = pl.col("RECONSTRUCTIE").str.strip_chars().replace_strict(bits, default=unknown, return_dtype=pl.UInt32)
        frame = frame.with_columns(pl.col(MASK) | bit)
        told.say(
            "notice", "rebuilt", "Dit bestand is nagebouwd uit een andere bron; het is niet dat van DUO zelf.",
            "Vervang het door het bestand van DUO als u dat hebt. Elke rij heeft een kanttekening.", "RECONSTRUCTIE",
        )  # fmt: skip
    if not frame["location"].null_count():
        return frame
    nowhere = pl.col("location").is_null() & (pl.col(MASK) & BITS["rebuilt_unknown"] == 0)
    told.left_out("location-missing", "Hier staat geen vestiging.", AGAIN, rows(frame.filter(nowhere), "brin"))
    return frame.filter(~nowhere)


def once(frame: pl.DataFrame, keys: tuple[str, ...], told: Told) -> pl.DataFrame:
    """Without rows about the same: of equal ones the first stays, of rows that contradict each other none."""
    if not frame.height or not frame.select(pl.struct(keys).is_duplicated().any()).item():
        return frame
    columns = [name for name in frame.columns if name != ROW]
    frame = frame.unique(subset=columns, keep="first", maintain_order=True)
    twice = frame.filter(pl.struct(keys).is_duplicated() & pl.col("location").is_not_null())
    message = "Deze vestiging staat er meer dan één keer, met verschillende cijfers."
    told.left_out(
        "school-twice", message, "Kijk welke rij geldt; geen van deze rijen is gebruikt.", rows(twice, "brin")
    )
    return frame.filter(~pl.col(ROW).is_in(twice[ROW].implode()))


def rows(frame: pl.DataFrame, column: str) -> list[tuple[int, object]]:
    """Row number and value of a column, as `Told.left_out` takes them."""
    return list(frame.select(ROW, column).iter_rows()) if frame.height else []
