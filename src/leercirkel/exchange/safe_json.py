"""Reading JSON that nobody vouches for: bounded in size and depth, without what JSON leaves open.

Names given twice, NaN and Infinity, and numbers of hundreds of digits are refused: Python would take the last, make
them a float, or spend minutes on them.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from typing import Any, Final, NoReturn

from leercirkel.exchange.problems import Problem, shorten

MAX_BYTES: Final = 16 * 1024 * 1024
MAX_DEPTH: Final = 32
MAX_DIGITS: Final = 40

_SIGNS: Final = re.compile(r'\\.|["\[\]{}]', re.DOTALL)
_AGAIN: Final = "Vraag het bestand opnieuw op; is het met de hand gewijzigd, herstel dan deze plaats."


class _Refused(Exception):
    def __init__(self, code: str, message: str, advice: str = _AGAIN, row: int | None = None) -> None:
        super().__init__(code)
        self.code, self.message, self.advice, self.row = code, message, advice, row


def parse(data: bytes, name: str) -> tuple[Any, Problem | None]:
    """The value in these bytes, or None with the one reason why it cannot be read. Never raises.

    Text in the value is free of lone surrogates, numbers are finite.
    """
    try:
        return _parsed(_decoded(data)), None
    except _Refused as refusal:
        return None, Problem("error", name, refusal.code, refusal.message, refusal.advice, refusal.row)


def _decoded(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        limit = MAX_BYTES // (1024 * 1024)
        raise _Refused(
            "file-too-large", f"Dit bestand is groter dan {limit} MB.", "Lever per school en schooljaar aan."
        )
    if not data.strip():
        raise _Refused("file-empty", "Het bestand is leeg.", "Vraag het bestand opnieuw op.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        row = data.count(b"\n", 0, fault.start) + 1
        raise _Refused("json-encoding", "Dit bestand is geen UTF-8.", "Sla het op als UTF-8.", row) from None
    _check_depth(text)
    return text


def _check_depth(text: str) -> None:
    depth, inside = 0, False
    for hit in _SIGNS.finditer(text):
        sign = hit[0]
        if sign == '"':
            inside = not inside
        elif inside or len(sign) > 1:
            continue
        elif sign in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                row = text.count("\n", 0, hit.start()) + 1
                raise _Refused("json-too-deep", f"De gegevens zijn meer dan {MAX_DEPTH} lagen diep.", row=row)
        else:
            depth -= 1


def _parsed(text: str) -> Any:
    try:
        value = json.loads(
            text, object_pairs_hook=_once, parse_constant=_no_constant, parse_float=_finite, parse_int=_whole
        )
    except json.JSONDecodeError as fault:
        message = "Dit is geen geldige JSON: hier klopt een teken niet, of het bestand houdt te vroeg op."
        raise _Refused("json-malformed", message, row=fault.lineno) from None
    except RecursionError:
        raise _Refused("json-too-deep", f"De gegevens zijn meer dan {MAX_DEPTH} lagen diep.") from None
    if "\\u" in text and not _whole_characters(value):
        raise _Refused("json-encoding", "Er staat een half teken in de tekst (een los deel van een paar).")
    return value


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        message = f"De naam “{shorten(twice.encode('utf-8', 'replace').decode(), 40)}” staat twee keer in één object."
        raise _Refused("json-name-twice", message)
    return made


def _no_constant(word: str) -> NoReturn:
    raise _Refused("json-number", f"{word} is geen getal dat JSON kent.")


def _finite(text: str) -> float:
    value = float(text) if len(text) <= MAX_DIGITS else math.inf
    if not math.isfinite(value):
        raise _Refused("json-number", "Er staat een getal in dat te groot of te lang is.")
    return value


def _whole(text: str) -> int:
    if len(text) > MAX_DIGITS:
        raise _Refused("json-number", "Er staat een getal in dat te groot of te lang is.")
    return int(text)


def _whole_characters(value: Any) -> bool:
    """Whether all text in the value can be written as UTF-8. The value is at most MAX_DEPTH deep."""
    if isinstance(value, str):
        return not any("\ud800" <= c <= "\udfff" for c in value)
    if isinstance(value, dict):
        return all(_whole_characters(k) and _whole_characters(v) for k, v in value.items())
    return all(_whole_characters(item) for item in value) if isinstance(value, list) else True
