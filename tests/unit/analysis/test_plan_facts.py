"""What a plan takes from the school's own norms: tiers by what they ask, and what they ask at the coming round."""

from __future__ import annotations

from typing import Any

from leercirkel.analysis.clustering import PupilFacts, Tiers
from leercirkel.analysis.plan_facts import (
    Asked,
    Known,
    aim_of,
    asked_of,
    method_counts,
    share_of,
    tiers_of,
    to_practise,
)
from leercirkel.core.method_tests import MethodBounds
from leercirkel.core.standards import Standard, Tier

LINES = (Tier("minimum", 0.9, None, 0.3), Tier("basis", 0.75, None, 0.45), Tier("hoog", 0.25, None, 0.63))
STANDARDS = (
    Standard("rekenen", "dle", LINES),
    Standard("rekenen", "dle", (Tier("basis", 0.75, None, 0.6),), own_dle=(30, 1000), scope="destination:VMBO_KB"),
    Standard("rekenen", "score", (Tier("eigen doel", 0.5, 10),), scope="care"),
    Standard("spelling", "level", (Tier("basis", 0.75, "III"),), moment="E", school_years=(2026,)),
)


def _known(**more: Any) -> Known:
    row: dict[str, Any] = {
        "school_year": 2026, "moment": "M", "instrument": "Demo", "dl": 25, "destination": None, "score": None,
        "dle": 14.0, "dle_operator": "=", "level": None, "level_scale": None, "level_rank": None,
    }  # fmt: skip
    return Known(PupilFacts(True), row | more, None, None)


def test_tiers_are_ordered_by_the_share_and_norms_for_support_alone_are_left_out():
    assert tiers_of(STANDARDS, "rekenen", None) == Tiers("basis", ("hoog",), ("minimum",))
    assert tiers_of(STANDARDS, "schrijven", None) == Tiers()
    assert share_of(STANDARDS, "rekenen", "minimum") == 0.9


def test_a_line_of_ones_own_is_that_of_the_coming_round():
    """DL 25 now, 30 at the end of the year: 0.45 of it is 13.5, and 14 reaches that."""
    assert asked_of(_known(), STANDARDS, "rekenen", "basis", (2026, "E"), 5) == Asked("dle", None, True)
    assert asked_of(_known(dle=13.0), STANDARDS, "rekenen", "basis", (2026, "E"), 5) == Asked("dle", None, False)
    assert asked_of(_known(dle=13.0), STANDARDS, "rekenen", "basis", (2026, "M"), 5) == Asked("dle", None, True)


def test_from_the_branch_on_the_line_of_the_destination_holds():
    far = _known(dle=33.0, dl=50, destination="VMBO_KB")

    assert asked_of(far, STANDARDS, "rekenen", "basis", (2026, "E"), 8) == Asked("dle", None, True)
    assert asked_of(_known(dle=32.0, dl=50, destination="VMBO_KB"), STANDARDS, "rekenen", "basis", (2026, "E"), 8) == (
        Asked("dle", None, False)
    )


def test_a_censored_dle_is_compared_only_where_the_answer_is_certain():
    above = _known(dle=12.0, dle_operator=">")

    asked = asked_of(above, STANDARDS, "rekenen", "basis", (2026, "E"), 5)
    assert asked == Asked("dle", None, None)
    assert asked_of(above, STANDARDS, "rekenen", "minimum", (2026, "E"), 5) == Asked("dle", None, True)


def test_a_norm_of_an_earlier_year_holds_until_there_is_a_newer_one_and_a_level_of_another_scale_is_not_compared():
    roman = _known(level="II", level_scale="I-V", level_rank=4.0)
    letters = _known(level="B", level_scale="A-E", level_rank=4.0)

    assert asked_of(roman, STANDARDS, "spelling", "basis", (2027, "E"), 6) == Asked("level", "III", True)
    assert asked_of(letters, STANDARDS, "spelling", "basis", (2027, "E"), 6) == Asked("level", "III", None)
    assert asked_of(roman, STANDARDS, "spelling", "basis", (2026, "M"), 6) is None


def test_who_has_no_result_is_asked_the_same_and_reaches_nothing_yet():
    assert asked_of(None, STANDARDS, "spelling", "basis", (2026, "E"), 5) == Asked("level", "III", None)


def test_of_a_goal_that_was_tested_again_the_last_time_counts():
    rows = [(1, "blok 1", "tellen", 40.0), (1, "blok 1", "tellen", 90.0), (1, "blok 1", "splitsen", 50.0)]

    assert method_counts(rows, MethodBounds()) == {1: (2, 1)}


TIERS = Tiers("basis", ("hoog",), ("minimum",))


def test_one_pupil_works_towards_the_least_that_is_not_reached_yet():
    """DL 30 at the end of the year: the minimum asks 9, the main line 13.5, the high one 18.9."""
    below, between, above = (
        aim_of(_known(dle=dle), STANDARDS, TIERS, "rekenen", (2026, "E"), 5) for dle in (8, 10, 14)
    )

    assert below == Asked("dle", "9", False)
    assert between == Asked("dle", "13.5", False)
    assert above == Asked("dle", "18.9", False)


def test_who_reached_everything_or_has_no_norm_has_no_aim():
    assert aim_of(_known(dle=40.0), STANDARDS, TIERS, "rekenen", (2026, "E"), 5) is None
    assert aim_of(_known(), (), TIERS, "rekenen", (2026, "E"), 5) is None


def test_without_a_result_a_line_by_learning_time_gives_no_number_and_a_level_does():
    assert aim_of(None, STANDARDS, TIERS, "rekenen", (2026, "E"), 5) is None
    assert aim_of(None, STANDARDS, Tiers("basis"), "spelling", (2026, "E"), 5) == Asked("level", "III", None)


def test_what_was_insufficient_the_last_time_is_practised_the_newest_first():
    rows = [(1, "tellen", 40.0), (1, "splitsen", 50.0), (1, "klok", 30.0), (1, "tellen", 90.0), (1, "", 10.0)]

    assert to_practise(rows, MethodBounds(), 5) == ("klok", "splitsen")
    assert to_practise(rows, MethodBounds(), 1) == ("klok",)
