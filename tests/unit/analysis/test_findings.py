"""The findings of a round on tables by hand: where each belongs, what comes first, what is folded, and lasting keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from tests.support.answer_cells import YEAR, cell, points, pool, tier, total, trend
from tests.support.sample_report import sample_report

from leercirkel.analysis.findings import RoundFinding, round_findings
from leercirkel.analysis.model import GradeTrend, OverviewCell, PupilSheet, SchoolReport, SubjectGap
from leercirkel.analysis.pupil_findings import PupilRow, pupil_findings

EMPTY = replace(
    sample_report(), school_year=YEAR, moment="M", overview=(), totals=(), grade_trend=(), cohort_trend=(), growth=(),
    learning_yield=(), destination_changes=(), answers=(), interventions=(), agreements=(),
)  # fmt: skip
MAIN = replace(EMPTY, method=replace(EMPTY.method, main_tiers={}))


def report(*cells: OverviewCell, trends: Sequence[GradeTrend] = (), **more: Any) -> SchoolReport:
    return replace(
        MAIN, overview=tuple(c for c in cells if c.group), totals=tuple(c for c in cells if not c.group),
        grade_trend=tuple(trends), **more,
    )  # fmt: skip


def of_group(found: Sequence[RoundFinding], group: str = "Groep 5") -> list[RoundFinding]:
    return [one for one in found if one.place == group]


def shown(found: Sequence[RoundFinding]) -> list[str]:
    return [one.template for one in found if one.shown]


# ------------------------------------------------------------------------------------------------- where it belongs


def test_what_is_of_one_group_goes_to_its_own_talk_and_the_rest_to_the_school() -> None:
    found = round_findings(report(cell(6, 28), total(40, 60)))

    by_talk = {one.talk: one for one in found}
    assert (by_talk["group"].place, by_talk["group"].level, by_talk["group"].subject) == ("Groep 5", "group", "rekenen")
    assert (by_talk["school"].place, by_talk["school"].level) == (None, "subject")


def test_a_grade_that_is_one_group_is_talked_about_with_that_group() -> None:
    line = trend(points((14, 27), (18, 28), (27, 29)), "up", grade=5)

    found = round_findings(report(cell(27, 29, grade=5), trends=[line]))

    rising = next(one for one in found if one.template == "Z12")
    assert (rising.talk, rising.place, rising.level, rising.grade, rising.good) == (
        "group",
        "Groep 5",
        "grade",
        5,
        True,
    )


def test_a_grade_of_two_groups_is_talked_about_with_the_school() -> None:
    line = trend(points((14, 57), (18, 58), (47, 59)), "up", grade=5)

    found = round_findings(report(cell(27, 29, grade=5), cell(20, 30, grade=5, group="Groep 5b"), trends=[line]))

    assert next(one for one in found if one.template == "Z12").talk == "school"


# ---------------------------------------------------------------------------------------------- fact, strength, pattern


def test_a_finding_has_its_strength_and_what_it_rests_on() -> None:
    (below,) = of_group(round_findings(report(cell(6, 28))))

    assert (below.template, below.strength, below.good, below.pattern) == ("Z02", "below", False, "")
    assert below.evidence[0].key["group"] == "Groep 5"
    assert below.text.startswith("Groep 5, rekenen: 6 van de 28")
    assert below.text_en


def test_what_comes_back_takes_the_place_of_the_plain_fact_and_is_structural() -> None:
    cells = [
        cell(6, 28, grade=5),
        cell(7, 28, grade=5, moment="B"),
        cell(6, 28, grade=4, group="Groep 4", school_year="2025-2026", moment="E"),
    ]

    found = of_group(round_findings(report(*cells)))

    assert [(one.template, one.pattern, one.strength) for one in found] == [("Z14", "structural", "below")]


# ------------------------------------------------------------------------------------------------ order, what is shown


def test_what_went_well_comes_first_then_what_is_sure_and_can_be_acted_on() -> None:
    found = of_group(
        round_findings(
            report(cell(26, 28, subject="spelling"), cell(6, 28), cell(20, 28, subject="woordenschat", threshold="III"))
        )
    )

    assert [(one.subject, one.rank) for one in found][:2] == [("spelling", 1), ("rekenen", 2)]
    assert found[0].good


def test_what_went_well_is_never_invented() -> None:
    found = of_group(round_findings(report(cell(6, 28), cell(5, 28, subject="spelling"))))

    assert not any(one.good for one in found)


def test_a_talk_begins_with_at_most_so_many_and_the_rest_comes_on_request() -> None:
    subjects = ("rekenen", "spelling", "technisch_lezen", "begrijpend_lezen", "woordenschat", "taal", "x", "y")
    many = report(*(cell(6, 28, subject=subject) for subject in subjects))

    few = of_group(round_findings(many, most_per_group=3))

    assert sum(one.shown for one in of_group(round_findings(many))) == 6
    assert [one.shown for one in few] == [True] * 3 + [False] * (len(few) - 3)
    assert [one.rank for one in few] == list(range(1, len(few) + 1))


def test_cells_without_a_verdict_are_folded_into_one_sentence_with_three_years_together() -> None:
    cells = [cell(9, 14, grade=5, subject=subject) for subject in ("rekenen", "spelling", "woordenschat")]
    three_years = replace(trend(points((20, 40), (21, 40), (9, 14)), "none", grade=5), pool=pool(50, 94))

    found = of_group(round_findings(report(*cells, trends=[three_years])))

    assert "Z09" in shown(found)
    assert not {"Z03", "Z04", "Z06"} & set(shown(found))
    folded = next(one for one in found if one.template == "Z09")
    assert folded.text.startswith("Groep 5: bij 3 van de 3 onderdelen is de groep te klein om iets zeker te zeggen.")
    assert "50 van de 94" in folded.text
    assert {one.template for one in found if not one.shown} >= {"Z04"}


def test_a_goal_that_was_just_reached_stays_in_sight_when_it_is_all_that_went_well() -> None:
    cells = [cell(13, 15), cell(9, 14, subject="spelling"), cell(9, 14, subject="woordenschat")]

    first = of_group(round_findings(report(*cells)))[0]

    assert (first.template, first.good, first.shown) == ("Z03", True, True)


# ------------------------------------------------------------------------------------------------------- lasting keys


def test_a_key_stays_when_the_figures_the_moment_and_the_year_change() -> None:
    now = of_group(round_findings(report(cell(6, 28))))
    more_came_in = of_group(round_findings(report(cell(20, 29))))
    next_year = of_group(
        round_findings(report(cell(27, 28, school_year="2027-2028", moment="E"), school_year="2027-2028", moment="E"))
    )

    assert now[0].key == more_came_in[0].key == next_year[0].key
    assert now[0].template != next_year[0].template


def test_alike_findings_of_two_groups_share_what_they_are_like_and_not_their_key() -> None:
    one, other = round_findings(report(cell(6, 28), cell(7, 28, group="Groep 6")))

    assert one.like == other.like == "goal|rekenen|group|work"
    assert one.key != other.key


def test_keys_are_unique_and_short_enough() -> None:
    long = "een groep met een heel lange naam " * 8
    found = round_findings(sample_report()) + round_findings(report(cell(6, 28, group=long)))

    assert all(len(one.key) <= 190 for one in found)
    school = [one.key for one in round_findings(sample_report())]
    assert len(set(school)) == len(school)


def test_the_order_of_the_cells_does_not_matter() -> None:
    whole = sample_report()
    turned = replace(
        whole, overview=whole.overview[::-1], totals=whole.totals[::-1], grade_trend=whole.grade_trend[::-1]
    )

    assert round_findings(turned) == round_findings(whole)


# ------------------------------------------------------------------------------------------------------------- pupils


def row(*below: bool, pupil: str = "P1", subject: str = "rekenen") -> PupilRow:
    moments = ((2026, "M"), (2025, "E"), (2025, "M"), (2024, "E"))
    return PupilRow(pupil, subject, "DEMO", tuple(zip(moments, below, strict=False)))


def sheet(pupil: str, gap: SubjectGap | None) -> PupilSheet:
    return PupilSheet(pupil, "", "Groep 5", 5, False, None, (), gap)


@pytest.mark.parametrize(
    ("below", "template"),
    [
        ((True, True), "Z35"),
        ((True, False), None),
        ((True,), None),
        ((False, True, True), "Z36"),
        ((False, True), None),
    ],
)
def test_one_measurement_below_is_no_finding_and_two_in_a_row_are(
    below: tuple[bool, ...], template: str | None
) -> None:
    found = pupil_findings([row(*below)], [], ())

    assert [one.template for one in found] == ([template] if template else [])


def test_three_in_a_row_is_structural_and_says_when() -> None:
    (found,) = pupil_findings([row(True, True, True, False)], [], ())

    assert found.pattern == "structural"
    assert found.text == (
        "Rekenen: drie metingen op rij onder de eigen lijn (midden 2025-2026, eind 2025-2026 en midden 2026-2027). "
        "We kijken wat er in ons aanbod anders kan."
    )
    assert "three measurements in a row" in found.text_en


def test_who_has_an_opp_is_talked_about_there() -> None:
    found = pupil_findings([row(True, True), row(True, True, pupil="P2")], [], {"P2"})

    assert [(one.pupil, one.talk) for one in found] == [("P1", "pupil"), ("P2", "opp")]


def test_subjects_that_differ_are_a_finding_without_a_name_in_it() -> None:
    gap = SubjectGap("technisch_lezen", "rekenen", "DEMO", 14.0, False, "Deze leerling is verder.", "This pupil is.")

    (found,) = pupil_findings([], [sheet("P1", gap), sheet("P2", None)], ())

    assert (found.template, found.subject, found.text) == ("Z28", "rekenen", "Deze leerling is verder.")


def test_the_talk_begins_with_two_of_a_pupil_and_not_with_what_is_over() -> None:
    rows = [
        replace(row(True, True), instrument="A"),
        replace(row(False, True, True), instrument="B"),
        replace(row(True, True, True, True), instrument="C"),
        replace(row(True, True, True), instrument="D"),
    ]

    found = pupil_findings(rows, [], ())

    assert [(one.evidence[0].key["instrument"], one.shown, one.good) for one in found] == [
        ("C", True, False), ("D", True, False), ("A", False, False), ("B", False, True),
    ]  # fmt: skip


def test_who_is_back_on_the_line_is_folded() -> None:
    (found,) = pupil_findings([row(False, True, True)], [], ())

    assert found.good
    assert not found.shown


def test_two_tiers_of_a_cell_do_not_share_a_key() -> None:
    both = cell(tiers=(tier(6, 28), tier(3, 11, scope="care")), counted=39)

    keys = [one.key for one in of_group(round_findings(report(both)))]

    assert len(set(keys)) == len(keys) >= 2
