"""The sentences on more than one measurement: Z12–Z19 and Z31, their wording and when each of them is said."""

from __future__ import annotations

import pytest
from tests.support.answer_cells import YEAR, cell, cohort, points, total, trend

from leercirkel.analysis.answers.cohorts import cohort_findings
from leercirkel.analysis.answers.patterns import pattern_findings
from leercirkel.analysis.answers.trends import trend_findings
from leercirkel.analysis.answers.versions import version_findings
from leercirkel.analysis.answers.wording import Finding, Round
from leercirkel.analysis.model import GradeTrend

ROUND = Round(YEAR, "M")
MONTHS = Round(YEAR, "M", months={"M": 1, "E": 6})


def told(found: list[Finding]) -> list[tuple[str, str]]:
    return [(f.answer.template, f.answer.text) for f in found]


def of_trend(t: GradeTrend) -> list[tuple[str, str]]:
    return told(trend_findings([t], [], ROUND))


# --- incidental or structural


def test_z14_missed_three_times_in_a_row_is_structural() -> None:
    row = [total(58, 90), total(63, 85, school_year="2025-2026", moment="E"), total(61, 86, school_year="2025-2026")]
    assert told(pattern_findings([], row, MONTHS)) == [
        (
            "Z14",
            (
                "De hele school, rekenen: het doel is niet gehaald (58 van de 90, doel 68). "
                "Dit zien we nu voor de derde keer op rij (januari 2026, juni 2026, januari 2027). "
                "Dat is geen uitschieter meer; hier hoort een verklaring bij."
            ),
        )
    ]


def test_z14_clearly_below_twice_in_a_row_is_structural() -> None:
    row = [total(50, 90), total(50, 90, school_year="2025-2026", moment="E")]
    [(template, text)] = told(pattern_findings([], row, ROUND))
    assert template == "Z14"
    assert "voor de tweede keer op rij (eind 2025-2026, midden 2026-2027)" in text


def test_missed_three_times_and_now_by_what_may_be_chance_is_not_structural() -> None:
    row = [total(67, 90), total(50, 85, school_year="2025-2026", moment="E"), total(61, 86, school_year="2025-2026")]
    assert pattern_findings([], row, ROUND) == []


def test_missed_three_times_by_what_may_be_chance_is_not_structural() -> None:
    row = [total(67, 90), total(67, 90, school_year="2025-2026", moment="E"), total(67, 90, school_year="2025-2026")]
    assert pattern_findings([], row, ROUND) == []


def test_a_row_is_of_one_test() -> None:
    row = [total(50, 90), total(50, 90, school_year="2025-2026", moment="E", instrument="ANDERS")]
    assert pattern_findings([], row, ROUND) == []


def test_a_row_is_of_one_version_of_the_test() -> None:
    old = total(50, 85, school_year="2024-2025", version="0")
    row = [total(50, 90), total(50, 85, school_year="2025-2026"), old]
    [(_, text)] = told(pattern_findings([], row, ROUND))
    assert "voor de tweede keer op rij (midden 2025-2026, midden 2026-2027)" in text
    new = [total(67, 90), total(80, 90, school_year="2025-2026", version="0")]
    assert pattern_findings([], new, ROUND) == []


def test_missed_twice_without_a_verdict_is_neither_structural_nor_incidental() -> None:
    row = [total(67, 90), total(67, 90, school_year="2025-2026", moment="E")]
    assert pattern_findings([], row, ROUND) == []


def test_a_long_row_is_told_by_its_beginning() -> None:
    years = [f"{y}-{y + 1}" for y in range(2021, 2027)]
    row = [total(50, 90, school_year=y) for y in years]
    [(_, text)] = told(pattern_findings([], row, ROUND))
    assert "voor de zesde keer op rij (sinds midden 2021-2022)" in text


