"""All answers together: Z09–Z11, Z29, what comes first, and that every sentence leads back to its figures."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from tests.support.answer_cells import YEAR, cell, cohort, points, pool, tier, total, trend
from tests.support.sample_report import sample_report

from leercirkel.analysis.answers import QUESTIONS, answer
from leercirkel.analysis.answers.evidence import Result, rests_on
from leercirkel.analysis.model import Answer, GradeTrend, OverviewCell

SUBJECTS = ("rekenen", "begrijpend_lezen", "technisch_lezen", "spelling")


def say(
    overview: list[OverviewCell] | None = None, totals: list[OverviewCell] | None = None,
    trends: list[GradeTrend] | None = None, **more: Any,
) -> tuple[Answer, ...]:  # fmt: skip
    return answer(
        school_year=YEAR, moment="M", overview=overview or [], totals=totals or [], grade_trend=trends or [], **more
    )


def texts(answers: tuple[Answer, ...], template: str) -> list[str]:
    return [a.text for a in answers if a.template == template]


def undecided_groups() -> list[OverviewCell]:
    return [cell(9, 14, group=f"Groep {g}", subject=s) for g in (4, 5, 6) for s in SUBJECTS]


def test_z09_most_parts_undecided_and_three_years_together_do_show_it() -> None:
    school = trend(points((44, 71), (44, 71), (43, 70)), pool=pool(131, 212))
    assert texts(say(undecided_groups(), [], [school]), "Z09") == [
        (
            "Bij 12 van de 12 onderdelen zijn onze groepen te klein om iets zeker te zeggen. "
            "Drie jaar samen laat wel iets zien: bij rekenen halen te weinig leerlingen "
            "ons doel (131 van de 212, doel 159)."
        )
    ]


def test_z09_with_an_undecided_pool_promises_nothing() -> None:
    school = trend(points((52, 71), (52, 71), (51, 70)), pool=pool(155, 212))
    [text] = texts(say(undecided_groups(), [], [school]), "Z09")
    assert text.endswith("Ook drie jaar samen geeft nog geen uitsluitsel; we kijken per leerling wat nodig is.")


def test_z09_without_a_pool_says_so() -> None:
    [text] = texts(say(undecided_groups()), "Z09")
    assert text.endswith("Meer jaren samen zijn er nog niet; we kijken per leerling wat nodig is.")


def test_z09_two_years_are_called_two_years() -> None:
    school = trend(points((44, 71), (44, 71)), pool=pool(88, 142, years=(2025, 2026)))
    assert "Twee jaar samen laat wel iets zien" in texts(say(undecided_groups(), [], [school]), "Z09")[0]


def test_z09_a_pool_that_ended_earlier_is_not_used() -> None:
    old = trend(points((44, 71), (44, 71), last=2025), pool=pool(88, 142, years=(2024, 2025)))
    assert "laat wel iets zien" not in texts(say(undecided_groups(), [], [old]), "Z09")[0]


def test_z09_is_not_said_when_most_parts_are_decided() -> None:
    clear = [cell(6, 14, group=f"Groep {g}") for g in (3, 4, 5)] + [cell(9, 14, group="Groep 6")]
    assert texts(say(clear), "Z09") == []


def test_z10_one_subject_only() -> None:
    cells = [cell(13, 14, group="Uilen", subject=s) for s in SUBJECTS[:3]] + [
        cell(5, 14, group="Uilen", subject="spelling")
    ]
    assert texts(say(cells), "Z10") == [
        (
            "De Uilen: bij één van de vier vakken is het doel niet gehaald. Het zit alleen bij spelling. "
            "Bij de andere vakken zien we het bij de Uilen niet."
        )
    ]


def test_z11_broader() -> None:
    cells = [cell(6, 14, group="Groep 6", subject=s) for s in SUBJECTS[:3]]
    cells += [cell(13, 14, group="Groep 6", subject="spelling")]
    assert texts(say(cells), "Z11") == [
        (
            "Het beeld is breed: bij drie van de vier vakken haalt groep 6 het doel niet. "
            "Dan zoeken we de verklaring niet bij één methode."
        )
    ]


def test_z11_a_plural_group_takes_a_plural_verb() -> None:
    cells = [cell(6, 14, group="Uilen", subject=s) for s in SUBJECTS]
    assert "bij alle vier de vakken halen de Uilen het doel niet" in texts(say(cells), "Z11")[0]


def test_breadth_needs_three_subjects_with_enough_pupils() -> None:
    cells = [cell(6, 14, subject=s) for s in SUBJECTS[:2]] + [cell(3, 8, subject="spelling")]
    assert texts(say(cells), "Z10") + texts(say(cells), "Z11") == []


def test_z29_opens_with_what_lies_clearly_above_the_norm() -> None:
    answers = say([], [total(60, 90), total(92, 106, subject="technisch_lezen", threshold=None)])
    assert answers[0].text == (
        "Hier mogen we trots op zijn: 92 van de 106 leerlingen (87%) haalden bij technisch lezen de eigen lijn. "
        "Ons doel was 80 van de 106. Dat ligt duidelijk boven onze norm."
    )
    assert answers[1].template == "Z02"


def test_z29_is_never_invented() -> None:
    undecided = say([cell(9, 14)], [total(70, 90)])
    below = say([cell(6, 14)], [total(50, 90)])
    assert texts(undecided, "Z29") + texts(below, "Z29") == []


def test_z29_may_be_of_growth_beyond_what_was_expected() -> None:
    answers = say([], [], cohort_trend=[cohort(8.0, 6.0, 10.0, expected_growth=4.0)])
    assert answers[0].text == (
        "Hier mogen we trots op zijn: bij de Uilen groeiden twaalf leerlingen bij rekenen gemiddeld 8 punten, "
        "meer dan we verwachtten."
    )


def test_the_cover_has_good_news_clear_results_patterns_the_pool_and_what_is_missing() -> None:
    totals = [
        total(104, 106, subject="technisch_lezen"),
        total(60, 106),
        total(60, 106, subject="spelling", missing=5),
        total(67, 90, subject="begrijpend_lezen"),
        total(60, 106, school_year="2025-2026", moment="E"),
    ]
    school = trend(points((44, 71), (44, 71), (43, 70)), pool=pool(131, 212))
    answers = say(undecided_groups(), totals, [school])
    assert [a.template for a in answers[:6]] == ["Z29", "Z02", "Z02", "Z14", "Z09", "Z07"]


def test_what_comes_back_every_time_is_told_after_what_it_is_now() -> None:
    row = [total(58, 90), total(50, 90, school_year="2025-2026"), total(67, 90, school_year="2024-2025")]
    assert [a.template for a in say([], row)] == ["Z02", "Z14"]


def test_the_cover_tells_of_each_subject_once_per_kind() -> None:
    totals = [total(40, 90, instrument="AVI"), total(41, 90, instrument="DMT"), total(42, 90, subject="spelling")]
    answers = say([], totals)
    assert ["rekenen" in a.text for a in answers] == [True, False, True]


def test_nothing_on_the_cover_is_said_twice() -> None:
    answers = say([], [total(104, 106, subject="technisch_lezen"), total(67, 90)])
    assert [a.template for a in answers[:2]] == ["Z29", "Z04"]
    assert "technisch lezen" not in " ".join(a.text for a in answers[1:2])


def test_after_the_cover_come_the_school_and_then_the_groups_at_most_six_each() -> None:
    report = sample_report()
    answers = say(
        list(report.overview), list(report.totals), list(report.grade_trend), cohort_trend=report.cohort_trend
    )
    groups = [{e.key.get("group") for e in a.evidence} for a in answers]
    own = [next(iter(g)) for g in groups if len(g) == 1 and None not in g]
    assert max(own.count(g) for g in own) <= 6
    later = [a.question for a in answers[6:]]
    assert later.index("which_groups") > max(
        i for i, a in enumerate(answers[6:]) if a.text.startswith("De hele school")
    )


def test_within_a_group_good_news_comes_first() -> None:
    cells = [cell(6, 14, group="Groep 4"), cell(13, 14, group="Groep 4", subject="spelling", target_share=0.85)]
    answers = [a for a in say(cells) if a.question == "which_groups"]
    assert [a.template for a in answers] == ["Z03", "Z02"]


def test_every_answer_leads_back_to_exactly_one_dataclass_per_piece_of_evidence() -> None:
    report = sample_report()
    lists = (report.overview, report.totals, report.grade_trend, report.cohort_trend)
    everything: list[Result] = [r for results in lists for r in results]
    answers = say(
        list(report.overview), list(report.totals), list(report.grade_trend), cohort_trend=report.cohort_trend
    )
    assert answers
    for a in answers:
        assert a.evidence
        assert all(len(rests_on(e, everything)) == 1 for e in a.evidence)
        assert a.question in QUESTIONS


def test_the_same_figures_in_another_order_give_the_same_answers() -> None:
    totals = [total(60, 106), total(104, 106, subject="spelling")]
    assert say(undecided_groups(), totals) == say(undecided_groups()[::-1], totals[::-1])


def test_no_results_no_answers() -> None:
    assert say() == ()
    assert say([cell(tiers=[tier(0, 0)], counted=0)]) == ()


def test_the_page_about_sentences_names_every_template_the_code_makes_and_no_other() -> None:
    root = Path(__file__).resolve().parents[3]
    page = (root / "docs" / "domein" / "zinnen.md").read_text(encoding="utf-8")
    code = [p.read_text(encoding="utf-8") for p in (root / "src" / "leercirkel" / "analysis" / "answers").rglob("*.py")]
    made = {t for text in code for t in re.findall(r'"(Z\d\d)"', text)}
    assert {row[0] for row in re.findall(r"^\| (Z\d\d)( \|)", page, flags=re.MULTILINE)} == made


def test_exactly_half_undecided_is_not_most() -> None:
    half = [cell(6, 14, group="Groep 4"), cell(9, 14, group="Groep 5")]
    assert texts(say(half), "Z09") == []


def test_exactly_half_of_the_goals_missed_is_not_broad() -> None:
    cells = [cell(6, 14, subject=s) for s in SUBJECTS[:2]] + [cell(13, 14, subject=s) for s in SUBJECTS[2:]]
    assert texts(say(cells), "Z11") == []


def test_evidence_tells_versions_of_one_test_apart() -> None:
    versions = [cell(6, 14, version="1"), cell(13, 14, version="2")]
    for a in say(versions):
        assert all(len(rests_on(e, versions)) == 1 for e in a.evidence)
