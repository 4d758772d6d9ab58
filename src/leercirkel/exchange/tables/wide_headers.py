"""What the header above a result column of a wide table says: "RW M6 VS", "Cito Rekenen 3.0 E5 niveau 2024-2025"."""

from __future__ import annotations

import re

from leercirkel.core import calendar, subjects
from leercirkel.exchange.tables import cards, words
from leercirkel.exchange.tables.mapping import WideColumn

_YEAR = re.compile(r"\b(20[0-9]{2}\s*[-/]\s*(?:20)?[0-9]{2}|[0-9]{2}/[0-9]{2})\b")
_DATE = re.compile(r"\b([0-9]{1,2}-[0-9]{1,2}-[0-9]{4}|[0-9]{4}-[0-9]{2}-[0-9]{2})\b")
_TEST = re.compile(r"\b([BME])\s?([1-8])\b", re.IGNORECASE)
_VERSION = re.compile(r"\b(?:versie\s*)?v?([0-9]\.[0-9])\b", re.IGNORECASE)
_MOMENT = re.compile(r"\b(begin|midden|medio|einde?|B|M|E)\b", re.IGNORECASE)
_AVI = {"subject": "technisch_lezen", "instrument": "AVI"}
_FIELDS: dict[str, str] = {
    "score": "score", "vs": "score", "vaardigheidsscore": "score", "vaardigheidscore": "score",
    "ontwikkelscore": "score", "niveau": "level", "niv": "level", "dle": "dle", "percentiel": "percentile",
    "perc": "percentile", "pct": "percentile", "refniveau": "reference_level", "referentieniveau": "reference_level",
    "beheersing": "avi",
}  # fmt: skip


def wide_column(header: str, field_of_values: str | None) -> WideColumn | None:
    """The wide column that this header names, or None when it names no subject or test.

    `field_of_values`: what the values look like, for a header that does not say which field it is; "card" for AVI
    cards.
    """
    if field_of_values == "card":
        card = cards.card_level(header)
        return WideColumn(header, "avi", {**_AVI, "test_level": card}) if card else None
    rest = header.replace("_", " ")
    constants: dict[str, str] = {}
    if found := _DATE.search(rest):
        constants["taken_on"] = found[1]
        rest = rest.replace(found[0], " ")
    if (found := _YEAR.search(rest)) and (year := _school_year(found[1])) is not None:
        constants["school_year"] = calendar.school_year_label(year)
        rest = rest.replace(found[0], " ")
    if found := _VERSION.search(rest):
        constants["version"] = found[1]
        rest = rest.replace(found[0], " ")
    if found := _TEST.search(rest):
        constants["moment"] = found[1].upper()
        constants["test_level"] = f"{found[1].upper()}{found[2]}"
        rest = rest.replace(found[0], " ", 1)
    tokens = [token for token in re.split(r"[\s()\[\],;:]+|\s-\s", rest) if token and token != "-"]
    field = next((_FIELDS[t.casefold()] for t in reversed(tokens) if t.casefold() in _FIELDS), None)
    tokens = [t for t in tokens if t.casefold() not in _FIELDS]
    if "moment" not in constants:
        tokens = _take_moment(tokens, constants)
    subject, others = _subject_in(tokens)
    if subject is None or (field is None and field_of_values is None):
        return None
    if others:
        constants["instrument"] = " ".join(others)
    is_avi = words.is_avi_test(constants.get("instrument", ""))
    meant = "avi" if is_avi and field in (None, "level", "avi") else field or field_of_values
    return WideColumn(header, meant or "score", {"subject": subject} | constants)


def _take_moment(tokens: list[str], constants: dict[str, str]) -> list[str]:
    for index, token in enumerate(tokens):
        if _MOMENT.fullmatch(token) and (moment := words.moment(token)) is not None:
            constants["moment"] = moment
            return tokens[:index] + tokens[index + 1 :]
    return tokens


def _subject_in(tokens: list[str]) -> tuple[str | None, list[str]]:
    """The subject that the longest run of words names, and the words beside it: the instrument."""
    for length in range(min(4, len(tokens)), 0, -1):
        for start in range(len(tokens) - length + 1):
            run = tokens[start : start + length]
            code = subjects.parse(" ".join(run))
            if code is not None:
                named_test = len(run) == 1 and run[0].casefold() in ("dmt", "avi")
                return code, tokens[:start] + (run if named_test else []) + tokens[start + length :]
    return None, tokens


def _school_year(text: str) -> int | None:
    if re.fullmatch(r"[0-9]{2}/[0-9]{2}", text):
        text = f"20{text}"
    return calendar.parse_school_year(text)
