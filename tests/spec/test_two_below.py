"""Two measurements in a row below the line: by hand, and beside a naive count of the same rows."""

from __future__ import annotations

from datetime import date

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.school import class_of, enrolments, marks, results

from leercirkel.analysis.grade_trend import grade_trend
from leercirkel.analysis.lines import judged
from leercirkel.analysis.sittings import Inputs, sittings
from leercirkel.analysis.two_below import in_a_row, with_care, with_two_below
from leercirkel.core.standards import Standard, Tier
from leercirkel.engines.duck import DuckEngine
from leercirkel.engines.memory import MemoryEngine

STANDARD = Standard("rekenen", "dle", (Tier("minimum", 0.9, 5), Tier("basis", 0.75, 10)))
MAIN = {"rekenen": "basis"}
DAYS = {
    (2023, "M"): date(2024, 1, 20), (2023, "E"): date(2024, 6, 10), (2024, "M"): date(2025, 1, 20),
    (2024, "E"): date(2025, 6, 10), (2025, "M"): date(2026, 1, 20), (2025, "E"): date(2026, 6, 10),
}  # fmt: skip
Measured = dict[tuple[str, int, str], float]


def school(measured: Measured):
    """Pupils of one group for three years, all bound for practical education, with these DLEs."""
    pupils = sorted({pupil for pupil, _, _ in measured})
    seats = [seat for year in (2023, 2024, 2025) for seat in class_of("Uilen", None, *pupils, year=year)]
    taken = [
        {"pupil": p, "school_year": y, "moment": m, "taken_on": DAYS[y, m], "dle": dle}
        for (p, y, m), dle in measured.items()
    ]
    dated = marks(*({"pupil": p, "from": date(2023, 8, 1), "destination": "PRO"} for p in pupils))
    return results(*taken), enrolments(*seats), dated


def found(inputs: Inputs) -> dict[tuple[str, int, str], tuple[int, int | None]]:
    lines = judged(inputs.engine, sittings(inputs), [STANDARD])
    rows = inputs.engine.rows(in_a_row(inputs.engine, lines, MAIN))
    return {(r["pupil"], r["school_year"], r["moment"]): (r["below_now"], r["below_before"]) for r in rows}


def test_below_now_and_at_the_measurement_before(load) -> None:
    measured = {("a", 2024, "E"): 8.0, ("a", 2025, "M"): 9.0, ("b", 2024, "E"): 12.0, ("b", 2025, "M"): 9.0}

    rows = found(load(*school(measured)))

    assert rows["a", 2025, "M"] == (1, 1)
    assert rows["b", 2025, "M"] == (1, 0)
    assert rows["a", 2024, "E"] == (1, None)


def test_the_measurement_before_is_the_last_one_not_any(load) -> None:
    measured = {("a", 2024, "M"): 8.0, ("a", 2024, "E"): 11.0, ("a", 2025, "M"): 9.0}
    assert found(load(*school(measured)))["a", 2025, "M"] == (1, 0)


def test_a_year_without_a_measurement_breaks_the_row(load) -> None:
    measured = {("a", 2023, "E"): 8.0, ("a", 2025, "M"): 9.0}
    assert found(load(*school(measured)))["a", 2025, "M"] == (1, None)


def test_the_line_is_that_of_the_main_tier(load) -> None:
    measured = {("a", 2024, "E"): 6.0, ("a", 2025, "M"): 6.0}  # above the minimum, below the main tier
    assert found(load(*school(measured)))["a", 2025, "M"] == (1, 1)


