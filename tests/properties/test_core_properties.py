"""What holds for every input: rules of core that no example can prove."""

from datetime import date, timedelta
from itertools import pairwise
from math import nextafter
from statistics import median as plain_median

from hypothesis import given
from hypothesis import strategies as st

from leercirkel.core import destinations, dle, expected, levels, reading, reference, subjects
from leercirkel.core.calendar import (
    MOMENTS,
    moment_of,
    parse_school_year,
    school_year_end,
    school_year_label,
    school_year_of,
    school_year_start,
)
from leercirkel.core.didactic_age import CONVENTIONS, band_of, by_grade, elapsed, first_year_in_group3
from leercirkel.core.dle import CensoredError, Dle
from leercirkel.core.growth import shrink
from leercirkel.core.norms import NormRow, NormTable, classify, merge
from leercirkel.core.verdicts import exact_binomial_test, exact_interval, goal_count, judge_share, wilson

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
COUNTS = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
TARGETS = st.integers(1, 100).map(lambda percent: percent / 100)


@given(DAYS)
def test_every_day_lies_in_its_school_year(day: date) -> None:
    school_year = school_year_of(day)

    assert school_year_start(school_year) <= day <= school_year_end(school_year)
    assert parse_school_year(school_year_label(school_year)) == school_year


@given(st.integers(1990, 2060), st.integers(0, 363))
def test_moments_follow_each_other_within_a_school_year(school_year: int, days: int) -> None:
    day = school_year_start(school_year) + timedelta(days=days)

    assert MOMENTS.index(moment_of(day)) <= MOMENTS.index(moment_of(day + timedelta(days=1)))


@given(DAYS, st.integers(0, 400), st.integers(2000, 2050), st.sampled_from(CONVENTIONS))
def test_didactic_age_never_goes_back_and_stays_within_0_and_60(
    day: date, later: int, start: int, convention: str
) -> None:
    now = elapsed(day, start, convention)  # type: ignore[arg-type]
    then = elapsed(day + timedelta(days=later), start, convention)  # type: ignore[arg-type]

    assert 0 <= now.months <= then.months <= 60
    assert now.years_beyond <= then.years_beyond
    assert band_of(now.months)


@given(st.integers(3, 8), st.dates(date(2025, 8, 1), date(2026, 7, 31)), st.sampled_from(CONVENTIONS))
def test_for_an_ordinary_career_time_and_grade_say_the_same(grade: int, day: date, convention: str) -> None:
    age = elapsed(day, 2025 - (grade - 3), convention)  # type: ignore[arg-type]

    assert age.months == by_grade(day, grade, convention)  # type: ignore[arg-type]


@given(st.integers(1, 3), st.integers(0, 2), st.integers(2, 6))
def test_extra_years_in_kindergarten_do_not_move_the_start_and_later_ones_do_not_either(
    kindergarten: int, repeats: int, years: int
) -> None:
    first = 2015 + kindergarten
    history = [(2015 + i, 2) for i in range(kindergarten)]
    history += [(first + i, 3 + max(0, i - repeats)) for i in range(years)]

    start = first_year_in_group3(history, None, None)

    assert (start.year, start.estimated) == (first, False)


@given(COUNTS)
def test_the_share_lies_in_its_intervals_and_the_mirror_image_mirrors_it(count: tuple[int, int]) -> None:
    reached, counted = count
    for interval_of in (wilson, exact_interval):
        interval, mirrored = interval_of(reached, counted), interval_of(counted - reached, counted)
        assert interval is not None
        assert mirrored is not None
        assert 0 <= interval[0] <= reached / counted <= interval[1] <= 1
        assert abs(interval[0] + mirrored[1] - 1) < 1e-9


@given(COUNTS, TARGETS)
def test_the_goal_is_the_first_count_that_reaches_the_target(count: tuple[int, int], target: float) -> None:
    counted = count[1]
    percent = round(target * 100)

    goal = goal_count(counted, target)

    assert 100 * goal >= percent * counted > 100 * (goal - 1)  # in whole numbers, so without rounding


@given(COUNTS, TARGETS)
def test_the_strength_never_contradicts_the_fact(count: tuple[int, int], target: float) -> None:
    judgement = judge_share(*count, target)

    assert not (judgement.verdict == "above" and not judgement.reached_goal)
    assert not (judgement.verdict == "below" and judgement.reached_goal)
    assert (judgement.verdict == "too_few") == (count[1] < 10)


@given(st.integers(10, 200), TARGETS)
def test_more_pupils_who_reach_it_never_make_the_verdict_worse(counted: int, target: float) -> None:
    order = ["below", "undecided", "above"]
    ranks = [order.index(judge_share(reached, counted, target).verdict) for reached in range(counted + 1)]

    assert all(before <= after for before, after in pairwise(ranks))


