from __future__ import annotations

import pytest
from tests.support.answer_cells import points, total, trend

from leercirkel.analysis.answers import en, nl
from leercirkel.analysis.answers.facts import SCHOOL, Where
from leercirkel.analysis.answers.nl.places import group_place
from leercirkel.analysis.answers.places import natural_key, where_of


@pytest.mark.parametrize(
    ("group", "name", "where", "plural"),
    [
        ("Groep 5", "groep 5", "in groep 5", False),
        ("Gr. 5", "groep 5", "in groep 5", False),
        ("GROEP 5B", "groep 5B", "in groep 5B", False),
        ("1/2A", "groep 1/2A", "in groep 1/2A", False),
        ("5a", "groep 5a", "in groep 5a", False),
        ("A", "groep A", "in groep A", False),
        ("Uilen", "de Uilen", "bij de Uilen", True),
        ("Reigers", "de Reigers", "bij de Reigers", True),
        ("De Uilen", "de Uilen", "bij de Uilen", True),
        ("Regenboog", "de Regenboog", "bij de Regenboog", False),
        ("Het Nest", "het Nest", "bij het Nest", False),
        ("'t Nest", "het Nest", "bij het Nest", False),
        ("Bovenbouw", "de bovenbouw", "in de bovenbouw", False),
        ("Kleuters", "de kleuters", "bij de kleuters", True),
        ("Instructiegroep rekenen 2", "instructiegroep rekenen 2", "in instructiegroep rekenen 2", False),
        ("Unit 5-6", "unit 5-6", "in unit 5-6", False),
        ("Juf Anna", "groep Juf Anna", "in groep Juf Anna", False),
        ("  Groep \n 5 ", "groep 5", "in groep 5", False),
        ("", "een groep zonder naam", "bij een groep zonder naam", False),
    ],
)
def test_groups_are_called_as_staff_call_them(group: str, name: str, where: str, plural: bool) -> None:
    place = group_place(group)
    assert (place.name, place.where, place.plural) == (name, where, plural)


def test_a_long_name_is_cut_off() -> None:
    assert (
        group_place("Instructiegroep rekenen bovenbouw met lange naam").name == "instructiegroep rekenen bovenbouw met…"
    )


def test_a_trend_is_of_a_grade_a_band_a_destination_or_the_school() -> None:
    line = points((9, 14))
    wheres = [
        where_of(trend(line, grade=5)),
        where_of(trend(line, didactic_age_band="11-20")),
        where_of(trend(line, destination="PRO")),
    ]
    assert [nl.places.place(w).name for w in wheres] == ["groep 5", "DL 11-20", "uitstroom praktijkonderwijs"]
    assert [en.places.place(w).name for w in wheres] == ["grade 5", "DL 11-20", "destination practical education"]
    assert where_of(trend(line)) == SCHOOL
    assert where_of(total(9, 14)) == SCHOOL


@pytest.mark.parametrize(
    ("group", "name"),
    [("Groep 5", "Groep 5"), ("Uilen", "Uilen"), ("5a", "group 5a"), ("1/2A", "group 1/2A"), ("A", "group A"),
     ("Het  Nest.", "Het Nest"), ("", "an unnamed group")],
)  # fmt: skip
def test_in_english_groups_are_called_as_the_school_writes_them(group: str, name: str) -> None:
    place = en.places.place(Where("group", group))
    assert (place.name, place.where, place.plural) == (name, f"in {name}", False)


def test_groups_sort_as_people_count() -> None:
    assert sorted(["Groep 10", "Groep 9", "groep 1/2B", "Uilen"], key=natural_key) == [
        "groep 1/2B", "Groep 9", "Groep 10", "Uilen",
    ]  # fmt: skip
