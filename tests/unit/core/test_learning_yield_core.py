"""Learning yield and its noise: docs/domein/leertijd.md."""

from random import Random

import pytest

from leercirkel.core.dle import Dle
from leercirkel.core.learning_yield import (
    SubjectDifference,
    difference_limit,
    difference_z,
    half_width,
    learning_yield,
    pro_criterion,
    ratio,
    relative_lag,
    subject_differences,
)


def test_twenty_months_at_45_is_a_yield_of_44_percent() -> None:
    assert round(ratio(20, 45), 3) == 0.444


@pytest.mark.parametrize(("dle", "lag"), [(30, 0.5), (45, 0.25)])
def test_the_lag_at_the_end_of_group_8(dle: float, lag: float) -> None:
    assert relative_lag(dle, 60) == lag


@pytest.mark.parametrize(("dl", "points"), [(5, 118), (10, 59), (20, 29), (30, 20), (40, 15), (50, 12)])
def test_the_noise_of_a_yield_shrinks_with_the_learning_time(dl: int, points: int) -> None:
    assert round(100 * half_width(dl)) == points


@pytest.mark.parametrize("dl", [0, 5, 9])
def test_below_dl_10_no_yield_is_given(dl: int) -> None:
    result = learning_yield(Dle(4), dl)

    assert (result.value, result.low, result.withheld) == (None, None, "dl_below_10")


@pytest.mark.parametrize(("dl", "may_alarm"), [(10, False), (19, False), (20, True), (60, True)])
def test_below_dl_20_a_yield_raises_no_alarm(dl: int, may_alarm: bool) -> None:
    assert learning_yield(Dle(5), dl).may_alarm is may_alarm


def test_without_a_didactic_age_there_is_no_yield() -> None:
    assert learning_yield(Dle(20), None).withheld == "no_dl"


def test_a_yield_comes_with_its_interval_which_does_not_go_below_zero() -> None:
    result = learning_yield(Dle(20), 45)

    assert result.value == pytest.approx(0.444, abs=1e-3)
    assert [result.low, result.high] == pytest.approx([0.314, 0.575], abs=1e-3)
    assert learning_yield(Dle(1), 10).low == 0.0


def test_a_censored_dle_gives_a_censored_yield_without_interval() -> None:
    result = learning_yield(Dle(60, ">"), 50)

    assert (result.value, result.operator, result.low, result.high) == (1.2, ">", None, None)


def _dles(rekenen: float, begrijpend_lezen: float, technisch_lezen: float, spelling: float) -> dict[str, Dle]:
    return {
        "rekenen": Dle(rekenen),
        "begrijpend_lezen": Dle(begrijpend_lezen),
        "technisch_lezen": Dle(technisch_lezen),
        "spelling": Dle(spelling),
    }


def test_a_lag_in_technical_reading_and_spelling_alone_is_not_enough_for_praktijkonderwijs() -> None:
    assert pro_criterion(_dles(40, 40, 20, 20), 60) is False


@pytest.mark.parametrize("dles", [_dles(30, 30, 50, 50), _dles(25, 45, 50, 28), _dles(45, 25, 28, 50)])
def test_half_behind_in_two_domains_with_one_of_arithmetic_and_comprehension_is_enough(dles: dict[str, Dle]) -> None:
    assert pro_criterion(dles, 60) is True


def test_half_behind_in_one_domain_is_not_enough() -> None:
    assert pro_criterion(_dles(20, 40, 50, 50), 60) is False


def test_exactly_half_behind_counts() -> None:
    assert pro_criterion(_dles(30, 30, 60, 60), 60) is True
    assert pro_criterion(_dles(30.1, 30, 60, 60), 60) is False


def test_what_absent_or_censored_results_leave_open_is_not_decided() -> None:
    assert pro_criterion({"rekenen": Dle(20)}, 60) is None
    assert pro_criterion({"rekenen": Dle(20), "spelling": Dle(20)}, 60) is True
    assert pro_criterion({"technisch_lezen": Dle(20), "rekenen": Dle(50), "begrijpend_lezen": Dle(50)}, 60) is False
    assert pro_criterion(_dles(20, 40, 50, 50) | {"spelling": Dle(20, ">")}, 60) is None


def test_a_difference_must_be_large_and_more_than_noise() -> None:
    assert difference_limit(1.0, 1.0) == 10.0  # 3.12 × 1 × √2 = 4.4 is less than large
    assert difference_limit(3.0, 5.0) == pytest.approx(difference_z(2) * 34**0.5)


def test_the_more_subjects_are_compared_the_further_apart_two_must_be() -> None:
    # Bonferroni by hand: 5% over 28 pupils × the pairs, both sides of the normal distribution.
    assert [difference_z(subjects) for subjects in (2, 4, 6)] == pytest.approx([3.124, 3.617, 3.848], abs=0.001)


def test_a_class_without_any_real_difference_shows_about_none() -> None:
    rng = Random(28)
    subjects, errors = ("rekenen", "begrijpend_lezen", "technisch_lezen", "spelling"), (2.5, 3.0, 4.0, 6.0)
    off = dict(zip(subjects, errors, strict=True))

    def shown() -> int:
        pupils = ({s: Dle(max(0.0, 35 + rng.gauss(0, off[s]))) for s in subjects} for _ in range(28))
        return sum(bool(subject_differences(dles, off)) for dles in pupils)

    classes = [shown() for _ in range(400)]

    assert sum(count > 0 for count in classes) <= 0.05 * 400 + 3 * (0.05 * 0.95 * 400) ** 0.5
    assert max(classes) <= 2


def test_a_test_that_measures_less_well_needs_a_larger_difference() -> None:
    dles = {"rekenen": Dle(30), "spelling": Dle(44)}

    assert subject_differences(dles, {"rekenen": 2.0, "spelling": 2.0}) == (
        SubjectDifference("spelling", "rekenen", 14),
    )
    assert subject_differences(dles, {"rekenen": 2.0, "spelling": 6.0}) == ()


def test_large_differences_between_subjects_are_named_largest_first() -> None:
    dles = {"rekenen": Dle(36), "begrijpend_lezen": Dle(20), "technisch_lezen": Dle(45), "spelling": Dle(36)}

    assert subject_differences(dles) == (
        SubjectDifference("technisch_lezen", "begrijpend_lezen", 25),
        SubjectDifference("rekenen", "begrijpend_lezen", 16),
        SubjectDifference("spelling", "begrijpend_lezen", 16),
    )


def test_exactly_ten_months_is_not_a_large_difference() -> None:
    exact = {"rekenen": 0.1, "spelling": 0.1}
    assert subject_differences({"rekenen": Dle(30), "spelling": Dle(40)}, exact) == ()
    assert subject_differences({"rekenen": Dle(30), "spelling": Dle(41)}, exact) != ()


def test_a_censored_dle_counts_with_what_is_certain() -> None:
    assert subject_differences({"rekenen": Dle(35), "spelling": Dle(60, ">")}) == (
        SubjectDifference("spelling", "rekenen", 25, at_least=True),
    )
    assert subject_differences({"rekenen": Dle(60, ">"), "spelling": Dle(75)}) == ()


def test_without_learning_time_there_is_no_yield() -> None:
    with pytest.raises(ValueError):
        ratio(5, 0)
    with pytest.raises(ValueError):
        pro_criterion({}, 0)
