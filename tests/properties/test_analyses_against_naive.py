"""Every heavy analysis has a second, naive implementation; on generated schools both must say the same."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.support import naive
from tests.support.school import enrolments, marks, results

from leercirkel.analysis.cohort_trend import Step, cohort_trend, measured
from leercirkel.analysis.lines import judged
from leercirkel.analysis.overview import overview
from leercirkel.analysis.sittings import Inputs, sittings
from leercirkel.core.calendar import school_year_end, school_year_label, school_year_start
from leercirkel.core.standards import Standard, Tier
from leercirkel.engines.duck import DuckEngine
from leercirkel.engines.memory import MemoryEngine

YEARS = (2023, 2024, 2025)
LOWEST = 5
LAYOUTS = (
    ("Groep 5", "Groep 6", "Groep 7", "Groep 8"),  # every grade one group
    ("5/6", "5/6", "7/8", "7/8"),  # combination groups
    ("5/6A|5/6B", "5/6A|5/6B", "7/8A|7/8B", "7/8A|7/8B"),  # two of each
    ("Merels", "Spechten", "Merels", "Spechten"),  # mixed groups
)
"""Per grade the group, or the groups that pupils are divided over."""


@st.composite
def schools(draw: st.DrawFn) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """A small school over three years: pupils who come, go, double and miss tests."""
    seats: list[dict[str, Any]] = []
    taken: list[dict[str, Any]] = []
    layouts = [draw(st.sampled_from(LAYOUTS)) for _ in YEARS]
    for number in range(draw(st.integers(1, 14))):
        grade = draw(st.integers(LOWEST, 8))
        for year, layout in zip(YEARS, layouts, strict=True):
            if grade > 8 or not draw(st.booleans()):
                continue
            pupil = f"p{number:02}"
            seats.append({
                "pupil": pupil, "school_year": year, "grade": grade,
                "group": draw(st.sampled_from(layout[grade - LOWEST].split("|"))),
                "from": draw(st.sampled_from([school_year_start(year), date(year + 1, 1, 21)])),
                "until": school_year_end(year), "first_year_in_group3": year - grade + 3,
            })  # fmt: skip
            status = draw(st.sampled_from(["score", "score", "score", "ill", "none"]))
            day = draw(st.sampled_from([date(year + 1, 1, 18), date(year + 1, 1, 22)]))
            base = {"pupil": pupil, "school_year": year, "taken_on": day}
            if status == "score":
                taken.append(base | {"score": float(draw(st.integers(0, 40)))})
            elif status == "ill":
                taken.append(base | {"not_taken": "ill"})
            grade += draw(st.sampled_from([1, 1, 1, 0]))
    return taken, seats


def inputs_on(
    engine: str, taken: list[dict[str, Any]], seats: list[dict[str, Any]], *, special: bool = False
) -> Inputs:
    """`special`: every pupil has a destination, which makes it a special school."""
    pupils = sorted({seat["pupil"] for seat in seats}) if special else []
    held = [{"pupil": pupil, "from": school_year_start(YEARS[0]), "destination": "PRO"} for pupil in pupils]
    frames = results(*taken), enrolments(*seats), marks(*held)
    if engine == "memory":
        return Inputs(MemoryEngine(), *frames)
    duck = DuckEngine()
    loaded = [duck.load(frame) for frame in frames]
    return Inputs(duck, loaded[0], loaded[1], loaded[2])


ENGINES = pytest.mark.parametrize(("engine", "examples"), [("memory", 120), ("duck", 12)])


def quiet(examples: int) -> Any:
    return settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))


@ENGINES
def test_overview_equals_the_naive_one(engine: str, examples: int) -> None:
    standard = Standard("rekenen", "score", (Tier("basis", 0.75, 20.0),))

    @quiet(examples)
    @given(schools())
    def compare(school: tuple[list[dict[str, Any]], list[dict[str, Any]]]) -> None:
        taken, seats = school
        inputs = inputs_on(engine, taken, seats)
        rows = sittings(inputs)

        cells = overview(inputs.engine, rows, judged(inputs.engine, rows, [standard]))

        expected = {(school_year_label(y), g): row for (y, g), row in naive.overview(taken, seats, 20.0, 0.75).items()}
        whole = {(c.school_year, c.group): c for c in cells if not _is_part(c, cells)}
        assert whole.keys() == expected.keys()
        for key, cell in whole.items():
            want = expected[key]
            have = {
                "expected": cell.expected, "counted": cell.counted, "missing": cell.missing, "mean": cell.mean,
                "not_taken": cell.not_taken, "sd": cell.sd, "reached": sum(t.reached for t in cell.tiers),
                "goal": cell.tiers[0].goal_count if cell.tiers else None,
            }  # fmt: skip
            assert have == {k: pytest.approx(v) if isinstance(v, float) else v for k, v in want.items()}
            assert cell.expected == cell.counted + cell.missing + sum(cell.not_taken.values())

    compare()


def _is_part(cell: Any, cells: Any) -> bool:
    """A row of one grade within a combination group."""
    same = [c for c in cells if (c.school_year, c.group) == (cell.school_year, cell.group)]
    return cell.grade is not None and len(same) > 1


@ENGINES
def test_cohort_trend_equals_the_naive_one_and_adds_up_exactly(engine: str, examples: int) -> None:
    @quiet(examples)
    @given(schools(), st.booleans())
    def compare(school: tuple[list[dict[str, Any]], list[dict[str, Any]]], special: bool) -> None:
        taken, seats = school
        inputs = inputs_on(engine, taken, seats, special=special)
        values = measured(inputs.engine, sittings(inputs))

        rows = cohort_trend(inputs.engine, values, inputs.enrolments, steps=(Step("M", "M", 1),))

        want = {(school_year_label(y), g): row for (y, g), row in naive.cohorts(taken, seats, special=special).items()}
        assert {(r.school_year, r.group) for r in rows} == want.keys()
        for row in rows:
            expected = want[row.school_year, row.group]
            assert (row.stayers, row.joiners, row.leavers) == tuple(
                expected[k] for k in ("stayers", "joiners", "leavers")
            )
            assert row.total_change == pytest.approx(expected["total"])
            assert row.growth == (None if expected["growth"] is None else pytest.approx(expected["growth"]))
            if row.growth is not None and row.joiner_effect is not None and row.leaver_effect is not None:
                assert row.total_change == pytest.approx(row.growth + row.joiner_effect - row.leaver_effect, abs=1e-9)

    compare()
