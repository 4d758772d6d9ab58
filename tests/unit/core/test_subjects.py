"""Subjects and the names that exports use for them."""

import pytest

from leercirkel.core.subjects import SUBJECTS, is_code, label, parse


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Rekenen-Wiskunde", "rekenen"),
        ("RW", "rekenen"),
        ("rekenen/wiskunde", "rekenen"),
        ("BL", "begrijpend_lezen"),
        ("Begrijpend Lezen", "begrijpend_lezen"),
        ("TL", "technisch_lezen"),
        ("DMT", "technisch_lezen"),
        ("AVI", "technisch_lezen"),
        ("SP", "spelling"),
        ("spelling niet-werkwoorden", "spelling"),
        ("Taalverzorging", "taalverzorging"),
        ("Woordenschat", "woordenschat"),
        ("begrijpend luisteren", "luisteren"),
    ],
)
def test_a_subject_is_read_as_exports_write_it(text: str, code: str) -> None:
    assert parse(text) == code


def test_every_code_and_label_reads_as_itself() -> None:
    assert [parse(code) for code in SUBJECTS] == [parse(label(code)) for code in SUBJECTS] == list(SUBJECTS)


@pytest.mark.parametrize("text", ["lezen", "taal", "Engels", "", "-"])
def test_a_name_that_is_no_subject_or_could_be_two_is_not_guessed(text: str) -> None:
    assert parse(text) is None


def test_a_school_may_declare_more_subjects() -> None:
    assert parse("Engels", declared=["engels"]) == "engels"
    assert is_code("engels", declared=["engels"])
    assert not is_code("engels")
    assert label("sociaal_emotioneel") == "sociaal emotioneel"
