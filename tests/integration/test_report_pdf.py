"""The PDF as its readers and their programs get it: tagged, Dutch, complete, and whole on every kind of school."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from dataclasses import replace
from functools import cache

import numpy as np
import pypdf
import pypdfium2
import pytest
from tests.support.boards import classes
from tests.support.sample_report import LAST_YEAR, TESTS, sample_report, year

from leercirkel.analysis.model import Answer, Evidence, OverviewCell, SchoolReport
from leercirkel.documents.report.render import render_pdf


def pages(pdf: bytes) -> list[str]:
    """The text of every page on one line."""
    document = pypdfium2.PdfDocument(pdf)
    return [re.sub(r"\s+", " ", page.get_textpage().get_text_range()) for page in document]


def said(report: SchoolReport) -> str:
    """All text of the report's document on one line."""
    return " ".join(pages(render_pdf(report)))


def alternatives(document: pypdf.PdfReader) -> list[str]:
    """Every alternative text in the structure tree."""
    found: list[str] = []
    todo = [document.trailer["/Root"]["/StructTreeRoot"]]  # type: ignore[index]
    while todo:
        node = todo.pop()
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, dict):
            if "/Alt" in node:
                found.append(str(node["/Alt"]))
            todo += [node["/K"]] if "/K" in node else []
        elif isinstance(node, list):
            todo += node
    return found


@cache
def full_pdf() -> bytes:
    return render_pdf(sample_report())


@pytest.fixture(scope="module")
def full() -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(full_pdf()))


@pytest.fixture(scope="module")
def full_pages() -> list[str]:
    return pages(full_pdf())


def test_the_document_is_tagged_dutch_and_titled(full: pypdf.PdfReader) -> None:
    root = full.trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert str(root["/Lang"]).startswith("nl")  # type: ignore[index]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]  # type: ignore[index]
    assert full.metadata is not None
    assert full.metadata.title == "Resultaten in beeld, De Kantelaar, midden 2026-2027"
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()  # type: ignore[index]


def test_the_report_says_what_it_must_on_its_pages(full_pages: list[str]) -> None:
    text = " ".join(full_pages)

    for words in (
        "De Kantelaar", "Midden 2026-2027", "stand van 2 maart 2027", "Wat zien we?", "Waaraan zien we dat?",
        "Overzicht van de groepen", "Trends per vak", "Per groep", "Zo is gerekend", "nieuwe toetsversie",
        "Waar komt het verschil vandaan?", "duidelijk onder de norm", "kan toeval zijn", "te weinig leerlingen",
        "normen.toml", "3 waarschuwingen", f"blz. 1 van {len(full_pages)}", f"blz. {len(full_pages)} van",
    ):  # fmt: skip
        assert words in text


def test_every_page_after_the_first_says_school_and_round(full_pages: list[str]) -> None:
    assert all("De Kantelaar · midden 2026-2027" in page for page in full_pages[1:])


def test_every_chart_has_its_figures_as_alternative_text(full: pypdf.PdfReader) -> None:
    report = sample_report()
    found = alternatives(full)
    cell = next(c for c in report.overview if (c.group, c.subject) == ("Spechten", "rekenen"))
    tier = next(t for t in cell.tiers if t.name == "basis")

    assert any(f"Spechten, rekenen: {tier.reached} van de {tier.counted}" in a for a in found)
    assert any("per schooljaar: 2019-2020 " in a and "op een nieuwe toetsversie" in a for a in found)
    assert any("het gemiddelde veranderde" in a for a in found)
    assert any(a.startswith("Leerlingen per niveau: I: ") for a in found)


def test_every_cell_of_the_overview_is_in_the_table(full_pages: list[str]) -> None:
    text = full_pages[1]

    for cell in sample_report().overview:
        tier = next(t for t in cell.tiers if t.name == "basis")
        if tier.counted >= 10:
            assert f"{tier.reached} van {tier.counted} · doel {tier.goal_count}" in text
        elif tier.counted >= 5:
            assert f"{tier.reached} van {tier.counted}" in text


