"""How exports write dates, grades, moments and names of tests; words of the field itself are read by core.

Every function takes one delivered text and gives the value or None for "not readable"; nothing is guessed. They are
called once per distinct text of a column (`parse.by_distinct`), never once per row.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from leercirkel.core import calendar, reading
from leercirkel.core.dutch import MONTHS
from leercirkel.exchange.tables import cards

_ISO = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?:[T ]+[0-9:.,+Z]*)?")
_DAY_FIRST = re.compile(r"([0-9]{1,2})\s*[-/.]\s*([0-9]{1,2})\s*[-/.]\s*([0-9]{4}|[0-9]{2})(?:\s+[0-9:.]*)?")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_IN_WORDS = re.compile(r"(?:[a-z]+\s+)?([0-9]{1,2})[\s-]+([a-z]{3,9})\.?[\s-]+([0-9]{4})", re.IGNORECASE)
_SERIAL = re.compile(r"([0-9]{5})(?:\.[0-9]+)?")
_MONTH_OF = {word: n for n, month in enumerate(MONTHS, 1) for word in (month, month[:3])} | {"mrt": 3}
_EXCEL_EPOCH = date(1899, 12, 30)
# A year of two digits: pupils and tests of this century, up to 2049.
_TURN_OF_CENTURY = 50

_GRADE = re.compile(r"(?:groep|gr|jaargroep|leerjaar|jgr)?\s*\.?\s*([0-9]{1,2})(?:[.,]0+)?", re.IGNORECASE)
_TEST = re.compile(r"([BME])\s*([1-8])", re.IGNORECASE)
_MOMENTS = {
    "b": "B", "begin": "B", "start": "B", "najaar": "B", "m": "M", "mid": "M", "midden": "M", "medio": "M",
    "midden schooljaar": "M", "winter": "M", "e": "E", "eind": "E", "einde": "E", "voorjaar": "E", "zomer": "E",
}  # fmt: skip
_MASTERED = re.compile(r"beheers(?:ing|ings?niveau|t)?\s*:?\s*", re.IGNORECASE)


def day(text: str, form: str | None = None, *, sheet: bool = False) -> date | None:
    """A date: ISO, day-month-year, ``20260115``, ``15 januari 2026``; month first only when `form` says so.

    In a workbook a bare number of five digits is Excel's own count of days.
    """
    if found := _ISO.fullmatch(text):
        return _date(found[1], found[2], found[3])
    if form == "jjjj-mm-dd":
        return None
    if found := _DAY_FIRST.fullmatch(text):
        first, second = (found[2], found[1]) if form == "mm-dd-jjjj" else (found[1], found[2])
        return _date(found[3], second, first)
    if found := _COMPACT.fullmatch(text):
        return _date(found[1], found[2], found[3])
    if found := _IN_WORDS.fullmatch(text):
        month = _MONTH_OF.get(found[2].casefold())
        return _date(found[3], str(month), found[1]) if month else None
    if sheet and (found := _SERIAL.fullmatch(text)):
        return _EXCEL_EPOCH + timedelta(days=int(found[1]))
    return None


def _date(year: str, month: str, day_of_month: str) -> date | None:
    number = int(year)
    if len(year) == 2:
        number += 2000 if number < _TURN_OF_CENTURY else 1900
    try:
        return date(number, int(month), int(day_of_month))
    except ValueError:
        return None


def school_year(text: str) -> int | None:
    """The first year of a school year: "2025-2026", "2025/26", or the bare first year "2025"."""
    if re.fullmatch(r"(?:19|20)[0-9]{2}", text):
        return int(text)
    return calendar.parse_school_year(text)


def grade(text: str) -> int | None:
    """A grade 1–8 ("7", "groep 7"), 0 for a pupil without one (codes of rosters: S, N), None for unreadable."""
    if text.upper() in {"S", "N", "0", "SBO", "SO"}:
        return 0
    found = _GRADE.fullmatch(text)
    return int(found[1]) if found and 1 <= int(found[1]) <= 8 else None


def moment(text: str) -> str | None:
    """B, M or E; also from the name of a test ("M6") or in words ("midden")."""
    if found := _TEST.fullmatch(text):
        return found[1].upper()
    return _MOMENTS.get(text.casefold().strip(". "))


def test_level(text: str) -> str | None:
    """The name of a test: moment and grade ("M6"), or None."""
    found = _TEST.fullmatch(text)
    return f"{found[1].upper()}{found[2]}" if found else None


def avi(text: str) -> str | None:
    """A mastered AVI level, also as "beheersing M5" or from cards: "M4 instructie, E4 beheersing"."""
    level = reading.parse(_MASTERED.sub("", text))
    if level is None and (found := cards.read_cards(text)) is not None:
        return found.mastery
    return level


def avi_doubt(text: str) -> str | None:
    """What contradicts itself in the AVI cards of one pupil, or None."""
    found = cards.read_cards(text) if " " in text else None
    return " ".join(found.warnings) or None if found else None


def is_avi_test(text: str) -> bool:
    """True when the name of a test says AVI."""
    return "avi" in re.split(r"[^a-z]+", text.casefold())
