"""What the parts of the report choose to show: which tier, which trends, which growth, which evidence."""

from __future__ import annotations

from dataclasses import asdict, replace

import pytest
from tests.support.answer_cells import cell
from tests.support.sample_report import TESTS, sample_report

from leercirkel.analysis.model import Answer, Evidence, GradeTrend, OverviewCell, SchoolReport
from leercirkel.core.standards import Standard, Tier
from leercirkel.documents.report.context import context_of, group_tests, groups_of
from leercirkel.documents.report.parts.cover import cover
from leercirkel.documents.report.parts.groups import groups
from leercirkel.documents.report.parts.method import method
from leercirkel.documents.report.parts.overview import overview
from leercirkel.documents.report.parts.trends import trends
from leercirkel.documents.texts import texts_of

SMALL = sample_report(groups=3, tests=TESTS[:2], years=4)


def with_standards(*standards: Standard) -> SchoolReport:
    return replace(SMALL, standards=tuple(asdict(s) for s in standards))


def lines_of(report: SchoolReport, group: int = 1) -> str:
    return " ".join(line["text"] for line in groups(context_of(report))[group]["lines"])


def test_the_overview_is_about_the_main_tier_of_the_school() -> None:
    report = replace(SMALL, method=replace(SMALL.method, main_tiers={"rekenen": "hoog"}))
    cell = next(c for c in report.overview if c.group == "Spechten" and c.subject == "rekenen")
    high = next(t for t in cell.tiers if t.name == "hoog")

    row = next(r for r in overview(context_of(report))["rows"] if r["name"] == "Spechten")

    assert row["cells"][0][0]["k"] == str(high.reached)


def test_without_a_named_main_tier_basis_is_it() -> None:
    context = context_of(replace(SMALL, method=replace(SMALL.method, main_tiers={})))

    tier = context.main_tier(SMALL.overview[0])

    assert tier is not None
    assert tier.name == "basis"


def test_a_goal_that_is_exactly_reached_is_bold() -> None:
    cells = [
        (cell, tier)
        for cell in sample_report().overview
        for tier in cell.tiers
        if tier.name == "basis" and tier.counted >= 10 and tier.reached == tier.goal_count
    ]
    rows = {r["name"]: r for r in overview(context_of(sample_report()))["rows"]}

    shown = [c for cell, _ in cells for column in rows[cell.group or ""]["cells"] for c in column if "bold" in c]

    assert cells
    assert all(c["bold"] for c in shown if c["k"] == c["goal"])


def test_a_group_without_a_test_has_an_empty_cell_not_a_zero() -> None:
    gone = replace(SMALL, overview=tuple(c for c in SMALL.overview if (c.group, c.subject) != ("Uilen", "rekenen")))

    row = next(r for r in overview(context_of(gone))["rows"] if r["name"] == "Uilen")

    assert row["cells"][0] == []


def test_older_rounds_are_not_in_the_overview() -> None:
    old = tuple(replace(c, school_year="2020-2021", group="Vroeger") for c in SMALL.overview)

    rows = overview(context_of(replace(SMALL, overview=SMALL.overview + old)))["rows"]

    assert "Vroeger" not in {r["name"] for r in rows}


def test_groups_come_in_the_order_of_a_school() -> None:
    def cell(group: str, grade: int | None) -> OverviewCell:
        return replace(SMALL.overview[0], group=group, grade=grade)

    ordered = groups_of([cell("Groep 10", None), cell("Groep 9", None), cell("Uilen", 5), cell("Spechten", 4)])

    assert list(ordered) == ["Spechten", "Uilen", "Groep 9", "Groep 10"]


def test_groups_with_numbers_come_as_people_count_whatever_the_ages_in_them() -> None:
    def cell(group: str, age: float) -> OverviewCell:
        return replace(SMALL.overview[0], group=group, didactic_age=age)

    ordered = groups_of([cell("3/4B", 5), cell("3/4A", 15), cell("5/6A", 25)])

    assert list(ordered) == ["3/4A", "3/4B", "5/6A"]


def test_a_group_that_is_only_a_number_is_called_groep() -> None:
    assert texts_of("nl").group("5") == "Groep 5"
    assert texts_of("nl").group("de Uilen") == "De Uilen"


def test_the_whole_school_comes_first_and_grades_after_it() -> None:
    titles = [card["title"] for card in trends(context_of(SMALL))[0]["cards"]]

    assert titles[:3] == ["Hele school", "Groep 3", "Groep 4"]


def test_a_special_school_is_told_by_didactic_age_instead_of_grade() -> None:
    def banded(t: GradeTrend) -> GradeTrend:
        return t if t.grade != 3 else replace(t, grade=None, didactic_age_band="1-10")

    report = sample_report(groups=8, tests=TESTS[:1], years=4)
    report = replace(report, grade_trend=tuple(map(banded, report.grade_trend)))

    titles = [card["title"] for card in trends(context_of(report))[0]["cards"]]

    assert titles == ["Hele school", "DL 1-10"]


def test_trends_of_another_moment_are_left_out() -> None:
    other = replace(SMALL, grade_trend=tuple(replace(t, moment="E") for t in SMALL.grade_trend))

    assert trends(context_of(other)) == []


def test_a_small_year_in_a_trend_is_a_count_without_a_verdict() -> None:
    point = SMALL.grade_trend[0].points[-1]
    tiny = replace(point, judged=4, reached=3, counted=4, share=0.75, low=0.3, high=0.95, verdict="too_few")
    first = replace(SMALL.grade_trend[0], points=(*SMALL.grade_trend[0].points[:-1], tiny))

    card = trends(context_of(replace(SMALL, grade_trend=(first,))))[0]["cards"][0]

    assert "2026-2027 3 van de 4" in card["said"]
    assert card["table"]["rows"][-1]["cells"][1:3] == ["3 van 4", "–"]
    assert card["table"]["rows"][-1]["verdict"] == "too_few"


