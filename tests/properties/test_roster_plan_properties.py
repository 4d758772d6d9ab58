"""Any row of rosters: what holds of every plan, with the comparison and with the database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.support.people import make_school
from tests.support.rosters import teacher

from leercirkel.apps import clock
from leercirkel.apps.access.scope import scope
from leercirkel.apps.organisation.actions import OlderRoster, load_roster
from leercirkel.apps.organisation.models import Enrolment, GroupMembership, PupilKey, School
from leercirkel.apps.organisation.roster import codec
from leercirkel.apps.organisation.roster.compare import compare
from leercirkel.apps.organisation.roster.model import Seat, State
from leercirkel.apps.organisation.roster.seats import Record, seats_after
from leercirkel.apps.organisation.roster.state import read_state
from leercirkel.core.calendar import school_year_start
from leercirkel.exchange.edexml.model import Group, Roster
from leercirkel.exchange.edexml.model import Pupil as Line

NAMES = ("Noor", "Daan", "Mila", "Milo", "Jan", "Jan-Willem")
CLASSES = ("A", "B", "C")
MIXED = ("Rekenen 1", "Plus")
START, END = date(2026, 8, 1), date(2027, 8, 1)


@st.composite
def lines(draw: st.DrawFn, number: int, year: int) -> Line:
    """A pupil of a small world, so that names, birth dates and numbers often meet."""
    key = draw(st.sampled_from([str(number), str(number + 100), f"#{number}"]))
    day = st.dates(date(year, 6, 1), date(year + 1, 9, 1))
    return Line(
        key=key,
        stable_key=not key.startswith("#"),
        first_name=draw(st.sampled_from([*NAMES, None])),
        surname=draw(st.sampled_from(["Berk", "Riet"])),
        birth_date=draw(st.sampled_from([date(2016, 1, 1), date(2017, 2, 2), None])),
        group=draw(st.sampled_from([*CLASSES, None])),
        grade=draw(st.sampled_from(["5", "6", "S", "H", None])),
        instruction_groups=tuple(draw(st.sets(st.sampled_from(MIXED)))),
        enrolled_on=draw(st.none() | day),
        left_on=draw(st.none() | st.none() | day),
    )


@st.composite
def rosters(draw: st.DrawFn) -> Roster:
    """A roster of one of three years, made on any day around it."""
    year = draw(st.sampled_from([2025, 2026, 2027]))
    day = draw(st.none() | st.dates(date(year, 6, 1), date(year + 1, 7, 31)))
    numbers = draw(st.lists(st.integers(1, 8), unique=True, min_size=1, max_size=7))
    pupils = {pupil.key: pupil for pupil in (draw(lines(number, year)) for number in numbers)}
    groups = [Group(key, draw(st.sampled_from([key, f"klas {key}"])), "5") for key in CLASSES]
    staff = draw(st.lists(st.builds(lambda n, g: teacher(n, *g), st.sampled_from(["Juf", "Bob"]),
                                    st.sets(st.sampled_from([*CLASSES, *MIXED]))), max_size=2,
                          unique_by=lambda s: s.key))  # fmt: skip
    mixed = [Group(name, name, "", True) for name in MIXED]
    return Roster("", year, day, day, (*groups, *mixed), tuple(pupils.values()), tuple(staff), file="EDEX.xml")


@pytest.fixture
def school(db: None) -> School:
    return make_school()


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(rosters(), min_size=1, max_size=3))
def test_the_same_roster_again_changes_nothing_and_the_tables_agree_with_the_plan(
    school: School, given_rosters: list[Roster]
) -> None:
    ordered = sorted(given_rosters, key=lambda r: r.reference_date or date.max)

    with scope(schools=[school.pk]):
        undone = transaction.savepoint()
        for roster in ordered:
            _load_twice(school, roster)
        _every_table_is_whole()
        transaction.savepoint_rollback(undone)


def _load_twice(school: School, roster: Roster) -> None:
    try:
        plan = load_roster(school=school, roster=roster, by=None)
    except OlderRoster:
        return
    state = read_state(school, roster.school_year)
    for change in plan.pupils:
        if change.id is not None and change.seats:
            assert state.seats[change.id] == _with_ids(change.seats, state)
    again = compare(state, roster, clock.today())
    if not again.matching.open:
        assert again.empty, ([change for change in again.pupils if change.changed], again.members, again.teachers)


def _with_ids(seats: tuple[Seat, ...], state: State) -> tuple[Seat, ...]:
    ids: dict[object, int] = {group.key: group.id for group in state.groups}
    return tuple(replace(seat, group=ids.get(seat.group, seat.group)) for seat in seats)


def _every_table_is_whole() -> None:
    """No empty or open period, no instruction group outside an enrolment, and each number of one pupil."""
    assert not Enrolment.objects.filter(during__isempty=True).exists()
    assert not Enrolment.objects.filter(during__upper_inf=True).exists()
    for row in Enrolment.objects.select_related("group"):
        year = row.group.school_year if row.group else row.during.lower.year
        if row.group:
            assert school_year_start(year) <= row.during.lower < row.during.upper <= school_year_start(year + 1)
    for member in GroupMembership.objects.all():
        assert Enrolment.objects.filter(pupil_id=member.pupil_id, during__overlap=member.during).exists()
    assert not PupilKey.objects.filter(key__startswith="#").exists()


@given(rosters())
def test_a_kept_roster_is_the_same_roster_but_for_what_the_database_has_no_place_for(roster: Roster) -> None:
    full = replace(
        roster, pupils=tuple(replace(p, initials="N", eck_id="x", location="V1", row=3) for p in roster.pupils)
    )

    assert codec.from_json(codec.to_json(full)) == replace(
        roster, pupils=tuple(replace(p, row=3) for p in roster.pupils)
    )


DAYS = st.dates(START, END - timedelta(days=1))


@st.composite
def known_seats(draw: st.DrawFn) -> tuple[Seat, ...]:
    """Seats that do not overlap."""
    days = sorted(draw(st.sets(st.dates(START, END), max_size=6)))
    pairs = list(zip(days[::2], days[1::2], strict=False))
    return tuple(Seat(draw(st.sampled_from([1, 2])), "5", first, until) for first, until in pairs)


@st.composite
def records(draw: st.DrawFn) -> list[Record]:
    """One or two lines on a pupil."""
    made = []
    for _ in range(draw(st.integers(0, 2))):
        first, last = draw(st.none() | DAYS), draw(DAYS)
        until = last + timedelta(days=1)
        if first is None or first < until:
            made.append(Record(draw(st.sampled_from([1, 2])), draw(st.sampled_from(["5", "6"])), first, until))
    return made


@given(known_seats(), records(), DAYS)
def test_seats_never_overlap_stay_in_the_year_and_are_as_told_on_the_day_of_the_roster(
    was: tuple[Seat, ...], told: list[Record], as_of: date
) -> None:
    seats = seats_after(was, told, as_of, as_of)

    assert all(one.until <= two.first for one, two in pairwise(seats))
    assert all(START <= seat.first < seat.until <= END for seat in seats)
    assert seats_after(seats, told, as_of, as_of) == seats
    then = next((seat for seat in seats if seat.first <= as_of < seat.until), None)
    if len(told) == 1 and told[0].first is not None and told[0].first <= as_of:
        there = as_of < told[0].until
        assert (then is not None and (then.group, then.grade) == (told[0].group, told[0].grade)) == there
    if not told:
        assert then is None
        assert all(any(old.first <= s.first and s.until <= old.until for old in was) for s in seats)
