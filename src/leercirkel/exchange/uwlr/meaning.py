"""What a test in a message is for us: subject, instrument, version, test level and moment.

First what the school's own mapping says; else what the message says of it: subject (vakgebied), hierarchy and name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from leercirkel.core import subjects
from leercirkel.core.records import dataclass
from leercirkel.exchange.tables import words
from leercirkel.exchange.tables.wide_headers import wide_column
from leercirkel.exchange.uwlr.codes import CountsAs, UwlrCode, UwlrCodes
from leercirkel.exchange.uwlr.collect import Record

# "midden groep 4" in the name of a test is M4
_IN_WORDS: Final = re.compile(r"\b(begin|midden|medio|einde?)\s+(?:van\s+)?(?:jaar)?(?:groep|gr\.?)\s*([1-8])\b", re.I)
_GRADE: Final = re.compile(r"\b(?:jaar)?(?:groep|gr\.?|leerjaar)\s*[1-8]\b", re.I)
_LEVEL: Final = re.compile(r"\b[BME]\s?[1-8]\b|\b(?:versie\s*)?v?[0-9]\.[0-9]\b", re.I)
_FIRST: Final = {"b": "B", "m": "M", "e": "E"}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What results of one test (or one part of it) are. `subject` None: nobody can say."""

    subject: str | None
    instrument: str
    version: str | None = None
    test_level: str | None = None
    moment: str | None = None
    block: str | None = None
    counts_as: CountsAs | None = None
    whole: bool = True  # False: a part of a test that is about the subject of the whole


def meaning(code: str, part: str | None, test: Record | None, codes: Sequence[UwlrCodes]) -> Meaning:
    """What the results with this code and part are; `test` is what the message itself says of the code."""
    own = next((one for file in codes for one in file.codes if one.fits(code, part)), None)
    told = _told(code, test)
    if part is not None and own is None:
        named = _named_by_part(part, test)
        return replace(told, subject=named or told.subject, whole=named not in (None, told.subject))
    return told if own is None else _with_own(told, own)


def _with_own(told: Meaning, own: UwlrCode) -> Meaning:
    return replace(
        told,
        subject=own.subject,
        instrument=own.instrument or told.instrument,
        version=own.version or told.version,
        test_level=own.test_level or told.test_level,
        moment=own.moment or told.moment,
        counts_as=own.counts_as,
    )


def _told(code: str, test: Record | None) -> Meaning:
    if test is None:
        return Meaning(None, code)
    field = test.text("vakgebied")
    subject = subjects.parse(field) if field else None
    name = test.text("toetsnaam") or ""
    in_name = _parsed(name, subject)
    subject = subject or in_name.get("subject")
    steps = sorted(test.of("ingang"), key=lambda step: (len(step.mark or ""), step.mark or ""))
    texts = [text for step in steps if (text := step.text("ingang"))]
    deeper = texts[1:]
    level = next((level for text in deeper if (level := words.test_level(text))), None)
    moment = next((found for text in deeper if words.test_level(text) is None and (found := words.moment(text))), None)
    others = [text for text in deeper if words.test_level(text) is None and words.moment(text) is None]
    instrument = texts[0] if texts else in_name.get("instrument") or _LEVEL.sub("", name).strip(" -") or code
    return Meaning(
        subject or (subjects.parse(instrument) if texts else None),
        " ".join(instrument.split()),
        test.text("versie") or in_name.get("version"),
        level or (None if texts else in_name.get("test_level")),
        moment or (None if texts else in_name.get("moment") if "test_level" not in in_name else None),
        others[0] if others else None,
    )


def _parsed(name: str, subject: str | None) -> dict[str, str]:
    """What the name of a test says: subject, instrument, version, test_level, moment."""
    plain = _IN_WORDS.sub(lambda hit: f"{_FIRST[hit[1][0].lower()]}{hit[2]}", name[:200])
    plain = _GRADE.sub(" ", plain)
    column = wide_column(plain, "score")
    if column is None and subject is not None:
        column = wide_column(f"{subjects.label(subject)} {plain}", "score")
    return {} if column is None else dict(column.constants)


def _named_by_part(part: str, test: Record | None) -> str | None:
    """The subject that the name of a part says, if any."""
    for record in test.of("toetsonderdeel") if test else ():
        if record.text("toetsonderdeelcode") == part:
            return subjects.parse(record.text("toetsonderdeelnaam") or "")
    return None
