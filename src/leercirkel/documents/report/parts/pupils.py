"""The pupils of a group by name, against its tests: where each is now, and what changed. For the team only."""

from __future__ import annotations

from collections.abc import Sequence

from leercirkel.analysis.answers.say import sentences_of
from leercirkel.analysis.model import PupilPoint, PupilSheet, PupilTest
from leercirkel.documents.pupil_texts import change_text, value_texts
from leercirkel.documents.report.context import Context, View, subject_order

Column = tuple[str, str]
"""Subject and instrument."""

REAL = ("up", "down")
"""A change that is more than the test can be off."""


def pupils(context: Context, group: str) -> View | None:
    """Heads and rows of the table; None when the report has no names or nobody in this group."""
    sheets = [sheet for sheet in context.report.pupils if sheet.group == group]
    if not sheets:
        return None
    now = (context.report.school_year, context.report.moment)
    columns = sorted(
        {(t.subject, t.instrument) for s in sheets for t in s.tests if _at(t, now) is not None},
        key=lambda c: (subject_order(c[0]), c[1]),
    )
    return {
        "title": context.texts.pupils_of(context.texts.group(group)),
        "caption": context.texts.pupils_caption(context.texts.group(group)),
        "heads": [{"subject": context.texts.subject(s), "test": context.texts.instrument(i)} for s, i in columns],
        "rows": [_row(context, sheet, columns, now) for sheet in sheets],
        "note": _note(context, sheets),
        "differences": _differences(context, sheets),
    }


def _differences(context: Context, sheets: Sequence[PupilSheet]) -> View | None:
    """Whose subjects differ beyond noise, the largest difference first; what holds for all of them is said once."""
    gaps = sorted((s.difference for s in sheets if s.difference is not None), key=lambda gap: -gap.months)
    said = [sentences_of(context.texts.subjects_differ(gap)) for gap in gaps]
    return {"note": " ".join(said[0][1:]), "texts": [first for first, *_ in said]} if said else None


def _note(context: Context, sheets: Sequence[PupilSheet]) -> str:
    triangle = any(t.real in REAL for s in sheets for t in s.tests)
    return context.texts.pupils_note(triangle=triangle, star=any(s.care for s in sheets))


def _at(test: PupilTest, now: tuple[str, str]) -> PupilPoint | None:
    return next((p for p in test.points if (p.school_year, p.moment) == now), None)


def _row(context: Context, sheet: PupilSheet, columns: Sequence[Column], now: tuple[str, str]) -> View:
    of_test = {(t.subject, t.instrument): t for t in sheet.tests}
    name = context.texts.name(sheet.name)
    return {
        "name": f"{name} *" if sheet.care else name,
        "cells": [_cell(context, of_test.get(column), now) for column in columns],
    }


def _cell(context: Context, test: PupilTest | None, now: tuple[str, str]) -> View:
    point = _at(test, now) if test is not None else None
    if test is None or point is None:
        return {"main": "–", "bold": False, "small": "", "way": ""}
    if point.status != "counted":
        return {"main": "", "bold": False, "small": context.texts.reason(point.status), "way": ""}
    main, small = value_texts(context.texts, point)
    change = change_text(context.texts, test)
    return {
        "main": main,
        "bold": bool(point.reached),
        "small": " ".join(part for part in (small, change) if part),
        "way": test.real if test.real in REAL else "",
    }
