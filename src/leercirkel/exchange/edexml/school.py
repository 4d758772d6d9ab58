"""The block `school`: which school, which school year, which day."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from leercirkel.core.records import dataclass
from leercirkel.exchange.edexml.codes import MAX_KEY, VERSIONS
from leercirkel.exchange.edexml.collect import Record
from leercirkel.exchange.edexml.fields import FIRST_YEAR, LAST_YEAR, date_of
from leercirkel.exchange.edexml.report import Report

# The schema lists the school years up to 2024-2025 only; the pattern is what counts. Some systems write 2025 / 2026.
_SCHOOL_YEAR: Final = re.compile(r"(\d{4})\s*[-/\u2013]\s*(\d{4})", re.ASCII)
_BRIN: Final = re.compile(r"[0-9]{2}[A-Z]{2}")
_LOCATION: Final = re.compile(r"[0-9]{1,2}")
_FLEMISH: Final = re.compile(r"[0-9]{2,6}")


@dataclass(frozen=True, slots=True)
class School:
    """What `school` says; `year` is None when the school year cannot be read (an error)."""

    key: str
    year: int | None
    reference_date: date | None
    created_on: date | None

    def has_passed(self, day: date | None) -> bool:
        """True when `day` lies before the reference date (else before the day the file was made)."""
        moment = self.reference_date or self.created_on
        return day is not None and (moment is None or day < moment)

    @property
    def last_year(self) -> int:
        """The calendar year after which nothing in the file can have happened."""
        known = [day.year for day in (self.reference_date, self.created_on) if day is not None]
        if known:
            return max(known)
        return LAST_YEAR if self.year is None else self.year + 1


def read_school(record: Record | None, report: Report) -> School:
    """The school of the file; without the block every value is absent and the problem is reported."""
    if record is None:
        message = "Het blok <school> ontbreekt, dus het schooljaar is onbekend."
        report.add("error", "school-missing", message, "Exporteer het bestand opnieuw.", field="school")
        return School("", None, None, None)
    year = _school_year(record, report)
    reference = date_of(record, "peildatum", report)
    if year is not None and reference is not None and not date(year, 1, 1) <= reference <= date(year + 1, 12, 31):
        message = "De peildatum ligt buiten het schooljaar."
        advice = "Controleer of het juiste schooljaar is geëxporteerd."
        line = record.fields["peildatum"][1]
        report.add("warning", "reference-date-outside", message, advice, row=line, field="peildatum", value=reference)
    version, line = record.fields.get("xsdversie", ("", 0))
    if version.strip() and version.strip() not in VERSIONS:
        message = "Dit is een versie van EDEXML die hier nog niet bekend is; gelezen is wat herkend werd."
        advice = "Controleer de aantallen leerlingen en groepen."
        report.add("warning", "version-unknown", message, advice, row=line, field="xsdversie", value=version)
    return School(_school_key(record, report), year, reference, date_of(record, "aanmaakdatum", report))


def _school_year(record: Record, report: Report) -> int | None:
    text, line = record.fields.get("schooljaar", ("", record.line))
    match = _SCHOOL_YEAR.fullmatch(text.strip())
    if match and int(match[2]) == int(match[1]) + 1 and FIRST_YEAR <= int(match[1]) <= LAST_YEAR:
        return int(match[1])
    message = "Het schooljaar ontbreekt." if not text.strip() else "Dit is geen schooljaar in de vorm 2025-2026."
    advice = "Verbeter het schooljaar: twee opeenvolgende jaren met een streepje ertussen."
    value = text.strip() or None
    report.add("error", "school-year-unreadable", message, advice, row=line, field="schooljaar", value=value)
    return None


def _school_key(record: Record, report: Report) -> str:
    """BRIN + location, else the Flemish institution number, else the supplier's key; empty when there is none."""
    brin, line = _value(record, "brincode")
    brin = brin.upper()
    if brin:
        if _BRIN.fullmatch(brin):
            return brin + _location(record, report)
        _wrong(report, "brincode", brin, line, "Een BRIN heeft twee cijfers en twee hoofdletters, zoals 99XX.")
    number, line = _value(record, "instellingsnummer")
    if number:
        if _FLEMISH.fullmatch(number):
            return number
        _wrong(report, "instellingsnummer", number, line, "Een instellingsnummer heeft twee tot zes cijfers.")
    key, line = _value(record, "schoolkey")
    if len(key) > MAX_KEY:
        _wrong(report, "schoolkey", key, line, f"Een schoolsleutel heeft ten hoogste {MAX_KEY} tekens.")
        key = ""
    if not (key or brin or number):
        message = "Het bestand noemt geen school (brincode, instellingsnummer of schoolkey)."
        advice = "Zet bestanden van verschillende scholen niet samen in één rapport."
        report.add("warning", "school-unknown", message, advice, row=record.line, field="brincode")
    return key


def _location(record: Record, report: Report) -> str:
    code, line = _value(record, "dependancecode")
    if not code:
        return "00"  # the standard: absent and 00 mean the same
    if _LOCATION.fullmatch(code):
        return code.zfill(2)
    _wrong(report, "dependancecode", code, line, "Een dependancecode heeft twee cijfers.")
    return "00"


def _value(record: Record, name: str) -> tuple[str, int]:
    text, line = record.fields.get(name, ("", record.line))
    return text.strip(), line


def _wrong(report: Report, field: str, value: str, line: int, advice: str) -> None:
    message = "Deze code van de school klopt niet en is niet gebruikt."
    report.add("error", "school-code-wrong", message, advice, row=line, field=field, value=value)
