"""A series of talks: nobody at two at once, nobody on a day off, all placed or told which not."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from leercirkel.core.appointments import Taken, Wanted, clash, days_between, place
from leercirkel.core.calendar import Holiday

FIRST = date(2027, 2, 1)
Slots = list[tuple[datetime, datetime]]


def slots_of(days: list[date], hours: int) -> Slots:
    made = [datetime.combine(day, time(9 + hour)) for day in days for hour in range(hours)]
    return [(at, at + timedelta(hours=1)) for at in made]


PEOPLE = st.frozensets(st.integers(1, 6), max_size=2)
WEEKDAYS = st.frozensets(st.integers(0, 4), max_size=5)
TAKEN = st.builds(
    lambda person, day, hour: Taken(
        person,
        datetime.combine(FIRST + timedelta(days=day), time(8, 30)) + timedelta(hours=hour),
        datetime.combine(FIRST + timedelta(days=day), time(9, 30)) + timedelta(hours=hour),
    ),
    st.integers(1, 8), st.integers(0, 4), st.integers(0, 4),
)  # fmt: skip


@settings(deadline=None, max_examples=150)
@given(
    st.lists(PEOPLE, max_size=8), st.integers(0, 5), st.integers(0, 3),
    st.dictionaries(st.sampled_from([5, 7, 8]), WEEKDAYS, max_size=3), st.lists(TAKEN, max_size=5),
)  # fmt: skip
def test_nobody_is_at_two_talks_at_once_and_all_are_placed_or_named(
    people: list[frozenset[int]], days: int, hours: int, leaders: dict[int, frozenset[int]], taken: list[Taken]
) -> None:
    wanted = [Wanted(key, who) for key, who in enumerate(people)]
    slots = slots_of([FIRST + timedelta(days=day) for day in range(days)], hours)

    placed, left_out = place(wanted, slots, leaders, taken)

    assert sorted([*(one.key for one in placed), *left_out]) == [one.key for one in wanted]
    assert clash([(people[one.key] | {one.leader}, one.starts, one.ends) for one in placed], taken) is None
    for one in placed:
        assert one.starts.weekday() in leaders[one.leader]
        assert (one.starts, one.ends) in slots


def test_eight_talks_of_an_hour_fit_two_part_time_leaders_in_three_weeks() -> None:
    wanted = [Wanted(key, frozenset({10 + key})) for key in range(8)]
    slots = slots_of(days_between(FIRST, FIRST + timedelta(days=18), []), 2)

    placed, left_out = place(wanted, slots, {1: frozenset({0, 1}), 2: frozenset({3})})

    assert not left_out
    assert len(placed) == 8
    assert {one.starts.weekday() for one in placed if one.leader == 2} == {3}


def test_a_talk_moves_for_one_that_fits_nowhere_else() -> None:
    slots = slots_of([FIRST], 2)
    elsewhere = Taken(20, slots[1][0], slots[1][1])  # the second talk can only be first

    placed, left_out = place([Wanted(1, frozenset({10})), Wanted(2, frozenset({20}))], slots, {1: frozenset({0})},
                             [elsewhere])  # fmt: skip

    assert not left_out
    assert {one.key: one.starts for one in placed} == {2: slots[0][0], 1: slots[1][0]}


def test_no_talk_is_on_a_holiday_or_in_a_weekend() -> None:
    found = days_between(
        date(2027, 2, 18), date(2027, 3, 1), [Holiday("voorjaar", FIRST.replace(day=20), date(2027, 2, 28))]
    )

    assert found == [date(2027, 2, 18), date(2027, 2, 19), date(2027, 3, 1)]
