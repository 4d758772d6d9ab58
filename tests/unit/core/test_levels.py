"""A–E and I–V: docs/domein/niveaus.md."""

import pytest

from leercirkel.core.levels import (
    ScaleMismatch,
    at_least,
    level_of_percentile,
    national_share_at_least,
    parse,
    scale_and_rank,
)


@pytest.mark.parametrize(
    ("percentile", "letter"),
    [(100, "A"), (76, "A"), (75, "B"), (51, "B"), (50, "C"), (26, "C"), (25, "D"), (11, "D"), (10, "E"), (0, "E")],
)
def test_the_letters_cut_at_76_51_26_and_11(percentile: int, letter: str) -> None:
    assert level_of_percentile(percentile, "A-E") == letter


@pytest.mark.parametrize(
    ("percentile", "numeral"),
    [
        (100, "I"),
        (81, "I"),
        (80, "II"),
        (61, "II"),
        (60, "III"),
        (41, "III"),
        (40, "IV"),
        (21, "IV"),
        (20, "V"),
        (0, "V"),
    ],
)
def test_the_numerals_cut_at_81_61_41_and_21(percentile: int, numeral: str) -> None:
    assert level_of_percentile(percentile, "I-V") == numeral


def test_a_percentile_is_not_rounded_before_it_is_compared() -> None:
    assert level_of_percentile(75.9, "A-E") == "B"


@pytest.mark.parametrize(("percentile", "scale"), [(-1, "A-E"), (101, "I-V"), (50, "1-5")])
def test_what_is_no_percentile_or_scale_is_refused(percentile: float, scale: str) -> None:
    with pytest.raises(ValueError):
        level_of_percentile(percentile, scale)


@pytest.mark.parametrize(
    ("label", "threshold", "reached"),
    [
        ("III", "III", True),
        ("II", "III", True),
        ("IV", "III", False),
        ("I+", "I", True),
        ("V-", "V", False),
        ("C", "C", True),
        ("D", "C", False),
    ],
)
def test_equal_to_the_level_is_reached(label: str, threshold: str, reached: bool) -> None:
    assert at_least(label, threshold) is reached


@pytest.mark.parametrize(("label", "threshold"), [("A", "III"), ("I", "B"), ("V", "E")])
def test_a_letter_is_never_held_against_a_numeral(label: str, threshold: str) -> None:
    with pytest.raises(ScaleMismatch):
        at_least(label, threshold)


@pytest.mark.parametrize(
    ("threshold", "share"),
    [("III", 0.60), ("II", 0.40), ("I", 0.20), ("V", 1.0), ("C", 0.75), ("B", 0.50), ("D", 0.90)],
)
def test_the_part_of_the_country_at_a_level_or_higher(threshold: str, share: float) -> None:
    assert national_share_at_least(threshold) == share


@pytest.mark.parametrize("label", ["F", "VI", "", "iii"])
def test_an_unknown_label_is_refused(label: str) -> None:
    with pytest.raises(ValueError):
        scale_and_rank(label)


@pytest.mark.parametrize(
    ("text", "label"), [(" iii ", "III"), ("V -", "V-"), ("niveau B", "B"), ("I+", "I+"), ("VI", None), ("", None)]
)
def test_a_level_is_read_as_files_write_it(text: str, label: str | None) -> None:
    assert parse(text) == label


def test_part_of_a_level_has_no_national_share_of_its_own() -> None:
    with pytest.raises(ValueError):
        national_share_at_least("V-")
