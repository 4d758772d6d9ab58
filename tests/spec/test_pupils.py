"""Each pupil of the round: what was reached, what it was before, and whether the change is real."""

from __future__ import annotations

from datetime import date

from tests.support.school import class_of, enrolments, marks, results

from leercirkel.analysis.growth import NormPoint
from leercirkel.analysis.lines import judged
from leercirkel.analysis.pupils import pupil_sheets
from leercirkel.analysis.sittings import sittings
from leercirkel.core.standards import Standard, Tier

SEATS = enrolments(*class_of("Groep 4", 4, *"abc", year=2024), *class_of("Groep 5", 5, *"abc", year=2025))
BEFORE, NOW = {"taken_on": date(2025, 1, 20)}, {"taken_on": date(2026, 1, 20)}
LATER = {"taken_on": date(2026, 6, 10), "moment": "E"}
NORMS = [NormPoint("DEMO", "1", "rekenen", grade, "M", sem=3.0) for grade in (4, 5)]
LINE = Standard(subject="rekenen", quantity="score", tiers=(Tier("basis", 0.75, 80.0),))
CARE = Standard(subject="rekenen", quantity="score", scope="care", tiers=(Tier("basis", 0.75, 60.0),))


def sheets(inputs, standards=(LINE,), norms=NORMS, names=None, of_round=(2025, "M")):
    engine = inputs.engine
    rows = sittings(inputs)
    found = pupil_sheets(
        engine, rows, judged(engine, rows, standards), main_tiers={"rekenen": "basis"}, of_round=of_round,
        names=names or {}, norms=norms,
    )  # fmt: skip
    return {sheet.pupil: sheet for sheet in found}


def test_a_change_is_real_when_it_is_more_than_the_test_can_be_off(load) -> None:
    after = {"a": 80.0, "b": 72.0, "c": 60.0}
    taken = results(
        *({"pupil": p, "score": s} | when for p, now in after.items() for s, when in ((70.0, BEFORE), (now, NOW)))
    )

    tests = {pupil: sheet.tests[0] for pupil, sheet in sheets(load(taken, SEATS)).items()}

    assert {p: (t.quantity, t.change, t.real) for p, t in tests.items()} == {
        "a": ("score", 10.0, "up"), "b": ("score", 2.0, "within_error"), "c": ("score", -10.0, "down"),
    }  # fmt: skip
    assert [(p.school_year, p.moment, p.score) for p in tests["a"].points] == [
        ("2024-2025", "M", 70.0), ("2025-2026", "M", 80.0),
    ]  # fmt: skip


def test_without_a_measurement_error_a_change_is_told_but_not_judged(load) -> None:
    taken = results({"pupil": "a", "score": 70.0} | BEFORE, {"pupil": "a", "score": 90.0} | NOW)

    (test,) = sheets(load(taken, SEATS), norms=())["a"].tests

    assert (test.change, test.real) == (20.0, None)


def test_over_a_new_version_there_is_no_change(load) -> None:
    taken = results(
        {"pupil": "a", "score": 70.0} | BEFORE, {"pupil": "a", "score": 90.0, "version": "2"} | NOW
    )  # fmt: skip

    (test,) = sheets(load(taken, SEATS))["a"].tests

    assert (len(test.points), test.quantity, test.change, test.real) == (2, None, None, None)


def test_a_censored_dle_gives_no_change_and_avi_counts_steps(load) -> None:
    dles = [{"pupil": "a", "dle": v, "dle_operator": o} | t for v, o, t in ((50.0, "=", BEFORE), (60.0, ">", NOW))]
    cards = [
        {"pupil": "a", "avi": level, "subject": "technisch_lezen", "instrument": "AVI"} | t
        for level, t in (("E3", BEFORE), ("E4", NOW))
    ]

    reading, sums = sorted(sheets(load(results(*dles, *cards), SEATS))["a"].tests, key=lambda t: t.instrument)

    assert (reading.quantity, reading.change) == ("avi", 2.0)
    assert (sums.quantity, sums.change) == (None, None)


def test_later_moments_and_pupils_without_a_test_in_the_round_are_left_out(load) -> None:
    taken = results(
        {"pupil": "a", "score": 70.0} | NOW, {"pupil": "a", "score": 90.0} | LATER, {"pupil": "z", "score": 1.0} | LATER
    )
    seats = enrolments(*class_of("Groep 5", 5, "a", year=2025), *class_of("Groep 6", 6, "z", year=2025))

    found = sheets(load(taken, seats))

    assert set(found) == {"a"}
    assert [p.moment for t in found["a"].tests for p in t.points] == ["M"]


