"""The sentences on one cell: Z01–Z08, their wording and when each of them is said."""

from __future__ import annotations

from typing import Any

import pytest
from tests.support.answer_cells import YEAR, cell, tier, total

from leercirkel.analysis.answers.absent import absence_findings
from leercirkel.analysis.answers.goals import goal_findings
from leercirkel.analysis.answers.wording import Finding, Round
from leercirkel.analysis.model import OverviewCell
from leercirkel.core.standards import Standard, Tier

ROUND = Round(YEAR, "M")


def only(found: list[Finding]) -> tuple[str, str]:
    assert len(found) == 1
    return found[0].answer.template, found[0].answer.text


def goal_of(c: OverviewCell, **more: Any) -> tuple[str, str]:
    return only(goal_findings([c], Round(YEAR, "M", **more)))


def test_z01_interval_above_the_norm() -> None:
    assert goal_of(cell(26, 28, subject="technisch_lezen", group="Bovenbouw", threshold="E4")) == (
        "Z01",
        (
            "De bovenbouw, technisch lezen: 26 van de 28 leerlingen haalden AVI E4. Ons doel was 21 van de 28. "
            "Dat ligt duidelijk boven onze norm."
        ),
    )


def test_z02_interval_below_the_norm() -> None:
    assert goal_of(cell(6, 14, group="Instructiegroep rekenen 2", threshold=15.0)) == (
        "Z02",
        (
            "Instructiegroep rekenen 2, rekenen: 6 van de 14 leerlingen haalden DLE 15 of hoger. "
            "Ons doel was 11 van de 14. "
            "Dat ligt duidelijk onder onze norm; zo'n groot verschil is zelden toeval."
        ),
    )


def test_z03_reached_but_undecided_names_the_margin() -> None:
    assert goal_of(cell(13, 15, threshold="III")) == (
        "Z03",
        (
            "Groep 5, rekenen: 13 van de 15 leerlingen haalden minstens niveau III; ons doel was 12 van de 15. "
            "Doel gehaald. "
            "Het scheelde één leerling, dus de volgende keer kan het net anders uitvallen."
        ),
    )


def test_z03_exactly_reached_has_no_margin() -> None:
    _, text = goal_of(cell(12, 15))
    assert "Doel gehaald. Het was precies genoeg, dus de volgende keer" in text


def test_z04_missed_but_undecided_names_the_shortfall() -> None:
    assert goal_of(cell(9, 14)) == (
        "Z04",
        (
            "Groep 5, rekenen: 9 van de 14 leerlingen haalden DLE 20 of hoger; ons doel was 11 van de 14. "
            "We kwamen twee leerlingen tekort. In een groep van 14 kan dat toeval zijn."
        ),
    )


def test_z05_all_reached_also_when_the_interval_lies_above() -> None:
    assert goal_of(cell(14, 14, group="Uilen", threshold="M4")) == (
        "Z05",
        "De Uilen, rekenen: alle 14 leerlingen haalden AVI M4. Ons doel is gehaald, hoger kan niet.",
    )


@pytest.mark.parametrize("reached", [0, 4, 7])
def test_z06_five_to_nine_gives_the_count_and_no_verdict(reached: int) -> None:
    assert goal_of(cell(reached, 7)) == (
        "Z06",
        (
            f"Groep 5, rekenen: {reached} van de 7 leerlingen haalden DLE 20 of hoger. "
            "Voor een oordeel is de groep te klein; we kijken naar de leerlingen zelf."
        ),
    )


def test_one_pupil_takes_a_singular_verb() -> None:
    _, text = goal_of(cell(1, 7))
    assert "1 van de 7 leerlingen haalde DLE 20" in text


def test_below_five_no_number_is_given_in_text_or_evidence_and_it_is_said_once() -> None:
    small = [cell(2, 4, group="Uilen"), cell(3, 3, group="Uilen", subject="spelling")]
    found = goal_findings(small, ROUND)
    assert only(found) == (
        "Z06",
        (
            "De Uilen: bij rekenen en spelling zijn er te weinig uitslagen om ze in cijfers te noemen; "
            "we kijken naar de leerlingen zelf."
        ),
    )
    assert [e.figures for e in found[0].answer.evidence] == [{}, {}]


