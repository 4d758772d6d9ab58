"""Reference levels: docs/domein/niveaus.md."""

import pytest

from leercirkel.core.reference import at_least, parse, reference_rank


def test_the_target_level_of_arithmetic_and_language_is_one_rank() -> None:
    assert reference_rank("1S") == reference_rank("2F")


@pytest.mark.parametrize(
    ("label", "threshold", "reached"),
    [
        ("1F", "1F", True),
        ("<1F", "1F", False),
        ("1F", "1S", False),
        ("2F", "1S", True),
        ("1S", "2F", True),
        ("1S", "1F", True),
    ],
)
def test_equal_to_the_reference_level_is_reached(label: str, threshold: str, reached: bool) -> None:
    assert at_least(label, threshold) is reached


@pytest.mark.parametrize(
    ("text", "subject", "label"),
    [
        ("1f", None, "1F"),
        ("<1F", None, "<1F"),
        ("< 1F", None, "<1F"),
        ("onder 1F", None, "<1F"),
        ("1S/2F", "rekenen", "1S"),
        ("1S/2F", "begrijpend_lezen", "2F"),
        ("1S/2F", None, None),
        ("<2F", None, None),
        ("3F", None, None),
        ("", None, None),
    ],
)
def test_a_reference_level_is_read_as_results_write_it(text: str, subject: str | None, label: str | None) -> None:
    assert parse(text, subject) == label


def test_an_unknown_level_is_refused() -> None:
    with pytest.raises(ValueError):
        reference_rank("3F")
