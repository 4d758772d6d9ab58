"""The talk sheets as their template gets them: texts and charts, one page per pupil.

A pupil with goals or a destination of its own is told how it goes forward, not how it compares with the country.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from leercirkel.analysis.model import PupilSheet, PupilTest
from leercirkel.documents.charts import SCREEN
from leercirkel.documents.charts.own_line import own_line
from leercirkel.documents.pupil_lines import drawn
from leercirkel.documents.talk_sheet import words
from leercirkel.documents.texts import texts_of

MOST_POINTS = 5
"""So many moments in a chart: two years and a half, the width that can be read."""

BOXES: dict[str, str] = {
    "goes_well": "Wat gaat goed?",
    "practise": "Waar oefenen we nu mee?",
    "child": "Wat zegt {name} zelf?",
    "home": "Wat helpt thuis?",
}
"""What people write about, below the results: code → title. An empty box has lines to write on."""

View = dict[str, Any]


def view_of(
    sheets: Sequence[PupilSheet],
    *,
    school: str,
    school_year: str,
    moment: str,
    notes: Sequence[Mapping[str, str]] = (),
) -> View:
    """Everything the sheets say. `notes`: per sheet what was written in its boxes (`BOXES`), or none at all.

    Raises ValueError without sheets, or with notes for another number of them.
    """
    if not sheets:
        raise ValueError("there is no pupil to make a sheet for")
    written = list(notes) or [{} for _ in sheets]
    when = words.round_words(school_year, moment)
    return {
        "language": "nl",
        "labels": {"page": texts_of("nl").labels["page"]},
        "title": f"Rapportgesprek, {school}, {when}",
        "header": f"{school} · {when}",
        "colours": {
            "ink": SCREEN.ink, "soft": SCREEN.soft, "line": SCREEN.line, "hair": SCREEN.hair, "brand": SCREEN.brand,
        },
        "sheets": [
            _sheet(sheet, (school_year, moment), when, told) for sheet, told in zip(sheets, written, strict=True)
        ],
    }  # fmt: skip


def _sheet(sheet: PupilSheet, of_round: tuple[str, str], when: str, written: Mapping[str, str]) -> View:
    name = sheet.name or "uw kind"
    compare = not (sheet.care or sheet.destination)
    blocks = [block for test in sheet.tests if (block := _block(test, name, of_round, compare))]
    return {
        "name": sheet.name or f"Leerling {sheet.pupil}",
        "group": sheet.group,
        "when": when,
        "subjects": blocks,
        "boxes": [
            {"title": title.format(name=sheet.name or "uw kind"), "lines": 2, "text": written.get(code, "")}
            for code, title in BOXES.items()
        ],
    }


def _block(test: PupilTest, name: str, of_round: tuple[str, str], compare: bool) -> View | None:
    told = words.about(test, name, of_round, compare=compare)
    if not told:
        return None
    return {
        "title": words.subject(test.subject), "test": test.instrument, "text": [words.opened(s) for s in told],
        "chart": _chart(test, name), "alt": _alt(test, name),
    }  # fmt: skip


def _chart(test: PupilTest, name: str) -> str:
    points = drawn(test, MOST_POINTS)
    if len(points) < 2:
        return ""
    versions = [p.version for p, _, _ in points]
    shown = [
        (words.short_moment(p), value, said, i > 0 and versions[i] != versions[i - 1])
        for i, (p, value, said) in enumerate(points)
    ]
    return own_line(shown, _alt(test, name))


def _alt(test: PupilTest, name: str) -> str:
    points = drawn(test, MOST_POINTS)
    return words.chart_label(name, test.subject, [p for p, _, _ in points], [said for _, _, said in points])