@given(COUNTS, TARGETS)
def test_a_p_value_is_a_chance(count: tuple[int, int], target: float) -> None:
    assert 0 <= exact_binomial_test(*count, target) <= 1


MONTHS = st.integers(0, 700).map(lambda tenths: tenths / 10)


@st.composite
def known_and_shown(draw: st.DrawFn) -> tuple[float, Dle]:
    """A true number of months, and the DLE that a scale from `low` to `high` shows for it."""
    value, low, high = draw(MONTHS), draw(st.integers(1, 20)), draw(st.integers(30, 60))
    return value, Dle(low, "<") if value < low else Dle(high, ">") if value > high else Dle(value)


@given(known_and_shown(), MONTHS)
def test_what_a_dle_says_about_a_threshold_is_true_of_the_hidden_value(pair: tuple[float, Dle], limit: float) -> None:
    value, shown = pair

    assert shown.reached(limit) in (None, value >= limit)
    assert shown.at_most(limit) in (None, value <= limit)
    assert shown.censored or shown.reached(limit) is not None


@given(known_and_shown(), known_and_shown())
def test_an_order_of_dles_is_true_of_the_hidden_values(first: tuple[float, Dle], second: tuple[float, Dle]) -> None:
    order = dle.compare(first[1], second[1])

    assert order in (None, (first[0] > second[0]) - (first[0] < second[0]))
    reverse = dle.compare(second[1], first[1])
    assert reverse == (None if order is None else -order)


@given(st.lists(known_and_shown(), min_size=1, max_size=9))
def test_a_median_of_dles_is_true_of_the_hidden_values(pairs: list[tuple[float, Dle]]) -> None:
    true = plain_median(value for value, _ in pairs)
    try:
        shown = dle.median(d for _, d in pairs)
    except CensoredError:
        assert any(d.censored for _, d in pairs)
        return
    assert shown is not None
    if shown.operator == "=":
        assert abs(shown.months - true) < 1e-9
    else:
        assert true > shown.months if shown.operator == ">" else true < shown.months


@given(known_and_shown())
def test_a_written_dle_reads_back(pair: tuple[float, Dle]) -> None:
    assert dle.parse(pair[1].text) == pair[1]


@given(st.floats(0, 100), st.floats(0, 100), st.sampled_from(["A-E", "I-V"]))
def test_a_higher_percentile_never_has_a_lower_level(one: float, other: float, scale: str) -> None:
    low, high = sorted((one, other))

    assert levels.at_least(levels.level_of_percentile(high, scale), levels.level_of_percentile(low, scale))


BOUNDS = st.lists(st.integers(0, 300), min_size=5, max_size=5, unique=True).map(sorted)


@given(BOUNDS, st.floats(-50, 400), st.randoms(use_true_random=False))
def test_a_table_from_shuffled_lines_classifies_by_its_bounds(bounds: list[int], score: float, random: object) -> None:
    labels = ("V", "IV", "III", "II", "I")
    rows = [NormRow(bound, label) for bound, label in zip(bounds, labels, strict=True)]
    random.shuffle(rows)  # type: ignore[attr-defined]
    lines = [NormTable("DEMO-LVS", "1", "rekenen", "pupil", 5, "M", "demo", "level", (row,)) for row in rows]

    (table,) = merge(lines)

    level = classify(score, table, "pupil")
    assert labels.index(level) == max(0, sum(bound <= score for bound in bounds) - 1)
    assert [classify(bound, table, "pupil") for bound in bounds] == list(labels)
    assert [classify(nextafter(bound, 0), table, "pupil") for bound in bounds[1:]] == list(labels[:-1])


CARDS = st.lists(
    st.builds(
        reading.Card,
        st.sampled_from(reading.AVI_LEVELS[1:]),
        st.sampled_from(["mastery", "instruction", "frustration"]),
    ),
    max_size=8,
)


@given(CARDS)
def test_the_instruction_level_is_never_below_mastery(cards: list[reading.Card]) -> None:
    result = reading.from_cards(cards)

    assert reading.at_least(result.instruction, result.mastery)


@given(st.floats(0, 200), st.integers(1, 500), st.floats(0, 200), st.floats(0.01, 0.99))
def test_a_shrunken_mean_lies_between_its_own_and_the_grand_mean(mean: float, n: int, grand: float, icc: float) -> None:
    low, high = sorted((mean, grand))

    assert low - 1e-9 <= shrink(mean, n, grand, icc) <= high + 1e-9


@given(st.text(max_size=30))
def test_no_text_makes_a_parser_fail(text: str) -> None:
    for parse in (
        parse_school_year, destinations.parse, subjects.parse, dle.parse, levels.parse, reading.parse, reference.parse,
        expected.parse,
    ):  # fmt: skip
        parse(text)
