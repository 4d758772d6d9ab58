"""Earlier reports for the board, as JSON, so that a new one does not give away what changed. See
`docs/domein/privacy.md`."""

from __future__ import annotations

import math
import types
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from leercirkel.analysis.disclosure.earlier import Published
from leercirkel.exchange import safe_json
from leercirkel.exchange.problems import Problem

SCHEMA = "leercirkel/report/1"

_ANY_VERSION = "leercirkel/report/"

_MOST_SHOWN = 40
"""So many characters of a file's own words are told again."""

_ADVICE = "Geef de JSON die `leercirkel report --for board --out …json` eerder maakte, ongewijzigd."


class _Unfit(ValueError):
    """A value that does not fit the report."""


def read(data: bytes, name: str, school: str | None = None) -> tuple[Published | None, list[Problem]]:
    """What an earlier report told, or None with why it cannot be used. Never raises.

    `school`: the code of the school that the new report is about; a report of another school is an error.
    """
    value, problem = safe_json.parse(data, name)
    if problem is not None:
        return None, [problem]
    form = value.get("schema") if isinstance(value, dict) else None
    if isinstance(form, str) and form != SCHEMA and form.startswith(_ANY_VERSION):
        message = f"Dit rapport heeft een andere vorm ({form[:_MOST_SHOWN]}); dit programma leest {SCHEMA}."
        advice = "Maak het rapport van toen opnieuw met dit programma, en geef dat."
        return None, [Problem("error", name, "report-other-version", message, advice)]
    if not isinstance(value, dict) or form != SCHEMA:
        return None, [_problem(name, "report-not-recognised", "Dit is geen rapport als JSON.")]
    if value.get("audience") != "board":
        return None, [_problem(name, "report-not-for-board", "Dit rapport is niet gemaakt voor het bestuur.")]
    try:
        told: Published = _made(Published, value, "", partly=True)
    except _Unfit as fault:
        message = f"Dit rapport is niet volledig of gewijzigd, bij “{fault}”."
        return None, [_problem(name, "report-damaged", message)]
    if school is not None and told.school != school:
        message = f"Dit rapport is van een andere school ({told.school[:_MOST_SHOWN]}), niet van {school}."
        advice = "Geef de eerdere rapporten voor het bestuur van deze school."
        return None, [Problem("error", name, "report-other-school", message, advice)]
    return told, []


def _problem(name: str, code: str, message: str) -> Problem:
    return Problem("error", name, code, message, _ADVICE)


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def _made(kind: Any, value: object, where: str, *, partly: bool = False) -> Any:
    """A dataclass from a JSON object with its fields; `partly`: other keys are passed over."""
    hints = _hints(kind)
    if not isinstance(value, dict) or (not partly and not value.keys() <= hints.keys()):
        raise _Unfit(where or "schema")
    required = {f.name for f in fields(kind) if f.default is MISSING and f.default_factory is MISSING}
    lacking = required - value.keys()
    if lacking:
        raise _Unfit(f"{where}.{min(lacking)}".strip("."))
    return kind(**{n: _fitting(hints[n], v, f"{where}.{n}".strip(".")) for n, v in value.items() if n in hints})


def _fitting(kind: Any, value: object, where: str) -> Any:
    """The value as this type. Raises _Unfit."""
    origin, inner = get_origin(kind), get_args(kind)
    if is_dataclass(kind):
        return _made(kind, value, where)
    if origin is tuple and isinstance(value, list):
        return tuple(_fitting(inner[0], item, where) for item in value)
    if origin is dict and isinstance(value, dict):
        return {key: _fitting(inner[1], item, f"{where}.{key}") for key, item in value.items()}
    if origin is Literal and value in inner and isinstance(value, str):
        return value
    if origin in (Union, types.UnionType):
        for one in inner:
            try:
                return _fitting(one, value, where)
            except _Unfit:
                continue
    if kind is type(None) and value is None:
        return None
    if kind is bool and isinstance(value, bool):
        return value
    if kind is str and isinstance(value, str):
        return value
    if kind is int and isinstance(value, int) and not isinstance(value, bool):
        return value
    if kind is float and isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        return float(value)
    raise _Unfit(where)
