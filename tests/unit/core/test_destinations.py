"""Destinations: docs/domein/niveaus.md."""

import pytest

from leercirkel.core.destinations import DESTINATIONS, LABELS, direction, parse, rank


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("PrO", "PRO"),
        ("praktijkonderwijs", "PRO"),
        ("vmbo-basis", "VMBO_BB"),
        ("vmbo-kader", "VMBO_KB"),
        ("vmbo gl/tl", "VMBO_GL_TL"),
        ("VMBO_GL/TL", "VMBO_GL_TL"),
        ("vmbo-t", "VMBO_GL_TL"),
        ("VMBO-BB met lwoo", "VMBO_BB"),
        ("Havo", "HAVO"),
        ("gymnasium", "VWO"),
        ("vso arbeid", "VSO_ARBEID"),
        ("arbeidsmatige dagbesteding", "VSO_DAGBESTEDING_ARBEIDSMATIG"),
        ("VSO-vervolg", "VSO_VERVOLGONDERWIJS"),
    ],
)
def test_a_destination_is_read_as_people_write_it(text: str, code: str) -> None:
    assert parse(text) == code


@pytest.mark.parametrize("code", DESTINATIONS)
def test_code_and_label_are_both_read(code: str) -> None:
    assert parse(code) == parse(LABELS[code]) == code


@pytest.mark.parametrize("text", ["basis/kader", "dagbesteding", "nog niet te bepalen", "", "havo/vwo", "lwoo", "vmbo"])
def test_what_could_be_two_destinations_is_not_guessed(text: str) -> None:
    assert parse(text) is None


def test_the_order_runs_from_day_care_to_vwo() -> None:
    ranks = [rank(code) for code in DESTINATIONS[:-1]]

    assert ranks == list(range(10))


def test_a_change_goes_up_or_down() -> None:
    assert direction("PRO", "VMBO_BB") == "up"
    assert direction("VMBO_KB", "VMBO_BB") == "down"
    assert direction("HAVO", "HAVO") == "same"


def test_further_education_in_special_schools_cannot_be_compared() -> None:
    assert rank("VSO_VERVOLGONDERWIJS") is None
    assert direction("VSO_VERVOLGONDERWIJS", "PRO") is None
    assert direction("HAVO", "VSO_VERVOLGONDERWIJS") is None
