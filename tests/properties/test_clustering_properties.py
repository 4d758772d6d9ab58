"""What holds of proposed arrangements whatever the results: no group too many, no order, better is not lower."""

from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from leercirkel.analysis.clustering import PupilFacts, Rule, Tiers, groups_by_yield, proposals, taught

TIERS = Tiers("basis", ("hoog",), ("minimum",))
LIMITS = {"minimum": 60, "basis": 100, "hoog": 140}


def _facts(score: int, level: int, dle: float, line: int, before: bool, of: int, below: int) -> PupilFacts:
    tiers = {name: score >= limit for name, limit in LIMITS.items()}
    return PupilFacts(True, tiers, level, dle, line, before, of, min(of, below))


PUPIL = st.builds(
    _facts, st.integers(0, 200), st.integers(1, 5), st.floats(0, 60), st.integers(0, 9), st.booleans(),
    st.integers(0, 8), st.integers(0, 8),
)  # fmt: skip
CLASS = st.lists(st.one_of(PUPIL, st.just(PupilFacts())), min_size=1, max_size=30)
RULE = st.builds(Rule, st.sampled_from(("goal", "level", "yield")), st.sampled_from((None, 0.3, 0.5)), st.booleans())


def _named(pupils: list[PupilFacts]) -> dict[str, PupilFacts]:
    return {f"p{number:02}": one for number, one in enumerate(pupils)}


@given(CLASS, RULE, st.integers(2, 6), st.integers(1, 4))
def test_there_are_never_more_instruction_groups_than_the_teacher_runs(pupils, rule, places, most):
    made = proposals(_named(pupils), TIERS, rule, places=places, usual=1, most_groups=most)
    apart = {one.group for one in made.values()} - {None} if rule.by == "yield" else {p.place for p in made.values()}

    assert len(apart) <= most
    assert all(0 <= one.place < places for one in made.values())


@given(CLASS, RULE, st.integers(1, 4), st.randoms(use_true_random=False))
def test_the_order_of_the_pupils_makes_no_difference(pupils, rule, most, shuffle: random.Random):
    named = list(_named(pupils).items())
    made = proposals(dict(named), TIERS, rule, places=4, usual=1, most_groups=most)
    shuffle.shuffle(named)

    assert proposals(dict(named), TIERS, rule, places=4, usual=1, most_groups=most) == made


@given(PUPIL, CLASS, RULE, st.integers(1, 4), st.integers(0, 100), st.integers(0, 4), st.integers(0, 8))
def test_a_better_result_never_gives_a_lower_arrangement(one, others, rule, most, more, steps, fewer):
    score = max((limit for name, limit in LIMITS.items() if (one.tiers or {})[name]), default=0) + more
    better = replace(
        one,
        tiers={name: (one.tiers or {})[name] or score >= limit for name, limit in LIMITS.items()},
        level=max(1, (one.level or 5) - steps),
        method_below=max(0, one.method_below - fewer),
    )
    before = proposals({**_named(others), "own": one}, TIERS, rule, places=4, usual=1, most_groups=most)
    after = proposals({**_named(others), "own": better}, TIERS, rule, places=4, usual=1, most_groups=most)

    assert after["own"].place <= before["own"].place


@given(CLASS, st.integers(1, 6))
def test_everyone_with_a_dle_is_in_exactly_one_group_that_reaches_that_far(pupils, most):
    named = _named(pupils)
    groups, numbers = groups_by_yield({name: (one.dle, one.line) for name, one in named.items()}, most)

    assert set(numbers) == {name for name, one in named.items() if one.dle is not None}
    assert sum(group.size for group in groups) == len(numbers)
    for name, number in numbers.items():
        assert groups[number - 1].low <= (named[name].dle or 0) < groups[number - 1].high


@given(st.integers(1, 6), st.integers(0, 5), st.integers(1, 6))
def test_the_usual_arrangement_is_always_taught(places, usual, most):
    usual = min(usual, places - 1)

    assert usual in taught(places, usual, most)
    assert len(taught(places, usual, most)) == min(places, most)
