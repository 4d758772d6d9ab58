"""First names as a team knows its pupils."""

from __future__ import annotations

from leercirkel.exchange.edexml.model import Pupil, Roster
from leercirkel.exchange.first_names import first_names


def roster(year: int, *pupils: Pupil) -> Roster:
    return Roster("99XX00", year, None, None, (), pupils)


def pupil(
    key: str, first: str | None, surname: str | None = "Berg", group: str = "g5", initials: str | None = None
) -> Pupil:
    return Pupil(key, True, surname=surname, first_name=first, group=group, initials=initials)


def test_a_pupil_is_called_by_the_first_name() -> None:
    assert first_names([roster(2025, pupil("1", "Noor"))]) == {"1": "Noor"}


def test_namesakes_in_one_group_get_the_letter_of_their_surname() -> None:
    found = first_names([roster(2025, pupil("1", "Noor", "Berg"), pupil("2", "noor", "Dijk"))])

    assert found == {"1": "Noor B.", "2": "noor D."}


def test_namesakes_with_the_same_letter_get_the_whole_surname() -> None:
    found = first_names([roster(2025, pupil("1", "Noor", "Berg"), pupil("2", "Noor", "Boer"))])

    assert found == {"1": "Noor Berg", "2": "Noor Boer"}


def test_namesakes_in_other_groups_need_nothing() -> None:
    found = first_names([roster(2025, pupil("1", "Noor"), pupil("2", "Noor", group="g6"))])

    assert found == {"1": "Noor", "2": "Noor"}


def test_the_newest_roster_holds() -> None:
    found = first_names([roster(2025, pupil("1", "Noortje")), roster(2024, pupil("1", "Nor"))])

    assert found == {"1": "Noortje"}


def test_without_a_first_name_the_initials_are_used_and_else_nothing() -> None:
    found = first_names([roster(2025, pupil("1", None, initials="N."), pupil("2", None))])

    assert found == {"1": "N."}
