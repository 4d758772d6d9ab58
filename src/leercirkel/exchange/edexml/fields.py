"""From the text of a field to its value, with a problem for what cannot be used."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Final

from leercirkel.exchange.edexml.codes import GENDERS, GRADES, MAX_KEY, MAX_NAME, STANDARD_LENGTHS
from leercirkel.exchange.edexml.collect import Record
from leercirkel.exchange.edexml.model import Gender
from leercirkel.exchange.edexml.report import Report
from leercirkel.exchange.problems import shorten

FIRST_YEAR: Final = 1990
LAST_YEAR: Final = 2100

# xs:date, with the time zone that it may have; a time of day behind it is tolerated and not used.
_DATE: Final = re.compile(r"(\d{4}-\d\d-\d\d)(?:T[\d:.]{5,18})?(?:Z|[+-]\d\d:\d\d)?", re.ASCII)
_LABELS: Final = {
    "leerling": "leerling",
    "leerkracht": "leerkracht",
    "groep": "groep",
    "samengestelde_groep": "samengestelde groep",
    "vestiging": "vestiging",
}


def who(record: Record) -> str:
    """The record as a message names it: ``leerling 1001``."""
    label = _LABELS.get(record.tag, record.tag)
    return f"{label} {shorten(record.key, 40)}" if record.key else label


def starting(text: str) -> str:
    """The text with a capital at the start of a sentence; the rest, keys included, stays as it is."""
    return text[:1].upper() + text[1:]


def clean(text: str) -> str:
    """The text in composed form, with no spaces at its ends and no double ones (handbook, names)."""
    text = " ".join(text.split())
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def text_of(record: Record, name: str, report: Report) -> str | None:
    """A name or description; None when it is absent, empty or longer than MAX_NAME (an error)."""
    found = record.fields.get(name)
    if found is None:
        return None
    return checked_text(found[0], name, record, found[1], report)


def checked_text(raw: str, name: str, record: Record, line: int, report: Report) -> str | None:
    """As `text_of`, for a text that stands apart from the fields of its record."""
    text = clean(raw)
    if len(text) > MAX_NAME:
        message = f"De tekst bij {who(record)} is langer dan {MAX_NAME} tekens en is niet overgenomen."
        report.add("error", "text-too-long", message, "Kort de tekst in en exporteer opnieuw.", row=line, field=name)
        return None
    limit = STANDARD_LENGTHS.get(name, MAX_NAME)
    if len(text) > limit:
        message = f"De tekst bij {who(record)} is langer dan de {limit} tekens die EDEXML toestaat; zij is wel gelezen."
        advice = "Controleer of hier het juiste gegeven staat."
        report.add("warning", "longer-than-standard", message, advice, row=line, field=name, value=text)
    return text or None


def initials_of(record: Record, report: Report) -> str | None:
    """Initials as the standard has them, without points and spaces."""
    found = record.fields.get("voorletters-1")
    if found is None:
        return None
    raw = found[0].replace(".", "").replace(" ", "")
    return checked_text(raw, "voorletters-1", record, found[1], report)


def date_of(
    record: Record, name: str, report: Report, *, first: int = FIRST_YEAR, last: int = LAST_YEAR
) -> date | None:
    """A date whose year lies in first..last; None when absent, unreadable or implausible (both errors)."""
    found = record.fields.get(name)
    if found is None:
        return None
    text = found[0].strip()
    if not text:
        return None
    match = _DATE.fullmatch(text)
    try:
        value = date.fromisoformat(match[1]) if match else None
    except ValueError:
        value = None
    if value is None:
        message = f"De datum bij {who(record)} is geen bestaande datum in de vorm jjjj-mm-dd."
        advice = "Verbeter de datum in het administratiesysteem en exporteer opnieuw."
        report.add("error", "date-unreadable", message, advice, row=found[1], field=name, value=text)
    elif not first <= value.year <= last:
        message = f"De datum bij {who(record)} kan niet kloppen: verwacht wordt een jaar van {first} tot en met {last}."
        advice = "Verbeter de datum in het administratiesysteem en exporteer opnieuw."
        report.add("error", "date-implausible", message, advice, row=found[1], field=name, value=text)
        value = None
    return value


def grade_of(record: Record, report: Report) -> str | None:
    """The grade code; None when it is absent or not one of codes.GRADES (a warning)."""
    found = record.fields.get("jaargroep")
    if found is None:
        return None
    code = found[0].strip().upper()
    if not code or code in GRADES:
        return code or None
    message = f"De jaargroep van {who(record)} is geen code van EDEXML."
    advice = "Gebruik 1 tot en met 8, S voor speciaal (basis)onderwijs of een andere code van de standaard."
    report.add("warning", "grade-unknown", message, advice, row=found[1], field="jaargroep", value=found[0])
    return None


def gender_of(record: Record, report: Report) -> Gender | None:
    """ISO 5218: 1 is a boy, 2 a girl, 9 not specified, 0 unknown (None)."""
    found = record.fields.get("geslacht")
    if found is None:
        return None
    code = found[0].strip()
    if code in GENDERS or not code:
        return GENDERS.get(code)
    message = f"Het geslacht van {who(record)} is geen code van EDEXML en is niet overgenomen."
    advice = "Gebruik 1 (jongen), 2 (meisje), 9 (niet gespecificeerd) of 0 (onbekend)."
    report.add("warning", "gender-unknown", message, advice, row=found[1], field="geslacht", value=found[0])
    return None


def with_unique_keys(records: list[Record], report: Report) -> list[tuple[str, Record]]:
    """(key, record) of the records with a usable key, the first of each; the others are errors."""
    seen: dict[str, Record] = {}
    for record in records:
        field = f"{record.tag}/@key"
        if not record.key:
            message = f"Een {who(record)} heeft geen sleutel (key) en is overgeslagen."
            advice = "Exporteer opnieuw; blijft dit zo, meld het bij de leverancier."
            report.add("error", "key-missing", message, advice, row=record.line, field=field)
        elif len(record.key) > MAX_KEY:
            message = f"Een sleutel (key) is langer dan {MAX_KEY} tekens; dit element is overgeslagen."
            advice = "Exporteer opnieuw; blijft dit zo, meld het bij de leverancier."
            report.add("error", "key-too-long", message, advice, row=record.line, field=field)
        elif record.key in seen:
            first = seen[record.key]
            message = (
                f"De sleutel van {who(record)} is al gebruikt op regel {first.line}; alleen het eerste is gelezen."
            )
            advice = "Elke sleutel mag één keer voorkomen. Haal de dubbele weg in het administratiesysteem."
            report.add("error", "duplicate-key", message, advice, row=record.line, field=field, value=record.key)
        else:
            seen[record.key] = record
    return list(seen.items())
