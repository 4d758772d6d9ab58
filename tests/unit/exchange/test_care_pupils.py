"""Who is a care pupil: the school's choice, else by the kind of school."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from tests.support.school import class_of, enrolments, marks

from leercirkel.core.care import SchoolType, kinds_that_count
from leercirkel.exchange.care import is_special

REGULAR = enrolments(*class_of("Groep 6", 6, "a", "b", "c"))


def bound(*pupils: str) -> pl.DataFrame:
    return marks(*({"pupil": p, "from": date(2025, 8, 1), "destination": "PRO"} for p in pupils))


def test_a_regular_school_counts_an_opp_or_hgpd_and_a_special_one_an_ihp_or_two_below() -> None:
    assert kinds_that_count(None, special=False) == {"opp", "hgpd"}
    assert kinds_that_count(None, special=True) == {"ihp", "two_below"}


def test_the_choice_of_the_school_goes_first() -> None:
    assert kinds_that_count(("opp",), special=True) == {"opp"}
    assert kinds_that_count((), special=True) == frozenset()


@pytest.mark.parametrize(("school_type", "special"), [("bao", False), ("sbo", True), ("so", True)])
def test_a_school_is_special_when_it_says_so(school_type: SchoolType, special: bool) -> None:
    assert is_special(school_type, REGULAR, bound("a", "b", "c")) is special


def test_otherwise_when_half_of_its_pupils_have_a_destination_or_no_grade() -> None:
    ungraded = enrolments(*class_of("Uilen", None, "a", "b"), *class_of("Groep 3", 3, "c"))

    assert is_special(None, REGULAR, bound("a", "b"))
    assert not is_special(None, REGULAR, bound("a"))
    assert not is_special(None, REGULAR, None)
    assert is_special(None, ungraded, None)


def test_only_the_newest_roster_tells() -> None:
    before = class_of("Uilen", None, "x", "y", "z", year=2024)
    assert not is_special(None, enrolments(*before, *class_of("Groep 6", 6, "a")), None)
