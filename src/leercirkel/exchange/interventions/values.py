"""Values that only an interventions file has: dates, weeks, lists of names."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime

from leercirkel.core.calendar import parse_school_year, school_year_label
from leercirkel.exchange.problems import shorten
from leercirkel.exchange.tables.words import day
from leercirkel.exchange.toml_tables import Table, is_whole, text_of

FIRST_YEAR, LAST_YEAR = 1990, 2100
LONGEST_TEXT = 300
LONGEST_NAME = 80
MOST_NAMES = 2000
MOST_WEEKS = 260
LONG_DAYS = 3 * 366


def required(table: Table, key: str, word: str, example: str) -> str | None:
    """A text of one or two lines that must be there, on one line; otherwise None and an error."""
    value = table.values.get(key)
    if isinstance(value, str) and len(value) <= LONGEST_TEXT:
        value = " ".join("".join(c if c.isprintable() else " " for c in value).split())
        if value:
            return value
    absent = value in (None, "")
    what = f"{word} ({key}) ontbreekt." if absent else f"{word} ({key}) hoort een korte tekst te zijn."
    table.error(f"{key}-missing" if absent else f"{key}-form", what, f"Bijvoorbeeld: {example}", key, value)
    return None


def period(table: Table) -> tuple[date | None, date | None]:
    """First and last day; both None for reversed dates."""
    start = _date(table, "from", "de eerste dag", "from = 2026-09-07")
    end = _date(table, "until", "de laatste dag", "until = 2027-01-08")
    if start is None or end is None:
        return start, end
    if end < start:
        table.error("dates-reversed", "de laatste dag ligt voor de eerste.", "Verwissel from en until.", "until", end)
        return None, None
    if (end - start).days > LONG_DAYS:
        table.report("warning", "dates-long", f"deze aanpak duurt {(end - start).days // 7} weken.",
                     "Kijk de jaartallen na; een aanpak van jaren meten we per half jaar.", "until", end)  # fmt: skip
    return start, end


def _date(table: Table, key: str, word: str, example: str) -> date | None:
    value = table.values.get(key)
    if value is None:
        table.error(f"{key}-missing", f"{word} ({key}) ontbreekt.", f"Bijvoorbeeld: {example}", key)
        return None
    found = value.date() if isinstance(value, datetime) else value if isinstance(value, date) else None
    if isinstance(value, str) and len(value) <= 40:
        found = day(value)
    if found is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
        table.error("date-unreadable", f"{word} ({key}) is geen datum.", f"Schrijf jaar-maand-dag: {example}", key,
                    value)  # fmt: skip
        return None
    return found


def whole(table: Table, key: str, word: str) -> int | None:
    """A whole number of an ordinary size, or None when it is absent or (with an error) not one."""
    value = table.values.get(key)
    if value is None:
        return None
    most = MOST_WEEKS if key.startswith("weeks") else MOST_NAMES
    if isinstance(value, int) and is_whole(value) and 0 <= value <= most:
        return value
    table.error("count-form", f"{word} ({key}) hoort een heel getal van 0 tot en met {most} te zijn.",
                f"Bijvoorbeeld: {key} = 12", key, value)  # fmt: skip
    return None


def needed_whole(table: Table, key: str, word: str) -> int | None:
    """A whole number that must be there."""
    if table.values.get(key) is None:
        table.error(f"{key}-missing", f"{word} ({key}) ontbreekt.", f"Bijvoorbeeld: {key} = 8", key)
        return None
    return whole(table, key, word)


def names(table: Table, key: str, word: str) -> tuple[str, ...]:
    """A list of names or numbers as text, each once and in order; a single one may stand without brackets."""
    value = table.values.get(key)
    if value is None:
        return ()
    items = value if isinstance(value, list) else [value]
    texts = [item.strip() if isinstance(item, str) else str(item) if is_whole(item) else "" for item in items]
    wrong = next((i for i, text in enumerate(texts) if not text or len(text) > LONGEST_NAME), None)
    if wrong is not None or not items or len(items) > MOST_NAMES:
        shown = value if wrong is None else items[wrong]
        what = f"{key} hoort een lijst met {word} te zijn."
        example = '["2101", "2102"]' if key == "pupils" else '["Uilen", "Reigers"]'
        table.error("names-form", what, f"Bijvoorbeeld: {key} = {example}", key, shown)
        return ()
    twice = sorted(text for text, times in Counter(texts).items() if times > 1)
    if twice:
        table.report("warning", "named-twice", f"{shorten(twice[0], 30)} staat twee keer in {key}.",
                     "Eén keer is genoeg; klopt de rest van de lijst?", key, twice[0])  # fmt: skip
    return tuple(dict.fromkeys(texts))


def school_year(table: Table) -> int | None:
    """The first year of the one school year of an agreement, or None and an error."""
    value = table.values.get("school_year")
    if value is None:
        table.error("school-year-missing", "het schooljaar (school_year) ontbreekt.",
                    'Bijvoorbeeld: school_year = "2025-2026"', "school_year")  # fmt: skip
        return None
    year = parse_school_year(value) if isinstance(value, str) and len(value) < 40 else None
    if year is not None and FIRST_YEAR <= year <= LAST_YEAR:
        return year
    digits = str(value)[:4] if isinstance(value, str) or is_whole(value) else ""
    known = digits.isascii() and digits.isdigit() and FIRST_YEAR <= int(digits) <= LAST_YEAR
    hint = f'Bedoelde u "{school_year_label(int(digits))}"?' if known else 'Schrijf bijvoorbeeld "2025-2026".'
    table.error("school-year-form", f"{text_of(value)} is geen schooljaar.", hint, "school_year", value)
    return None