def test_a_measurement_with_too_few_pupils_or_a_year_without_breaks_the_row() -> None:
    few = [
        total(50, 90),
        total(4, 8, school_year="2025-2026", moment="E", missing=80),
        total(50, 86, school_year="2025-2026"),
    ]
    gap = [total(50, 90), total(50, 90, school_year="2024-2025"), total(50, 90, school_year="2023-2024")]
    assert pattern_findings([], few, ROUND) == []
    assert pattern_findings([], gap, ROUND) == []


def test_z15_new_after_measurements_that_showed_the_opposite() -> None:
    row = [total(67, 90), total(80, 90, school_year="2025-2026", moment="E"), total(80, 90, school_year="2025-2026")]
    assert told(pattern_findings([], row, MONTHS)) == [
        (
            "Z15",
            (
                "De hele school, rekenen: het doel is niet gehaald (67 van de 90, doel 68). "
                "De vorige keren zagen we dit niet. Eén meting is nog geen patroon; in juni 2027 kijken we opnieuw."
            ),
        )
    ]


def test_a_moment_at_which_only_some_of_the_school_are_tested_is_no_measurement_of_the_school() -> None:
    row = [
        total(58, 90),
        total(20, 20, moment="B"),
        total(50, 85, school_year="2025-2026", moment="E"),
        total(61, 86, school_year="2025-2026"),
    ]
    [(template, text)] = told(pattern_findings([], row, ROUND))
    assert (template, "begin" in text) == ("Z14", False)


def test_missed_every_winter_and_reached_every_summer_is_not_incidental() -> None:
    row = [total(67, 90), total(80, 90, school_year="2025-2026", moment="E"), total(60, 90, school_year="2025-2026")]
    assert pattern_findings([], row, ROUND) == []


def test_z15_after_one_other_measurement_speaks_of_one() -> None:
    row = [total(67, 90), total(80, 90, school_year="2025-2026")]
    [(_, text)] = told(pattern_findings([], row, ROUND))
    assert "De vorige keer zagen we dit niet." in text
    assert text.endswith("midden 2027-2028 kijken we opnieuw.")


def test_a_group_is_followed_over_the_same_children_where_grades_are_one_group() -> None:
    same = [
        cell(7, 15, grade=5),
        cell(7, 15, grade=4, group="Groep 4", school_year="2025-2026", moment="E"),
        cell(15, 15, grade=5, school_year="2025-2026", moment="E"),  # last year's grade 5: other children
    ]
    [(template, text)] = told(pattern_findings(same, [], ROUND))
    assert template == "Z14"
    assert text.startswith("Groep 5, rekenen: het doel is niet gehaald (7 van de 15, doel 12).")


def test_a_group_is_not_followed_into_a_grade_of_two_groups() -> None:
    two = [
        cell(7, 15, grade=5),
        cell(7, 15, grade=4, group="4A", school_year="2025-2026", moment="E"),
        cell(7, 15, grade=4, group="4B", school_year="2025-2026", moment="E"),
    ]
    assert pattern_findings(two, [], ROUND) == []


def test_the_last_grade_has_no_next_measurement_to_wait_for() -> None:
    row = [cell(7, 15, grade=8), cell(15, 15, grade=8, moment="B")]
    assert pattern_findings(row, [], ROUND) == []


# --- trends


def test_z12_every_year_more_with_the_counts() -> None:
    up = trend(points((14, 27), (18, 28), (23, 29)), "up", grade=5)
    assert of_trend(up)[0] == (
        "Z12",
        (
            "In groep 5 haalt elk jaar een groter deel van de leerlingen ons doel voor rekenen. "
            "Het ging van 14 van de 27 (2024-2025) via 18 van de 28 naar 23 van de 29 (2026-2027). "
            "Het zijn wel steeds andere kinderen."
        ),
    )


def test_z12_says_every_year_only_when_it_is_so() -> None:
    up = trend(points((14, 27), (18, 28), (17, 29), (26, 29)), "up", grade=5)
    assert of_trend(up)[0][1] == (
        "In groep 5 haalt over vier jaar gezien een groter deel van de leerlingen ons doel voor rekenen. "
        "Het ging van 14 van de 27 (2023-2024) naar 26 van de 29 (2026-2027). "
        "Het zijn wel steeds andere kinderen."
    )