def test_the_thresholds_for_small_groups_are_policy() -> None:
    from leercirkel.core.verdicts import Policy

    round_ = Round(YEAR, "M", policy=Policy(no_number_below=3, no_verdict_below=20))
    template, text = only(goal_findings([cell(3, 4)], round_))
    assert (template, "3 van de 4" in text) == ("Z06", True)
    assert only(goal_findings([cell(26, 28)], round_))[0] == "Z01"


@pytest.mark.parametrize(
    ("threshold", "quantity", "words"),
    [
        (95.0, "score", "vaardigheidsscore 95 of hoger"),
        (95.5, "score", "vaardigheidsscore 95,5 of hoger"),
        (20.0, "dle", "DLE 20 of hoger"),
        (None, "dle", "de eigen lijn"),
        ("III", "score", "minstens niveau III"),
        ("C", "score", "minstens niveau C"),
        ("E", "score", "minstens niveau E"),
        ("E4", None, "AVI E4"),
        ("Plus", None, "AVI Plus"),
        ("1F", "score", "1F"),
    ],
)
def test_thresholds_in_words(threshold: float | str | None, quantity: str | None, words: str) -> None:
    _, text = goal_of(cell(9, 14, threshold=threshold, quantity=quantity))
    assert f"haalden {words}; ons doel" in text


def test_a_number_is_named_in_the_quantity_of_its_standard() -> None:
    standard = Standard("rekenen", "dle", (Tier("basis", 0.75, threshold=20),))
    _, text = goal_of(cell(9, 14, quantity="score"), standards=(standard,))
    assert "haalden DLE 20 of hoger" in text


def test_goals_are_told_by_the_main_tier_of_the_subject() -> None:
    tiers = [tier(14, 14, name="minimum", threshold=10.0), tier(9, 14), tier(2, 14, name="hoog", target_share=0.25)]
    assert "9 van de 14" in goal_of(cell(tiers=tiers, counted=14))[1]
    assert "2 van de 14" in goal_of(cell(tiers=tiers, counted=14), main_tiers={"rekenen": "hoog"})[1]


def test_without_the_main_tier_nothing_is_said() -> None:
    assert goal_findings([cell(9, 14)], Round(YEAR, "M", main_tiers={"rekenen": "streef"})) == []
    assert goal_findings([cell(tiers=[])], ROUND) == []


def test_z20_pupils_with_goals_of_their_own_have_their_own_sentence() -> None:
    both = [tier(20, 26), tier(6, 9, scope="care")]
    found = goal_findings([cell(tiers=both, counted=26)], ROUND)
    texts = {f.answer.template: f.answer.text for f in found}
    assert "20 van de 26 leerlingen haalden" in texts["Z03"]
    assert texts["Z20"] == (
        "Groep 5: van de negen leerlingen met een eigen doel voor rekenen haalden er zes dat doel. "
        "Voor een oordeel zijn dat er te weinig; we kijken naar de leerlingen zelf."
    )


@pytest.mark.parametrize(
    ("reached", "counted", "rest"),
    [
        (9, 14, "Ons doel was 11 van de 14; dat verschil kan toeval zijn."),
        (12, 14, "Ons doel was 11 van de 14: gehaald."),
        (6, 14, "Ons doel was 11 van de 14; zo'n groot verschil is zelden toeval."),
    ],
)
def test_z20_tells_the_goal_and_how_much_the_difference_says(reached: int, counted: int, rest: str) -> None:
    [f] = goal_findings([cell(tiers=[tier(reached, counted, scope="care")], counted=counted)], ROUND)
    assert f.answer.text.endswith(f" {rest}")


def test_z20_needs_no_tier_of_the_same_name_as_the_goals_for_all() -> None:
    tiers = [tier(20, 26), tier(6, 9, scope="care", name="eigen doel")]
    found = goal_findings([cell(tiers=tiers, counted=26)], Round(YEAR, "M", main_tiers={"rekenen": "basis"}))
    assert [f.answer.template for f in found] == ["Z03", "Z20"]


def test_z20_is_not_told_of_fewer_than_five() -> None:
    assert goal_findings([cell(tiers=[tier(3, 4, scope="care")], counted=4)], ROUND) == []


def test_other_rounds_are_not_told() -> None:
    assert goal_findings([cell(moment="E"), cell(school_year="2025-2026")], ROUND) == []


