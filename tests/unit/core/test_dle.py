"""DLE as a value that may be censored: docs/domein/leertijd.md."""

import pytest

from leercirkel.core.dle import CensoredError, Dle, compare, mean, median, parse


@pytest.mark.parametrize(
    ("text", "dle"),
    [
        ("35", Dle(35)),
        ("12,5", Dle(12.5)),
        ("12.5", Dle(12.5)),
        (">60", Dle(60, ">")),
        ("> 60", Dle(60, ">")),
        ("<1", Dle(1, "<")),
        ("0", Dle(0)),
        ("=5", Dle(5)),
    ],
)
def test_a_dle_is_read_as_exports_write_it(text: str, dle: Dle) -> None:
    assert parse(text) == dle


@pytest.mark.parametrize("text", ["", "x", "-1", "<0", "60+", ">=60", "1e3", "nan", "12,5,5", "9999"])
def test_what_is_no_dle_is_none(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize(("dle", "text"), [(Dle(35), "35"), (Dle(12.5), "12,5"), (Dle(60, ">"), ">60")])
def test_a_dle_is_written_with_a_decimal_comma(dle: Dle, text: str) -> None:
    assert dle.text == text


@pytest.mark.parametrize(
    ("dle", "threshold", "reached"),
    [
        (Dle(20), 20, True),
        (Dle(19.9), 20, False),
        (Dle(60, ">"), 60, True),
        (Dle(60, ">"), 65, None),
        (Dle(1, "<"), 5, False),
        (Dle(1, "<"), 1, False),
        (Dle(5, "<"), 3, None),
        (Dle(1, "<"), 0, True),
    ],
)
def test_a_threshold_is_reached_or_not_or_open(dle: Dle, threshold: float, reached: bool | None) -> None:
    assert dle.reached(threshold) is reached


@pytest.mark.parametrize(
    ("dle", "threshold", "at_most"),
    [
        (Dle(30), 30, True),
        (Dle(30.1), 30, False),
        (Dle(60, ">"), 60, False),
        (Dle(60, ">"), 61, None),
        (Dle(1, "<"), 1, True),
        (Dle(5, "<"), 3, None),
    ],
)
def test_a_dle_lies_under_a_threshold_or_not_or_it_is_open(dle: Dle, threshold: float, at_most: bool | None) -> None:
    assert dle.at_most(threshold) is at_most


@pytest.mark.parametrize(
    ("first", "second", "order"),
    [
        (Dle(10), Dle(20), -1),
        (Dle(20), Dle(20), 0),
        (Dle(60, ">"), Dle(60), 1),
        (Dle(60), Dle(60, ">"), -1),
        (Dle(60, ">"), Dle(70), None),
        (Dle(60, ">"), Dle(60, ">"), None),
        (Dle(5, "<"), Dle(5, ">"), -1),
        (Dle(5, "<"), Dle(5, "<"), None),
        (Dle(60, ">"), Dle(1, "<"), 1),
        (Dle(50, ">"), Dle(60, "<"), None),
        (Dle(5, "<"), Dle(3), None),
    ],
)
def test_an_order_is_given_only_when_it_is_certain(first: Dle, second: Dle, order: int | None) -> None:
    assert compare(first, second) == order


@pytest.mark.parametrize("censored", [Dle(60, ">"), Dle(1, "<")])
def test_a_censored_dle_never_enters_a_mean(censored: Dle) -> None:
    with pytest.raises(CensoredError):
        mean([Dle(30), censored])


def test_the_mean_of_exact_values_is_their_mean() -> None:
    assert mean([Dle(10), Dle(15), Dle(20)]) == 15
    assert mean([]) is None


@pytest.mark.parametrize(
    ("values", "middle"),
    [
        ([Dle(10), Dle(20), Dle(60, ">")], Dle(20)),
        ([Dle(1, "<"), Dle(20), Dle(30)], Dle(20)),
        ([Dle(1, "<"), Dle(20), Dle(30), Dle(60, ">")], Dle(25)),
        ([Dle(60, ">"), Dle(60, ">"), Dle(20)], Dle(60, ">")),
        ([Dle(1, "<"), Dle(1, "<"), Dle(20)], Dle(1, "<")),
        ([Dle(60), Dle(60), Dle(60, ">")], Dle(60)),
        ([Dle(40, "<"), Dle(20), Dle(60)], Dle(40, "<")),
    ],
)
def test_a_median_may_hold_censored_values_at_its_ends(values: list[Dle], middle: Dle) -> None:
    assert median(values) == middle


@pytest.mark.parametrize(
    "values", [[Dle(10), Dle(60, ">")], [Dle(40, "<"), Dle(20), Dle(50), Dle(60)], [Dle(1, "<"), Dle(60, ">")]]
)
def test_a_median_that_is_open_is_refused(values: list[Dle]) -> None:
    with pytest.raises(CensoredError):
        median(values)


def test_no_values_have_no_median() -> None:
    assert median([]) is None


@pytest.mark.parametrize(
    ("months", "operator"), [(-1, "="), (float("inf"), "="), (float("nan"), "="), (0, "<"), (5, "≥")]
)
def test_a_dle_that_cannot_be_is_refused(months: float, operator: str) -> None:
    with pytest.raises(ValueError):
        Dle(months, operator)  # type: ignore[arg-type]
