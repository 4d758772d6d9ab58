"""Pupils, groups and staff: what their fields mean, and their keys and references."""

from __future__ import annotations

from datetime import date

import pytest
from tests.support.edexml import GROUPS, PUPIL, codes, edex, only_pupil, problem, pupil, roster_of

from leercirkel.exchange.edexml.model import Group, has_left
from leercirkel.exchange.edexml.reader import read


@pytest.mark.parametrize(
    ("code", "gender"), [("0", None), ("1", "male"), ("2", "female"), ("9", "unspecified"), ("", None)]
)
def test_gender_follows_iso_5218(code: str, gender: str | None) -> None:
    assert only_pupil(pupil(f"<geslacht>{code}</geslacht>")).gender == gender


def test_another_gender_code_is_a_warning() -> None:
    data = pupil("<geslacht>M</geslacht>")

    assert only_pupil(data).gender is None
    assert problem(data, "gender-unknown").value == "M"


@pytest.mark.parametrize("group", ["GC", "G5"])
def test_the_pupils_own_grade_is_never_overruled_by_the_group(group: str) -> None:
    data = pupil(f'<jaargroep>4</jaargroep><groep key="{group}"/>')

    assert only_pupil(data).grade == "4"
    assert ("grade-differs-from-group" in codes(data)) == (group == "G5")


def test_in_a_combination_group_a_missing_grade_stays_missing() -> None:
    data = pupil('<groep key="GC"/>')

    assert only_pupil(data).grade is None
    found = problem(data, "grade-missing")
    assert (found.severity, found.row, found.field) == ("warning", 5, "jaargroep")


def test_grade_c_is_for_groups_only() -> None:
    data = pupil("<jaargroep>C</jaargroep>")

    assert only_pupil(data).grade is None
    assert problem(data, "grade-combination").severity == "warning"


@pytest.mark.parametrize("code", ["B", "D", "0", "1", "8", "11", "16", "S", "V", "N", "H"])
def test_every_grade_code_of_the_standard_is_kept(code: str) -> None:
    assert only_pupil(pupil(f"<jaargroep>{code}</jaargroep>")).grade == code


def test_an_unknown_grade_is_a_warning_with_its_value() -> None:
    assert problem(pupil("<jaargroep>groep 4</jaargroep>"), "grade-unknown").value == "groep 4"


def test_a_group_without_grade_counts_as_combination() -> None:
    data = edex(groups='<groep key="X"><naam>X</naam></groep>')

    assert roster_of(data).groups == (Group("X", "X", "C"),)
    assert problem(data, "group-grade-missing").row == 4


def test_a_key_with_a_hash_is_a_dummy() -> None:
    data = pupil("<jaargroep>4</jaargroep>", key="#001")

    assert only_pupil(data).stable_key is False
    assert problem(data, "dummy-keys").severity == "notice"


@pytest.mark.parametrize(
    ("left", "gone"), [("2025-09-30", True), ("2025-10-01", False), ("2026-01-31", False), (None, False)]
)
def test_a_leaver_left_before_the_reference_date(left: str | None, gone: bool) -> None:
    fields = "<jaargroep>4</jaargroep>" + (f"<uitstroomdatum>{left}</uitstroomdatum>" if left else "")

    roster = roster_of(pupil(fields))

    assert has_left(roster.pupils[0], roster) is gone


def test_a_leaver_without_a_grade_is_not_complained_about() -> None:
    assert "grade-missing" not in codes(pupil("<uitstroomdatum>2025-07-01</uitstroomdatum>"))


def test_names_lose_spaces_at_the_ends_and_double_ones() -> None:
    data = edex('<leerling key="1"><achternaam>  de   Wit-\n Bos </achternaam><roepnaam>\t</roepnaam></leerling>')

    found = only_pupil(data)

    assert (found.surname, found.first_name) == ("de Wit- Bos", None)


def test_a_pupil_without_any_name_is_kept_with_a_warning() -> None:
    data = edex('<leerling key="1"><geboortedatum>2016-03-01</geboortedatum></leerling>')

    assert only_pupil(data).key == "1"
    assert problem(data, "name-missing").severity == "warning"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1899-12-31", "date-implausible"),
        ("0001-01-01", "date-implausible"),
        ("9999-12-31", "date-implausible"),
        ("2026-01-01", "date-implausible"),
        ("1989-12-31", "date-implausible"),
        ("2016-02-30", "date-unreadable"),
        ("01-03-2016", "date-unreadable"),
        ("-2016-03-01", "date-unreadable"),
        ("0000-00-00", "date-unreadable"),
        ("٢٠١٦-٠٣-٠١", "date-unreadable"),
        ("gisteren", "date-unreadable"),
    ],
)
def test_an_impossible_birth_date_is_an_error_and_not_taken(text: str, code: str) -> None:
    data = edex(f'<leerling key="1"><roepnaam>N</roepnaam><geboortedatum>{text}</geboortedatum></leerling>')

    found = problem(data, code)

    assert only_pupil(data).birth_date is None
    assert (found.severity, found.row, found.field, found.value) == ("error", 5, "geboortedatum", text)


