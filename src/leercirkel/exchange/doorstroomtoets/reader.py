"""Reading pupil results of the doorstroomtoets chain, version 1.1. Rules: docs/domein/doorstroomtoets.md."""

from __future__ import annotations

import re
from dataclasses import field
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any, Final

from leercirkel.core.calendar import parse_school_year
from leercirkel.core.records import dataclass
from leercirkel.exchange import safe_json
from leercirkel.exchange.doorstroomtoets.places import Place
from leercirkel.exchange.edexml.report import Report
from leercirkel.exchange.problems import Problem

VERSION: Final = "Doorstroomtoetsketen_v1"
PROFILE: Final = "Leerlingtoetsresultaat"
MAX_MESSAGES: Final = 5_000
WINTER: Final = timezone(timedelta(hours=1))
"""Dutch time when the test is taken: a day that is written in UTC begins an hour late."""

SUBJECTS: Final[dict[str, str]] = {
    "LEZEN": "begrijpend_lezen", "TAALVERZORGING": "taalverzorging", "REKENEN": "rekenen",
}  # fmt: skip
"""The parts of the test that have a reference level → our subject."""

INSTRUMENTS: Final[dict[str, str]] = {
    "ROUTE_8": "Route 8 doorstroomtoets", "ICE": "IEP doorstroomtoets", "DIA": "Dia doorstroomtoets",
    "AMN": "AMN doorstroomtoets", "LEERLING_IN_BEELD": "Leerling in beeld doorstroomtoets",
    "DOE": "DOE doorstroomtoets", "OCW_DOORSTROOMTOETS": "OCW doorstroomtoets",
}  # fmt: skip
"""Kind of test → the name it has in the report: the same one every year, whatever a file calls it."""

_FIELDS: Final = {"Referentieniveau": "reference_level", "Percentielscore": "percentile", "Toetsscore": "score"}
_START: Final = re.compile(rb"\s*(?:\[\s*)?\{")
_MARKS: Final = (b"resultatenscores", b"Doorstroomtoetsketen")
_OTHER: Final = (
    "Neem de leerlingresultaten van de doorstroomtoets: het bericht dat de toetsaanbieder na de toets levert."
)


@dataclass(frozen=True, slots=True)
class PupilResult:
    """The doorstroomtoets of one pupil, as one message has it. `subjects`: subject → field of a result table → text.

    `number` counts the messages of the file from 1. `made_at`: the newest of two messages about a pupil holds.
    """

    number: int
    las_key: str | None
    eck_id: str | None = field(repr=False)
    school_year: int | None
    made_at: datetime | None
    taken_on: date | None
    instrument: str
    subjects: dict[str, dict[str, str]]
    advice: str | None


@dataclass(frozen=True, slots=True)
class Delivery:
    """The messages in one file, in its order."""

    file: str
    results: tuple[PupilResult, ...]


def is_json(data: bytes) -> bool:
    """Whether these bytes begin as a JSON object or a list of them."""
    return _START.match(data[:4096].removeprefix(b"\xef\xbb\xbf")) is not None


def looks_like(data: bytes) -> bool:
    """Whether these bytes begin as JSON that names the doorstroomtoets chain."""
    return is_json(data) and any(mark in data[:16384] for mark in _MARKS)


def read(data: bytes, name: str) -> tuple[Delivery | None, list[Problem]]:
    """The pupil results in a JSON file (one object, or a list of them) and everything that is wrong with it.

    A message with an error is left out; None when nothing could be read. A problem names the path to the value, and
    as row the number of the message. Never raises.
    """
    value, refusal = safe_json.parse(data, name)
    if refusal is not None:
        return None, [refusal]
    report = Report(name)
    messages = value if isinstance(value, list) else [value]
    if len(messages) > MAX_MESSAGES:
        return None, [Problem("error", name, "too-many-messages", f"Er staan meer dan {MAX_MESSAGES} berichten in dit "
                              "bestand.", "Lever per school en schooljaar aan.")]  # fmt: skip
    found = []
    for number, message in enumerate(messages, 1):
        path = f"[{number - 1}]" if isinstance(value, list) else ""
        result = _one(Place(message, path, number, report))
        if result is not None:
            found.append(result)
    problems = report.finish()
    if not found and not problems:
        problems = [Problem("error", name, "no-rows", "Er staan geen resultaten in dit bestand.", _OTHER)]
    return (Delivery(name, tuple(found)) if found else None), problems