@pytest.mark.parametrize(
    "counts",
    [
        ((70, 103), (65, 105), (76, 109), (85, 106)),
        ((80, 100), (70, 103), (71, 103), (85, 106)),
        ((5, 8), (7, 9), (7, 9)),
    ],
)
def test_z12_a_year_that_disproves_it_is_not_left_out(counts: tuple[tuple[int, int], ...]) -> None:
    answer = trend_findings([trend(points(*counts), "up")], [], ROUND)[0].answer
    nl, en = answer.text, answer.text_en
    assert "elk jaar" not in nl
    assert "every year" not in en
    (k, n), first = counts[0], 2027 - len(counts)
    assert f"van {k} van de {n} ({first}-{first + 1}) naar" in nl
    assert f"from {k} of {n} ({first}-{first + 1}) to" in en


def test_z12_counts_the_part_and_not_the_pupils() -> None:
    down = trend(points((76, 159), (77, 165), (77, 170)), "down")
    assert of_trend(down)[0][1].startswith(
        "Op onze school haalt elk jaar een kleiner deel van de leerlingen ons doel voor rekenen. "
        "Het ging van 76 van de 159 (2024-2025) via 77 van de 165 naar 77 van de 170 (2026-2027)."
    )


def test_z12_looks_at_the_newest_version_only() -> None:
    up = trend(points((27, 27), (14, 27), (18, 28), (23, 29), new_version_at=2024), "up", grade=5)
    assert "elk jaar" in of_trend(up)[0][1]
    assert "27 van de 27" not in of_trend(up)[0][1]


def test_z12_a_year_without_a_measurement_is_not_every_year() -> None:
    line = points((10, 27), (14, 27), (18, 28), (23, 29))
    up = trend([line[0], *line[2:]], "up", grade=5)
    assert "haalt over vier jaar gezien" in of_trend(up)[0][1]


def test_z12_many_years_are_told_by_the_ends() -> None:
    up = trend(points(*[(10 + i, 30) for i in range(6)]), "up", grade=5)
    assert "Het ging van 10 van de 30 (2021-2022) naar 15 van de 30 (2026-2027)." in of_trend(up)[0][1]


def test_z12_the_ends_are_not_told_when_they_went_the_other_way() -> None:
    up = trend(points((20, 27), (10, 28), (20, 29)), "up", grade=5)
    assert of_trend(up)[0][1].startswith(
        "In groep 5 stijgen de uitslagen voor rekenen, over drie jaar gezien (2024-2025 tot en met 2026-2027)."
    )


def test_z12_gives_no_counts_below_five() -> None:
    up = trend(points((1, 4), (2, 4), (4, 4)), "up", grade=5)
    assert of_trend(up)[0][1] == (
        "In groep 5 stijgen de uitslagen voor rekenen, over drie jaar gezien (2024-2025 tot en met 2026-2027). "
        "Het zijn wel steeds andere kinderen."
    )


def test_the_whole_school_has_partly_the_same_children() -> None:
    down = trend(points((90, 100), (80, 100), (70, 100)), "down")
    assert of_trend(down)[0][1].endswith("Het zijn wel deels andere kinderen.")


def test_z13_goes_up_and_down() -> None:
    none = trend(points((14, 27), (18, 28), (17, 29), (20, 29)), "none")
    assert of_trend(none)[0] == (
        "Z13",
        (
            "Rekenen: de uitslagen van onze school gaan op en neer. "
            "Over vier jaar samen zien we geen stijging en geen daling."
        ),
    )


def test_z13_does_not_say_up_and_down_of_a_line_that_only_rises() -> None:
    none = trend(points((14, 27), (16, 28), (18, 29)), "none")
    assert "lopen iets op, maar dat kan toeval zijn" in of_trend(none)[0][1]


def test_no_trend_is_told_of_fewer_than_three_years_on_one_version() -> None:
    assert of_trend(trend(points((25, 27), (16, 28), (18, 29), new_version_at=2025), None)) == []


