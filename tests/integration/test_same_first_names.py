"""Pupils with the same first name are told apart where only first names fit."""

from __future__ import annotations

from leercirkel.apps.organisation.called import called, same_first_name
from leercirkel.apps.organisation.models import Pupil

PEOPLE = [
    Pupil(pk=1, first_name="Noor", surname="Berg"),
    Pupil(pk=2, first_name="Nikki", surname="Molenhorst"),
    Pupil(pk=3, first_name="nikki", prefix="van der", surname="Berg"),
    Pupil(pk=4, first_name="Efe", prefix="van der", surname="Molen"),
    Pupil(pk=5, first_name="Efe", surname="Meerman"),
    Pupil(pk=6, surname="Zonder"),
    Pupil(pk=7, first_name="Dion"),
    Pupil(pk=8, first_name="Dion", surname="Kamp"),
]


def test_a_letter_is_added_only_where_two_have_the_same_first_name() -> None:
    names = called(PEOPLE)

    assert names[1] == "Noor"
    assert (names[2], names[3]) == ("Nikki M.", "nikki B.")
    assert names[6] == "Zonder"
    assert (names[7], names[8]) == ("Dion", "Dion K.")


def test_where_the_letter_is_the_same_too_the_whole_name_is_said() -> None:
    names = called(PEOPLE)

    assert (names[4], names[5]) == ("Efe van der Molen", "Efe Meerman")


def test_who_have_a_namesake_are_known() -> None:
    assert same_first_name(PEOPLE) == {2, 3, 4, 5, 7, 8}
