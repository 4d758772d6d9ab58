"""Holidays in a test calendar. Takes no Polars."""

from __future__ import annotations

from datetime import date, datetime

from leercirkel.core.calendar import Holiday
from leercirkel.exchange.tables.words import day
from leercirkel.exchange.toml_tables import Table, check_keys

FIELDS = ("name", "from", "until")
LONGEST = 60
"""Days: a summer holiday has six weeks; what is much longer is a slip in a month or a year."""

_EXAMPLE = '[[holiday]] name = "voorjaarsvakantie", from = 2027-02-20, until = 2027-02-28'


def holiday(table: Table) -> Holiday | None:
    """One `[[holiday]]`, or None with what is wrong in the problems of the table."""
    before = len(table.problems)
    check_keys(table, FIELDS)
    name = table.values.get("name", "vakantie")
    if not isinstance(name, str) or not name.strip() or len(name) > 80:
        table.error("holiday-name", "name hoort een korte tekst te zijn.", f"Bijvoorbeeld: {_EXAMPLE}", "name", name)
    first, last = (_day(table, key, word) for key, word in (("from", "de eerste dag"), ("until", "de laatste dag")))
    if first and last and last < first:
        table.error("dates-reversed", "de laatste dag ligt voor de eerste.", "Verwissel from en until.", "until", last)
    elif first and last and (last - first).days >= LONGEST:
        table.report("warning", "holiday-long", f"deze vakantie duurt {(last - first).days + 1} dagen.",
                     "Kijk de maanden en jaartallen na.", "until", last)  # fmt: skip
    if any(p.severity == "error" for p in table.problems[before:]) or first is None or last is None:
        return None
    return Holiday(" ".join("".join(c if c.isprintable() else " " for c in str(name)).split()), first, last)


def _day(table: Table, key: str, word: str) -> date | None:
    value = table.values.get(key)
    found = value.date() if isinstance(value, datetime) else value if isinstance(value, date) else None
    if isinstance(value, str) and len(value) <= 40:
        found = day(value)
    if found is None or not 1990 <= found.year <= 2100:
        code, what = ("holiday-day-missing", "ontbreekt") if value is None else ("date-unreadable", "is geen datum")
        table.error(code, f"{word} ({key}) {what}.", f"Schrijf jaar-maand-dag: {_EXAMPLE}", key, value)
        return None
    return found
