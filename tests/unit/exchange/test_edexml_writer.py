"""What is written is EDEXML 2.1 in the order of the standard, and reads back as the same roster."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from leercirkel.exchange.edexml.model import Group, Location, Pupil, Roster, Staff
from leercirkel.exchange.edexml.reader import load, read
from leercirkel.exchange.edexml.writer import without_lines, write

DATA = Path(__file__).parents[2] / "data" / "edexml"
ROSTER = Roster(
    school="99XX02",
    school_year=2025,
    reference_date=date(2025, 10, 1),
    created_on=date(2025, 10, 2),
    groups=(Group("G4", "Vier & <meer>", "4"), Group("PLUS", "Plus", "", mixed=True)),
    pupils=(
        Pupil(
            key='1"2',
            stable_key=True,
            surname="O'Brien",
            prefix="van",
            first_name="Zoë",
            initials="ZA",
            birth_date=date(2016, 3, 1),
            gender="unspecified",
            grade="4",
            group="G4",
            instruction_groups=("PLUS",),
            start_group3=date(2023, 8, 1),
            enrolled_on=date(2020, 3, 1),
            left_on=date(2026, 1, 1),
            eck_id="https://ketenid.nl/202508/b",
            location="V",
        ),
        Pupil(key="#2", stable_key=False, first_name="Bo", grade="S"),
    ),
    staff=(Staff("L", "Kluut", None, "Kim", ("LRK", "Plusbegeleider"), ("PLUS", "G4")),),
    locations=(Location("V", "Hoofdgebouw"),),
)


def test_a_full_roster_reads_back_the_same() -> None:
    back, problems = read(write(ROSTER), "x.xml")

    assert back is not None
    assert without_lines(back) == ROSTER
    assert {problem.severity for problem in problems} <= {"notice"}


def test_the_order_codes_and_keys_are_those_of_the_standard() -> None:
    schema = etree.XMLSchema(etree.parse(DATA / "geschreven_deel.xsd"))

    document = etree.fromstring(write(ROSTER, author="Verzonnen systeem"))

    assert schema.validate(document), schema.error_log
    assert document.findtext("school/xsdversie") == "2.1"
    assert document.findtext("school/auteur") == "Verzonnen systeem"


@pytest.mark.parametrize("sample", ["edexml_2.0.xml", "edexml_2.1.xml"])
def test_a_sample_survives_reading_and_writing(sample: str) -> None:
    roster, _ = load(DATA / sample)
    assert roster is not None

    back, _ = read(write(roster), sample)

    assert back is not None
    assert without_lines(back) == without_lines(roster)


@pytest.mark.parametrize(
    ("school", "element"), [("99XX00", "brincode"), ("12345", "instellingsnummer"), ("S-1", "schoolkey")]
)
def test_the_kind_of_school_decides_the_element(school: str, element: str) -> None:
    document = etree.fromstring(write(replace(ROSTER, school=school)))

    assert document.findtext(f"school/{element}") == school.removesuffix("00")


def test_the_same_roster_gives_the_same_bytes() -> None:
    assert write(ROSTER) == write(ROSTER)


def change(**fields: object) -> Roster:
    return replace(ROSTER, pupils=(replace(ROSTER.pupils[0], **fields),))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("roster", "reason"),
    [
        (replace(ROSTER, pupils=()), "no-pupils"),
        (replace(ROSTER, pupils=ROSTER.pupils * 2), "duplicate-key"),
        (replace(ROSTER, school_year=1850), "school-year-unreadable"),
        (change(group="weg"), "reference-unknown"),
        (change(birth_date=date(1899, 1, 1)), "date-implausible"),
        (change(prefix="van der van der"), "longer-than-standard"),
        (change(surname=None, first_name=None), "name-missing"),
        (change(surname=None), "pupils"),
        (change(surname="de  Wit"), "pupils"),
        (change(stable_key=False), "pupils"),
        (change(surname="a\0b"), "xml-"),
    ],
)
def test_what_the_standard_cannot_carry_is_refused_with_the_reason(roster: Roster, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        write(roster)
