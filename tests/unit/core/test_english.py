from __future__ import annotations

from datetime import date

import pytest

from leercirkel.core import destinations, dutch, english, subjects


@pytest.mark.parametrize(("n", "word"), [(0, "zero"), (1, "one"), (12, "twelve"), (13, "13"), (-1, "-1")])
def test_numbers_up_to_twelve_are_words(n: int, word: str) -> None:
    assert english.number_word(n) == word


@pytest.mark.parametrize(
    ("n", "word"),
    [(1, "first"), (3, "third"), (12, "twelfth"), (13, "13th"), (21, "21st"), (22, "22nd"), (111, "111th")],
)
def test_ordinals(n: int, word: str) -> None:
    assert english.ordinal(n) == word


def test_only_one_is_singular() -> None:
    assert [english.counted(n, "pupil", "pupils") for n in (0, 1, 2, 15)] == [
        "zero pupils", "one pupil", "two pupils", "15 pupils",
    ]  # fmt: skip


def test_a_list_ends_with_and() -> None:
    assert [english.listed(items) for items in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "", "a", "a and b", "a, b and c",
    ]  # fmt: skip


@pytest.mark.parametrize("value", [8.0, 4.55, -0.04, 1234.5, 0.005])
def test_a_number_is_rounded_as_in_dutch(value: float) -> None:
    assert english.decimal(value, 2) == dutch.decimal(value, 2).replace(",", ".")


def test_percentages_follow_the_dutch_rules() -> None:
    assert [english.percent(k, n) for k, n in ((9, 14), (92, 106), (199, 200))] == [None, "87%", "99%"]


def test_moments_with_and_without_a_month() -> None:
    assert english.moment_name("2026-2027", "M") == "middle of 2026-2027"
    assert english.moment_name("2026-2027", "M", {"M": 1}) == "January 2027"
    assert english.at_moment("2026-2027", "M") == "in the middle of 2026-2027"
    assert english.at_moment("2026-2027", "E") == "at the end of 2026-2027"
    assert english.at_moment("2026-2027", "B", {"B": 9}) == "in September 2026"
    assert english.day(date(2027, 3, 3)) == "3 March 2027"


def test_unreadable_moments_are_refused() -> None:
    with pytest.raises(ValueError, match="school year"):
        english.moment_name("2026", "M")
    with pytest.raises(ValueError, match="between 1 and 12"):
        english.month(13)


def test_a_sentence_begins_with_a_capital() -> None:
    assert [english.sentence(t) for t in ("one pupil", "", "DL 10")] == ["One pupil", "", "DL 10"]


def test_every_subject_and_destination_has_an_english_name() -> None:
    assert set(subjects.LABELS_EN) == set(subjects.LABELS)
    assert set(destinations.LABELS_EN) == set(destinations.LABELS)
    assert subjects.label("begrijpend_lezen", "en") == "reading comprehension"
    assert subjects.label("eigen_vak", "en") == "eigen vak"
    assert destinations.label("PRO", "en") == "practical education"
    assert destinations.label("PRO") == "praktijkonderwijs"