def _one(message: Place) -> PupilResult | None:
    if not isinstance(message.value, dict) or "resultatenscores" not in message.value:
        message.wrong("not-a-result", f"Dit is geen leerlingresultaat van de doorstroomtoets. {_OTHER}")
        return None
    before = len(message.report.problems)
    profile = message.text("profiel", required=False)
    if profile not in (None, PROFILE):
        message.wrong("not-a-result", f"Dit bericht is geen {PROFILE}. {_OTHER}", profile)
        return None
    version = message.text("versie", required=False)
    scores = message.object("resultatenscores")
    if scores is None:
        return None
    las_key, eck_id = _pupil(scores)
    school_year = _school_year(message)
    taken_on = _taken_on(scores)
    instrument = _instrument(message, scores)
    subjects, advice = _results(scores)
    made_at = _time(scores, "datumtijd") or _time(message, "datumtijd")
    if any(p.severity == "error" for p in message.report.problems[before:]):
        return None
    if version is not None and not version.startswith(VERSION):
        message.report.add("warning", "chain-version", "Dit bericht is van een andere versie van de keten dan 1.1.",
                           "Kijk de resultaten na.", row=message.number, field="versie", value=version)  # fmt: skip
    if not any("reference_level" in of_subject for of_subject in subjects.values()):
        message.report.add("warning", "no-reference-level", "Er staat geen referentieniveau in dit bericht.",
                           "Kijk of dit het bericht met de uitslag is.", row=message.number,
                           field=scores.path)  # fmt: skip
    return PupilResult(
        message.number, las_key, eck_id, school_year, made_at, taken_on, instrument or "", subjects, advice
    )


def _pupil(scores: Place) -> tuple[str | None, str | None]:
    """LAS key and ECK iD of the pupil; at least one of them is needed."""
    found: dict[str, str] = {}
    for reference in scores.items("deelnemerref"):
        label, key = reference.text("label"), reference.text("onderwijsdeelnemerID")
        if label is not None and key is not None:
            found.setdefault(label.casefold(), key)
    las_key, eck_id = found.get("las-key"), found.get("eck-id")
    if las_key is None and eck_id is None:
        scores.wrong("pupil-missing", "Er staat geen LAS-key en geen ECK-iD bij dit resultaat.")
    return las_key, eck_id


def _school_year(message: Place) -> int | None:
    text = message.text("schooljaar")
    year = parse_school_year(text) if text else None
    if text and year is None:
        message.wrong("school-year-unreadable", "Dit schooljaar is niet te lezen.", text)
    return year


def _instrument(message: Place, scores: Place) -> str | None:
    """The test by its kind; of an unknown kind the name that the file gives."""
    kind = scores.text("toetsdefinitie")
    if kind is None or kind in INSTRUMENTS:
        return INSTRUMENTS.get(kind or "")
    test = message.object("toets", required=False)
    return (test.text("naam", required=False) if test else None) or kind


def _taken_on(scores: Place) -> date | None:
    context = scores.object("afnamecontext")
    sitting = context.object("afname") if context else None
    moment = _time(sitting, "afnametijdstip", required=True) if sitting else None
    return moment.astimezone(WINTER).date() if moment else None


def _time(place: Place, name: str, *, required: bool = False) -> datetime | None:
    text = place.text(name, required=required)
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=WINTER)
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        place.wrong("date-unreadable", f"Dit tijdstip ({name}) is niet te lezen.", text)
        return None


def _results(scores: Place) -> tuple[dict[str, dict[str, str]], str | None]:
    """Reference level, percentile and score per subject, and the advice. What is said twice holds the first time."""
    subjects: dict[str, dict[str, str]] = {}
    advice: str | None = None
    for group, required in (("resultaten", True), ("scores", False)):
        inside = scores.object(group, required=required)
        for item in inside.items(group) if inside else ():
            label, unit, value = item.text("label"), item.text("toetseenheid", required=False), _value(item)
            if value is None or label is None:
                continue
            if label == "Toetsadvies":
                advice = advice or value
            subject = SUBJECTS.get((unit or "").upper())
            if subject is not None and label in _FIELDS:
                subjects.setdefault(subject, {}).setdefault(_FIELDS[label], value)
    return subjects, advice


def _value(item: Place) -> str | None:
    """The value as text; the standard says text, and a number is understood."""
    raw: Any = item.value.get("waarde")
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return f"{raw:g}"
    return item.text("waarde")
