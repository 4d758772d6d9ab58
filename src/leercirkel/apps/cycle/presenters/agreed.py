"""Agreements with teachers in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext

from leercirkel.apps.cycle.models import Agreement, Support
from leercirkel.core.support import LESSON_POINTS, SUPPORT, seen_in


def in_words(row: Support) -> dict[str, Any]:
    """What was agreed, which points were seen in how many visits, and whether it was done."""
    english = get_language() == "en"
    forms = [SUPPORT[code][english] for code in row.forms if code in SUPPORT] + ([row.own_form] if row.own_form else [])
    visits = list(row.visits.all())
    seen = seen_in([code for code in row.lesson_points if code in LESSON_POINTS], [one.seen for one in visits])
    points = [(LESSON_POINTS[code][english], _times(number, len(visits))) for code, number in seen.items()]
    said = str(Agreement.Done(row.done).label) if row.done else ""
    return {"forms": ", ".join(forms), "points": points, "done": said, "visits": visits}


def _times(seen: int, visits: int) -> str:
    if not visits:
        return ""
    words = ngettext("gezien in %(n)d van het %(of)d bezoek", "gezien in %(n)d van de %(of)d bezoeken", visits)
    return words % {"n": seen, "of": visits}


def apart(labels: Mapping[str, Any], newest: Mapping[str, Any], mine: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Where two versions of an agreement differ: what it is called, what stands there now, and what the user filled in.
    All three by the names of actions.agreed.WRITTEN; what says nothing is “–”."""
    return [
        (str(label), _said(name, newest[name]), _said(name, mine[name]))
        for name, label in labels.items() if newest[name] != mine[name]
    ]  # fmt: skip


def _said(name: str, value: str | date | Sequence[str] | None) -> str:
    if not value:
        return "–"
    if isinstance(value, date):
        return date_format(value, "j F Y")
    if isinstance(value, str):
        return value
    return ", ".join(_of_list(SUPPORT if name == "forms" else LESSON_POINTS, value))


def _of_list(words: Mapping[str, tuple[str, str]], codes: Iterable[str]) -> list[str]:
    english = get_language() == "en"
    return [words[code][english] for code in codes if code in words]
