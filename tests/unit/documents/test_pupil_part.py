"""The pupils of a group by name: for the team that asked for it, and for nobody else."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2
import pytest
from tests.support.sample_report import sample_report

from leercirkel.analysis.disclosure import for_board
from leercirkel.analysis.model import PupilPoint, PupilSheet, PupilTest, SubjectGap
from leercirkel.documents.report.context import context_of
from leercirkel.documents.report.parts.pupils import pupils
from leercirkel.documents.report.render import render_pdf


def point(status: str = "counted", **more) -> PupilPoint:
    base = dict.fromkeys(("taken_on", "score", "level", "dle", "dle_operator", "avi", "reference_level", "reached"))
    return PupilPoint("2026-2027", "M", "1", status=status, **(base | more))


def sheet(name: str, *tests: PupilTest, group: str = "Uilen", care: bool = False) -> PupilSheet:
    return PupilSheet(name, name, group, None, care, None, tests)


def one(now: PupilPoint, change: float | None = None, real=None, quantity="score") -> PupilTest:
    return PupilTest("rekenen", "DEMO", (now,), quantity, change, real)


def cell(test: PupilTest) -> dict[str, object]:
    report = replace(sample_report(), pupils=(sheet("Noor", test),))
    view = pupils(context_of(report), "Uilen")
    assert view is not None
    return dict(view["rows"][0]["cells"][0])


@pytest.mark.parametrize(
    ("now", "main", "small"),
    [
        (point(score=84.4, level="III"), "III", "84"),
        (point(score=84.4), "84", ""),
        (point(dle=60.0, dle_operator=">"), "DLE >60", ""),
        (point(avi="E4"), "E4", ""),
        (point(reference_level="1S", score=210.0), "1S", "210"),
        (point("missing"), "", "nog geen uitslag"),
        (point("ill"), "", "ziek"),
    ],
)
def test_a_cell_shows_what_was_delivered_and_never_a_zero_for_what_is_not_there(now, main, small) -> None:
    found = cell(one(now))

    assert (found["main"], found["small"]) == (main, small)


@pytest.mark.parametrize(("change", "said"), [(6.0, "84 +6"), (-2.0, "84 −2"), (0.0, "84 ="), (None, "84")])
def test_a_change_has_its_sign(change: float | None, said: str) -> None:
    assert cell(one(point(score=84.0, level="II"), change))["small"] == said


def test_only_a_change_beyond_what_the_test_can_be_off_gets_a_mark() -> None:
    ways = [cell(one(point(score=84.0), 6.0, real))["way"] for real in ("up", "down", "within_error", None)]

    assert ways == ["up", "down", "", ""]


def test_bold_is_only_for_a_goal_that_is_reached() -> None:
    assert [cell(one(point(score=84.0, reached=r)))["bold"] for r in (True, False, None)] == [True, False, False]


def test_subjects_that_differ_are_said_in_the_language_of_the_report_the_largest_difference_first() -> None:
    def differing(name: str, months: float) -> PupilSheet:
        gap = SubjectGap("rekenen", "spelling", "DEMO", months, False, f"{name} is verder. Echt.", f"{name} is. Yes.")
        return replace(sheet(name, one(point(score=84.0))), difference=gap)

    sheets = (differing("Bo", 12.0), differing("Noor", 14.2), sheet("Sam", one(point(score=84.0))))
    report = replace(sample_report(), pupils=sheets)

    dutch, english = pupils(context_of(report), "Uilen"), pupils(context_of(report, "en"), "Uilen")

    assert (dutch["differences"], english["differences"]) == (
        {"note": "Echt.", "texts": ["Noor is verder.", "Bo is verder."]},
        {"note": "Yes.", "texts": ["Noor is.", "Bo is."]},
    )


def test_a_board_never_gets_what_is_told_of_single_pupils() -> None:
    report = replace(sample_report(), pupils=(sheet("Noor", one(point(score=84.0))),))

    told = for_board(report, {})

    assert told.pupils == ()


def test_a_report_without_names_has_no_such_table() -> None:
    assert pupils(context_of(sample_report()), "Uilen") is None


def test_names_stand_in_the_pdf_only_when_the_report_has_them() -> None:
    report = sample_report()
    group = next(c.group for c in report.overview if c.school_year == report.school_year and c.group)
    named = replace(report, pupils=(sheet("Quirijntje", one(point(score=84.0)), group=group),))

    texts = [
        "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(render_pdf(r)))
        for r in (report, named)
    ]

    assert ["Quirijntje" in text for text in texts] == [False, True]
