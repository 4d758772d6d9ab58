"""Dutch as people write it: numbers, months, lists, singular and plural, moments. Pure functions of text and numbers.

The rules, with examples: `docs/domein/zinnen.md`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from leercirkel.core import calendar

NUMBER_WORDS: tuple[str, ...] = (
    "nul", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf",
)  # fmt: skip

MONTHS: tuple[str, ...] = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip

_ORDINALS: tuple[str, ...] = (
    "nulde", "eerste", "tweede", "derde", "vierde", "vijfde", "zesde",
    "zevende", "achtste", "negende", "tiende", "elfde", "twaalfde",
)  # fmt: skip

_PARTS_OF_YEAR: dict[str, str] = {"B": "begin", "M": "midden", "E": "eind"}

PERCENT_FROM = 20
"""Fewer pupils than this: a percentage says more than there is (one child is more than 5%), so only the count."""


def number_word(n: int) -> str:
    """A whole number in words up to twelve ("drie"), in digits from 13 and below zero."""
    return NUMBER_WORDS[n] if 0 <= n < len(NUMBER_WORDS) else str(n)


def ordinal(n: int) -> str:
    """ "derde"; from 13 in digits: "13e"."""
    return _ORDINALS[n] if 0 <= n < len(_ORDINALS) else f"{n}e"


def agree(n: int, singular: str, plural: str) -> str:
    """The form that goes with a number of things: a noun (leerling, leerlingen) or a verb (haalde, haalden).

    Only one is singular; Dutch counts nothing in the plural ("0 leerlingen haalden").
    """
    return singular if n == 1 else plural


def counted(n: int, singular: str, plural: str) -> str:
    """Number and noun: "één leerling", "twee leerlingen", "15 leerlingen"."""
    return f"{number_word(n)} {agree(n, singular, plural)}"


def k_of_n(k: int, n: int) -> str:
    """ "9 van de 14": counts of pupils stay in digits, so that they can be compared at a glance."""
    return f"{k} van de {n}"


def listed(items: Sequence[str], last: str = "en") -> str:
    """ "a", "a en b", "a, b en c". With no items: an empty text."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def decimal(value: float, decimals: int = 1) -> str:
    """A number with a decimal comma, halves away from zero, without zeros at the end: 8.0 → "8", 4.55 → "4,6".

    Raises ValueError for a value that is no finite number.
    """
    if not math.isfinite(value):
        raise ValueError(f"{value} cannot be written as a number")
    rounded = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    text = f"{rounded:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text.replace(".", ",")


def percent(k: int, n: int, percent_from: int = PERCENT_FROM) -> str | None:
    """The whole percentage of `k` out of `n` ("62%"), or None below `percent_from`.

    "0%" is only nobody and "100%" only everybody, whatever rounding says.
    """
    if n < max(percent_from, 1):
        return None
    whole = int(Decimal(100 * k / n).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    if 0 < k < n:
        whole = min(max(whole, 1), 99)
    return f"{whole}%"


def month(number: int) -> str:
    """The month in words: 3 → "maart". Raises ValueError outside 1–12."""
    if not 1 <= number <= len(MONTHS):
        raise ValueError(f"month must lie between 1 and 12, not {number}")
    return MONTHS[number - 1]


def day(d: date) -> str:
    """ "3 maart 2027"."""
    return f"{d.day} {month(d.month)} {d.year}"


def moment_name(school_year: str, moment: str, months: Mapping[str, int] | None = None) -> str:
    """A test moment of a school year ("2026-2027") as people say it.

    With the month in which the school takes that test: "januari 2027"; without: "midden 2026-2027", which is true
    whatever the day was. Raises KeyError for an unknown moment and ValueError for an unreadable school year.
    """
    first = calendar.parse_school_year(school_year)
    if first is None:
        raise ValueError(f"{school_year!r} is not a school year")
    number = (months or {}).get(moment)
    if number is None:
        return f"{_PARTS_OF_YEAR[moment]} {school_year}"
    return f"{month(number)} {first if number >= calendar.FIRST_MONTH else first + 1}"


def at_moment(school_year: str, moment: str, months: Mapping[str, int] | None = None) -> str:
    """When something was or will be: "in januari 2027", but "midden 2026-2027"."""
    name = moment_name(school_year, moment, months)
    return f"in {name}" if moment in (months or {}) else name


def sentence(text: str) -> str:
    """The text with a capital first letter. A capital takes no accent: "één leerling" → "Eén leerling"."""
    return "E" + text[1:] if text.startswith("é") else text[:1].upper() + text[1:]
