"""The school's own list of guardians: what each column means, and what is said of what cannot be read."""

from __future__ import annotations

import pytest

from leercirkel.exchange import registry
from leercirkel.exchange.guardians import reader
from leercirkel.exchange.guardians.model import GuardianLine
from leercirkel.exchange.problems import Problem

HEAD = "leerlingnummer;oudernummer;roepnaam;tussenvoegsel;achternaam;relatie;gezag;voogd;woont bij;geheim adres;"
HEAD += "contactverbod;tolk;e-mail;telefoon;adres\n"


def read(*rows: str, head: str = HEAD) -> tuple[tuple[GuardianLine, ...], list[Problem]]:
    found, problems = reader.read((head + "\n".join(rows)).encode(), "ouders.csv")
    return found or (), problems


def codes(problems: list[Problem]) -> list[str]:
    return [problem.code for problem in problems]


def test_a_full_row_says_everything() -> None:
    found, problems = read("101;O1;Amira;el;Tahiri;moeder;ja;;ja;nee;nee;Arabisch;a@example.org;06-12345678;Kade 5")

    assert problems == []
    assert found == (
        GuardianLine(2, "101", "Tahiri", "O1", "Amira", "el", "parent", "yes", True, False, False, "Arabisch",
                     "a@example.org", "06-12345678", "Kade 5"),
    )  # fmt: skip


def test_an_empty_cell_says_nothing() -> None:
    found, _ = read("101;;;;Tahiri;;;;;;;;;;")

    assert found == (GuardianLine(2, "101", "Tahiri"),)


def test_the_names_of_columns_may_be_written_otherwise() -> None:
    found, _ = read("101;Tahiri;el;ja;ja", head="leerling nr;Naam;Voorvoegsel;Ouderlijk gezag;woont_bij\n")

    assert (found[0].prefix, found[0].authority, found[0].lives_with) == ("el", "yes", True)


@pytest.mark.parametrize(
    ("text", "relation"),
    [("vader", "parent"), ("Stiefmoeder", "step_parent"), ("pleegouder", "foster_parent"), ("voogd", "legal_guardian"),
     ("opa", "other"), ("gezinsvoogd", "other")],
)  # fmt: skip
def test_relations_are_understood_as_people_write_them(text: str, relation: str) -> None:
    found, _ = read(f"101;;;;Tahiri;{text};;;;;;;;;")

    assert found[0].relation == relation


def test_a_voogd_has_authority_and_a_voogd_without_is_an_error() -> None:
    found, problems = read("101;;;;De Brug;;;ja;;;;;;;", "102;;;;De Dam;voogd;nee;;;;;;;;")

    assert [(line.relation, line.authority) for line in found] == [("legal_guardian", "yes")]
    assert codes(problems) == ["guardian-without-authority"]


def test_who_watches_over_a_family_has_no_authority_by_that() -> None:
    found, _ = read("101;;;;De Brug;gezinsvoogd;;;;;;;;;")

    assert found[0].authority is None


def test_a_secret_address_is_not_read_and_in_no_message() -> None:
    found, problems = read("101;;;;Tahiri;;ja;;;ja;;;;;Schuilgaarde 7")

    assert found[0].address == ""
    assert codes(problems) == ["address-not-kept"]
    assert "Schuilgaarde" not in str(problems)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (";;;;Tahiri;;;;;;;;;;", "pupil-missing"),
        ("101;;Amira;;;;;;;;;;;;", "surname-missing"),
        ("101;;;;Tahiri;buurman;;;;;;;;;", "relation-unknown"),
        ("101;;;;Tahiri;;misschien;;;;;;;;", "authority-unknown"),
        ("101;;;;Tahiri;;;;;weet niet;;;;;", "yes-or-no"),
        ("101;;;;Tahiri;;;;;;;ja;;;", "language-missing"),
        ("101;;;;Tahiri;;;;;;;;geen adres;;", "email-unreadable"),
        ("101;;;;Tahiri;;;;;;;;;bel mij;", "phone-unreadable"),
        (f"101;;;;{'x' * 201};;;;;;;;;;", "text-too-long"),
    ],
)
def test_a_row_that_cannot_be_read_is_left_out_with_its_reason(row: str, code: str) -> None:
    found, problems = read(row, "102;;;;Berk;;;;;;;;;;")

    assert codes(problems) == [code]
    assert problems[0].row == 2
    assert [line.pupil for line in found] == ["102"]


def test_what_was_written_as_phone_or_mail_is_in_no_message() -> None:
    _, problems = read("101;;;;Tahiri;;;;;;;;amira(at)example;nummer 061234;")

    assert [problem.value for problem in problems] == [None, None]


def test_the_same_parent_twice_at_one_child_is_an_error_and_at_two_children_is_not() -> None:
    _, problems = read("101;;Amira;;Tahiri;;;;;;;;;;", "102;;Amira;;Tahiri;;;;;;;;;;", "101;;amira;;Tahiri;;;;;;;;;;")

    assert [(problem.code, problem.row) for problem in problems] == [("guardian-twice", 4)]


def test_one_number_with_two_names_is_an_error() -> None:
    _, problems = read("101;O1;Amira;;Tahiri;;;;;;;;;;", "102;O1;Bilal;;Tahiri;;;;;;;;;;")

    assert codes(problems) == ["guardian-differs"]


def test_the_list_is_recognised_and_checked_against_the_rosters() -> None:
    data = (HEAD + "101;;;;Tahiri;;ja;;;;;;;;").encode()

    assert registry.recognise(data, "x.csv").kind == "guardians"
    assert registry.check([(data, "x.csv")]) == []
