"""A number in an address is one that a row can have, or none."""

from __future__ import annotations

import pytest

from leercirkel.apps.pages.asked import number


@pytest.mark.parametrize("text", [None, "", "a", "²", "٣", "-1", "1.5", " 1", "1\x00", "9" * 19, "9" * 5000])
def test_what_is_no_number_of_a_row_is_none(text: str | None) -> None:
    assert number(text) is None


@pytest.mark.parametrize("text", ["0", "7", "007", "9" * 18])
def test_plain_digits_are_a_number(text: str) -> None:
    assert number(text) == int(text)
