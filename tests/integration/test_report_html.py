"""The HTML file as a browser and a screen reader get it: whole, closed, in order, and with the figures of the PDF."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pytest
from lxml import etree, html
from tests.support.full_report import everything, pupil
from tests.support.sample_report import TESTS, sample_report

from leercirkel.analysis.model import SchoolReport
from leercirkel.core.subjects import SUBJECTS
from leercirkel.documents.html_report.render import render_html
from leercirkel.documents.html_report.tags import Html, joined, tag
from leercirkel.documents.report.view import view_of


@cache
def full() -> str:
    return render_html(everything(sample_report())).decode()


def parsed(data: bytes) -> Any:
    """The page as another parser understands it."""
    return html.document_fromstring(data.decode())


@pytest.fixture(scope="module")
def page() -> Any:
    return parsed(full().encode())


def text_of(element: Any) -> str:
    """All text on one line, without soft hyphens."""
    return re.sub(r"\s+", " ", " ".join(element.itertext()).replace("\u00ad", "")).strip()


NOT_READ = frozenset([
    "colours", "marks", "to", "verdict", "kind", "way", "said", "header", "language", "links",
    # only heard; with a place for a number or a link; only in the PDF, in an empty report, with names, or if narrow
    "chart", "page", "where", "see", "and", "no_answers", "subjects_differ", "table_of", "long_word",
    "long_word_broken",
])  # fmt: skip


def texts(view: object, under: str = "") -> Iterator[str]:
    """Every text in a view that people read: not charts, not keys of places and marks."""
    if isinstance(view, dict):
        for key, value in view.items():
            if key not in NOT_READ:
                yield from texts(value, key)
    elif isinstance(view, list | tuple):
        for value in view:
            yield from texts(value, under)
    elif isinstance(view, str) and view and not view.startswith("<svg") and view not in SUBJECTS:
        yield view


class Strict(HTMLParser):
    """Counts what opens and closes; raises where an element closes that is not open."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, name: str, attrs: object) -> None:
        if name not in ("meta", "br"):
            self.open.append(name)

    def handle_endtag(self, name: str) -> None:
        assert self.open.pop() == name


def test_every_element_that_opens_closes_in_order() -> None:
    parser = Strict()

    parser.feed(full())

    assert parser.open == []


def test_everything_the_pdf_says_is_in_the_html_in_the_same_words(page) -> None:
    said = text_of(page)
    spaceless = said.replace(" ", "")

    absent = [t for t in texts(view_of(everything(sample_report()))) if re.sub(r"\s", "", t) not in spaceless]

    assert absent == []


def test_every_cell_of_the_overview_is_in_the_table_with_its_verdict_in_words(page) -> None:
    report = sample_report()
    [table] = page.xpath("//table[@class='overview']")
    rows = {text_of(tr.find("th")).split(" ")[0]: tr for tr in table.find("tbody")}
    words = {"above": "duidelijk boven de norm", "below": "duidelijk onder de norm", "undecided": "kan toeval zijn"}

    seen = 0
    for cell in report.overview:
        tier = next(t for t in cell.tiers if t.name == "basis") if cell.tiers else None
        if tier is not None and tier.counted >= 10:
            row = text_of(rows[(cell.group or "").split(" ")[0]])
            assert f"{tier.reached} van {tier.counted} doel {tier.goal_count}" in row
            assert words[tier.verdict] in row
            seen += 1
    assert seen >= 30


def test_nothing_is_fetched_and_nothing_runs(page) -> None:
    urls = [v for e in page.iter() if isinstance(e.tag, str) for k, v in e.attrib.items()
            if k in ("src", "href", "action", "data", "srcset", "poster", "background", "ping")]  # fmt: skip

    assert page.xpath("//script|//link|//iframe|//object|//embed|//form|//base|//img") == []
    assert all(url.startswith("#") for url in urls)
    assert not [
        k for e in page.iter() if isinstance(e.tag, str) for k in e.attrib if k.startswith("on") or k == "style"
    ]
    outside_namespaces = re.sub(r'xmlns="http://www\.w3\.org/2000/svg"', "", full())
    assert "://" not in outside_namespaces
    assert "url(" not in outside_namespaces
    assert "@import" not in outside_namespaces


def test_its_own_policy_forbids_all_but_its_style_sheet(page) -> None:
    [policy] = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")

    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    before = full().index("Content-Security-Policy")
    assert before < full().index("<style>")


def test_language_title_and_landmarks_are_there(page) -> None:
    assert page.get("lang") == "nl"
    assert page.findtext(".//title") == "Resultaten in beeld, De Kantelaar, midden 2026-2027"
    assert [len(page.findall(f".//{name}")) for name in ("header", "nav", "main", "footer", "h1")] == [1] * 5
    assert page.find(".//body")[0].get("href") == "#inhoud"  # the first thing a keyboard meets skips the contents