def test_a_trend_that_ends_before_this_round_or_of_another_moment_is_not_told() -> None:
    old = trend(points((14, 27), (18, 28), (23, 29), last=2025), "up")
    other = trend(points((14, 27), (18, 28), (23, 29)), "up", moment="E")
    assert trend_findings([old, other], [], ROUND) == []


def test_z31_a_goal_far_exceeded_three_years_in_a_row_is_questioned() -> None:
    easy = trend(points((97, 100), (96, 100), (98, 100)), "none")
    assert (
        "Z31",
        (
            "De hele school, rekenen: dit doel haalden we midden in het jaar drie jaar op rij ruim. "
            "Past het nog? Ons beste jaar gaf 98 van de 100."
        ),
    ) in of_trend(easy)


def test_z31_counts_on_the_newest_version_of_the_test_only() -> None:
    easy = points((100, 100), (97, 100), (96, 100), (98, 100), new_version_at=2024)
    assert "drie jaar op rij ruim. Past het nog? Ons beste jaar gaf 98 van de 100." in of_trend(trend(easy))[-1][1]
    broken = points((97, 100), (96, 100), (98, 100), (98, 100), new_version_at=2025)
    assert of_trend(trend(broken)) == []


def test_z16_a_new_version_starts_the_line_again() -> None:
    new = trend(points((14, 27), (18, 28), (23, 29), new_version_at=2025))
    assert told(version_findings([new], ROUND)) == [
        (
            "Z16",
            (
                "Sinds 2025-2026 gebruiken we een nieuwe versie van de rekentoets. "
                "De uitslagen van daarvoor kunnen we er niet naast leggen; de lijn begint opnieuw."
            ),
        )
    ]


def test_z16_names_the_grades_when_not_all_changed() -> None:
    line = points((14, 27), (18, 28), new_version_at=2026)
    trends = [trend(line, grade=3), trend(points((14, 27), (18, 28)), grade=4)]
    [(_, text)] = told(version_findings(trends, ROUND))
    assert text.startswith("Sinds 2026-2027 gebruiken we in groep 3 een nieuwe versie")


def test_z16_another_instrument_is_another_test() -> None:
    trends = [trend(points((14, 27), (18, 28), last=2024), instrument="OUD"), trend(points((14, 27), (18, 28)))]
    [(_, text)] = told(version_findings(trends, ROUND))
    assert text.startswith("Sinds 2025-2026 gebruiken we een andere toets voor rekenen.")


# --- the same pupils


@pytest.mark.parametrize(
    ("expected", "verdict"),
    [(6.0, "Dat past bij wat we verwachtten."), (4.0, "Dat is meer dan we verwachtten."),
     (12.0, "Dat is minder dan we verwachtten.")],
)  # fmt: skip
def test_z17_growth_of_the_stayers_against_what_was_expected(expected: float, verdict: str) -> None:
    [(template, text)] = told(cohort_findings([cohort(8.1, 5.2, 11.0, expected_growth=expected)], [], MONTHS))
    assert template == "Z17"
    assert text == (
        "De Uilen, rekenen: de twaalf leerlingen die er in juni 2026 ook al waren, groeiden gemiddeld 8 punten "
        f"(waarschijnlijk tussen 5 en 11). Verwacht was {expected:.0f}. {verdict}"
    )


def test_z17_rounding_never_contradicts_the_verdict() -> None:
    [(_, text)] = told(cohort_findings([cohort(8.0, 6.2, 9.8, expected_growth=5.9)], [], ROUND))
    assert "tussen 6,2 en 9,8" in text
    assert "Verwacht was 5,9. Dat is meer dan we verwachtten." in text


def test_z17_without_norms_gives_no_verdict() -> None:
    [(_, text)] = told(cohort_findings([cohort(8.0, 5.0, 11.0)], [], ROUND))
    assert text.endswith("(waarschijnlijk tussen 5 en 11).")


