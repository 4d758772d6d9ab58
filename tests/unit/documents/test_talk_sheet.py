"""What parents read: short sentences in their own words."""

from __future__ import annotations

import re
from itertools import product

import pypdfium2
import pytest

from leercirkel.analysis.model import PupilPoint, PupilSheet, PupilTest
from leercirkel.core.reading import AVI_LEVELS
from leercirkel.documents.talk_sheet import words
from leercirkel.documents.talk_sheet.render import render_talk_sheets

ROUND = ("2025-2026", "M")
FORBIDDEN = re.compile(
    r"\b(zwak|norm|DLE|DL|leerling|onvoldoende|slecht|achterstand|hij|zij|haar|hem)\b", re.IGNORECASE
)


def point(school_year: str = "2025-2026", moment: str = "M", status: str = "counted", **more) -> PupilPoint:
    base = dict.fromkeys(("taken_on", "score", "level", "dle", "dle_operator", "avi", "reference_level", "reached"))
    return PupilPoint(school_year, moment, more.pop("version", "1"), status=status, **(base | more))


def told(*points: PupilPoint, subject: str = "rekenen", compare: bool = True, quantity=None, change=None, real=None):
    test = PupilTest(subject, "DEMO", points, quantity, change, real)
    return " ".join(words.about(test, "Noor", ROUND, compare=compare))


def test_reading_is_told_by_the_texts_a_child_can_read() -> None:
    before = point(moment="E", school_year="2024-2025", taken_on="2025-06-10", avi="M4")

    text = told(before, point(avi="E4"), subject="technisch_lezen", quantity="avi", change=1.0)

    assert (
        text
        == "Noor kan nu teksten lezen van eind groep 4. In juni 2025 was dat midden groep 4. Noor gaat dus vooruit."
    )


@pytest.mark.parametrize(
    ("months", "said"),
    [
        (1, "het begin van groep 3"), (3, "begin groep 3"), (5, "midden groep 3"), (8, "de tweede helft van groep 3"),
        (9, "eind groep 3"), (10, "eind groep 3"), (11, "eind groep 3"), (12, "begin groep 4"), (20, "eind groep 4"),
        (25, "midden groep 5"), (59, "eind groep 8"), (60, "eind groep 8 of verder"),
    ],
)  # fmt: skip
def test_months_of_teaching_are_told_as_a_part_of_a_grade(months: float, said: str) -> None:
    assert words.matter(months) == said


def test_what_lies_beyond_the_scale_is_told_as_such() -> None:
    assert words.matter(45, ">") == "eind groep 8 of verder"
    assert words.matter(5, "<") == "het begin van groep 3"


@pytest.mark.parametrize(
    ("real", "said"),
    [
        ("up", "Noor gaat duidelijk vooruit."),
        ("within_error", "Zo’n verschil is klein: dat kan per keer anders uitvallen."),
        ("down", "Dat is minder dan toen. We kijken samen wat Noor nodig heeft."),
        (None, "van 70 punten naar 82 punten."),
    ],
)
def test_a_change_is_called_progress_only_when_it_is_more_than_chance(real: str | None, said: str) -> None:
    before = point(school_year="2024-2025", taken_on="2025-01-20", score=70.0)

    text = told(before, point(score=82.0), quantity="score", change=12.0, real=real)

    assert text.endswith(said)


def test_since_is_followed_by_the_month_alone() -> None:
    dated = point(school_year="2024-2025", taken_on="2025-06-10", moment="E", score=70.0)
    undated = point(school_year="2024-2025", score=70.0)

    texts = [told(p, point(score=82.0), quantity="score", change=12.0) for p in (dated, undated)]

    assert "Sinds juni 2025: van 70 punten" in texts[0]
    assert "Sinds midden 2024-2025: van 70 punten" in texts[1]


def test_a_comparison_with_the_country_is_left_out_when_not_asked_for() -> None:
    now = point(score=82.0, level="V")

    assert "Nederland" in told(now)
    assert "Nederland" not in told(now, compare=False)


@pytest.mark.parametrize("status", ["missing", "ill", "exempt", "too_hard", "just_arrived", "moved", "other"])
def test_a_test_that_was_not_taken_says_why_and_nothing_else(status: str) -> None:
    text = told(point(school_year="2024-2025", score=70.0), point(status=status))

    assert text.count(".") == 1
    assert "70" not in text


def test_every_sentence_is_short_and_has_no_words_of_the_trade() -> None:
    befores = [None, point("2024-2025", score=70.0, dle=20.0, dle_operator="=", avi="M4")]
    nows = [
        point(score=80.0, level=level, dle=25.0, dle_operator=operator, avi=avi, reference_level=reference)
        for level, operator, avi, reference in product(
            [None, "I", "V", "A", "E"], "=<>", [None, *AVI_LEVELS], [None, "<1F", "1F", "1S", "2F"]
        )
    ]
    for before, now, quantity in product(befores, nows, ("score", "dle", "avi")):
        if quantity == "avi" and now.avi is None:
            continue
        points = [now] if before is None else [before, now]
        text = told(*points, quantity=quantity, change=1.0, real="within_error" if quantity == "score" else None)
        assert not FORBIDDEN.search(text), text
        assert all(len(s.split()) <= 20 for s in re.split(r"(?<=[.:;])\s", text)), text


def sheet(name: str = "Noor", tests: int = 4) -> PupilSheet:
    points = tuple(point(f"20{y}-20{y + 1}", score=60.0 + y, taken_on=f"20{y + 1}-01-20") for y in range(20, 26))
    made = tuple(PupilTest(s, "DEMO", points, "score", 1.0, "up") for s in list(words.SUBJECTS)[:tests])
    return PupilSheet("123", name, "Groep 5", 5, False, None, made)


def pages(*sheets: PupilSheet) -> list[str]:
    data = render_talk_sheets(sheets, school="De Linde", school_year=ROUND[0], moment="M", as_of="2026-01-20")
    document = pypdfium2.PdfDocument(data)
    return [page.get_textpage().get_text_range() for page in document]


def test_every_pupil_has_one_page_with_only_the_own_name() -> None:
    found = pages(sheet("Noor", 7), sheet("Adam", 1))

    assert len(found) == 2
    assert "Noor" in found[0]
    assert "Adam" not in found[0]
    assert "Noor" not in found[1]


def test_a_strange_name_is_text_and_not_markup() -> None:
    (page,) = pages(sheet("#panic() *Ål*"))

    assert "#panic() *Ål*" in page


def test_the_same_pupils_give_the_same_bytes() -> None:
    made = [
        render_talk_sheets([sheet()], school="De Linde", school_year=ROUND[0], moment="M", as_of="2026-01-20")
        for _ in range(2)
    ]

    assert made[0] == made[1]