def test_a_trend_by_destination_counts_its_pupils(load) -> None:
    measured = {(p, y, m): 8.0 for p in "abc" for y, m in ((2024, "E"), (2025, "M"))} | {("c", 2025, "M"): 12.0}
    inputs = load(*school(measured))
    rows = sittings(inputs)
    lines = judged(inputs.engine, rows, [STANDARD])

    trends = grade_trend(inputs.engine, rows, lines, main_tiers=MAIN, axis="destination")
    counted = with_two_below(inputs.engine, trends, in_a_row(inputs.engine, lines, MAIN))

    assert {(t.moment, p.school_year): (p.judged, p.reached, p.two_below) for t in counted for p in t.points} == {
        ("E", "2024-2025"): (3, 0, 0),
        ("M", "2025-2026"): (3, 1, 2),
    }


def naive(measured: Measured) -> dict[tuple[str, int, str], tuple[int, int | None]]:
    """The same, pupil by pupil."""
    out: dict[tuple[str, int, str], tuple[int, int | None]] = {}
    for (pupil, year, moment), dle in measured.items():
        before = None
        for y, m in sorted(DAYS, key=DAYS.__getitem__):
            if DAYS[y, m] < DAYS[year, moment] and y >= year - 1 and (pupil, y, m) in measured:
                before = int(measured[pupil, y, m] < 10)
        out[pupil, year, moment] = int(dle < 10), before
    return out


@settings(max_examples=25, deadline=None)
@given(
    st.dictionaries(
        st.tuples(st.sampled_from("abc"), st.sampled_from(sorted(DAYS))).map(lambda k: (k[0], *k[1])),
        st.sampled_from([4.0, 9.0, 10.0, 15.0]),
        min_size=1,
    )
)
def test_every_engine_agrees_with_a_count_pupil_by_pupil(measured: Measured) -> None:
    frames = school(measured)
    taken, seats, dated = frames
    duck = DuckEngine()
    assert found(Inputs(MemoryEngine(), taken, seats, dated)) == naive(measured)
    assert found(Inputs(duck, duck.load(taken), duck.load(seats), duck.load(dated))) == naive(measured)


def care_of(inputs: Inputs) -> dict[tuple[str, int, str], bool]:
    rows = sittings(inputs)
    lines = judged(inputs.engine, rows, [STANDARD])
    found = inputs.engine.rows(with_care(rows, in_a_row(inputs.engine, lines, MAIN)))
    counted = [r for r in found if r["status"] == "counted"]
    return {(r["pupil"], r["school_year"], r["moment"]): r["care"] for r in counted}


def test_a_care_pupil_was_below_at_the_two_measurements_before_this_one(load) -> None:
    measured = {("a", 2024, "M"): 8.0, ("a", 2024, "E"): 9.0, ("a", 2025, "M"): 12.0, ("a", 2025, "E"): 12.0}

    care = care_of(load(*school(measured)))

    assert care == {
        ("a", 2024, "M"): False, ("a", 2024, "E"): False, ("a", 2025, "M"): True, ("a", 2025, "E"): False,
    }  # fmt: skip


def test_missing_the_line_at_this_test_itself_does_not_make_a_care_pupil(load) -> None:
    measured = {("a", 2024, "M"): 12.0, ("a", 2024, "E"): 9.0, ("a", 2025, "M"): 8.0}
    assert not any(care_of(load(*school(measured))).values())


def test_one_subject_does_not_make_a_care_pupil_in_another(load) -> None:
    measured = {("a", 2024, "M"): 8.0, ("a", 2024, "E"): 9.0, ("a", 2025, "M"): 12.0}
    taken, seats, dated = school(measured)
    other = results({"pupil": "a", "subject": "spelling", "taken_on": DAYS[2025, "M"], "moment": "M", "dle": 12.0})
    inputs = load(pl.concat([taken, other]), seats, dated)

    lines = judged(inputs.engine, sittings(inputs), [STANDARD])
    rows = inputs.engine.rows(with_care(sittings(inputs), in_a_row(inputs.engine, lines, MAIN)))

    assert {r["subject"]: r["care"] for r in rows if (r["school_year"], r["moment"]) == (2025, "M")} == {
        "rekenen": True,
        "spelling": False,
    }
