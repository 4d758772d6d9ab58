"""Two standards files beside each other: what came, went and changed, whatever the order."""

from __future__ import annotations

from dataclasses import replace

from leercirkel.core.standards import Standard, Tier
from leercirkel.exchange.standards.compare import changes
from leercirkel.exchange.standards.entries import Entry, entries_of
from leercirkel.exchange.standards.model import StandardsFile

BASIS, HIGH = Tier("basis", 0.75, threshold=20.0), Tier("hoog", 0.25, threshold=30.0)
ONE = Standard("rekenen", "dle", (BASIS, HIGH), grades=(5,))
TWO = Standard("spelling", "dle", (BASIS,), scope="care")


def file(*standards: Standard) -> StandardsFile:
    return StandardsFile(None, None, standards, "normen")


def test_the_same_standards_in_another_order_are_no_change() -> None:
    assert changes(file(ONE, TWO), file(TWO, ONE)) == ()


def test_where_a_standard_came_from_is_no_change() -> None:
    assert changes(file(ONE), file(replace(ONE, source="normen.toml:4"))) == ()


def test_a_standard_with_other_tiers_is_the_same_one_and_says_which() -> None:
    higher = replace(BASIS, target_share=0.8)
    extra = Tier("minimum", 0.9, threshold=10.0)

    (found,) = changes(file(ONE), file(replace(ONE, tiers=(extra, higher))))

    assert found.tiers == ((BASIS, higher), (HIGH, None), (None, extra))
    assert not found.holds_elsewhere


def test_a_standard_for_other_grades_with_the_same_tiers_is_the_same_one_elsewhere() -> None:
    (found,) = changes(file(ONE), file(replace(ONE, grades=(5, 6))))

    assert (found.before, found.after) == (Entry(ONE), Entry(replace(ONE, grades=(5, 6))))
    assert found.holds_elsewhere
    assert found.tiers == ()


def test_a_standard_that_is_new_and_one_that_is_gone() -> None:
    found = changes(file(ONE), file(TWO))

    assert [(each.before, each.after) for each in found] == [(None, Entry(TWO)), (Entry(ONE), None)]


def test_one_of_two_equal_standards_that_goes_is_told() -> None:
    assert [each.after for each in changes(file(TWO, TWO), file(TWO))] == [None]


def test_moments_of_neighbours_are_one_entry_only_in_the_order_of_the_year() -> None:
    m, e = replace(ONE, moment="M"), replace(ONE, moment="E")

    assert entries_of((m, e)) == (Entry(ONE, ("M", "E")),)
    assert entries_of((e, m)) == (Entry(ONE, ("E",)), Entry(ONE, ("M",)))
    assert entries_of((ONE, m)) == (Entry(ONE), Entry(ONE, ("M",)))
