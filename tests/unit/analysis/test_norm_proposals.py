"""What a school's own years say where it has no norm, and what changed between two reports of a round."""

from __future__ import annotations

from dataclasses import replace

from tests.support.answer_cells import YEAR, cell, total
from tests.support.sample_report import sample_report

from leercirkel.analysis.model import OverviewCell, SchoolReport
from leercirkel.analysis.norm_proposals import OwnYears, own_years
from leercirkel.analysis.since import ChangedCell, Count, changed_cells

BARE = replace(sample_report(), school_year=YEAR, moment="M", overview=(), totals=())
NOW = cell(tiers=(), grade=5)


def report(*cells: OverviewCell) -> SchoolReport:
    return replace(
        BARE, overview=tuple(c for c in cells if c.group), totals=tuple(c for c in cells if not c.group),
        method=replace(BARE.method, main_tiers={}),
    )  # fmt: skip


def year(first: int, counted: int, **more: object) -> OverviewCell:
    return cell(tiers=(), counted=counted, grade=5, school_year=f"{first}-{first + 1}", **more)  # type: ignore[arg-type]


def test_the_highest_level_that_three_quarters_reached_over_the_last_three_years() -> None:
    """Of 40 pupils 12 have I or II, 19 III or higher, 30 IV or higher: three quarters of 40 is 30."""
    years = [
        year(2022, 90, levels={"I": 90}),
        year(2023, 10, levels={"I": 2, "III": 3, "V": 5}),
        year(2024, 10, levels={"II": 4, "IV": 6}),
        year(2025, 20, levels={"II": 6, "III": 4, "IV": 5, "V": 5}),
    ]

    assert own_years(report(*years, NOW), NOW) == OwnYears(
        ("2023-2024", "2024-2025", "2025-2026"), 40, "IV", 30, 40, None, "dle"
    )


def test_scores_without_levels_give_their_mean_over_pupils() -> None:
    years = [year(2024, 10, mean=90.0, mean_of=10), year(2025, 30, mean=100.0, mean_of=30)]

    found = own_years(report(*years, NOW), NOW)

    assert found is not None
    assert (found.level, found.mean, found.counted) == (None, 97.5, 40)


def test_fewer_than_ten_pupils_another_moment_or_another_grade_say_nothing() -> None:
    few = year(2025, 9, levels={"I": 9})
    other_moment = year(2025, 30, levels={"I": 30}, moment="E")
    other_grade = replace(year(2025, 30, levels={"I": 30}), grade=6)

    assert own_years(report(few, other_moment, other_grade, NOW), NOW) is None


def test_a_group_without_a_grade_goes_by_the_whole_school() -> None:
    mixed = replace(NOW, grade=None)
    school = total(20, 30, tiers=(), school_year="2025-2026", levels={"A": 25, "E": 5})

    found = own_years(report(school, mixed), mixed)

    assert found is not None
    assert (found.level, found.reached, found.leveled) == ("A", 25, 30)


def test_only_cells_of_which_the_count_changed_are_told() -> None:
    same = cell(9, 14, group="Groep 6")
    before, now = report(cell(9, 14), same), report(cell(10, 15), same, cell(3, 5, subject="spelling"))

    assert changed_cells(before, now) == (
        ChangedCell("Groep 5", "rekenen", "DEMO", Count(14, 14, 9), Count(15, 15, 10)),
        ChangedCell("Groep 5", "spelling", "DEMO", None, Count(5, 5, 3)),
    )
    assert changed_cells(now, now) == ()
