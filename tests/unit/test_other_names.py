"""Names of others are left out of what was written of one person."""

from __future__ import annotations

import pytest

from leercirkel.core.other_names import names_in, sentences_with, without_names


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Werkte met Sam.", "Werkte met X."),
        ("Sams boek", "Xs boek"),
        ("Samsam en Samss", "Samsam en Samss"),
        ("Anna-Sams beurt", "Xs beurt"),
        ("Bos en Bo's bos, Roos' roos, Rooss", "Bos en X's bos, X' roos, Rooss"),
        ("Samen met sam", "Samen met sam"),
        ("Sam de Wit en Sam", "X en X"),
        ("naast Anna-Sam", "naast X"),
        ("Sam's tafel; (Sam)", "X's tafel; (X)"),
        ("_Sam_ en *Sam*", "_X_ en *X*"),
    ],
)
def test_a_name_goes_as_it_is_written_and_as_a_whole_word(text: str, left: str) -> None:
    assert without_names(text, ["Sam", "Sam de Wit", "Anna-Sam", "Bo", "Roos", ""], "X") == left


def test_without_names_to_leave_out_the_text_stays() -> None:
    assert without_names("Werkte goed.", ["", " "], "X") == "Werkte goed."


def test_only_the_sentences_about_someone_are_given() -> None:
    text = "Het ging goed. Noor doet mee met basis!\nDaan niet. Noorderlicht is mooi."

    assert sentences_with(text, "Noor") == "Noor doet mee met basis!"
    assert sentences_with(text, "") == ""


def test_names_are_found_once_as_they_come_by_the_longest_first() -> None:
    text = "Sam de Wit las met Daan. Daan en Sam's zus; samen, Daantje, Anna-Sam."

    assert names_in(text, ["Daan", "Sam", "Sam de Wit", "Anna-Sam", "Mila", " "]) == (
        "Sam de Wit", "Daan", "Sam", "Anna-Sam",
    )  # fmt: skip
    assert names_in(text, []) == ()
