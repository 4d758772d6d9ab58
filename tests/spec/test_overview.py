"""The cross-section: sizes, means, levels, tiers, fact and strength."""

from __future__ import annotations

import pytest
from tests.support.school import class_of, enrolments, results

from leercirkel.analysis.lines import judged
from leercirkel.analysis.model import OverviewCell
from leercirkel.analysis.overview import overview, totals
from leercirkel.analysis.sittings import Inputs, sittings
from leercirkel.core.standards import Standard, Tier

PUPILS = [f"p{i:02}" for i in range(14)]
NORM = Standard("rekenen", "score", (Tier("minimum", 0.9, 70.0), Tier("basis", 0.75, 80.0), Tier("hoog", 0.25, 90.0)))


def cells(inputs: Inputs, *standards: Standard) -> tuple[OverviewCell, ...]:
    rows = sittings(inputs)
    return overview(inputs.engine, rows, judged(inputs.engine, rows, standards or (NORM,)))


def test_a_cell_by_hand(load) -> None:
    seats = enrolments(*class_of("Groep 6", 6, *PUPILS))
    scores = [60, 70, 78, 80, 82, 84, 86, 88, 90, 92, 94]
    taken = results(
        *(
            {"pupil": p, "score": float(s), "level": "I" if s >= 90 else "III"}
            for p, s in zip(PUPILS, scores, strict=False)
        ),
        {"pupil": "p11", "not_taken": "ill"},
        {"pupil": "p12", "not_taken": "exempt"},
    )

    (cell,) = cells(load(taken, seats))

    assert (cell.group, cell.grade, cell.didactic_age_band) == ("Groep 6", 6, "31-40")
    assert (cell.expected, cell.counted, cell.missing, cell.not_taken) == (14, 11, 1, {"ill": 1, "exempt": 1})
    assert cell.mean == pytest.approx(sum(scores) / 11)
    assert cell.sd == pytest.approx(10.0580, abs=1e-4)
    assert cell.levels == {"I": 3, "III": 8}
    tiers = {t.name: t for t in cell.tiers}
    assert [(t.reached, t.counted, t.goal_count, t.reached_goal) for t in tiers.values()] == [
        (10, 11, 10, True),
        (8, 11, 9, False),
        (3, 11, 3, True),
    ]
    assert (tiers["basis"].low, tiers["basis"].high) == (
        pytest.approx(0.4795, abs=1e-4),
        pytest.approx(0.8853, abs=1e-4),
    )
    assert tiers["basis"].verdict == "undecided"
    assert tiers["basis"].threshold == 80.0


@pytest.mark.parametrize(
    ("n", "reached", "verdict", "fact"), [(4, 0, "too_few", False), (9, 9, "too_few", True), (10, 2, "below", False)]
)
def test_fact_and_strength_are_both_there_however_small_the_group(load, n, reached, verdict, fact) -> None:
    seats = enrolments(*class_of("Groep 6", 6, *PUPILS[:n]))
    taken = results(*({"pupil": p, "score": 85.0 if i < reached else 50.0} for i, p in enumerate(PUPILS[:n])))

    (cell,) = cells(load(taken, seats), Standard("rekenen", "score", (Tier("basis", 0.75, 80.0),)))

    (tier,) = cell.tiers
    assert (tier.reached, tier.counted, tier.reached_goal, tier.verdict) == (reached, n, fact, verdict)


def test_a_censored_dle_counts_for_the_goal_and_never_enters_the_mean(load) -> None:
    seats = enrolments(*class_of("Uilen", 8, "a", "b", "c"))
    taken = results(
        {"pupil": "a", "dle": 20.0}, {"pupil": "b", "dle": 30.0}, {"pupil": "c", "dle": 60.0, "dle_operator": ">"}
    )

    (cell,) = cells(load(taken, seats), Standard("rekenen", "dle", (Tier("basis", 0.75, 25.0),)))

    assert (cell.quantity, cell.mean, cell.censored, cell.counted) == ("dle", 25.0, 1, 3)
    assert (cell.tiers[0].reached, cell.tiers[0].counted) == (2, 3)


def test_missing_is_never_zero(load) -> None:
    seats = enrolments(*class_of("Groep 6", 6, *PUPILS[:4]))
    taken = results({"pupil": "p00", "score": 80.0}, {"pupil": "p01", "score": 90.0})

    (cell,) = cells(load(taken, seats))

    assert (cell.mean, cell.counted, cell.missing) == (85.0, 2, 2)
    assert {t.counted for t in cell.tiers} == {2}


def test_a_subject_without_a_standard_has_no_tiers_and_an_avi_cell_no_mean(load) -> None:
    seats = enrolments(*class_of("Groep 6", 6, "a", "b"))
    taken = results(*({"pupil": p, "avi": "E5", "subject": "technisch_lezen", "instrument": "AVI"} for p in "ab"))

    (cell,) = cells(load(taken, seats))

    assert (cell.tiers, cell.mean, cell.quantity, cell.counted) == ((), None, None, 2)


def test_a_combination_group_has_a_row_together_and_a_row_per_grade(load) -> None:
    fives, sixes = [f"v{i}" for i in range(6)], [f"z{i}" for i in range(5)]
    seats = enrolments(*class_of("5/6", 5, *fives), *class_of("5/6", 6, *sixes))
    taken = results(*({"pupil": p, "score": 85.0} for p in fives + sixes))
    norms = [
        Standard("rekenen", "score", (Tier("basis", 0.75, 80.0),), grades=(5,)),
        Standard("rekenen", "score", (Tier("basis", 0.75, 90.0),), grades=(6,)),
    ]

    found = cells(load(taken, seats), *norms)

    assert [(c.group, c.grade, c.counted, c.tiers[0].reached, c.tiers[0].threshold) for c in found] == [
        ("5/6", None, 11, 6, None),
        ("5/6", 5, 6, 6, 80.0),
        ("5/6", 6, 5, 0, 90.0),
    ]


def test_the_school_total_adds_the_groups_up(load) -> None:
    seats = enrolments(*class_of("Groep 5", 5, *PUPILS[:6]), *class_of("Groep 6", 6, *PUPILS[6:]))
    inputs = load(results(*({"pupil": p, "score": 60.0 + 3 * i} for i, p in enumerate(PUPILS))), seats)
    rows = sittings(inputs)
    lines = judged(inputs.engine, rows, [NORM])

    groups, (school,) = overview(inputs.engine, rows, lines), totals(inputs.engine, rows, lines)

    assert school.group is None
    assert school.counted == sum(c.counted for c in groups) == 14
    assert [t.reached for t in school.tiers] == [sum(c.tiers[i].reached for c in groups) for i in range(3)]


def test_a_combination_group_has_no_grade_also_when_one_grade_took_the_test(load) -> None:
    sevens, eights = [f"z{i}" for i in range(6)], [f"a{i}" for i in range(5)]
    seats = enrolments(*class_of("7/8", 7, *sevens), *class_of("7/8", 8, *eights))

    found = cells(load(results(*({"pupil": p, "score": 85.0} for p in sevens)), seats))

    assert [(c.group, c.grade, c.counted) for c in found] == [("7/8", None, 6), ("7/8", 7, 6)]
