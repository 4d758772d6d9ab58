"""Both languages hold every text of the report: the same names, the same arguments, the same codes."""

from __future__ import annotations

import inspect
import re

import pytest

from leercirkel.documents.charts import TrendMark, trend
from leercirkel.documents.charts.svg import text_width
from leercirkel.documents.texts import Dutch, English, texts_of

NAMES = sorted(n for n in {*dir(Dutch), *dir(English)} if not n.startswith("_"))

OWN = sorted(
    n
    for n in NAMES
    if n in {k for c in Dutch.__mro__ if ".nl" in c.__module__ for k in vars(c)}
    or n in {k for c in English.__mro__ if ".en" in c.__module__ for k in vars(c)}
)
"""The names that differ by language; the others are the same for all."""


def codes(value: object) -> object:
    """What must be the same in both languages: the arguments of a function, the keys of a table, the kind of a
    constant."""
    if callable(value):
        return inspect.signature(value)
    return {k: type(v) for k, v in value.items()} if isinstance(value, dict) else type(value)


@pytest.mark.parametrize("name", OWN)
def test_a_text_of_one_language_is_there_in_the_other(name: str) -> None:
    for language in (Dutch, English):
        assert any(name in vars(c) for c in language.__mro__ if c.__module__.split(".")[-2] in ("nl", "en", "texts"))

    assert codes(getattr(Dutch, name)) == codes(getattr(English, name))


@pytest.mark.parametrize("table", [n for n in OWN if isinstance(getattr(Dutch, n), dict)])
def test_a_text_with_places_to_fill_in_has_them_in_both_languages(table: str) -> None:
    dutch, english = getattr(Dutch, table), getattr(English, table)

    assert {k: re.findall(r"{\w+}", v) for k, v in dutch.items()} == {
        k: re.findall(r"{\w+}", v) for k, v in english.items()
    }


@pytest.mark.parametrize("table", ["columns", "sheets"])
@pytest.mark.parametrize("language", [Dutch, English])
def test_no_two_sheets_or_heads_have_the_same_name(language: type[Dutch | English], table: str) -> None:
    named = getattr(language, table)

    assert len({text.casefold() for text in named.values()}) == len(named)


@pytest.mark.parametrize("language", [Dutch, English])
def test_the_name_of_a_sheet_fits(language: type[Dutch | English]) -> None:
    assert all(len(name) <= 31 for name in language.sheets.values())


@pytest.mark.parametrize(
    ("value", "decimals", "dutch", "english"),
    [(4.55, 1, "4,6", "4.6"), (-3.04, 1, "−3,0", "−3.0"), (1234.5, 1, "1234,5", "1,234.5"), (20.0, 0, "20", "20"),
     (-0.04, 1, "0,0", "0.0")],
)  # fmt: skip
def test_figures_have_the_marks_of_their_language(value: float, decimals: int, dutch: str, english: str) -> None:
    assert texts_of("nl").number(value, decimals) == dutch
    assert texts_of("en").number(value, decimals) == english


def test_a_day_and_a_moment_are_said_in_the_language() -> None:
    assert (texts_of("nl").day("2027-03-03"), texts_of("en").day("2027-03-03")) == ("3 maart 2027", "3 March 2027")
    assert texts_of("en").moment("2026-2027", "M") == "middle of 2026-2027"


def test_a_group_keeps_the_name_that_the_school_gave_it() -> None:
    assert [texts_of("en").group(name) for name in ("Groep 5", "Uilen", "5a")] == ["Groep 5", "Uilen", "Group 5a"]
    assert texts_of("en").in_grade("Uilen", 5) == "Uilen, grade 5"


@pytest.mark.parametrize("language", [Dutch, English])
def test_the_words_beside_the_line_of_a_chart_fit_in_its_margin(language: type[Dutch | English]) -> None:
    mark = TrendMark("26-27", "", 0.5, None, None, "undecided")
    drawn = trend([mark], "", axis=str, norm=0.5, norm_label=language.norm_label, width=460.0)

    words = re.findall(r'<text x="([0-9.]+)"[^>]*text-anchor="start"[^>]*>([^<]+)<', drawn)

    assert " ".join(word for _, word in words) == language.norm_label
    assert all(float(x) + text_width(word) <= 460 for x, word in words)


def test_the_usual_names_of_tiers_are_translated_and_those_of_the_school_stay() -> None:
    names = ["minimum", "Basis", "hoog", "eigen doel", "Vliegroute"]

    assert [texts_of("en").tier(name) for name in names] == ["minimum", "basic", "high", "own goal", "Vliegroute"]
    assert [texts_of("nl").tier(name) for name in names] == names
