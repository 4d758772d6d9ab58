"""What stands in the cells of open-data files: counts, means, days and names."""

from __future__ import annotations

import polars as pl

from leercirkel.analysis.open_data import LARGEST, SMALLEST

HIDDEN = ("<5", "< 5", "-1")
"""How a count of 1 to 4 is written: in the yearly files, and in those of the API."""

ABSENT = ("", "NA", "N.V.T.", "-")
"""How the files write that there is no value."""

MOST = 100_000
"""No school has more pupils."""

_USUAL = frozenset("áàâäåéèêëíìîïóòôöúùûüçñøæœýÿÁÉËÈÏÓÖÜÚÍÀÇ’‘“”„–—´`°²½€®…")
"""Letters and signs beyond ASCII that names of Dutch schools and places have."""

_EARLY = frozenset("áàäâéèëêíïìóòöôúùüûç".encode("cp1252").decode("cp850"))
"""What such letters became in files that were converted twice."""

_CONVERSIONS = 3
"""No name was seen that went through more."""


def counted(frame: pl.DataFrame, column: str) -> pl.DataFrame:
    """The frame with `low` and `high` of the text in a column, both null where there is no value, and `bad`, true where
    the text is no count. A column without anything out of the way is done in a few passes."""
    text = pl.col(column)
    quick = frame.with_columns(low=text.cast(pl.Int32, strict=False), bad=text == HIDDEN[0])
    if quick.select((pl.col("low").is_between(0, MOST).fill_null(False) | pl.col("bad")).all()).item():
        return quick.with_columns(
            low=pl.when("bad").then(pl.lit(SMALLEST, pl.Int32)).otherwise("low"),
            high=pl.when("bad").then(pl.lit(LARGEST, pl.Int32)).otherwise("low"),
            bad=pl.lit(False),
        )
    text = text.str.strip_chars()
    number = text.str.strip_suffix(".0").cast(pl.Int32, strict=False)
    hidden = text.is_in(HIDDEN)
    sound = number.is_between(0, MOST)
    absent = text.is_null() | text.str.to_uppercase().is_in(ABSENT)
    return frame.with_columns(
        low=pl.when(hidden).then(SMALLEST).when(sound).then(number).cast(pl.Int32),
        high=pl.when(hidden).then(LARGEST).when(sound).then(number).cast(pl.Int32),
        bad=~absent & ~hidden & ~sound.fill_null(False),
    )


def decimal(text: pl.Expr) -> pl.Expr:
    """A number with a decimal comma or point; null for anything else."""
    return text.str.strip_chars().str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)


def no_number(text: pl.Expr) -> pl.Expr:
    """True where the text is neither a number nor one of the ways to say that there is none."""
    known = decimal(text).is_finite().fill_null(False) | text.str.strip_chars().str.to_uppercase().is_in(ABSENT)
    return text.is_not_null() & ~known


def school_year(text: pl.Expr) -> pl.Expr:
    """The school year (its first year) of a day ("20190417", "2019-04-17", "17-4-2019") or of the year of a 1 October
    ("2019"). A school year begins on 1 August; null where the text is neither."""
    day = text.str.strip_chars()
    iso = day.str.extract(r"^(\d{4})-?\d{2}-?\d{2}(?:[ T].*)?$", 1).cast(pl.Int32, strict=False)
    iso_month = day.str.extract(r"^\d{4}-?(\d{2})-?\d{2}(?:[ T].*)?$", 1).cast(pl.Int32, strict=False)
    dutch = day.str.extract(r"^\d{1,2}[-/]\d{1,2}[-/](\d{4})$", 1).cast(pl.Int32, strict=False)
    dutch_month = day.str.extract(r"^\d{1,2}[-/](\d{1,2})[-/]\d{4}$", 1).cast(pl.Int32, strict=False)
    alone = day.str.extract(r"^(\d{4})(?:\.0)?$", 1).cast(pl.Int32, strict=False)
    year, month = pl.coalesce(iso, dutch), pl.coalesce(iso_month, dutch_month)
    begun = pl.when(month.is_between(1, 12)).then(year - (month < 8).cast(pl.Int32))
    found = pl.coalesce(begun, alone)
    return pl.when(found.is_between(2000, 2099)).then(found)


def day_number(text: pl.Expr) -> pl.Expr:
    """A day as eight digits, to tell which of two is later; null for anything else."""
    return text.str.strip_chars().str.replace_all("-", "").str.extract(r"^(20\d{6})", 1).cast(pl.Int32, strict=False)


def repaired(name: str) -> tuple[str, str]:
    """A name as it was before it was damaged, with "", "name_repaired" or "name_damaged".

    Two kinds of damage are undone, also one after the other: UTF-8 taken for a Western code page ("FryslÃ¢n"), and
    Windows-1252 taken for the old code page 850 ("S·dwest-FryslÔn"). Where a byte was lost on the way ("FryslÃn") the
    name stays as it is.
    """
    now = name
    for _ in range(_CONVERSIONS):
        before = now
        odd = _odd(now)
        if not odd:
            break
        if odd & {"Ã", "Â"} or "â" in now:
            now = _recoded(now, "cp1252", "utf-8") or _recoded(now, "latin-1", "utf-8") or now
        elif odd & _EARLY:
            now = _recoded(now, "cp850", "cp1252") or now
        if now == before:
            break
    if now != name and not _odd(now):
        return now, "name_repaired"
    return name, "name_damaged" if _odd(name) & {"Ã", "\ufffd"} else ""


def _odd(name: str) -> set[str]:
    return {sign for sign in name if ord(sign) > 127 and sign not in _USUAL}


def _recoded(name: str, wrong: str, right: str) -> str | None:
    try:
        return name.encode(wrong).decode(right)
    except UnicodeError:
        return None