def test_headings_go_down_one_step_at_a_time(page) -> None:
    levels = [int(e.tag[1]) for e in page.iter("h1", "h2", "h3", "h4", "h5", "h6")]

    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_link_in_the_page_leads_to_one_place(page) -> None:
    places = page.xpath("//@id")

    assert len(places) == len(set(places))
    assert {href[1:] for href in page.xpath("//a/@href")} <= set(places)
    assert {f"group-{i}" for i in range(7)} <= {href[1:] for href in page.xpath("//nav//a/@href")}


def test_every_table_has_a_caption_and_every_head_a_scope(page) -> None:
    tables = page.findall(".//table")

    assert len(tables) > 50
    assert all(text_of(t.find("caption")) for t in tables)
    assert all(th.get("scope") in ("col", "row") for th in page.iter("th"))
    for t in tables:
        width = sum(int(th.get("colspan", 1)) for th in t.find("thead/tr"))
        carried = [0] * width
        for tr in t.find("tbody"):
            place = 0
            for cell in tr:
                while place < width and carried[place]:
                    place += 1
                for i in range(place, place + int(cell.get("colspan", 1))):
                    carried[i] = int(cell.get("rowspan", 1))
                place += int(cell.get("colspan", 1))
            assert all(carried)
            carried = [c - 1 for c in carried]


def test_every_chart_says_its_figures_and_has_its_table(page) -> None:
    charts = page.xpath("//*[local-name()='svg']")
    trends = page.xpath("//section[@aria-labelledby='trends']//div[@class='card' or @class='card wide']")

    assert len(charts) > 100
    assert all(c.get("role") == "img" and len(c.get("aria-label")) > 5 for c in charts)
    assert len(trends) > 30
    assert {len(card.findall(".//table")) for card in trends} == {1}


HOSTILE = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</title></style><b>", "&lt;script&gt;",
           "javascript:alert(1)", "Ko\u200dala\x00\ud800'`{{7*7}}", "a" * 3000]  # fmt: skip


def test_names_are_never_read_as_markup() -> None:
    report = sample_report(groups=7, tests=TESTS[:2], years=2, names=HOSTILE, school_name=HOSTILE[1])
    report = replace(everything(report), method=replace(report.method, files=tuple(HOSTILE)),
                     answers=tuple(replace(a, text=HOSTILE[0]) for a in report.answers))  # fmt: skip

    found = parsed(render_html(report))

    assert found.xpath("//script|//img|//b[not(normalize-space())]") == []
    assert not [k for e in found.iter() if isinstance(e.tag, str) for k in e.attrib if k.startswith("on")]
    assert len(found.findall(".//style")) == 1
    said = text_of(found)
    assert HOSTILE[0] in said
    assert HOSTILE[1] in text_of(found.find(".//h1"))
    assert HOSTILE[2] in said
    assert HOSTILE[3] in said


def test_tags_escape_text_and_attributes_but_not_what_is_html() -> None:
    inner = tag("b", "<&>", Html("<i>x</i>"), None, ["a", tag("br")])

    assert inner == "<b>&lt;&amp;&gt;<i>x</i>a<br></b>"
    assert tag("td", colspan=2, class_='"', hidden=True, lang=None) == '<td colspan="2" class="&quot;" hidden></td>'
    assert joined(["<", Html("<br>")], "&") == "&lt;&amp;<br>"


def test_pupils_by_name_stand_with_their_group() -> None:
    report = sample_report(groups=2, tests=TESTS[:1], years=2)
    found = parsed(render_html(replace(report, pupils=(pupil(),))))

    [table] = found.xpath("//table[@class='pupils']")
    assert text_of(table.find("tbody/tr")).startswith("Bo <b> DLE 21 +4 duidelijk vooruit")
    assert table.findtext("tbody/tr/td/b") == "DLE 21"
    [differ] = found.xpath("//ul[@class='said']")
    assert [text_of(e) for e in differ.xpath("preceding-sibling::*[position()<3]")] == [
        "Groot verschil tussen vakken", "Echt.",
    ]  # fmt: skip
    assert [text_of(li) for li in differ] == ["Bo <b> is verder."]


@pytest.mark.parametrize(
    "report",
    [
        sample_report(groups=0, years=1),
        sample_report(groups=1, tests=TESTS[:1], years=1),
        replace(sample_report(groups=2), grade_trend=(), cohort_trend=(), growth=(), learning_yield=(), standards=()),
        replace(sample_report(groups=2), as_of="", school_name="", overview=(), totals=(), answers=()),
    ],
)
def test_a_report_that_says_little_is_a_whole_page(report: SchoolReport) -> None:
    found = parsed(render_html(report))

    assert [h.text for h in found.findall(".//h2")][-1] == "Zo is gerekend"


def test_the_same_report_gives_the_same_bytes() -> None:
    report = sample_report(groups=2, years=2)

    assert render_html(report) == render_html(report)


def test_every_chart_in_it_is_whole_xml() -> None:
    charts = re.findall(r"<svg.*?</svg>", full(), flags=re.DOTALL)

    assert [etree.fromstring(chart).tag for chart in charts[:200]] == ["{http://www.w3.org/2000/svg}svg"] * 200
