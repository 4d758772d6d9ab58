"""Bare scores of a message as results of a method test: a part is a goal, its norms say how many points there are."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Final

from leercirkel.core.calendar import school_year_of
from leercirkel.exchange.lists.method_tests import subject_of
from leercirkel.exchange.uwlr.collect import Record
from leercirkel.exchange.uwlr.meaning import Meaning

WHOLE: Final = "hele toets"
_POINTS: Final = re.compile(r"[0-9]{1,6}")
_DAY: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}).{0,30}")
_FIRST_YEAR, _LAST_YEAR = 1990, 2100


def goal_of(result: Record, what: Meaning, test: Record | None, pupil: str | None) -> dict[str, Any] | None:
    """The row of a method test (columns of `lists.method_tests.TABLE`), or None when it cannot be a percentage right.

    The number of points is the highest end of the norms of the part, else of the test. The message's own words for
    sufficient are not used: the school's own bounds hold for every method.
    """
    part = _part(result.text("toetsonderdeelcode"), test)
    most = _most(part) or (_most(test) if part is None else None)
    points, taken_on = result.text("score") or "", _day(result.text("afnamedatum") or "")
    field = test.text("vakgebied") if test else None
    subject = what.subject or (subject_of(field) if field else None)
    if not (pupil and test and most and subject and taken_on and _POINTS.fullmatch(points) and int(points) <= most):
        return None
    goal = (part.text("toetsonderdeelnaam") or part.text("toetsonderdeelcode")) if part else WHOLE
    block = what.block or test.text("toetsnaam") or what.instrument
    return {
        "row": result.line, "pupil_key": pupil, "school_year": school_year_of(taken_on), "taken_on": taken_on,
        "subject": subject, "block": block[:200], "goal": (goal or WHOLE)[:200], "percent": 100 * int(points) / most,
    }  # fmt: skip


def _part(code: str | None, test: Record | None) -> Record | None:
    parts = test.of("toetsonderdeel") if test and code else []
    return next((part for part in parts if part.text("toetsonderdeelcode") == code), None)


def _most(record: Record | None) -> int | None:
    ends = [norm.text("eindnormwaarde") or "" for norm in record.of("norm")] if record else []
    return max((int(end) for end in ends if _POINTS.fullmatch(end)), default=None)


def _day(text: str) -> date | None:
    found = _DAY.fullmatch(text)
    try:
        day = date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None
    return day if day is not None and _FIRST_YEAR <= day.year <= _LAST_YEAR else None