@pytest.mark.parametrize(
    "text", ["2016-03-01", "2016-03-01Z", "2016-03-01+01:00", "2016-03-01T00:00:00", " 2016-03-01 "]
)
def test_a_date_may_have_a_time_zone(text: str) -> None:
    data = edex(f'<leerling key="1"><roepnaam>N</roepnaam><geboortedatum>{text}</geboortedatum></leerling>')

    assert only_pupil(data).birth_date == date(2016, 3, 1)


def test_leaving_before_entering_is_a_warning() -> None:
    data = pupil(
        "<jaargroep>4</jaargroep><instroomdatum>2025-01-01</instroomdatum><uitstroomdatum>2024-01-01</uitstroomdatum>"
    )

    assert problem(data, "dates-in-wrong-order").field == "uitstroomdatum"


def test_a_field_given_twice_is_a_warning_and_the_first_counts() -> None:
    data = pupil("<jaargroep>4</jaargroep><jaargroep>5</jaargroep>")

    assert only_pupil(data).grade == "4"
    assert problem(data, "field-repeated").field == "jaargroep"


def test_a_second_class_is_a_warning_and_the_first_counts() -> None:
    data = pupil('<jaargroep>4</jaargroep><groep key="G4"/><groep key="G5"/>')

    assert only_pupil(data).group == "G4"
    assert problem(data, "second-group").value == "G5"


def test_a_pupil_key_used_twice_is_an_error_and_the_first_is_kept() -> None:
    data = edex(
        '<leerling key="1"><roepnaam>A</roepnaam></leerling>\n<leerling key=" 1 "><roepnaam>B</roepnaam></leerling>'
    )

    found = problem(data, "duplicate-key")

    assert only_pupil(data).first_name == "A"
    assert (found.severity, found.row, found.value) == ("error", 6, "1")
    assert "regel 5" in found.message


def test_group_keys_differ_over_both_kinds() -> None:
    data = edex(groups=GROUPS + '<samengestelde_groep key="G4"><naam>X</naam></samengestelde_groep>')

    assert len(roster_of(data).groups) == 4
    assert problem(data, "duplicate-key").field == "samengestelde_groep/@key"


def test_staff_location_and_eck_id_must_be_unique_too() -> None:
    member = '<leerkracht key="L"><roepnaam>K</roepnaam></leerkracht>'
    building = '<vestiging key="V"><naam>V</naam></vestiging>'
    pupils = "".join(
        f'<leerling key="{key}" eckid="https://e/1"><roepnaam>N</roepnaam></leerling>' for key in ("1", "2")
    )

    _, problems = read(edex(pupils, staff=member * 2, locations=building * 2), "EDEX.xml")

    fields = {found.field for found in problems if found.code == "duplicate-key"}
    assert fields == {"leerkracht/@key", "vestiging/@key", "leerling/@eckid"}


def test_the_same_eck_id_for_a_pupil_and_for_staff_is_not_a_duplicate() -> None:
    data = edex(
        '<leerling key="1" eckid="https://e/1"><roepnaam>N</roepnaam></leerling>',
        staff='<leerkracht key="1" eckid="https://e/1"><roepnaam>K</roepnaam></leerkracht>',
    )

    assert "duplicate-key" not in codes(data)


@pytest.mark.parametrize(
    "reference",
    [
        '<groep key="G9"/>',
        '<groep key="PLUS"/>',
        '<vestiging key="V9"/>',
        '<samengestelde_groepen><samengestelde_groep key="G4"/></samengestelde_groepen>',
    ],
)
def test_a_reference_to_nothing_or_to_the_wrong_kind_is_an_error(reference: str) -> None:
    data = pupil("<jaargroep>4</jaargroep>" + reference)

    found = only_pupil(data)

    assert (found.group, found.instruction_groups, found.location) == (None, (), None)
    assert problem(data, "reference-unknown").severity == "error"


def test_references_of_staff_are_checked_too() -> None:
    data = edex(staff='<leerkracht key="L"><roepnaam>K</roepnaam><groepen><groep key="ZZ"/></groepen></leerkracht>')

    assert problem(data, "reference-unknown").row == 6


def test_keys_are_compared_without_spaces_at_their_ends() -> None:
    assert only_pupil(pupil('<jaargroep>4</jaargroep><groep key="  G4 "/>')).group == "G4"


@pytest.mark.parametrize("attribute", ["", 'key=""', 'key="   "'])
def test_a_pupil_without_a_key_is_an_error_and_left_out(attribute: str) -> None:
    data = edex(f"<leerling {attribute}>{PUPIL}</leerling><leerling key='2'>{PUPIL}</leerling>")

    assert only_pupil(data).key == "2"
    assert problem(data, "key-missing").row == 5
