"""Remembered answers as lines of a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from leercirkel.apps.assessment.models import PupilMatch


@dataclass(frozen=True, slots=True)
class Line:
    """One answer: what the file says in words, beside the row itself."""

    row: PupilMatch
    said: str


def answer_lines(answers: Iterable[PupilMatch]) -> list[Line]:
    """Answers for the page."""
    return [Line(answer, _said(answer.written)) for answer in answers]


def _said(written: str) -> str:
    """What `wizard.whose.written` kept: number, surname, first name and birth date, as far as the file has them."""
    key, surname, first_name, born = (*written.split("|"), "", "", "", "")[:4]
    name = " ".join(part.title() for part in (first_name, surname) if part)
    parts = [name, _("nummer %(key)s") % {"key": key} if key else "", _day(born)]
    return ", ".join(part for part in parts if part) or written


def _day(text: str) -> str:
    try:
        return _("geboren %(day)s") % {"day": date_format(date.fromisoformat(text), "j-n-Y")}
    except ValueError:
        return text
