"""AVI: docs/domein/toetsen-lezen.md."""

import pytest

from leercirkel.core.reading import (
    AVI_LEVELS,
    AviResult,
    Card,
    at_least,
    avi_rank,
    carried_plus,
    from_cards,
    parse,
    steps,
)


def test_the_twelve_levels_are_in_order() -> None:
    assert AVI_LEVELS == ("Start", "M3", "E3", "M4", "E4", "M5", "E5", "M6", "E6", "M7", "E7", "Plus")
    assert [avi_rank(level) for level in AVI_LEVELS] == list(range(12))


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("AVI-E4", "E4"),
        ("avi plus", "Plus"),
        ("m3", "M3"),
        ("AVI Start", "Start"),
        ("AVI 9", None),
        ("E8", None),
        ("", None),
    ],
)
def test_an_avi_level_is_read_as_files_write_it(text: str, level: str | None) -> None:
    assert parse(text) == level


def test_equal_to_the_level_is_reached() -> None:
    assert at_least("E4", "E4")
    assert at_least("Plus", "E7")
    assert not at_least("M4", "E4")


def test_steps_count_levels() -> None:
    assert (steps("M4", "M5"), steps("E7", "Plus"), steps("E4", "M4")) == (2, 1, -1)


def test_mastery_and_instruction_are_the_highest_cards_with_that_result() -> None:
    cards = [Card("M4", "mastery"), Card("E4", "mastery"), Card("M5", "instruction"), Card("E5", "frustration")]

    assert from_cards(cards) == AviResult("E4", "M5", ())


def test_who_masters_the_last_card_read_has_instruction_at_the_same_level() -> None:
    assert from_cards([Card("M4", "mastery")]) == AviResult("M4", "M4", ())


def test_who_masters_no_card_is_at_start() -> None:
    assert from_cards([Card("M3", "frustration")]) == AviResult("Start", "Start", ())
    assert from_cards([]) == AviResult("Start", "Start", ())


@pytest.mark.parametrize(
    ("cards", "warning"),
    [
        (
            [Card("M4", "instruction"), Card("E4", "mastery")],
            "Kaart E4 is beheerst, maar de lagere kaart M4 niet (instructie).",
        ),
        (
            [Card("M4", "frustration"), Card("E4", "mastery")],
            "Kaart E4 is beheerst, maar de lagere kaart M4 niet (frustratie).",
        ),
        (
            [Card("M4", "frustration"), Card("E4", "instruction")],
            "Kaart E4 is instructie, maar de lagere kaart M4 frustratie.",
        ),
    ],
)
def test_cards_that_contradict_each_other_give_a_warning(cards: list[Card], warning: str) -> None:
    assert from_cards(cards).warnings == (warning,)


def test_of_a_card_read_twice_the_last_result_holds_with_a_warning() -> None:
    result = from_cards([Card("M4", "mastery"), Card("M4", "instruction")])

    assert (result.mastery, result.instruction) == ("Start", "M4")
    assert len(result.warnings) == 1


def test_there_is_no_card_start() -> None:
    with pytest.raises(ValueError):
        from_cards([Card("Start", "mastery")])


def test_plus_stays_reached_when_it_is_no_longer_tested() -> None:
    assert carried_plus(None, ["E7", "Plus", None]) == "Plus"
    assert carried_plus(None, ["E7", None]) is None
    assert carried_plus("E7", ["Plus"]) == "E7"
