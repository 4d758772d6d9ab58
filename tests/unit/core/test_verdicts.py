"""Fact and strength: docs/domein/statistiek.md."""

import pytest
from scipy.special import betainc, stdtrit

from leercirkel.core.quantiles import normal_quantile, t_quantile
from leercirkel.core.verdicts import (
    Policy,
    exact_binomial_test,
    exact_interval,
    goal_count,
    judge_share,
    mean_verdict,
    share_verdict,
    t_interval,
    wilson,
)


@pytest.mark.parametrize(
    ("reached", "counted", "low", "high"),
    [(6, 8, 0.41, 0.93), (15, 20, 0.53, 0.89), (11, 15, 0.48, 0.89), (19, 25, 0.57, 0.89)],
)
def test_wilson_at_95_percent_is_that_of_the_published_table(
    reached: int, counted: int, low: float, high: float
) -> None:
    interval = wilson(reached, counted, 0.95)

    assert interval is not None
    assert [round(end, 2) for end in interval] == [low, high]


def test_wilson_touches_the_end_when_none_or_all_reached() -> None:
    none, everyone = wilson(0, 12), wilson(12, 12)

    assert none is not None
    assert everyone is not None
    assert none[0] == 0.0
    assert none[1] == pytest.approx(1 - everyone[0])
    assert everyone[1] == 1.0


def test_nobody_counted_has_no_interval() -> None:
    assert wilson(0, 0) is None
    assert exact_interval(0, 0) is None
    assert t_interval(10.0, 2.0, 1) is None


@pytest.mark.parametrize(("reached", "counted"), [(5, 4), (-1, 4)])
def test_a_count_that_cannot_be_is_refused(reached: int, counted: int) -> None:
    with pytest.raises(ValueError, match="not a count"):
        wilson(reached, counted)


def test_the_t_interval_is_the_textbook_one() -> None:
    # t with 9 degrees of freedom at 90% is 1.833; 1.833 × 2 ÷ √10 = 1.159
    assert t_interval(10.0, 2.0, 10) == pytest.approx((8.841, 11.159), abs=5e-4)


def test_two_pupils_are_enough_for_an_interval() -> None:
    # t with 1 degree of freedom at 90% is 6.314; 6.314 × √2 ÷ √2 = 6.314
    assert t_interval(0.0, 2**0.5, 2) == pytest.approx((-6.314, 6.314), abs=5e-4)


@pytest.mark.parametrize("confidence", [0.5, 0.8, 0.9, 0.95, 0.99])
@pytest.mark.parametrize("freedom", [1, 2, 3, 9, 10, 57, 199, 200, 1000])
def test_t_quantiles_equal_those_of_scipy(confidence: float, freedom: int) -> None:
    assert t_quantile(confidence, freedom) == pytest.approx(stdtrit(freedom, (1 + confidence) / 2), rel=1e-9)


def test_the_normal_quantiles_are_the_known_ones() -> None:
    assert normal_quantile(0.90) == pytest.approx(1.6448536, abs=1e-6)
    assert normal_quantile(0.95) == pytest.approx(1.9599640, abs=1e-6)


def test_no_degrees_of_freedom_have_no_quantile() -> None:
    with pytest.raises(ValueError):
        t_quantile(0.9, 0)


def test_the_exact_interval_leaves_half_of_the_rest_on_either_side() -> None:
    interval = exact_interval(7, 14)

    assert interval is not None
    low, high = interval
    assert betainc(7, 8, low) == pytest.approx(0.05)  # the chance of 7 or more when the share is `low`
    assert 1 - betainc(8, 7, high) == pytest.approx(0.05)  # the chance of 7 or fewer when it is `high`


def test_the_exact_binomial_test_adds_what_is_at_most_as_likely() -> None:
    # 8 of 10 heads: P(0,1,2,8,9,10) = 2 × 56 ÷ 1024
    assert exact_binomial_test(8, 10, 0.5) == pytest.approx(112 / 1024)
    assert exact_binomial_test(5, 10, 0.5) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("reached", "target", "p"), [(10, 1.0, 1.0), (9, 1.0, 0.0), (0, 0.0, 1.0), (1, 0.0, 0.0), (0, 0.5, 2 / 1024)]
)
def test_the_exact_test_knows_a_target_of_everybody_and_of_nobody(reached: int, target: float, p: float) -> None:
    assert exact_binomial_test(reached, 10, target) == pytest.approx(p)


