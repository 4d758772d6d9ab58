"""What rosters say twice, or otherwise than each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from leercirkel.exchange.edexml.model import Group, Pupil, Roster, Staff
from leercirkel.exchange.roster_checks import told_of

BORN = date(2016, 3, 4)
UILEN, GROEP_8 = Group("G1", "Uilen", "5"), Group("G2", "Groep 8", "8")


def pupil(key: str, first: str = "Noor", **more: Any) -> Pupil:
    own: dict[str, Any] = {"surname": "Zandhorst", "birth_date": BORN, "group": "G1", "row": int(key)} | more
    return Pupil(key, stable_key=not key.startswith("#"), first_name=first, **own)


def roster(*pupils: Pupil, year: int = 2026, day: date | None = None, **more: Any) -> Roster:
    made = day or date(year + 1, 3, 2)
    return Roster("99XX00", year, made, made, more.pop("groups", (UILEN, GROEP_8)), pupils, file=f"{made}.xml", **more)


def codes(*rosters: Roster) -> list[str]:
    return [p.code for p in told_of(rosters)]


def test_twins_are_told_in_the_newest_roster_only() -> None:
    both = (pupil("11", "Noor"), pupil("12", "Mees"))

    (problem,) = told_of([roster(*both, year=2025), roster(*both, year=2026)])

    assert (problem.code, problem.severity, problem.file, problem.row) == ("twins", "notice", "2027-03-02.xml", 12)


def test_the_same_surname_or_the_same_birthday_alone_is_no_twin() -> None:
    assert codes(roster(pupil("11"), pupil("12", "Mees", birth_date=date(2016, 3, 5)))) == []
    assert codes(roster(pupil("11"), pupil("12", "Mees", surname="Berkveld"))) == []


def test_one_child_under_two_numbers_at_the_same_time_is_an_error() -> None:
    (problem,) = told_of([roster(pupil("11"), pupil("12"))])

    assert (problem.code, problem.severity, problem.row) == ("pupil-enrolled-twice", "error", 12)


def test_one_child_that_left_and_came_back_under_another_number_is_a_warning() -> None:
    first = pupil("11", left_on=date(2026, 11, 13))
    second = pupil("12", enrolled_on=date(2027, 1, 11))

    (problem,) = told_of([roster(first, second)])

    assert (problem.code, problem.severity) == ("pupil-enrolled-twice", "warning")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Yasmine", "Jasmine", ["first-name-differs"]),
        ("Jan", "Jan Willem", []),
        ("J.", "Jan", []),
        ("Zoë", "Zoe", []),
        ("Noor", "Noor", []),
    ],
)
def test_a_first_name_in_two_spellings_is_told_once(before: str, after: str, expected: list[str]) -> None:
    rosters = [roster(pupil("11", before), year=2025), roster(pupil("11", after))]

    assert codes(*rosters) == expected


def test_another_child_under_the_same_number_is_not_a_spelling() -> None:
    assert codes(roster(pupil("11"), year=2025), roster(pupil("11", "Mees", surname="Berkveld"))) == []


def test_a_class_with_a_new_name_is_found_by_its_pupils_whatever_its_key() -> None:
    pupils = [pupil(str(n), f"Kind{n}", birth_date=date(2016, 1, n)) for n in range(11, 15)]
    autumn = roster(*pupils, day=date(2026, 10, 1))
    renamed = [replace(p, group="G9") for p in pupils]
    spring = roster(*renamed, groups=(Group("G9", "Valken", "5"), GROEP_8))

    (problem,) = told_of([spring, autumn])

    assert (problem.code, problem.file, problem.value) == ("group-renamed", "2027-03-02.xml", "Valken")
    assert "Groep Uilen (2026-10-01.xml) heet later in 2026-2027 Valken." in problem.message


def test_pupils_who_moved_to_a_class_that_was_there_already_did_not_rename_it() -> None:
    autumn = roster(pupil("11"), pupil("12", "Mees", group="G2"), day=date(2026, 10, 1))
    spring = roster(pupil("11", group="G2"), pupil("12", "Mees", group="G2"), groups=(GROEP_8,))

    assert codes(autumn, spring) == ["twins"]


def test_a_teacher_who_is_gone_is_a_warning_when_the_class_has_nobody_else() -> None:
    first = (Staff("M1", roles=("LRK",), groups=("G2",)), Staff("M2", roles=("LRK",), groups=("G1",)))
    autumn = roster(pupil("11"), day=date(2026, 10, 1), staff=first)

    (alone,) = told_of([autumn, roster(pupil("11"), staff=first[1:])])
    (duo,) = told_of([autumn, roster(pupil("11"), staff=(*first[1:], Staff("M3", roles=("LRK",), groups=("G2",))))])

    assert (alone.code, alone.severity, alone.value) == ("teacher-gone", "warning", "M1")
    assert "van groep 8 staat" in alone.message
    assert (duo.code, duo.severity) == ("teacher-gone", "notice")


def test_a_roster_without_staff_says_nothing_of_teachers() -> None:
    autumn = roster(pupil("11"), day=date(2026, 10, 1), staff=(Staff("M1", roles=("LRK",), groups=("G2",)),))

    assert codes(autumn, roster(pupil("11"))) == []
