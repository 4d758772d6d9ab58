"""The report in English: no Dutch of our own is left in any form, and Dutch has none of the English."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import asdict, replace
from functools import cache
from html import unescape

import openpyxl
import pypdf
import pypdfium2
import pytest
from tests.support.boards import classes
from tests.support.full_report import everything, pupil
from tests.support.sample_report import sample_report

from leercirkel.analysis.model import SchoolReport
from leercirkel.core.subjects import SUBJECTS
from leercirkel.documents.html_report.render import render_html
from leercirkel.documents.report.render import render_pdf
from leercirkel.documents.report.view import view_of
from leercirkel.documents.texts import Language
from leercirkel.documents.workbook.render import render_xlsx

WORD = re.compile(r"[^\W\d_]{3,}")

SHARED = frozenset(
    {"avi", "dle", "leercirkel", "school", "score", "spelling", "start", "trend", "wilson", "havo", "vmbo"}
)
"""Words that are the same in both languages."""

NOT_READ = frozenset({"colours", "kind", "language", "to", "verdict", "way"})


@cache
def full() -> SchoolReport:
    made = everything(sample_report())
    said = {"question": "trend", "text": "Dit is Nederlands.", "text_en": "This is English."}
    answers = tuple(replace(a, **said) for a in made.answers)  # type: ignore[arg-type]
    return replace(made, pupils=(pupil(),), answers=answers)


@cache
def for_the_board() -> SchoolReport:
    files = classes({"Groep 5": (5, 14), "Groep 6": (6, 12), "Groep 7": (7, 9)})
    spelling = [r | {"subject": "spelling"} for r in files.taken if not r["pupil"].startswith("Groep 7")]
    few = [r | {"subject": "spelling"} for r in files.taken if r["pupil"].startswith("Groep 7")][:3]
    report = replace(files, taken=(*files.taken, *spelling, *few)).for_board()
    assert report is not None
    return report


def of_files(report: SchoolReport) -> frozenset[str]:
    """The words that a report takes from files as they are: names of groups, tests, goals and the like."""
    found = {w.lower() for w in WORD.findall(repr(asdict(replace(report, answers=(), audience="team"))))}
    return frozenset(found - {w for code in SUBJECTS for w in code.split("_")}) | SHARED


def leaves(view: object, under: str = "") -> Iterator[str]:
    """Every text of a view in order; of a chart what it says."""
    if isinstance(view, dict):
        for key, value in view.items():
            if key not in NOT_READ:
                yield from leaves(value, key)
    elif isinstance(view, list | tuple):
        for value in view:
            yield from leaves(value, under)
    elif isinstance(view, str):
        yield " ".join(re.findall(r">([^<]+)<", view)) if view.startswith("<svg") else view


def left_alone(dutch: list[str], english: list[str], report: SchoolReport) -> set[str]:
    """The texts with a word of ours that are the same in both languages."""
    known = of_files(report)
    same = (set(dutch) & set(english)) - set(SUBJECTS)
    return {text for text in same if any(w.lower() not in known for w in WORD.findall(text))}


def cells(report: SchoolReport, language: Language) -> list[str]:
    """Every text of the workbook, with the names of its sheets and what stands on paper."""
    book = openpyxl.load_workbook(io.BytesIO(render_xlsx(report, language)))
    found = [str(book.properties.title)]
    for sheet in book.worksheets:
        found += [sheet.title, str(sheet.oddFooter.right.text)]
        found += [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    return found


@pytest.mark.parametrize("report", [full, for_the_board])
def test_everything_that_a_page_says_is_translated(report) -> None:
    dutch, english = (list(leaves(view_of(report(), language))) for language in ("nl", "en"))

    assert left_alone(dutch, english, report()) == set()


@pytest.mark.parametrize("report", [full, for_the_board])
def test_everything_that_the_workbook_says_is_translated(report) -> None:
    dutch, english = cells(report(), "nl"), cells(report(), "en")

    assert left_alone(dutch, english, report()) == set()


def test_a_translation_that_is_missing_would_be_seen() -> None:
    assert left_alone(["Uilen", "nog geen uitslag"], ["Uilen", "nog geen uitslag"], full()) == {"nog geen uitslag"}


def test_the_pdf_is_english_for_programs_and_for_readers() -> None:
    pdf = render_pdf(full(), "en")
    root = pypdf.PdfReader(io.BytesIO(pdf)).trailer["/Root"]
    said = " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))

    assert str(root["/Lang"]).startswith("en")
    assert "as of 2 March 2027" in said
    assert "page 2 of" in said
    assert "This is English." in said
    assert "Nederlands" not in said


def test_the_html_says_its_language_and_the_english_answers() -> None:
    html = render_html(full(), "en").decode()

    assert '<html lang="en">' in html
    assert "This is English." in html
    assert "Nederlands" not in html


def test_what_only_the_html_says_is_translated_too() -> None:
    dutch, english = (spoken(render_html(full(), language).decode()) for language in ("nl", "en"))

    assert left_alone(dutch, english, full()) == set()


def spoken(page: str) -> list[str]:
    """Every text of a page, also what it says to who does not see it."""
    body = re.sub(r"<style.*?</style>", "", page, flags=re.DOTALL)
    return [unescape(t) for t in [*re.findall(r">([^<]+)<", body), *re.findall(r'aria-label="([^"]*)"', body)]]