def test_the_team_reads_counts_of_a_group_of_four_without_a_verdict(full_pages: list[str]) -> None:
    small = [cell for cell in sample_report().overview if cell.group == "Mussen"]

    row = full_pages[1].partition("Mussen")[2].partition("Spechten")[0]

    assert len(re.findall(r"\d van 4", row)) == len(small)
    assert "doel" not in row
    assert all("Voor het team: kan kleine aantallen bevatten" in page for page in full_pages)


def test_the_board_reads_where_something_is_withheld_and_why() -> None:
    files = classes({"Groep 5": (5, 14), "Groep 6": (6, 12), "Groep 7": (7, 9)})
    spelling = [r | {"subject": "spelling"} for r in files.taken if not r["pupil"].startswith("Groep 7")]
    few = [r | {"subject": "spelling"} for r in files.taken if r["pupil"].startswith("Groep 7")][:3]
    report = replace(files, taken=(*files.taken, *spelling, *few)).for_board()
    assert report is not None

    text = said(report)

    table = text.partition("Overzicht van de groepen")[2].partition("duidelijk boven de norm")[0]
    assert "minder dan 5" in table.partition("Groep 7")[2]
    assert "–*" in table.partition("Groep 6")[2].partition("Groep 7")[0]
    assert "–* niet getoond: anders is een cijfer over minder dan 5 leerlingen uit te rekenen" in text
    assert "Voor het bestuur: zonder namen, zonder cijfers over minder dan 5 leerlingen" in text
    assert "Voor het team" not in text


def test_a_group_too_small_for_a_verdict_shows_counts_only(full_pages: list[str]) -> None:
    page = next(p for p in full_pages if "Merels 9 leerlingen Vak en toets" in p)

    assert "te weinig leerlingen" in page
    assert "kan toeval zijn" not in page
    assert "duidelijk" not in page.partition("Waar komt het verschil vandaan?")[0]


def test_more_than_five_columns_turn_the_page() -> None:
    wide, narrow = (
        pypdfium2.PdfDocument(pdf)[1]
        for pdf in (full_pdf(), render_pdf(sample_report(tests=TESTS[:3], groups=3, years=2)))
    )

    assert wide.get_width() > wide.get_height()
    assert narrow.get_width() < narrow.get_height()


def test_the_same_report_gives_the_same_bytes() -> None:
    report = sample_report(groups=2, years=2)

    assert render_pdf(report) == render_pdf(report)


def test_names_are_never_read_as_markup() -> None:
    names = ["<script>alert(1)</script>", '#panic("groep")', "*vet* _schuin_ $x$ @ref <label>", "\\ // /* [open"]
    school = '#panic("x") *_$'

    text = said(sample_report(groups=4, years=3, names=names, school_name=school))

    assert school in text
    assert all(name in text for name in names)


def test_names_that_the_font_cannot_show_do_not_stop_the_report() -> None:
    names = ["🦉 Uilen", "Zee\u0308n", "العربية", "Ko\u200dala\x00's", "漢字"]

    text = said(sample_report(groups=5, years=2, names=names, school_name="Ŝkôle Ńº 1"))

    assert "Zeën" in text
    assert "Ŝkôle" in text
    assert "Uilen" in text


def empty_cohort(report: SchoolReport) -> SchoolReport:
    return replace(
        report,
        cohort_trend=tuple(
            replace(
                c, stayers=0, growth=None, growth_low=None, growth_high=None, joiner_effect=None, leaver_effect=None
            )
            for c in report.cohort_trend
        ),
    )


def without_means(report: SchoolReport) -> SchoolReport:
    def bare(c: OverviewCell) -> OverviewCell:
        return replace(c, quantity=None, mean=None, sd=None, mean_low=None, mean_high=None, levels={})

    return replace(report, overview=tuple(map(bare, report.overview)), totals=tuple(map(bare, report.totals)))


def nobody_counted(report: SchoolReport) -> SchoolReport:
    return replace(
        report,
        overview=tuple(
            replace(c, counted=0, missing=c.expected, not_taken={}, mean=None, sd=None, levels={}, tiers=())
            for c in report.overview
        ),
    )


def combination_group(report: SchoolReport) -> SchoolReport:
    whole = [replace(c, grade=None) for c in report.overview if c.group == "Spechten"]
    halves = [replace(c, grade=g, expected=7, counted=7) for c in whole for g in (5, 6)]
    others = [c for c in report.overview if c.group != "Spechten"]
    return replace(report, overview=tuple(others + whole + halves))


