"""The same grade and moment over the years: other children every year."""

from __future__ import annotations

from datetime import date

import pytest
from tests.support.school import class_of, enrolments, marks, results

from leercirkel.analysis.grade_trend import grade_trend
from leercirkel.analysis.lines import judged
from leercirkel.analysis.model import GradeTrend
from leercirkel.analysis.sittings import Inputs, sittings
from leercirkel.core.standards import Standard, Tier

NORM = Standard("rekenen", "score", (Tier("basis", 0.75, 80.0),))


def school(counts: dict[int, tuple[int, int]], version: dict[int, str] | None = None, grade: int | None = 5):
    """Frames with, per school year, `reached` of `n` pupils at 90 and the rest at 70."""
    seats, taken = [], []
    for year, (reached, n) in counts.items():
        pupils = [f"{year}-{i:02}" for i in range(n)]
        seats += class_of("Groep 5", grade, *pupils, year=year, first_year_in_group3=year - 2)
        taken += [
            {"pupil": p, "score": 90.0 if i < reached else 70.0, "taken_on": date(year + 1, 1, 20),
             "version": (version or {}).get(year, "1")}
            for i, p in enumerate(pupils)
        ]  # fmt: skip
    return results(*taken), enrolments(*seats)


def trends(inputs: Inputs, axis=None) -> tuple[GradeTrend, ...]:
    rows = sittings(inputs)
    return grade_trend(
        inputs.engine, rows, judged(inputs.engine, rows, [NORM]), main_tiers={"rekenen": "basis"}, axis=axis
    )


def test_a_point_a_year_and_a_pool_of_three_calendar_years(load) -> None:
    taken, seats = school({2021: (10, 20), 2022: (12, 20), 2023: (14, 20), 2024: (16, 20)})

    (trend,) = trends(load(taken, seats), "grade")

    assert trend.grade == 5
    assert [(p.school_year, p.reached, p.judged, p.mean) for p in trend.points] == [
        ("2021-2022", 10, 20, 80.0),
        ("2022-2023", 12, 20, 82.0),
        ("2023-2024", 14, 20, 84.0),
        ("2024-2025", 16, 20, 86.0),
    ]
    assert trend.pool is not None
    assert trend.pool.school_years == ("2022-2023", "2023-2024", "2024-2025")
    assert (trend.pool.reached, trend.pool.judged, trend.pool.mean) == (42, 60, pytest.approx(84.0))
    assert trend.pool.goal_count == 45


def test_an_absent_year_is_not_replaced_by_an_older_one(load) -> None:
    taken, seats = school({2019: (10, 20), 2020: (10, 20), 2024: (16, 20)})

    (trend,) = trends(load(taken, seats), "grade")

    assert [pool.school_years for pool in trend.pools] == [("2019-2020", "2020-2021")]
    assert trend.pool is None


def test_the_line_begins_again_at_a_new_version(load) -> None:
    taken, seats = school({y: (10 + 2 * i, 20) for i, y in enumerate(range(2020, 2025))}, {2023: "2", 2024: "2"})

    (trend,) = trends(load(taken, seats), "grade")

    assert [p.new_version for p in trend.points] == [False, False, False, True, False]
    assert trend.pool is not None
    assert trend.pool.school_years == ("2023-2024", "2024-2025")
    assert trend.direction is None


def test_right_after_a_new_version_there_is_no_current_pool(load) -> None:
    taken, seats = school({2022: (10, 20), 2023: (12, 20), 2024: (14, 20)}, {2024: "2"})

    (trend,) = trends(load(taken, seats), "grade")

    assert (len(trend.pools), trend.pool) == (1, None)


@pytest.mark.parametrize(
    ("shares", "direction"),
    [((10, 20, 29), "up"), ((29, 20, 10), "down"), ((20, 22, 19), "none"), ((20, 20, 20), "none")],
)
def test_direction_only_beyond_chance(load, shares, direction) -> None:
    taken, seats = school(dict(zip((2022, 2023, 2024), ((k, 30) for k in shares), strict=True)))

    (trend,) = trends(load(taken, seats))

    assert trend.direction == direction


def test_without_grades_the_axis_is_the_band_of_didactic_age(load) -> None:
    taken, seats = school({2023: (5, 12), 2024: (6, 12)}, grade=None)

    (trend,) = trends(load(taken, seats), "band")

    assert trend.didactic_age_band == "21-30"
    assert trends(load(taken, seats), "grade") == ()


def test_by_destination_only_pupils_with_one_count(load) -> None:
    taken, seats = school({2024: (6, 12)})
    dated = marks(*({"pupil": f"2024-{i:02}", "from": date(2023, 9, 1), "destination": "PRO"} for i in range(4, 9)))

    (trend,) = trends(load(taken, seats, dated), "destination")

    assert (trend.destination, trend.points[0].judged, trend.points[0].reached) == ("PRO", 5, 2)


def test_without_a_standard_there_is_still_a_mean_and_no_share(load) -> None:
    taken, seats = school({2023: (5, 12), 2024: (6, 12)})
    inputs = load(taken, seats)
    rows = sittings(inputs)

    (trend,) = grade_trend(inputs.engine, rows, judged(inputs.engine, rows, []), main_tiers={})

    assert (trend.tier, trend.target_share, trend.points[0].share, trend.points[0].mean) == (
        None,
        None,
        None,
        pytest.approx(78.3333, abs=1e-4),
    )
