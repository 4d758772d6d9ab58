"""Which arrangement is proposed, by the school's own norm, level, method tests, or level and yield."""

from __future__ import annotations

import pytest

from leercirkel.analysis.clustering import (
    PupilFacts,
    Rule,
    Standing,
    Tiers,
    groups_by_yield,
    mostly_downward,
    proposals,
    rule_of,
    standing_of,
)

TIERS = Tiers("basis", ("hoog",), ("minimum",))
RULE = Rule()


def _pupil(*reached: str, **more: object) -> PupilFacts:
    tiers = {name: name in reached for name in ("minimum", "basis", "hoog")}
    return PupilFacts(True, tiers, **more)  # type: ignore[arg-type]


def test_by_the_own_norm_each_tier_has_its_arrangement():
    pupils = {
        "a": _pupil("minimum", "basis", "hoog"), "b": _pupil("minimum", "basis"), "c": _pupil("minimum"),
        "d": _pupil(below_before=True),
    }  # fmt: skip

    made = proposals(pupils, TIERS, RULE, places=4, usual=1, most_groups=4)

    assert [made[name].place for name in "abcd"] == [0, 1, 2, 3]


def test_the_most_intensive_arrangement_asks_two_times_below_every_tier():
    assert standing_of(_pupil(), TIERS, RULE) == (Standing.MINIMUM, ("goal", "once"))
    assert standing_of(_pupil(below_before=True), TIERS, RULE) == (Standing.BELOW, ("goal",))


def test_without_a_result_the_usual_arrangement_is_proposed_with_nothing_to_go_by():
    made = proposals({"a": PupilFacts()}, TIERS, RULE, places=4, usual=1)

    assert (made["a"].place, made["a"].standing, made["a"].why) == (1, None, ("none",))


def test_without_a_norm_of_its_own_the_level_decides():
    assert standing_of(PupilFacts(True, None, 4), Tiers(), RULE) == (Standing.MINIMUM, ("level",))
    assert standing_of(PupilFacts(True, None, 1), Tiers(), RULE) == (Standing.AHEAD, ("level",))


def test_half_of_the_method_goals_insufficient_is_a_step_more_instruction():
    few, many = (
        _pupil("minimum", "basis", method_of=2, method_below=2),
        _pupil("minimum", "basis", method_of=4, method_below=2),
    )

    assert standing_of(few, TIERS, RULE)[0] is Standing.REACHED
    assert standing_of(many, TIERS, RULE) == (Standing.MINIMUM, ("goal", "method"))
    assert standing_of(many, TIERS, Rule(method_share=None))[0] is Standing.REACHED


def test_arrangements_far_from_the_usual_one_go_along_with_their_neighbour():
    pupils = {"a": _pupil("minimum", "basis", "hoog"), "d": _pupil(below_before=True)}

    three = proposals(pupils, TIERS, RULE, places=4, usual=1, most_groups=3)
    two = proposals(pupils, TIERS, RULE, places=4, usual=1, most_groups=2)

    assert [three[name].place for name in "ad"] == [0, 2]
    assert [two[name].place for name in "ad"] == [1, 2]


def test_six_goals_in_one_class_become_two_instructions_with_three_paces():
    """Two levels of arithmetic with three expected yields each, and a teacher who can give two instructions."""
    pupils = {
        f"{level}-{line}-{number}": (level, line)
        for level in (14.0, 33.0)
        for line in (4, 5, 6)
        for number in range(2 if line == 4 else 3)
    }

    groups, numbers = groups_by_yield(pupils, 2)

    assert [(g.low, g.high, g.lines, g.size) for g in groups] == [(10, 20, (4, 5, 6), 8), (30, 40, (4, 5, 6), 8)]
    assert {numbers[name] for name in pupils if name.startswith("14")} == {1}
    assert len(groups_by_yield(pupils, 6)[0]) == 6
    assert len(groups_by_yield(pupils, 3)[0]) == 3


def test_most_changes_downward_is_said_from_two_on():
    assert not mostly_downward([(1, 2)])
    assert mostly_downward([(1, 2), (0, 1), (1, 1)])
    assert not mostly_downward([(1, 2), (0, 1), (1, 0), (2, 1)])


def test_settings_that_cannot_be_are_refused():
    assert rule_of({}, special=True).by == "yield"
    for wrong in ({"by": "iq"}, {"method_share": 2}, {"most_groups": 0}):
        with pytest.raises(ValueError, match=r".+"):
            rule_of(wrong)


def test_who_has_no_destination_that_can_be_compared_gets_no_instruction_alone():
    levels = {"a": (7.0, None), "b": (6.0, 4), "c": (9.0, 6), "d": (14.0, 4), "e": (25.0, 5)}

    _, numbers = groups_by_yield(levels, 3)

    assert numbers["a"] == numbers["b"] == numbers["c"]
