"""What is worked out without asking the database, or in SQL of our own, against the same through the ORM."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction
from tests.support.naive_reach import reached
from tests.support.world import DAY, World

from leercirkel.apps.access.rights import WITH_NAMES, Right
from leercirkel.apps.access.sight import Extent, sight_of
from leercirkel.apps.organisation.models import Group
from leercirkel.apps.organisation.selectors import groups_of, may, pupils_of, reaches
from leercirkel.apps.pages.tables import Pages

DAYS = (DAY, date(2026, 9, 1), date(2027, 6, 10), date(2027, 9, 1))


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_everyone_reaches_the_pupils_that_the_orm_says(world: World, day: date) -> None:
    some = 0
    for user in world.users.values():
        with transaction.atomic():
            sight = sight_of(user.pk, day)
            for right in WITH_NAMES:
                found = set(pupils_of(sight, right, day).values_list("pk", flat=True))

                assert found == set(reached(sight, right, day).values_list("pk", flat=True)), (user.email, right)
                some += len(found)
    assert some


def test_of_a_pupil_found_by_one_right_another_says_the_same_with_and_without_asking(world: World) -> None:
    answers = set()
    for user in world.users.values():
        with transaction.atomic():
            sight = sight_of(user.pk, DAY)
            for pupil in pupils_of(sight, Right.SEE_PUPILS):
                for right in WITH_NAMES:
                    without = may(sight, right, pupil, found_by=Right.SEE_PUPILS)

                    assert without == may(sight, right, pupil), (user.email, pupil.first_name, right)
                    answers.add(without)
    assert answers == {True, False}


def test_a_group_is_reached_when_it_is_among_the_groups_of_that_right(world: World) -> None:
    answers = set()
    for user in world.users.values():
        with transaction.atomic():
            sight = sight_of(user.pk, DAY)
            for right in Right:
                among = set(groups_of(sight, right))
                for group in Group.objects.all():
                    assert reaches(sight, right, group) == (group in among), (user.email, group.name, right)
                    answers.add(group in among)
    assert answers == {True, False}


@pytest.mark.parametrize(
    ("here", "there", "covers"),
    [
        (Extent(schools=frozenset({1})), Extent(newcomers=frozenset({1})), True),
        (Extent(schools=frozenset({1})), Extent(groups=frozenset({(4, "")})), False),
        (Extent(groups=frozenset({(4, "")})), Extent(groups=frozenset({(4, "rekenen")})), True),
        (Extent(groups=frozenset({(4, "")})), Extent(groups=frozenset({(4, ""), (5, "")})), False),
        (Extent(pupils=frozenset({7})), Extent(pupils=frozenset({7, 8})), False),
        (Extent(newcomers=frozenset({1})), Extent(schools=frozenset({1})), False),
        (Extent(), Extent(boards=frozenset({1})), True),
    ],
)
def test_an_extent_covers_another_when_it_has_all_that_reaches_a_pupil(
    here: Extent, there: Extent, covers: bool
) -> None:
    assert here.covers(there) is covers


def test_pages_of_a_list_count_all_rows_whether_they_fit_or_not(world: World) -> None:
    with transaction.atomic():
        sight = sight_of(world.users["head_b"].pk, DAY)
        rows = pupils_of(sight, Right.SEE_PUPILS).order_by("pk")
        everyone = list(rows)
        assert len(everyone) == 2

        fits, does_not = Pages(rows, 2), Pages(rows, 1)

        assert (fits.count, fits.num_pages, list(fits.get_page("1"))) == (2, 1, everyone)
        assert (does_not.count, does_not.num_pages) == (2, 2)
        assert [list(does_not.get_page(number)) for number in ("1", "2", "9")] == [
            everyone[:1],
            everyone[1:],
            everyone[1:],
        ]
