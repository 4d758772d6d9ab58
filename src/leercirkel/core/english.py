"""English as British schools write it: numbers, months, lists, singular and plural, moments. The counterpart of
`core.dutch`, function by function; rounding is taken from there, so that both languages name the same figures.

The rules, with examples: `docs/domein/zinnen.md`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from leercirkel.core import calendar, dutch

NUMBER_WORDS: tuple[str, ...] = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip

MONTHS: tuple[str, ...] = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

_ORDINALS: tuple[str, ...] = (
    "zeroth", "first", "second", "third", "fourth", "fifth", "sixth",
    "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
)  # fmt: skip

_PARTS_OF_YEAR: dict[str, str] = {"B": "start of", "M": "middle of", "E": "end of"}

PERCENT_FROM = dutch.PERCENT_FROM


def number_word(n: int) -> str:
    """A whole number in words up to twelve ("three"), in digits from 13 and below zero."""
    return NUMBER_WORDS[n] if 0 <= n < len(NUMBER_WORDS) else str(n)


def ordinal(n: int) -> str:
    """ "third"; from 13 in digits: "13th", "21st"."""
    if 0 <= n < len(_ORDINALS):
        return _ORDINALS[n]
    ending = "th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{ending}"


def agree(n: int, singular: str, plural: str) -> str:
    """The form that goes with a number of things: a noun (pupil, pupils) or a verb (was, were)."""
    return singular if n == 1 else plural


def counted(n: int, singular: str, plural: str) -> str:
    """Number and noun: "one pupil", "two pupils", "15 pupils"."""
    return f"{number_word(n)} {agree(n, singular, plural)}"


def k_of_n(k: int, n: int) -> str:
    """ "9 of the 14": counts of pupils stay in digits, so that they can be compared at a glance."""
    return f"{k} of the {n}"


def listed(items: Sequence[str], last: str = "and") -> str:
    """ "a", "a and b", "a, b and c". With no items: an empty text."""
    return dutch.listed(items, last)


def decimal(value: float, decimals: int = 1) -> str:
    """A number with a decimal point, halves away from zero, without zeros at the end: 8.0 → "8", 4.55 → "4.6".

    Raises ValueError for a value that is no finite number.
    """
    return dutch.decimal(value, decimals).replace(",", ".")


def percent(k: int, n: int, percent_from: int = PERCENT_FROM) -> str | None:
    """The whole percentage of `k` out of `n` ("62%"), or None below `percent_from`; by the same rules as in Dutch."""
    return dutch.percent(k, n, percent_from)


def month(number: int) -> str:
    """The month in words: 3 → "March". Raises ValueError outside 1–12."""
    if not 1 <= number <= len(MONTHS):
        raise ValueError(f"month must lie between 1 and 12, not {number}")
    return MONTHS[number - 1]


def day(d: date) -> str:
    """ "3 March 2027"."""
    return f"{d.day} {month(d.month)} {d.year}"


def moment_name(school_year: str, moment: str, months: Mapping[str, int] | None = None) -> str:
    """A test moment of a school year ("2026-2027"): "January 2027" or, without a month, "middle of 2026-2027".

    Raises KeyError for an unknown moment and ValueError for an unreadable school year.
    """
    first = calendar.parse_school_year(school_year)
    if first is None:
        raise ValueError(f"{school_year!r} is not a school year")
    number = (months or {}).get(moment)
    if number is None:
        return f"{_PARTS_OF_YEAR[moment]} {school_year}"
    return f"{month(number)} {first if number >= calendar.FIRST_MONTH else first + 1}"


def at_moment(school_year: str, moment: str, months: Mapping[str, int] | None = None) -> str:
    """When something was or will be: "in January 2027", "in the middle of 2026-2027", "at the end of 2026-2027"."""
    name = moment_name(school_year, moment, months)
    if moment in (months or {}):
        return f"in {name}"
    return f"{'in' if moment == 'M' else 'at'} the {name}"


def sentence(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]