@pytest.mark.parametrize("target", [-0.1, 1.1])
def test_a_target_outside_0_to_1_is_refused(target: float) -> None:
    with pytest.raises(ValueError, match="target_share"):
        exact_binomial_test(5, 10, target)


@pytest.mark.parametrize(
    ("counted", "target", "goal"),
    [
        (12, 0.75, 9),
        (14, 0.75, 11),
        (10, 0.7, 7),
        (30, 0.1, 3),
        (28, 0.75, 21),
        (15, 0.75, 12),
        (212, 0.75, 159),
        (8, 1.0, 8),
        (9, 0.0, 0),
    ],
)
def test_the_goal_is_the_smallest_whole_number_that_reaches_the_target(counted: int, target: float, goal: int) -> None:
    assert goal_count(counted, target) == goal


def test_with_14_pupils_75_percent_is_above_only_at_14_and_below_at_7_or_fewer() -> None:
    verdicts = [share_verdict(k, 14, 0.75) for k in range(15)]

    assert verdicts == ["below"] * 8 + ["undecided"] * 6 + ["above"]


def test_90_percent_can_never_be_above_with_fewer_than_25_pupils() -> None:
    assert {share_verdict(n, n, 0.90) for n in range(10, 25)} == {"undecided"}
    assert share_verdict(25, 25, 0.90) == "above"


@pytest.mark.parametrize("counted", range(1, 10))
def test_fewer_than_ten_pupils_get_no_verdict_but_the_fact_stays(counted: int) -> None:
    judgement = judge_share(counted, counted, 0.75)

    assert judgement.verdict == "too_few"
    assert judgement.reached_goal is True
    assert judgement.low is not None


def test_the_fact_and_the_strength_are_both_given() -> None:
    judgement = judge_share(9, 14, 0.75)

    assert (judgement.reached_goal, judgement.goal_count, judgement.verdict) == (False, 11, "undecided")
    assert judgement.share == pytest.approx(9 / 14)


def test_equal_to_the_goal_is_reached() -> None:
    assert judge_share(11, 14, 0.75).reached_goal is True
    assert judge_share(7, 10, 0.7).reached_goal is True


def test_nobody_counted_says_nothing() -> None:
    judgement = judge_share(0, 0, 0.75)

    assert (judgement.reached_goal, judgement.goal_count, judgement.share, judgement.verdict) == (
        None,
        None,
        None,
        "too_few",
    )


def test_the_thresholds_are_policy() -> None:
    strict = Policy(no_number_below=10, no_verdict_below=20)

    assert share_verdict(14, 14, 0.75, strict) == "too_few"
    assert share_verdict(14, 14, 0.75, Policy(confidence=0.99)) == "undecided"


@pytest.mark.parametrize(
    "bad", [{"confidence": 1.0}, {"confidence": 0.0}, {"no_number_below": 11}, {"no_number_below": -1}]
)
def test_a_policy_that_cannot_be_is_refused(bad: dict[str, float]) -> None:
    with pytest.raises(ValueError):
        Policy(**bad)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("norm", "verdict"), [(8.0, "above"), (8.8, "above"), (8.9, "undecided"), (11.1, "undecided"), (11.2, "below")]
)
def test_a_mean_is_judged_by_its_interval(norm: float, verdict: str) -> None:
    assert mean_verdict(10.0, 2.0, 10, norm) == verdict


def test_an_interval_that_touches_the_norm_is_undecided() -> None:
    assert mean_verdict(10.0, 0.0, 12, 10.0) == "undecided"
    assert share_verdict(12, 12, 1.0) == "undecided"
    assert share_verdict(0, 12, 0.0) == "undecided"


def test_a_mean_of_fewer_than_ten_is_not_judged() -> None:
    assert mean_verdict(10.0, 0.1, 9, 5.0) == "too_few"
    assert mean_verdict(10.0, 0.0, 1, 5.0, Policy(no_number_below=0, no_verdict_below=0)) == "too_few"