def test_who_has_no_result_is_there_with_the_reason_or_as_missing(load) -> None:
    taken = results(
        {"pupil": "a", "score": 70.0} | NOW, {"pupil": "b", "not_taken": "ill"} | NOW, {"pupil": "c"} | BEFORE,
        {"pupil": "d", "score": 71.0} | NOW,
    )  # fmt: skip
    seats = enrolments(*class_of("Groep 5", 5, *"abcd", year=2025))

    found = sheets(load(taken, seats))

    assert {p: s.tests[0].points[-1].status for p, s in found.items()} == {
        "a": "counted", "b": "ill", "c": "missing", "d": "counted",
    }  # fmt: skip


def test_a_care_pupil_is_held_against_the_own_line(load) -> None:
    taken = results(
        {"pupil": "a", "score": 70.0} | NOW, {"pupil": "b", "score": 70.0} | NOW, {"pupil": "c", "score": 90.0} | NOW
    )
    care = marks({"pupil": "a", "from": date(2025, 8, 1), "care": True})

    found = sheets(load(taken, SEATS, care), standards=(LINE, CARE))

    assert {p: s.tests[0].points[-1].reached for p, s in found.items()} == {"a": True, "b": False, "c": True}
    assert {p: s.care for p, s in found.items()} == {"a": True, "b": False, "c": False}


def test_names_come_from_the_roster_and_sheets_follow_group_and_name(load) -> None:
    taken = results(*({"pupil": p, "score": 70.0} | NOW for p in "abc"))

    found = sheets(load(taken, SEATS), names={"a": "Zoë", "b": "Adam", "c": "Mila"})

    assert [s.name for s in found.values()] == ["Adam", "Mila", "Zoë"]


def gaps(load, names=None, norms=(), **pupils):
    """The difference told of each pupil; a result is (subject, DLE, operator) and what is not as usual."""
    rows = [
        {"pupil": pupil, "subject": subject, "dle": float(dle), "dle_operator": operator} | NOW | dict(*more)
        for pupil, found in pupils.items()
        for subject, dle, operator, *more in found
    ]
    return {p: s.difference for p, s in sheets(load(results(*rows), SEATS), names=names or {}, norms=norms).items()}


def test_of_the_subjects_that_differ_beyond_noise_the_two_furthest_apart_are_told(load) -> None:
    found = gaps(
        load,
        {"a": "Noor"},
        a=[("rekenen", 20, "="), ("spelling", 31, "="), ("technisch_lezen", 40, "=")],
        b=[("rekenen", 35, "="), ("spelling", 60, ">")],
    )

    one, censored = found["a"], found["b"]
    assert (one.ahead, one.behind, one.instrument, one.months, one.at_least) == (
        "technisch_lezen", "rekenen", "DEMO", 20.0, False,
    )  # fmt: skip
    assert one.text.startswith("Noor is bij technisch lezen ongeveer 20 maanden verder dan bij rekenen.")
    assert one.text_en.startswith("Noor is about 20 months further in reading fluency than in arithmetic.")
    assert (censored.months, censored.at_least) == (25.0, True)
    assert "minstens 25 maanden" in censored.text


def test_what_may_be_noise_or_cannot_be_compared_is_no_difference(load) -> None:
    found = gaps(
        load,
        a=[("rekenen", 20, "="), ("spelling", 30, "=")],
        b=[("rekenen", 20, "="), ("spelling", 60, "<")],
        c=[("rekenen", 20, "="), ("spelling", 50, "=", {"instrument": "ANDERS"}), ("technisch_lezen", 50, "=", BEFORE)],
    )

    assert found == {"a": None, "b": None, "c": None}


def test_how_far_a_test_can_be_off_is_that_of_its_own_norm_table(load) -> None:
    precise = [NormPoint("DEMO", "1", s, 5, "M", dle_errors=(2.0,) * 61) for s in ("rekenen", "spelling")]
    vague = [NormPoint("DEMO", "1", s, 5, "M", dle_errors=(2.0, *(6.0,) * 60)) for s in ("rekenen", "spelling")]
    pupil = {"a": [("rekenen", 20, "="), ("spelling", 33, "=")]}

    found = [gaps(load, norms=norms, **pupil)["a"] for norms in (precise, (), vague)]

    assert [None if gap is None else gap.months for gap in found] == [13.0, None, None]
