"""Growth of pupils and groups, and learning yield."""

from __future__ import annotations

from datetime import date

import pytest
from tests.support.school import class_of, enrolments, results

from leercirkel.analysis.cohort_trend import cohort_trend, measured
from leercirkel.analysis.growth import NormPoint, group_growth, pupil_growth, with_expected
from leercirkel.analysis.learning_yield import group_yields, pupil_yields
from leercirkel.analysis.sittings import sittings
from leercirkel.core import dle
from leercirkel.core.growth import conditional_growth, reliable_change
from leercirkel.core.learning_yield import subject_differences

SEATS = enrolments(*class_of("Groep 5", 5, *"abc", year=2024), *class_of("Groep 6", 6, *"abc", year=2025))
BEFORE, NOW = {"taken_on": date(2025, 1, 20)}, {"taken_on": date(2026, 1, 20)}
NORMS = [
    NormPoint("DEMO", "1", "rekenen", 5, "M", mean=70.0, sd=10.0, sem=3.0),
    NormPoint("DEMO", "1", "rekenen", 6, "M", mean=80.0, sd=12.0, sem=4.0),
]
SCORES = {"a": (50.0, 70.0), "b": (70.0, 78.0), "c": (90.0, 80.0)}
TAKEN = results(
    *({"pupil": p, "score": v0} | BEFORE for p, (v0, _) in SCORES.items()),
    *({"pupil": p, "score": v1} | NOW for p, (_, v1) in SCORES.items()),
)


def test_change_reality_and_conditional_growth_are_those_of_core(load) -> None:
    inputs = load(TAKEN, SEATS)

    rows = {r["pupil"]: r for r in inputs.engine.rows(pupil_growth(inputs.engine, sittings(inputs), norms=NORMS))}

    for pupil, (v0, v1) in SCORES.items():
        assert rows[pupil]["change"] == v1 - v0
        assert rows[pupil]["real"] == reliable_change(v0, v1, 3.0, 4.0)
        assert rows[pupil]["conditional_z"] == pytest.approx(conditional_growth((v0 - 70) / 10, (v1 - 80) / 12))
    assert {p: r["low_scorer"] for p, r in rows.items()} == {"a": True, "b": False, "c": False}


def test_a_group_sums_its_pupils_up_and_warns_for_low_scorers(load) -> None:
    inputs = load(TAKEN, SEATS)

    (row,) = group_growth(inputs.engine, pupil_growth(inputs.engine, sittings(inputs), norms=NORMS))

    assert (row.group, row.counted, row.mean) == ("Groep 6", 3, pytest.approx(6.0))
    assert (row.real_up, row.real_down, row.low_scorers) == (1, 1, 1)


def test_without_a_measurement_error_nothing_is_said_of_a_pupils_change(load) -> None:
    inputs = load(TAKEN, SEATS)

    (row,) = group_growth(inputs.engine, pupil_growth(inputs.engine, sittings(inputs)))

    assert (row.real_up, row.real_down, row.conditional_z, row.low_scorers) == (None, None, None, None)


def test_avi_grows_in_steps_and_has_no_mean(load) -> None:
    avi = {"subject": "technisch_lezen", "instrument": "AVI"}
    steps = {"a": ("M3", "M4"), "b": ("E3", "E3"), "c": ("M4", "E4")}
    taken = results(
        *({"pupil": p, "avi": v0} | avi | BEFORE for p, (v0, _) in steps.items()),
        *({"pupil": p, "avi": v1} | avi | NOW for p, (_, v1) in steps.items()),
    )
    inputs = load(taken, SEATS)

    (row,) = group_growth(inputs.engine, pupil_growth(inputs.engine, sittings(inputs)))

    assert (row.quantity, row.steps_median, row.at_least_one_step, row.mean) == ("avi", 1.0, 2, None)


def test_expected_growth_of_a_cohort_is_that_of_the_countrys_means(load) -> None:
    inputs = load(TAKEN, SEATS)
    rows = cohort_trend(inputs.engine, measured(inputs.engine, sittings(inputs)), inputs.enrolments)

    (row,) = with_expected(rows, NORMS)

    assert row.expected_growth == 10.0
    assert with_expected(rows, [])[0].expected_growth is None


def test_yield_leaves_out_low_didactic_ages_and_censored_dles_and_says_how_many(load) -> None:
    seats = enrolments(
        *class_of("Uilen", 6, "a", "b", "c"), *class_of("Uilen", 3, "young"), *class_of("Uilen", None, "unknown")
    )
    taken = results(
        {"pupil": "a", "dle": 21.0}, {"pupil": "b", "dle": 28.0}, {"pupil": "c", "dle": 60.0, "dle_operator": ">"},
        {"pupil": "young", "dle": 4.0}, {"pupil": "unknown", "dle": 9.0},
        {"pupil": "a", "dle": 35.0, "subject": "technisch_lezen"},
    )  # fmt: skip
    inputs = load(taken, seats)

    rows = {row.subject: row for row in group_yields(inputs.engine, pupil_yields(inputs.engine, sittings(inputs)))}

    sums = rows["rekenen"]
    assert (sums.counted, sums.median) == (2, pytest.approx((21 / 35 + 28 / 35) / 2))
    assert (sums.censored, sums.dl_below_10, sums.without_dl) == (1, 1, 1)
    assert (sums.uneven_pupils, rows["technisch_lezen"].uneven_pupils) == (1, 1)


@pytest.mark.parametrize(
    ("first", "second"),
    [("20", "35"), ("20", "33"), ("20", "25"), (">60", "35"), (">60", "<5"), ("<5", "40"), ("<30", "35")],
)
@pytest.mark.parametrize("errors", [None, (2.0, 2.0), (2.0, 7.0)])
def test_a_large_difference_between_subjects_is_that_of_core(
    load, first: str, second: str, errors: tuple[float, float] | None
) -> None:
    names = ("rekenen", "spelling")
    known = dict(zip(names, errors, strict=True)) if errors else {}
    norms = [NormPoint("DEMO", "1", s, 8, "M", dle_errors=(99.0, *[e] * 60)) for s, e in known.items()]
    one, other = dle.parse(first), dle.parse(second)
    assert one is not None
    assert other is not None
    seats = enrolments(*class_of("Uilen", 8, "a"))
    taken = results(
        {"pupil": "a", "dle": one.months, "dle_operator": one.operator},
        {"pupil": "a", "dle": other.months, "dle_operator": other.operator, "subject": "spelling"},
    )
    inputs = load(taken, seats)

    rows = inputs.engine.rows(pupil_yields(inputs.engine, sittings(inputs), norms))

    differ = bool(subject_differences({"rekenen": one, "spelling": other}, known))
    assert [bool(row["uneven"]) for row in rows] == [differ, differ]