def two_versions(report: SchoolReport) -> SchoolReport:
    older = [replace(c, version="2.0") for c in report.overview if c.subject == "rekenen"]
    return replace(report, overview=report.overview + tuple(older))


ALL_TESTS = {"tests": TESTS}

VARIANTS = {
    "twelve groups, eight subjects": sample_report(groups=12, **ALL_TESTS),  # type: ignore[arg-type]
    "one year": sample_report(years=1),
    "one group, one subject": sample_report(groups=1, tests=TESTS[:1], years=2),
    "no groups": sample_report(groups=0),
    "no standard": sample_report(without_standard=[s for s, _ in TESTS]),
    "empty cohort": empty_cohort(sample_report(groups=3)),
    "no means": without_means(sample_report(groups=3)),
    "nobody counted": nobody_counted(sample_report(groups=3)),
    "combination group": combination_group(sample_report(groups=3)),
    "two versions": two_versions(sample_report(groups=3)),
    "twenty-six groups": sample_report(groups=26, names=[f"Groep {i}" for i in range(1, 27)], years=2),
    "no answers, no standards, no date": replace(sample_report(groups=2), answers=(), standards=(), as_of=""),
}


@pytest.mark.parametrize("name", VARIANTS)
def test_every_kind_of_school_gets_a_whole_document(name: str) -> None:
    assert "Zo is gerekend" in said(VARIANTS[name])


def test_a_combination_group_has_a_row_per_grade_on_its_own_page() -> None:
    text = said(VARIANTS["combination group"])

    assert text.count("waarvan groep 5") == text.count("waarvan groep 6") == 7


def test_a_school_without_standards_is_not_judged() -> None:
    text = said(VARIANTS["no standard"])

    assert "geen eigen norm" in text
    assert "doel gehaald ·" in text  # only the key


def test_a_trend_without_any_value_is_not_drawn() -> None:
    """AVI has no mean: without a standard there is nothing to show."""
    found = alternatives(
        pypdf.PdfReader(io.BytesIO(render_pdf(sample_report(tests=TESTS[3:4], without_standard=["technisch_lezen"]))))
    )

    assert not any("per schooljaar" in a for a in found)


def test_a_school_with_one_year_has_no_trends_and_says_nothing_about_them() -> None:
    assert "Trends per vak" not in said(VARIANTS["one year"])


def test_evidence_names_the_page_where_the_figures_stand() -> None:
    text = said(sample_report(groups=2, years=4))

    assert re.search(r"doel \d+, waarschijnlijk tussen \d+ en \d+[^()]*\(blz\. 2\)|doel \d+[^()]*\(blz\. 2\)", text)


def test_at_most_six_answers_open_the_report() -> None:
    answers = tuple(Answer("Vraag", "Z04", f"Zin nummer {i}.", ()) for i in range(9))

    text = said(replace(sample_report(groups=1, years=2), answers=answers))

    assert "Zin nummer 5." in text
    assert "Zin nummer 6." not in text


def test_evidence_that_the_report_does_not_hold_is_left_out() -> None:
    lost = Evidence("overview", {"group": "Bestaat niet", "school_year": year(LAST_YEAR)}, {})
    report = replace(sample_report(groups=1, years=2), answers=(Answer("V", "Z01", "Een zin.", (lost,)),))

    assert "Bestaat niet" not in said(report)


def test_no_page_is_empty_and_nothing_runs_into_the_margins() -> None:
    document = pypdfium2.PdfDocument(render_pdf(VARIANTS["twelve groups, eight subjects"]))

    for page in document:
        ink = page.render(scale=1, grayscale=True).to_numpy().reshape(-1, int(page.get_width() + 0.999)) < 200
        body = ink[55:-45]
        assert np.count_nonzero(body) > 400
        assert not ink[:, :24].any()
        assert not ink[:, -24:].any()


def test_the_typesetter_is_only_loaded_when_a_document_is_made() -> None:
    code = (
        "import sys, leercirkel.documents.report.render, leercirkel.documents.json_report; "
        "sys.exit('typst' in sys.modules)"
    )  # fmt: skip

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