def test_two_tests_in_one_subject_are_told_apart() -> None:
    cells = [cell(9, 14, instrument="AVI", threshold="E4"), cell(9, 14, instrument="DMT")]
    texts = [f.answer.text for f in goal_findings(cells, ROUND)]
    assert [t.split(":")[0] for t in texts] == ["Groep 5, rekenen (AVI)", "Groep 5, rekenen (DMT)"]


def test_of_a_combination_group_the_grades_are_told_only_when_clear() -> None:
    cells = [cell(20, 30, group="5/6"), cell(6, 15, group="5/6", grade=5), cell(12, 15, group="5/6", grade=6)]
    texts = [f.answer.text for f in goal_findings(cells, ROUND)]
    assert [t.split(":")[0] for t in texts] == ["Groep 5/6, rekenen", "Groep 5/6, rekenen in leerjaar 5"]


def test_the_whole_school_is_no_group() -> None:
    _, text = goal_of(total(67, 90))
    assert text.startswith("De hele school, rekenen: 67 van de 90")
    assert text.endswith("Bij 90 leerlingen kan dat toeval zijn.")


def test_z07_tells_between_which_counts_the_outcome_will_lie() -> None:
    missing = cell(9, 11, not_taken={"ill": 2, "just_arrived": 1})
    assert only(absence_findings([missing], ROUND)) == (
        "Z07",
        (
            "Groep 5, rekenen: van drie leerlingen is er nog geen uitslag (twee ziek, één later gestart). "
            "Komen die erbij, dan halen tussen de 9 en 12 van de 14 leerlingen DLE 20 of hoger."
        ),
    )


def test_z07_for_one_pupil_without_a_reason() -> None:
    assert only(absence_findings([cell(9, 13, missing=1)], ROUND))[1] == (
        "Groep 5, rekenen: van één leerling is er nog geen uitslag (reden onbekend). "
        "Komt die erbij, dan halen 9 of 10 van de 14 leerlingen DLE 20 of hoger."
    )


@pytest.mark.parametrize(
    ("reached", "tested", "missing", "said"),
    [
        (11, 12, 1, "dan halen 11 of 12 van de 13 leerlingen"),
        (11, 12, 2, "dan halen 11, 12 of 13 van de 14 leerlingen"),
        (11, 12, 3, "dan halen tussen de 11 en 14 van de 15 leerlingen"),
        (0, 12, 1, "dan haalt hoogstens 1 van de 13 leerlingen"),
        (0, 12, 3, "dan halen hoogstens 3 van de 15 leerlingen"),
    ],
)
def test_z07_names_a_range_only_where_the_ends_are_further_than_two_apart(
    reached: int, tested: int, missing: int, said: str
) -> None:
    assert said in only(absence_findings([cell(reached, tested, missing=missing)], ROUND))[1]


def test_z07_says_it_when_nobody_of_a_group_took_an_expected_test() -> None:
    absent = cell(0, 0, tiers=(), missing=14)
    assert only(absence_findings([absent], ROUND)) == (
        "Z07",
        "Groep 5, rekenen: van geen van de 14 leerlingen is er een uitslag (reden onbekend).",
    )


def test_nobody_of_fewer_than_five_is_not_told() -> None:
    assert absence_findings([cell(0, 0, tiers=(), missing=4)], ROUND) == []


def test_z08_names_who_does_not_count_and_why() -> None:
    left_out = cell(9, 14, not_taken={"exempt": 1, "moved": 1})
    assert only(absence_findings([left_out], ROUND)) == (
        "Z08",
        (
            "Groep 5, rekenen – twee leerlingen tellen hier niet mee: één met ontheffing en één die van school ging. "
            "Hun eigen groei staat bij de leerling."
        ),
    )


def test_z08_uses_no_pronoun_for_one_child() -> None:
    _, text = only(absence_findings([cell(9, 14, not_taken={"exempt": 1})], ROUND))
    assert text.endswith("één leerling telt hier niet mee: ontheffing. De eigen groei staat bij de leerling.")


def test_with_too_few_results_nothing_is_said_of_who_is_absent() -> None:
    assert absence_findings([cell(2, 4, missing=3, not_taken={"exempt": 2})], ROUND) == []
