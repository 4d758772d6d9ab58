"""Fields that the standards file and the test calendar share: subject, moments, grades, didactic age, school years."""

from __future__ import annotations

from leercirkel.core.calendar import MOMENTS, parse_school_year, school_year_label
from leercirkel.core.subjects import CODE, SUBJECTS, parse
from leercirkel.exchange.problems import shorten
from leercirkel.exchange.toml_tables import Table, is_number, is_whole, one_of, suggestion, text_of

MAX_DIDACTIC_AGE = 60


def required_text(table: Table, key: str, word: str, example: str) -> str | None:
    """A text field that must be there, stripped; otherwise None and an error."""
    value = table.values.get(key)
    if isinstance(value, str) and value.strip() and len(value) <= 200:
        return value.strip()
    what = (
        f"{word} ({key}) ontbreekt."
        if value is None or value == ""
        else f"{word} ({key}) hoort een korte tekst te zijn."
    )
    table.error(
        f"{key}-missing" if value is None or value == "" else f"{key}-form",
        what,
        f"Bijvoorbeeld: {example}",
        key,
        value,
    )
    return None


def optional_text(table: Table, key: str, word: str) -> str | None:
    """A text field that may be absent or empty."""
    value = table.values.get(key)
    if value is None or value == "":
        return None
    if isinstance(value, str) and len(value) <= 200:
        return value.strip() or None
    table.error(
        f"{key}-form",
        f"{word} ({key}) hoort een korte tekst te zijn.",
        "Zet de tekst tussen aanhalingstekens.",
        key,
        value,
    )
    return None


def subject(table: Table) -> str | None:
    """The subject code. A spelling of ours is understood; another well-formed code is the school's own subject."""
    text = required_text(table, "subject", "het vak", 'subject = "rekenen"')
    if text is None:
        return None
    code = parse(text)
    if code:
        return code
    guess = suggestion(text, SUBJECTS)
    if guess or not CODE.fullmatch(text):
        advice = f'Bedoelde u "{guess}"?' if guess else f"Bekend zijn: {one_of(SUBJECTS)}."
        table.error("subject-unknown", f'het vak "{shorten(text, 30)}" is onbekend.', advice, "subject", text)
        return None
    table.report("warning", "subject-own", f'"{shorten(text, 30)}" is geen vak dat wij kennen; gelezen als eigen vak.',
                 f"Klopt dat niet? Bekend zijn: {one_of(SUBJECTS)}.", "subject", text)  # fmt: skip
    return text


def moments(table: Table) -> tuple[str, ...] | None:
    """The moments, in the order of the year; None when the field is absent (every moment) or wrong (an error)."""
    value = table.values.get("moment")
    if value is None:
        return None
    items = value if isinstance(value, list) else [value]
    words = [item.strip().upper() if isinstance(item, str) else "" for item in items[:12]]
    if not words or len(items) > 12 or any(word not in MOMENTS for word in words):
        table.error("moment-unknown", f"het moment {text_of(value)} is onbekend.",
                    'Gebruik "B" (begin), "M" (midden) of "E" (eind), of een lijst: moment = ["M", "E"]',
                    "moment", value)  # fmt: skip
        return None
    return tuple(m for m in MOMENTS if m in words)


def grades(table: Table) -> tuple[int, ...] | None:
    """The grades 1-8 in order, or None."""
    value = table.values.get("grades")
    if value is None:
        return None
    items = value if isinstance(value, list) else [value]
    if not items:
        table.error("grades-empty", "de lijst met jaargroepen (grades) is leeg.", "Haal het veld weg als het om "
                    "alle jaargroepen gaat.", "grades")  # fmt: skip
        return None
    wrong = [item for item in items if not is_whole(item) or not 1 <= item <= 8]
    if wrong:
        table.error("grades-range", f"{text_of(wrong[0])} is geen jaargroep.",
                    "Gebruik hele getallen van 1 tot en met 8: grades = [5, 6]", "grades", wrong[0])  # fmt: skip
        return None
    return tuple(sorted(set(items)))


def didactic_age(table: Table) -> tuple[int, int] | None:
    """Didactic age (from, to) in months, both ends included, or None."""
    ends = _pair(table, "didactic_age", ("from", "to"), "didactic_age = [20, 29]")
    if ends is None:
        return None
    low, high = ends
    if not (is_whole(low) and is_whole(high) and isinstance(low, int) and isinstance(high, int)):
        table.error("range-form", "didactic_age hoort uit hele maanden te bestaan.",
                    "Bijvoorbeeld: didactic_age = [20, 29]",
                    "didactic_age", [low, high])  # fmt: skip
        return None
    if not 0 <= low <= MAX_DIDACTIC_AGE:
        table.error("range-outside", "didactische leeftijd loopt van 0 tot en met 60 maanden.", "Kijk de grenzen na.",
                    "didactic_age", [low, high])  # fmt: skip
        return None
    if high < low:
        table.error("range-empty", f"van {low} tot en met {high} ligt niets.", "Zet de laagste grens eerst.",
                    "didactic_age", [low, high])  # fmt: skip
        return None
    return low, high


def own_dle(table: Table) -> tuple[float, float] | None:
    """The pupil's own last DLE (from, below), lower end included, upper end not, or None."""
    ends = _pair(table, "dle", ("from", "below"), "dle = [0, 30]")
    if ends is None:
        return None
    low, high = ends
    if high <= low:
        table.error("range-empty", f"van {low:g} tot {high:g} ligt niets; de bovengrens telt niet mee.",
                    "Zet de laagste grens eerst.", "dle", [low, high])  # fmt: skip
        return None
    if low < 0 or low > 60:
        table.error("range-outside", "een DLE loopt van 0 tot en met 60.", "Kijk de grenzen na.", "dle", [low, high])
        return None
    return float(low), float(high)


def school_years(table: Table) -> tuple[int, ...] | None:
    """First years of the school years, in order, or None when the field is absent."""
    value = table.values.get("school_years")
    if value is None:
        return None
    items = value if isinstance(value, list) else [value]
    if not items:
        table.error("school-years-empty", "de lijst met schooljaren (school_years) is leeg.",
                    "Haal het veld weg als er geen grens is.", "school_years")  # fmt: skip
        return None
    years = [parse_school_year(item[:40]) if isinstance(item, str) else None for item in items]
    for item, year in zip(items, years, strict=True):
        if year is not None and 1990 <= year <= 2100:
            continue
        number = _first_year(item)
        hint = f'Bedoelde u "{school_year_label(number)}"?' if number else 'Schrijf bijvoorbeeld "2025-2026".'
        table.error("school-year-form", f"{text_of(item)} is geen schooljaar.", hint, "school_years", item)
        return None
    return tuple(sorted({year for year in years if year is not None}))


def _first_year(item: object) -> int | None:
    digits = item.strip()[:4] if isinstance(item, str) else str(item) if is_whole(item) else ""
    return int(digits) if digits.isascii() and digits.isdigit() and 1990 <= int(digits) <= 2100 else None


def _pair(table: Table, key: str, names: tuple[str, str], example: str) -> tuple[int | float, int | float] | None:
    value = table.values.get(key)
    if value is None:
        return None
    if isinstance(value, dict) and set(value) == set(names):
        value = [value[names[0]], value[names[1]]]
    if isinstance(value, list) and len(value) == 2 and is_number(value[0]) and is_number(value[1]):
        return value[0], value[1]
    table.error("range-form", f"{key} hoort uit twee getallen te bestaan.", f"Bijvoorbeeld: {example}", key, value)
    return None
