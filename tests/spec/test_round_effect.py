"""The effect of one intervention of a round, on every engine: the same pupils before and after, and who is left out."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from tests.support.school import class_of, enrolments, results

from leercirkel.analysis.effect import intervention_effects
from leercirkel.analysis.model.round_effect import RoundEffect, as_record, of_record
from leercirkel.analysis.round_effect import Moment, effect_of, effects_of
from leercirkel.analysis.sittings import sittings
from leercirkel.core.interventions import Intervention

YEARS = (2023, 2024, 2025)
SIZE = 14
SPRING = Intervention("Extra", date(2026, 2, 9), date(2026, 5, 22), "rekenen")
M_TO_E: tuple[Moment, Moment] = ((2025, "M"), (2025, "E"))
DAYS = {"M": (1, 26), "E": (6, 2)}


def pupils_of(group: str, year: int) -> list[str]:
    """Children of a class; each year others."""
    return [f"{year}-{group}-{i}" for i in range(SIZE)]


def taken(pupil: str, group: str, year: int, moment: str, score: float, **more: Any) -> dict[str, Any]:
    """One result."""
    month, day = DAYS[moment]
    return {
        "pupil": pupil, "group": group, "grade": int(group[0]), "school_year": year, "moment": moment,
        "taken_on": date(year + 1, month, day), "score": score,
    } | more  # fmt: skip


def school(gain: float = 0.0, helped: str = "5a") -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """(results, seats) of M and E in three years; who sat in `helped` grew `gain` points more in the last spring."""
    dice = random.Random(7)
    rows, seats = [], []
    for year in YEARS:
        for group in ("5a", "5b", "6a", "6b"):
            names = pupils_of(group, year)
            seats += class_of(group, int(group[0]), *names, year=year)
            for pupil in names:
                before = dice.gauss(60, 8)
                after = 13 + 0.8 * before + dice.gauss(0, 3) + gain * (year == 2025 and group == helped)
                rows += [taken(pupil, group, year, "M", before), taken(pupil, group, year, "E", after)]
    return rows, seats


def asked(load: Any, what: Intervention, rows: Any, seats: Any, **more: Any) -> RoundEffect:
    inputs = load(results(*rows), enrolments(*seats))
    more.setdefault("moments", M_TO_E)
    (found,) = effect_of(inputs.engine, sittings(inputs), inputs.enrolments, what, **more)
    return found


def test_it_says_what_the_report_says_and_how_much_that_is_in_pupil_spreads(load) -> None:
    rows, seats = school(gain=9)
    what = replace(SPRING, groups=("5a",), weeks_planned=16, weeks_given=15)
    inputs = load(results(*rows), enrolments(*seats))
    (reported,) = intervention_effects(inputs.engine, sittings(inputs), inputs.enrolments, [what])

    found = asked(load, what, rows, seats)

    (period,) = reported.periods
    assert (found.growth, found.expected, found.low, found.high) == (
        period.growth, period.expected, period.low, period.high
    )  # fmt: skip
    assert (found.verdict, found.expected_from, found.counted, found.not_counted) == ("more", "own_school", SIZE, ())
    assert found.sd is not None
    assert found.difference_sd == pytest.approx(found.difference / found.sd)  # type: ignore[operator]
    assert found.low_sd < found.difference_sd < found.high_sd  # type: ignore[operator]
    assert found.visible is not None
    chances = [chance for _, chance in found.visible.chances]
    assert chances == sorted(chances)
    assert found.visible.half == pytest.approx((found.high_sd - found.low_sd) / 2)  # type: ignore[operator]


def test_without_named_moments_it_is_measured_as_in_the_report(load) -> None:
    rows, seats = school()

    assert asked(load, replace(SPRING, groups=("5a",)), rows, seats, moments=None) == asked(
        load, replace(SPRING, groups=("5a",)), rows, seats
    )


def test_a_group_that_moved_on_in_summer_is_followed_by_its_pupils(load) -> None:
    rows, seats = [], []
    dice = random.Random(3)
    for year in (2022, 2023, 2024):
        for letter in "abcd":
            names = pupils_of(f"5{letter}", year)
            # After summer the classes are mixed: half of 5a sits in 6b, and the other way round.
            new = {p: f"6{'badc'['abcd'.index(letter)] if i % 2 else letter}" for i, p in enumerate(names)}
            seats += class_of(f"5{letter}", 5, *names, year=year)
            for pupil in names:
                seats += class_of(new[pupil], 6, pupil, year=year + 1)
                before = dice.gauss(60, 8)
                after = 13 + 0.8 * before + dice.gauss(0, 3) + 9 * (year == 2024 and letter == "a")
                rows += [taken(pupil, f"5{letter}", year, "E", before), taken(pupil, new[pupil], year + 1, "M", after)]
    autumn = replace(SPRING, groups=("5a",), start=date(2025, 6, 10), end=date(2026, 1, 10))

    found = asked(load, autumn, rows, seats, moments=((2024, "E"), (2025, "M")))

    assert (found.groups_before, found.groups_after) == (("5a",), ("6a", "6b"))
    assert (found.pupils, found.counted, found.verdict) == (SIZE, SIZE, "more")
    assert found.difference == pytest.approx(9, abs=3)


def test_who_left_who_joined_and_who_has_no_two_results_is_counted_and_told(load) -> None:
    rows, seats = school()
    gone, absent, new, other = pupils_of("5a", 2025)[:4]
    seats = [s | {"until": date(2026, 4, 1)} if s["pupil"] == gone else s for s in seats]
    seats = [s | {"from": date(2026, 1, 30)} if s["pupil"] == new else s for s in seats]
    seats += class_of("5a", 5, "later", **{"from": date(2026, 3, 1)})  # type: ignore[arg-type]
    rows = [r for r in rows if not (r["school_year"] == 2025 and r["pupil"] in (gone, absent) and r["moment"] == "E")]
    rows = [r for r in rows if not (r["pupil"] == new and r["moment"] == "M")]
    rows = [r | {"version": "2"} if r["pupil"] == other and r["moment"] == "E" else r for r in rows]
    rows.append(taken("later", "5a", 2025, "E", 70.0))

    found = asked(load, replace(SPRING, groups=("5a",)), rows, seats)

    assert (found.pupils, found.counted, found.joined) == (SIZE, SIZE - 4, 1)
    assert dict(found.not_counted) == {"left": 1, "no_result_before": 1, "no_result_after": 1, "other_test": 1}


def test_tests_on_another_scale_are_never_mixed(load) -> None:
    rows, seats = school()
    rows = [r | {"instrument": "ANDERS", "score": r["score"] * 3} if r["moment"] == "E" else r for r in rows]

    found = asked(load, replace(SPRING, groups=("5a",)), rows, seats)

    assert (found.verdict, found.counted, found.growth, found.difference) == ("no_measure", 0, None, None)


def test_fewer_than_ten_get_no_verdict_and_no_interval(load) -> None:
    rows, seats = school(gain=20)

    found = asked(load, replace(SPRING, pupils=tuple(pupils_of("5a", 2025)[:9])), rows, seats)

    assert (found.verdict, found.low, found.high, found.counted) == ("too_few", None, None, 9)
    assert found.visible is not None


@pytest.mark.parametrize(("part", "carried_out"), [(0.5, False), (0.25, True)])
def test_what_was_hardly_carried_out_has_no_figures_by_the_schools_own_threshold(
    load, part: float, carried_out: bool
) -> None:
    rows, seats = school(gain=9)
    what = replace(SPRING, groups=("5a",), weeks_planned=12, weeks_given=3)

    found = asked(load, what, rows, seats, carried_out_from=part)

    assert (found.carried_out, found.carried_out_from) == (carried_out, part)
    assert (found.verdict == "not_carried_out") is not carried_out
    assert (found.growth is None) is not carried_out
    assert (found.difference is None) is not carried_out


def test_what_came_after_the_later_moment_changes_nothing(load) -> None:
    rows, seats = school()
    before = asked(load, replace(SPRING, groups=("5a",)), rows, seats)
    names = pupils_of("5b", 2026)
    rows += [taken(p, "5b", 2026, "M", 20.0 + i) for i, p in enumerate(names)]
    rows += [taken(p, "5b", 2026, "E", 120.0 - i) for i, p in enumerate(names)]
    seats += class_of("5b", 5, *names, year=2026)

    assert asked(load, replace(SPRING, groups=("5a",)), rows, seats) == before


def test_who_takes_part_in_another_intervention_on_the_subject_is_no_comparison(load) -> None:
    rows, seats = school(gain=9, helped="5b")
    here, there = replace(SPRING, groups=("5a",)), replace(SPRING, name="Ander", groups=("5b",))

    alone = asked(load, here, rows, seats)
    known = asked(load, here, rows, seats, others=[there])

    assert alone.difference is not None
    assert known.difference is not None
    assert known.difference > alone.difference + 1


def test_all_interventions_of_a_round_are_answered_in_their_order(load) -> None:
    rows, seats = school()
    inputs = load(results(*rows), enrolments(*seats))
    two = [replace(SPRING, name="een", groups=("5a",)), replace(SPRING, name="twee", groups=("6a",))]

    found = effects_of(inputs.engine, sittings(inputs), inputs.enrolments, two, moments=M_TO_E)

    assert [[effect.name for effect in one] for one in found] == [["een"], ["twee"]]
    with pytest.raises(ValueError, match="earlier"):
        effects_of(inputs.engine, sittings(inputs), inputs.enrolments, two, moments=(M_TO_E[1], M_TO_E[0]))


def test_what_befell_an_instruction_group_across_classes_is_not_taken_for_an_effect(load) -> None:
    rows, seats = [], []
    dice = random.Random(11)
    for year in YEARS:
        for group in ("5a", "5b", "6a", "6b"):
            names = pupils_of(group, year)
            seats += class_of(group, int(group[0]), *names, year=year)
            for i, pupil in enumerate(names):
                # Four instruction groups over all classes; that of this year's intervention had a good half-year.
                taught = {"instruction_group": f"rekenen {i % 4}"}
                luck = 1.6 * (year == 2025 and i % 4 == 0) + dice.gauss(0, 0.01)
                before = dice.gauss(60, 8)
                after = 13 + 0.8 * before + dice.gauss(0, 3) + luck
                rows += [taken(pupil, group, year, m, s, **taught) for m, s in (("M", before), ("E", after))]
    mine = tuple(p for g in ("5a", "5b", "6a", "6b") for i, p in enumerate(pupils_of(g, 2025)) if i % 4 == 0)
    inputs = load(results(*rows), enrolments(*seats))
    what = replace(SPRING, pupils=mine)

    def found(**more: Any) -> RoundEffect:  # with and without what the results say of instruction groups
        (one,) = effect_of(inputs.engine, sittings(inputs), inputs.enrolments, what, moments=M_TO_E, **more)
        return one

    by_class, by_group = found(), found(results=inputs.results)

    assert by_group.counted == by_class.counted == len(mine)
    assert by_group.high - by_group.low > 1.2 * (by_class.high - by_class.low)
    assert by_group.verdict == "undecided"


def test_an_instruction_group_within_one_class_shares_what_befalls_that_class(load) -> None:
    rows, seats = school()
    rows = [r | {"instruction_group": f"{r['group']} basis"} if r["pupil"][-1] in "02468" else r for r in rows]
    inputs = load(results(*rows), enrolments(*seats))
    what = replace(SPRING, groups=("5a",))

    (told,) = effect_of(
        inputs.engine, sittings(inputs), inputs.enrolments, what, moments=M_TO_E, results=inputs.results
    )

    assert told == asked(load, what, rows, seats)


def test_an_effect_can_be_kept_as_json_and_read_again(load) -> None:
    rows, seats = school(gain=9)
    gone = pupils_of("5a", 2025)[0]
    rows = [r for r in rows if not (r["pupil"] == gone and r["moment"] == "E")]
    found = asked(load, replace(SPRING, groups=("5a",)), rows, seats)
    unmeasured = asked(load, replace(SPRING, groups=("5a",), subject=None), rows, seats)

    for effect in (found, unmeasured):
        assert of_record(json.loads(json.dumps(as_record(effect)))) == effect
    with pytest.raises(ValueError, match="no effect"):
        of_record(as_record(found) | {"form": 0})
    with pytest.raises(ValueError, match="no effect"):
        of_record({"verdict": "more"})