def test_growth_is_told_once_in_scores_where_a_test_gives_both() -> None:
    dle = next(g for g in SMALL.growth if g.group == "Spechten" and g.subject == "rekenen")
    dle = replace(dle, from_moment="E", real_up=None, conditional_z=None)
    score = replace(dle, quantity="score", mean=12.5, low=8.0, high=17.0)

    text = lines_of(replace(SMALL, growth=(dle, score), cohort_trend=()))

    assert "12,5 punten" in text
    assert " DLE" not in text


def test_growth_over_a_year_is_not_repeated_below_its_chart() -> None:
    assert "sinds midden 2025-2026 groeiden" not in lines_of(SMALL).lower()


def test_an_answer_shows_three_lines_of_evidence_and_how_many_more() -> None:
    keys = ("school_year", "group", "subject", "moment", "instrument", "version")
    proof = tuple(Evidence("overview", {k: getattr(c, k) for k in keys}, {}) for c in SMALL.overview[:5])
    report = replace(SMALL, answers=(Answer("Vraag", "Z09", "Een zin.", proof),))

    answer = cover(context_of(report), {"overview": "overview"})["answers"][0]

    assert len(answer["why"]) == 4
    assert answer["why"][-1] == "En nog twee onderdelen."
    assert answer["to"] == ["overview"]


def test_standards_that_differ_in_destination_only_are_one_row() -> None:
    tiers = (Tier("basis", 0.75, dl_factor=0.45),)
    report = with_standards(
        Standard("rekenen", "dle", tiers, own_dle=(30, 1000), scope="destination:PRO"),
        Standard("rekenen", "dle", tiers, own_dle=(30, 1000), scope="destination:HAVO"),
        Standard("rekenen", "dle", tiers),
    )

    rows = method(context_of(report))["standards"]

    assert [r["whom"] for r in rows] == [
        "alle leerlingen", "eigen laatste DLE vanaf 30; uitstroom havo en praktijkonderwijs",
    ]  # fmt: skip
    assert rows[0]["tiers"] == ["Basis 75%: DLE ≥ 0,45 × DL"]


def test_years_in_a_row_are_told_as_the_first_and_the_last() -> None:
    tiers = (Tier("basis", 0.75, dl_factor=0.45),)
    report = with_standards(Standard("rekenen", "dle", tiers, school_years=(2019, 2021, 2022, 2023, 2025, 2026)))

    (row,) = method(context_of(report))["standards"]

    assert row["whom"] == "2019-2020, 2021-2022 t/m 2023-2024, 2025-2026 en 2026-2027"


def test_a_standard_that_cannot_be_read_is_left_out() -> None:
    assert context_of(replace(SMALL, standards=({"subject": "rekenen"},))).standards == ()


def test_the_worked_example_adds_up_as_it_is_written() -> None:
    report = sample_report(groups=4, tests=TESTS[:1], years=3)
    exact = replace(
        report.cohort_trend[2], mean_from=18.2, mean_to=20.7, total_change=2.5, growth=4.0, joiner_effect=-1.0,
        leaver_effect=0.5, stayers=11, joiners=3, leavers=2,
    )  # fmt: skip

    topics = [t for column in method(context_of(replace(report, cohort_trend=(exact,))))["columns"] for t in column]
    text = next(t["text"][-1] for t in topics if t["title"] == "Waar komt een verschil vandaan?")

    assert "van 18,2 naar 20,7" in text
    assert "elf blijvers 4,0 + effect van 3 erbij (−1,0) − effect van 2 weg 0,5 = 2,5 DLE" in text


@pytest.mark.parametrize(
    ("median", "said"),
    [
        (2.0, "omhoog; minstens de helft ging twee niveaus of meer omhoog."),
        (1.5, "omhoog; minstens de helft ging twee niveaus of meer omhoog."),
        (1.0, "minstens één AVI-niveau omhoog."),
        (0.0, "minstens één AVI-niveau omhoog."),
        (-1.0, "omhoog; minstens de helft ging één niveau of meer omlaag."),
    ],
)
def test_steps_say_how_far_at_least_half_of_the_pupils_went(median: float, said: str) -> None:
    steps = replace(SMALL.growth[0], group="Spechten", quantity="avi", steps_median=median, at_least_one_step=6,
                    counted=12)  # fmt: skip

    assert lines_of(replace(SMALL, growth=(steps,), learning_yield=(), cohort_trend=())).endswith(said)


def test_a_trend_of_three_years_without_direction_has_too_few_pupils() -> None:
    short = next(t for t in SMALL.grade_trend if len(t.points) >= 3)
    one = replace(
        short, direction=None, points=tuple(replace(p, version="3.0", new_version=False) for p in short.points)
    )
    first, *rest = one.points
    two = replace(one, points=(replace(first, version="2.0"), replace(rest[0], new_version=True), rest[1]))

    notes = [trends(context_of(replace(SMALL, grade_trend=(t,))))[0]["cards"][0]["note"] for t in (one, two)]

    assert notes == [
        "Te weinig leerlingen per jaar om een richting te zien.", "Nog geen drie jaar op één toetsversie.",
    ]  # fmt: skip


def test_a_grade_with_every_result_of_its_group_has_no_row_of_its_own() -> None:
    whole = cell(11, 15, group="7/8B", missing=2)
    grade = cell(11, 15, group="7/8B", grade=8)
    other = replace(grade, counted=14, expected=14)

    assert group_tests([whole, grade])[0].grades == ()
    assert group_tests([whole, other])[0].grades == (other,)
