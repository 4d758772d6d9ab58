"""What cells of a teacher's list say: a percentage right, a stage, or that there is nothing to count."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date
from typing import Final, TypeVar

from leercirkel.core import expected
from leercirkel.core.text import squeezed
from leercirkel.exchange.lists.layout import Entry
from leercirkel.exchange.problems import Problem, shorten
from leercirkel.exchange.small_tables import limited
from leercirkel.exchange.tables.checks import FIRST_YEAR, LAST_YEAR
from leercirkel.exchange.tables.words import day

T = TypeVar("T")

_NOTHING: Final = frozenset({"", "nvt", "afwezig", "afw", "abs", "absent", "nietgemaakt", "nietgeobserveerd"})
_PERCENT: Final = re.compile(r"([0-9]{1,4}(?:[.,][0-9]{1,6})?)\s*(%)?")
_OF: Final = re.compile(r"([0-9]{1,4}(?:[.,][0-9]{1,2})?)\s*(?:/|van)\s*([0-9]{1,4})")


def is_nothing(text: str) -> bool:
    """Whether a cell says that there is no result: a dash, "n.v.t.", "ziek", "afwezig"."""
    return squeezed(text) in _NOTHING or expected.parse(text) is not None


def percent(text: str) -> float | None:
    """The percentage right in "85", "85%", "82,5" or "17/20"; None for anything else. May lie outside 0–100."""
    if found := _PERCENT.fullmatch(text):
        return float(found[1].replace(",", "."))
    if (found := _OF.fullmatch(text)) and int(found[2]) > 0:
        return 100 * float(found[1].replace(",", ".")) / int(found[2])
    return None


def is_plain_number(text: str) -> bool:
    """Whether a cell holds a number without a sign behind it."""
    found = _PERCENT.fullmatch(text)
    return found is not None and found[2] is None


def stage(text: str) -> str:
    """A stage as it is written; a number without superfluous decimals ("2,0" and "2.0" are "2")."""
    plain = text.replace(",", ".")
    try:
        number = float(plain)
    except ValueError:
        return text
    return f"{number:g}".replace(".", ",") if math.isfinite(number) and len(text) < 12 else text


class Looker:
    """Reads texts of one file: each once, however many rows have it, with a problem where it cannot be read."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []
        self._known: dict[tuple[str, str], object] = {}

    def read(
        self, field: str, entry: Entry, how: Callable[[str], T | None], code: str, message: str, advice: str
    ) -> T | None:
        """`how` of what is told under `field`; None, with a problem the first time, when that gives None."""
        text = entry.told.get(field, "")
        if (field, text) not in self._known:
            value = how(text) if len(text) <= 200 else None
            self._known[field, text] = value
            if value is None:
                missing = f"Er staat geen {field}." if not text else message
                self.fault(entry, "value-missing" if not text else code, missing, advice, field, text or None)
        return self._known[field, text]  # type: ignore[return-value]

    def day(self, entry: Entry, *, sheet: bool) -> date | None:
        """The date of an entry."""

        def read(text: str) -> date | None:
            found = day(text, sheet=sheet)
            return found if found is not None and FIRST_YEAR <= found.year <= LAST_YEAR else None

        message = "Deze datum is niet te lezen of kan niet kloppen; deze rijen tellen niet mee."
        return self.read("datum", entry, read, "date-unreadable", message, "Schrijf de datum als 03-11-2025.")

    def fault(self, entry: Entry, code: str, message: str, advice: str, field: str, value: str | None = None) -> None:
        """An error at an entry."""
        shown = None if value is None else shorten(value)
        self.problems.append(Problem("error", self.name, code, message, advice, entry.row, shorten(field, 40), shown))

    def finish(self, others: list[Problem]) -> list[Problem]:
        """All problems of the file in the order of its rows, at most as many as a person can read."""
        return limited(sorted([*others, *self.problems], key=lambda p: p.row or 0), self.name)
