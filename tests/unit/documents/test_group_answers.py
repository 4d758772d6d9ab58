"""What is said of a group on its own page."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pypdfium2
from lxml import html
from tests.support.sample_report import TESTS, sample_report

from leercirkel.analysis.model import Answer, Evidence
from leercirkel.documents.html_report.render import render_html
from leercirkel.documents.report.context import context_of
from leercirkel.documents.report.parts.group_answers import MOST_ON_PAGE, group_answers
from leercirkel.documents.report.render import render_pdf

SMALL = sample_report(groups=2, tests=TESTS[:1], years=2)
NOW = {"school_year": SMALL.school_year, "moment": SMALL.moment}
SCHOOL = Answer("Vraag", "Z01", "Over de school.", (Evidence("totals", {**NOW}, {}),))


def said(text: str, *evidence: Evidence, template: str = "Z03") -> Answer:
    return Answer("Vraag", template, text, evidence or (of("Uilen"),), f"{text} In English.")


def of(group: str, subject: str = "rekenen", **more: Any) -> Evidence:
    return Evidence("overview", NOW | {"group": group, "subject": subject} | more, {})


def told(*answers: Answer, cover: tuple[Answer, ...] = (SCHOOL,) * 6) -> dict[str, list[str]]:
    return group_answers(context_of(replace(SMALL, answers=(*cover, *answers))))


def test_a_group_is_told_what_is_about_that_group_alone() -> None:
    both = said("Beide.", of("Uilen"), of("Spechten"))
    with_trend = said("Trend.", of("Uilen"), Evidence("grade_trend", {"grade": 5}, {}))

    assert told(said("Uilen."), said("Spechten.", of("Spechten")), both, with_trend) == {
        "Uilen": ["Uilen."], "Spechten": ["Spechten."],
    }  # fmt: skip


def test_evidence_of_earlier_rounds_does_not_make_it_about_another_group() -> None:
    before = of("Spechten", school_year="2020-2021")
    growth = Evidence(
        "cohort_trend", {"school_year": NOW["school_year"], "to_moment": NOW["moment"], "group": "Uilen"}, {}
    )

    assert told(said("Steeds.", of("Uilen"), before), said("Groei.", growth, before)) == {
        "Uilen": ["Steeds.", "Groei."]
    }


def test_no_more_is_said_than_can_be_taken_in_and_the_good_news_stays_in_front() -> None:
    several = [said(f"Zin {i}.", of("Uilen", f"vak {i}")) for i in range(MOST_ON_PAGE + 2)]
    on_cover = (said("Trots.", of("Uilen", "spelling"), template="Z29"), said("Onder de norm.", of("Uilen", "dmt")))

    found = told(*several, cover=(*on_cover, *[SCHOOL] * 4))

    assert found["Uilen"] == ["Trots.", "Zin 0.", "Zin 1.", "Zin 2."]


def test_what_was_taken_for_the_cover_stands_on_the_page_of_the_group_too_after_its_own_good_news() -> None:
    cover = (said("Onder de norm.", of("Uilen", "dmt")), *[SCHOOL] * 5)

    assert told(said("Goed."), cover=cover) == {"Uilen": ["Goed.", "Onder de norm."]}


def test_what_a_group_is_proud_of_is_not_said_twice() -> None:
    assert told(said("Trots: 9 van de 9.", template="Z29"), said("9 van de 9.", template="Z01")) == {
        "Uilen": ["Trots: 9 van de 9."]
    }


def test_the_sentences_stand_with_their_group_in_html_and_pdf_in_the_language_of_the_report() -> None:
    group = next(c.group for c in SMALL.overview if c.school_year == SMALL.school_year and c.group)
    report = replace(SMALL, answers=(*[SCHOOL] * 6, said("Kwetterende mussen.", of(group))))

    dutch, english = html.fromstring(render_html(report).decode()), html.fromstring(render_html(report, "en").decode())
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(render_pdf(report))]

    for page, text in ((dutch, "Kwetterende mussen."), (english, "Kwetterende mussen. In English.")):
        told: Any = page.find(".//ul[@class='said']")
        assert told.getprevious().text == group
        assert told.text_content() == text
    assert [group in page for page in pages if "Kwetterende" in page] == [True]
