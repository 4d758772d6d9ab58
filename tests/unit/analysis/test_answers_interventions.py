"""When destinations, interventions and agreements are told (Z21–Z28, Z30), and what is left unsaid."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.support.answer_cells import YEAR, agreement, cell, intervention, period, points, total, trend

from leercirkel.analysis.answers import QUESTIONS, QUESTIONS_EN, answer
from leercirkel.analysis.answers.destinations import destination_findings
from leercirkel.analysis.answers.evidence import rests_on
from leercirkel.analysis.answers.interventions import agreement_findings, effect_findings, own_words
from leercirkel.analysis.answers.pupils import subjects_differ
from leercirkel.analysis.answers.say import sentences_of
from leercirkel.analysis.answers.wording import Finding, Round
from leercirkel.analysis.model import DestinationChanges, InterventionEffect

ROUND = Round(YEAR, "M")


def told(found: list[Finding]) -> list[tuple[str, str]]:
    return [(f.answer.template, f.answer.text) for f in found]


def of_effect(effect: InterventionEffect) -> list[tuple[str, str]]:
    return told(effect_findings([effect], ROUND))


# --- destinations


def with_two_below(count: int | None, *reached: tuple[int, int]) -> Any:
    line = points(*reached)
    return trend((*line[:-1], replace(line[-1], two_below=count)), destination="PRO")


def test_z21_tells_the_line_and_who_was_below_it_twice() -> None:
    [(template, text)] = told(destination_findings([with_two_below(3, (13, 18))], [], ROUND))
    assert template == "Z21"
    assert text == (
        "Van de 18 leerlingen met uitstroom praktijkonderwijs zitten er 13 op of boven hun lijn voor rekenen. "
        "Drie zitten er twee metingen op rij onder."
    )


def test_z21_without_that_count_tells_the_line_only() -> None:
    [(_, text)] = told(destination_findings([with_two_below(None, (13, 18))], [], ROUND))
    assert text.endswith("voor rekenen.")


@pytest.mark.parametrize("counts", [(4, 4), (2, 4)])
def test_z21_is_not_told_of_fewer_than_five(counts: tuple[int, int]) -> None:
    assert destination_findings([with_two_below(1, counts)], [], ROUND) == []


def test_z21_is_of_this_round_and_of_destinations_only() -> None:
    old = trend(points((13, 18), last=2025), destination="PRO")
    assert destination_findings([old, trend(points((13, 18)))], [], ROUND) == []


def test_z22_counts_this_school_year_only_and_not_below_five() -> None:
    changes = [
        DestinationChanges(YEAR, 5, 3, 2), DestinationChanges("2025-2026", 9, 9, 0), DestinationChanges(YEAR, 4, 3, 1),
    ]  # fmt: skip
    [(template, text)] = told(destination_findings([], changes, ROUND))
    assert (template, text.split(" (")[0]) == ("Z22", "Bij vijf leerlingen is de bestemming dit jaar aangepast")


# --- interventions


@pytest.mark.parametrize(
    ("verdict", "template"), [("more", "Z23"), ("undecided", "Z24"), ("less", "Z25")]
)  # fmt: skip
def test_an_effect_has_the_sentence_of_its_verdict(verdict: str, template: str) -> None:
    ends = {"more": (9.0, 1.0, 5.0), "undecided": (7.0, -2.0, 4.0), "less": (2.0, -6.0, -2.0)}[verdict]
    [(found, text)] = of_effect(intervention(period(ends[0], 6.0, *ends[1:], verdict)))
    assert found == template
    assert f"groeiden {ends[0]:.0f} punten" in text


def test_z24_always_says_that_not_proven_is_not_does_not_work() -> None:
    [(_, text)] = of_effect(intervention(period(7.0, 6.0, -2.0, 4.0, "undecided")))
    assert "Het betekent niet dat de aanpak niet werkt" in text


def test_z27_replaces_the_plain_before_and_after_when_the_lowest_scorers_were_chosen() -> None:
    [(template, text)] = of_effect(intervention(period(7.0, 6.0, -2.0, 4.0, "undecided"), selected_low=True))
    assert template == "Z27"
    assert "groeiden" not in text
    assert "ongeveer 1 punt, en dat kan toeval zijn" in text


def test_z26_replaces_the_effect_when_it_was_not_carried_out() -> None:
    made = intervention(period(9.0, 6.0, 1.0, 5.0, "not_carried_out"), weeks_given=3, weeks_planned=12,
                        carried_out=False)  # fmt: skip
    [(template, text)] = of_effect(made)
    assert (template, "drie van de twaalf weken" in text, "groeiden" in text) == ("Z26", True, False)


@pytest.mark.parametrize(
    ("counted", "verdict", "words"),
    [
        (7, "too_few", "van te weinig leerlingen is er een uitslag"),
        (14, "too_few", "te weinig andere leerlingen om mee te vergelijken"),
        (0, "no_measure", "er is geen toets die dit meet"),
    ],
)
def test_z26_says_why_nothing_can_be_said(counted: int, verdict: str, words: str) -> None:
    made = intervention(replace(period(7.0, 6.0, -2.0, 4.0, verdict), counted=counted))
    [(template, text)] = of_effect(made)
    assert template == "Z26"
    assert words in text
    assert text.endswith("Over het effect zeggen we daarom nog niets.")


def test_what_observers_saw_is_a_count_without_a_verdict() -> None:
    made = intervention(period(None, None, None, None, "no_measure"), observed_goal="vraagt om hulp.",
                        observed_reached=5, observed_of=8, observers=2)  # fmt: skip
    [(template, text)] = of_effect(made)
    assert template == "Z26"
    assert "bij 5 van de 8 is het doel gezien, door twee waarnemers (vraagt om hulp)" in text
    assert "kans" not in text


def test_observations_of_fewer_than_five_are_not_counted_out_loud() -> None:
    made = intervention(period(None, None, None, None, "no_measure"), observed_goal="x", observed_reached=1,
                        observed_of=4)  # fmt: skip
    assert "van de 4" not in of_effect(made)[0][1]


TWO_PARTS = (
    period(2.0, 6.0, -6.0, -2.0, "less"),
    replace(period(9.0, 6.0, 1.0, 5.0, "more"), from_moment="M", to_moment="E"),
)


def test_an_intervention_measured_in_two_parts_tells_both_and_leaves_no_bad_news_out() -> None:
    [(template, text)] = of_effect(intervention(*TWO_PARTS))

    assert template == "Z25"
    assert "groeiden 2 punten, we rekenden op 6" in text
    assert "groeiden 9 punten, we rekenden op 6" in text
    assert text.endswith("Eerst bleef de groei achter, daarna was de groei groter dan verwacht.")


def test_for_a_board_the_two_parts_have_no_figures() -> None:
    bare = tuple(replace(p, growth=None, expected=None, difference=None, low=None, high=None) for p in TWO_PARTS)

    [(_, text)] = of_effect(intervention(*bare))

    assert "punten" not in text
    assert text.endswith("Eerst bleef de groei achter, daarna was de groei groter dan verwacht.")


def test_rounding_never_hides_a_clear_difference() -> None:
    [(_, text)] = of_effect(intervention(period(3.4, 3.1, 0.2, 0.4, "more")))
    assert "groeiden 3,4 punten; zonder deze aanpak rekenden we op 3,1" in text
    assert "tussen 0,2 en 0,4" in text


# --- agreements


def test_z30_ties_an_agreement_to_what_was_seen_since() -> None:
    found = agreement_findings([agreement("elke dag automatiseren.", "partly")], [total(59, 106)], [], ROUND)
    assert told(found) == [
        (
            "Z30",
            "Vorige keer spraken we af: elke dag automatiseren. Dat is deels gedaan. "
            "Daarna zagen we: bij rekenen haalden 59 van de 106 leerlingen DLE 20 of hoger (doel 80).",
        )
    ]


def test_z30_of_a_group_looks_at_that_group() -> None:
    made = agreement("tutorlezen", "done", group="Uilen")
    [(_, text)] = told(agreement_findings([made], [total(59, 106)], [cell(9, 14, group="Uilen")], ROUND))
    assert "bij rekenen haalden 9 van de 14 leerlingen bij de Uilen DLE 20 of hoger" in text


def test_z30_without_a_subject_tells_the_agreement_only() -> None:
    [(_, text)] = told(
        agreement_findings([agreement("elkaar bezoeken", "done", subject=None)], [total(9, 14)], [], ROUND)
    )
    assert text == "Vorige keer spraken we af: elkaar bezoeken. Dat is gedaan."


def test_only_the_newest_earlier_round_is_last_time_and_later_ones_are_not_told() -> None:
    made = [
        agreement("a", "done", school_year="2024-2025"), agreement("b", "done"),
        agreement("c", "done", school_year=YEAR, moment="M"),
    ]  # fmt: skip
    texts = [t for _, t in told(agreement_findings(made, [], [], ROUND))]
    assert [t.split(":")[0] for t in texts] == ["Eind 2024-2025 spraken we af", "Vorige keer spraken we af"]


def test_the_schools_own_words_end_no_sentence_and_are_cut_off_when_long() -> None:
    assert own_words("elke dag automatiseren. ", 6) == "elke dag automatiseren"
    assert own_words("a b c d", 3) == "a b c…"
    assert own_words(" . ", 3) == "…"


@pytest.mark.parametrize(
    "name",
    ["Voortgezet lezen: voor, samen en zelf", "Elke dag. Vijf minuten!", "Bouw!", "lezen, schrijven", "B.O.U.W."],
)
def test_a_name_with_marks_stands_as_written_between_quotation_marks(name: str) -> None:
    assert own_words(name, 6) == f"“{name}”"
    assert own_words("de “snelle: lezers”", 6) == "“de ‘snelle: lezers’”"


def test_a_full_stop_in_the_schools_own_words_ends_no_sentence() -> None:
    made = intervention(period(2.0, 6.0, -6.0, -2.0, "less"), name="Elke dag. Vijf minuten!")
    [(_, text)] = of_effect(made)
    assert text.startswith("15 weken “Elke dag. Vijf minuten!” voor 24 leerlingen: ze groeiden 2 punten")
    assert len(sentences_of(text)) == 2


@pytest.mark.parametrize(("counts", "words"), [((52, 60), "minstens 52"), ((52, 52), "52")])
def test_z25_in_two_parts_for_a_board_names_the_fewest_measured(counts: tuple[int, int], words: str) -> None:
    first, second = (
        replace(p, growth=None, expected=None, difference=None, low=None, high=None, counted=n)
        for p, n in zip(TWO_PARTS, counts, strict=True)
    )
    [(_, text)] = of_effect(intervention(first, second, name="leestijd"))
    assert text.startswith(f"Leestijd, gemeten bij {words} leerlingen. ")


# --- one pupil


def test_z28_is_for_the_sheets_of_one_pupil() -> None:
    nl, en = subjects_differ("Ilyas", "technisch_lezen", "rekenen", 14.2)
    assert nl.startswith("Ilyas is bij technisch lezen ongeveer 14 maanden verder dan bij rekenen.")
    assert en.startswith("Ilyas is about 14 months further in reading fluency than in arithmetic.")


def test_beyond_the_scale_a_difference_is_at_least_so_many_months() -> None:
    nl, en = subjects_differ("Ilyas", "technisch_lezen", "rekenen", 25, at_least=True)
    assert nl.startswith("Ilyas is bij technisch lezen minstens 25 maanden verder")
    assert en.startswith("Ilyas is at least 25 months further")


def test_a_pupil_without_a_first_name_is_this_pupil() -> None:
    nl, en = subjects_differ("", "technisch_lezen", "rekenen", 14)
    assert (nl[:17], en[:13]) == ("Deze leerling is ", "This pupil is")


def test_no_difference_is_not_told() -> None:
    with pytest.raises(ValueError, match="no difference"):
        subjects_differ("Ilyas", "technisch_lezen", "rekenen", 0.3)


# --- all together


def everything() -> dict[str, Any]:
    return {
        "overview": [cell(9, 14, group=f"Groep {g}", subject=s) for g in (4, 5) for s in ("rekenen", "spelling")],
        "totals": [
            total(104, 106, subject="technisch_lezen"), total(50, 106), total(50, 106, subject="spelling", missing=5),
            total(50, 106, school_year="2025-2026"),
        ],
        "interventions": [
            intervention(period(9.0, 6.0, 1.0, 5.0, "more")),
            intervention(period(7.0, 6.0, -2.0, 4.0, "undecided"), name="app"),
        ],
        "agreements": [agreement("elke dag automatiseren", "partly"), agreement("iets anders", "done", subject=None)],
        "destination_changes": [DestinationChanges(YEAR, 5, 3, 2)],
        "grade_trend": [with_two_below(3, (13, 18))],
    }  # fmt: skip


def test_the_cover_has_one_intervention_and_one_agreement_the_best_evidence_first() -> None:
    cover = answer(school_year=YEAR, moment="M", **everything())[:6]
    assert [a.template for a in cover] == ["Z29", "Z02", "Z14", "Z23", "Z30", "Z09"]
    assert "elke dag automatiseren" in cover[4].text


def test_every_answer_leads_back_to_its_own_dataclass() -> None:
    given = everything()
    results = [r for part in given.values() for r in part]
    answers = answer(school_year=YEAR, moment="M", **given)
    assert {"Z21", "Z22", "Z23", "Z24", "Z30"} <= {a.template for a in answers}
    for a in answers:
        assert all(len(rests_on(e, results)) == 1 for e in a.evidence), a.template


def test_each_of_the_six_questions_is_asked_in_both_languages() -> None:
    assert len(QUESTIONS) == 6
    assert set(QUESTIONS) == set(QUESTIONS_EN)
