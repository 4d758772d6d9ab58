"""The page on who sees what is what the standard roles are."""

from __future__ import annotations

from tests.support.overview import DOING, PAGE, SEEING, SHORT, filled

from leercirkel.apps.access.rights import Reach, Right


def test_the_page_has_the_tables_of_the_standard_roles() -> None:
    page = PAGE.read_text(encoding="utf-8")

    assert filled(page) == page, "tests/support/overview.py writes it anew"


def test_every_right_and_reach_is_in_a_table() -> None:
    assert SEEING.keys() | DOING.keys() == set(Right)
    assert SEEING.keys() & DOING.keys() == set()
    assert SHORT.keys() == set(Reach)
