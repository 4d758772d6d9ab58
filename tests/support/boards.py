"""Invented schools as files, with their reports for the team and for the board."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from hypothesis import strategies as st
from tests.support.school import enrolments, marks, results

from leercirkel.analysis.disclosure import Published, crossings_of, for_board
from leercirkel.analysis.model import SchoolReport
from leercirkel.analysis.report import Context, NothingToReport, school_report
from leercirkel.analysis.sittings import Inputs
from leercirkel.core.standards import Standard, Tier
from leercirkel.engines.memory import MemoryEngine

STANDARDS = (
    Standard("rekenen", "score", (Tier("basis", 0.75, 20.0), Tier("hoog", 0.25, 30.0))),
    Standard("rekenen", "score", (Tier("basis", 0.5, 15.0),), scope="care"),
)
YEARS = (2024, 2025)
LAYOUTS = (
    ("Groep 3", "Groep 4", "Groep 5", "Groep 6"),  # every grade one group
    ("3/4", "3/4", "5/6", "5/6"),  # combination groups
    ("Merels", "Spechten", "Merels", "Spechten"),  # mixed groups
    ("Groep 3", "Merels", "Merels", "Groep 6"),
)
DESTINATIONS = ("pro", "vmbo_basis", "vmbo_kader", None)


@dataclass(frozen=True)
class Files:
    """What a school hands in: rows of results, enrolments and marks."""

    taken: tuple[dict[str, Any], ...]
    seats: tuple[dict[str, Any], ...]
    marked: tuple[dict[str, Any], ...] = ()
    care_two_below: bool = False

    def of_years(self, *years: int) -> Files:
        """Without the files of other years."""
        taken = tuple(r for r in self.taken if r["school_year"] in years)
        return replace(self, taken=taken, seats=tuple(r for r in self.seats if r["school_year"] in years))

    def inputs(self) -> Inputs:
        """As the analyses take them."""
        marked = marks(*self.marked) if self.marked else None
        return Inputs(MemoryEngine(), results(*self.taken), enrolments(*self.seats), marked)

    def report(self, **round_: Any) -> SchoolReport:
        """The report for the team; NothingToReport when there is none."""
        return school_report(
            self.inputs(), STANDARDS, Context("99XX00", "School", **round_), care_two_below=self.care_two_below
        )

    def for_board(self, *, earlier: tuple[Published, ...] = (), **round_: Any) -> SchoolReport | None:
        """The report for the board; None when there is nothing to report."""
        try:
            report = self.report(**round_)
        except NothingToReport:
            return None
        parts = crossings_of(self.inputs(), STANDARDS, report.method.main_tiers, care_two_below=self.care_two_below)
        return for_board(report, parts, standards=STANDARDS, earlier=earlier)


def published(report: SchoolReport) -> Published:
    """What an earlier report told."""
    names = (
        "school", "as_of", "overview", "totals", "grade_trend", "growth", "learning_yield", "destination_changes",
        "interventions", "test_advices", "withheld",
    )  # fmt: skip
    return Published(**{name: getattr(report, name) for name in names})


@st.composite
def schools(draw: st.DrawFn, most: int = 34) -> Files:
    """A school of a few dozen pupils over two years, in groups of one grade, combined ones or mixed ones; a special
    school (with destinations) or not."""
    special = draw(st.booleans())
    layouts = [draw(st.sampled_from(LAYOUTS)) for _ in YEARS]
    dice = draw(st.randoms(use_true_random=False))
    grades = draw(st.lists(st.integers(3, 6), min_size=2, max_size=4, unique=True))
    moments = draw(st.sampled_from([("M",), ("M", "E")]))
    taken: list[dict[str, Any]] = []
    seats: list[dict[str, Any]] = []
    marked: list[dict[str, Any]] = []
    for number in range(draw(st.integers(1, most))):
        pupil, grade = f"p{number:02}", dice.choice(grades)
        if special or dice.random() < 0.1:
            destination = dice.choice(DESTINATIONS) if special else None
            care = dice.random() < 0.3
            marked.append({"pupil": pupil, "from": date(2023, 8, 1), "destination": destination, "care": care})
        for year, layout in zip(YEARS, layouts, strict=True):
            if grade > 6 or dice.random() < 0.1:
                continue
            seat = {"pupil": pupil, "school_year": year, "group": layout[grade - 3], "grade": grade}
            seats.append(seat | {"first_year_in_group3": year - grade + 3})
            taken += [row for moment in moments if (row := _sitting(dice, pupil, year, moment))]
            grade += 1
    return Files(tuple(taken), tuple(seats), tuple(marked), care_two_below=draw(st.booleans()))


def _sitting(dice: Any, pupil: str, year: int, moment: str) -> dict[str, Any] | None:
    day = date(year + 1, 1, 18) if moment == "M" else date(year + 1, 6, 3)
    version = "1" if dice.random() < 0.9 else "2"
    base = {"pupil": pupil, "school_year": year, "taken_on": day, "moment": moment, "version": version}
    chance = dice.random()
    if chance < 0.75:
        return base | {"score": float(dice.randint(0, 40)), "level": dice.choice(["I", "II", None])}
    if chance < 0.85:
        return base | {"dle": float(dice.randint(0, 40))}
    return base | {"not_taken": "ill"} if chance < 0.95 else None


def classes(sizes: dict[str, tuple[int, int]], *, year: int = 2025) -> Files:
    """A school of one year and moment: group → (grade, number of pupils), scores that differ from pupil to pupil."""
    taken: list[dict[str, Any]] = []
    seats: list[dict[str, Any]] = []
    for group, (grade, pupils) in sizes.items():
        for number in range(pupils):
            pupil = f"{group}-{number:02}"
            seat = {"pupil": pupil, "school_year": year, "group": group, "grade": grade}
            seats.append(seat | {"first_year_in_group3": year - grade + 3})
            score = float((7 * len(taken) + 3) % 41)
            day = date(year + 1, 1, 18)
            taken.append({"pupil": pupil, "school_year": year, "taken_on": day, "moment": "M", "score": score})
    return Files(tuple(taken), tuple(seats))