def test_a_mean_of_fewer_than_ten_stayers_is_not_told() -> None:
    few = cohort(5.0, 3.0, 7.0, stayers=9, joiners=4, total_change=-2.0, expected_growth=1.0)
    assert cohort_findings([few], [], ROUND) == []


def test_the_same_moment_a_year_earlier_goes_before_a_nearer_one_across_the_summer() -> None:
    both = [cohort(12.0, 9.0, 15.0, from_moment="M"), cohort(8.0, 5.0, 11.0)]
    [(_, text)] = told(cohort_findings(both, [], ROUND))
    assert "die er midden 2025-2026 ook al waren, groeiden gemiddeld 12 punten" in text


def test_dle_growth_is_in_dle() -> None:
    [(_, text)] = told(cohort_findings([cohort(1.0, 0.0, 2.0, quantity="dle")], [], ROUND))
    assert "groeiden gemiddeld 1 DLE (waarschijnlijk" in text


def test_z18_below_the_goal_but_growing_as_expected() -> None:
    cells = [
        cell(7, 15, grade=6, group="Merels"),
        cell(7, 15, grade=5, group="Spechten", school_year="2025-2026", moment="E"),
    ]
    growing = cohort(8.0, 5.0, 11.0, expected_growth=6.0, group="Merels", grade=6)
    texts = told(cohort_findings([growing], cells, ROUND))
    assert (
        "Z18",
        (
            "Rekenen: de Merels begonnen lager en zitten nog onder het doel, maar groeien zoals verwacht. "
            "Het aanbod slaat aan; de afstand is er nog."
        ),
    ) in texts


@pytest.mark.parametrize("change", [{"expected_growth": 9.0}, {"growth_low": -1.0}, {"expected_growth": None}])
def test_z18_is_not_said_when_growth_is_unsure_or_behind(change: dict[str, float | None]) -> None:
    cells = [cell(7, 15, grade=6, group="Merels"), cell(7, 15, grade=5, school_year="2025-2026", moment="E")]
    base = {"expected_growth": 6.0, "group": "Merels", "grade": 6} | change
    low = base.pop("growth_low", 5.0)
    found = cohort_findings([cohort(8.0, low, 11.0, **base)], cells, ROUND)  # type: ignore[arg-type]
    assert "Z18" not in [f.answer.template for f in found]


def test_z19_the_mean_fell_because_of_who_came_and_went() -> None:
    moved = cohort(5.0, 3.0, 7.0, group="Spechten", stayers=11, joiners=4, leavers=2, total_change=-2.0)
    assert (
        "Z19",
        (
            "Rekenen: het gemiddelde van de Spechten ging 2 punten omlaag. "
            "Dat komt vooral door wie erbij kwam (vier) en wie wegging (twee): de elf blijvers gingen 5 punten vooruit."
        ),
    ) in told(cohort_findings([moved], [], ROUND))


def test_z19_tells_who_left_from_who_has_no_result() -> None:
    moved = cohort(5.0, 3.0, 7.0, leavers=3, leavers_present=1, total_change=-2.0)
    texts = " ".join(t for _, t in told(cohort_findings([moved], [], ROUND)))
    assert "wie wegging (twee) en wie nu geen uitslag heeft (één)" in texts


def test_z19_is_not_said_when_the_stayers_explain_most() -> None:
    moved = cohort(5.0, 3.0, 7.0, joiners=4, total_change=6.0)
    assert [f.answer.template for f in cohort_findings([moved], [], ROUND)] == ["Z17"]


def test_z17_an_interval_that_touches_what_was_expected_fits_it() -> None:
    [(_, text)] = told(cohort_findings([cohort(8.0, 5.0, 11.0, expected_growth=5.0)], [], ROUND))
    assert text.endswith("Verwacht was 5. Dat past bij wat we verwachtten.")


def test_z12_the_same_share_twice_is_not_every_year_less() -> None:
    down = trend(points((90, 100), (80, 100), (80, 100)), "down")
    assert "elk jaar" not in of_trend(down)[0][1]
