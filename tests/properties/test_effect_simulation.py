"""Schools in which no intervention does anything, and some in which one does: what the product says of them.

A small part of `make simulate` (benchmarks/simulate_effect.py), with limits that leave room for so few schools.
"""

from __future__ import annotations

import pytest
from effect_trials import KNOWN, Trial, known, trials, verdict
from effect_worlds import KINDS, helped, who, world

from leercirkel.analysis.effect_judge import Judge

SCHOOLS = 40
"""Of each kind; `make simulate` takes many more."""


@pytest.fixture(scope="module", params=[0.1, 0.2])
def tried(request: pytest.FixtureRequest) -> list[Trial]:
    return [t for kind in KINDS for seed in range(SCHOOLS) for t in trials(seed, kind, request.param, 4)]


def part(flags: list[bool]) -> float:
    return sum(flags) / len(flags)


def test_what_does_nothing_is_seldom_called_effective(tried: list[Trial]) -> None:
    assert part([t.said() == "more" for t in tried]) <= 0.08
    assert part([t.said() == "less" for t in tried]) <= 0.08


def test_chance_of_pupils_alone_would_call_whole_classes_effective_far_too_often(tried: list[Trial]) -> None:
    classes = [t for t in tried if t.design in ("one class", "two classes")]
    by_pupils = part([verdict(t.plain_difference, t.plain_half) == "more" for t in classes])

    assert by_pupils > 0.05
    assert by_pupils > 1.3 * part([t.said() == "more" for t in classes])


def test_a_bare_before_and_after_calls_help_for_the_lowest_scorers_effective_in_half_of_the_schools(
    tried: list[Trial],
) -> None:
    low = [t for t in tried if t.design == "12 lowest"]

    assert part([verdict(t.bare, t.bare_half) == "more" for t in low]) > 0.4
    assert part([t.said() == "more" for t in low]) <= 0.11


def test_the_interval_holds_the_truth_nine_times_out_of_ten(tried: list[Trial]) -> None:
    assert 0.86 <= part([abs(t.difference) <= t.half for t in tried]) <= 0.96


def test_an_effect_of_four_tenths_is_mostly_seen_where_classmates_do_not_take_part(tried: list[Trial]) -> None:
    spread = [t for t in tried if t.design == "24 over 4 classes"]
    classes = [t for t in tried if t.design == "one class"]

    seen = part([t.said(0.4) == "more" for t in spread])
    assert seen >= 0.65
    assert seen > part([t.said(0.4) == "more" for t in classes])


def test_an_effect_that_is_added_moves_the_difference_and_nothing_else() -> None:
    school = world((3, 10, 4), "bao", 0.1)
    now = school.now("autumn")
    chosen = [p for p in now if p.group == now[0].group]

    def judged(pairs):
        return Judge().measured(
            ("spelling", "DEMO", "1"), "score", who(chosen), pairs, school.rounds("autumn"), {}, given=True
        )

    plain = judged(school.pairs["autumn"])
    more = judged(helped(school.pairs["autumn"], chosen, 0.4))

    assert more.found.difference == pytest.approx(plain.found.difference + 0.4)
    assert more.half == pytest.approx(plain.half)


@pytest.mark.parametrize(
    ("name", "first", "least"),
    [
        ("voortgezet lezen, 24 leerlingen", ("more",), 0.4),
        ("spelling-app, 28 leerlingen", ("undecided",), 0.8),
        ("leeshulp, 12 laagste scoorders", ("undecided",), 0.8),
        ("herindeling rekenen, alle 106", ("undecided",), 0.7),
    ],
)
def test_the_known_truths_come_out(name: str, first: tuple[str, ...], least: float) -> None:
    of = next(k for k in KNOWN if k.name == name)
    said = [known(seed, of, 0.1) for seed in range(30)]

    assert part([verdicts == first for verdicts in said]) >= least


def test_a_new_method_that_first_costs_and_then_brings_much_is_told_so_and_never_the_other_way_round() -> None:
    of = KNOWN[-1]
    said = [known(seed, of, 0.1) for seed in range(30)]

    assert part([verdicts == ("less", "more") for verdicts in said]) >= 0.25
    assert part([verdicts[0] == "more" or verdicts[1] == "less" for verdicts in said]) == 0.0


def test_the_same_seed_gives_the_same_school() -> None:
    assert trials(5, "sbo", 0.2, 4) == trials(5, "sbo", 0.2, 4)
