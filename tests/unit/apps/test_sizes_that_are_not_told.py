"""Sizes of groups outside the team: what is not told does not follow from the total either."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from leercirkel.apps.organisation.models import Group
from leercirkel.apps.organisation.presenters import SMALLEST, not_told


def classes(*sizes: int) -> tuple[list[Group], dict[int, int]]:
    """Classes of one school with these sizes."""
    groups = [Group(id=number, school_id=1, kind="base", name=str(number)) for number in range(len(sizes))]
    return groups, dict(enumerate(sizes))


def test_with_one_small_class_the_next_smallest_is_not_told_either() -> None:
    assert not_told(*classes(3, 12, 7, 9), frozenset()) == {0, 2}


def test_when_the_hidden_ones_could_only_be_four_each_one_more_is_hidden() -> None:
    assert not_told(*classes(4, 4, 9, 20), frozenset()) == {0, 1, 2}


def test_an_empty_class_and_large_ones_are_told() -> None:
    assert not_told(*classes(0, 5, 30), frozenset()) == set()


def test_of_a_class_of_ones_own_everything_is_told() -> None:
    assert not_told(*classes(3, 12, 7), frozenset({0})) == set()


def test_a_small_instruction_group_hides_no_class() -> None:
    groups, sizes = classes(12, 9)
    groups.append(Group(id=2, school_id=1, kind="instruction", name="Rekenen"))

    assert not_told(groups, sizes | {2: 3}, frozenset()) == {2}


def test_each_school_is_looked_at_by_itself() -> None:
    groups, sizes = classes(3, 12, 7)
    groups.append(Group(id=3, school_id=2, kind="base", name="elders"))

    assert not_told(groups, sizes | {3: 6}, frozenset()) == {0, 2}


@given(st.lists(st.integers(0, 30), max_size=9), st.data())
def test_no_sum_of_one_to_four_is_left_when_enough_classes_can_be_hidden(sizes: list[int], data: st.DataObject) -> None:
    groups, by_id = classes(*sizes)
    own = frozenset(data.draw(st.sets(st.sampled_from(range(len(sizes))))) if sizes else ())

    hidden = not_told(groups, by_id, own)

    assert all(by_id[each] == 0 or by_id[each] >= SMALLEST for each in set(by_id) - hidden - own)
    assert not hidden & own
    unknown = [by_id[each] for each in hidden]
    others = [each for each in by_id if each not in own and by_id[each] and each not in hidden]
    if unknown and others:
        assert len(unknown) > 1
        assert sum(unknown) >= SMALLEST
