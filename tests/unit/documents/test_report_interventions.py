"""What the report shows of interventions: a verdict in words, an interval that fits it, and no number of a few."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.support.sample_report import sample_report

from leercirkel.analysis.model import Agreement, InterventionEffect, InterventionPeriod
from leercirkel.documents.report.context import context_of
from leercirkel.documents.report.parts.interventions import agreements, interventions
from leercirkel.documents.report.parts.method import method
from leercirkel.documents.report.render import render_pdf

PERIOD = InterventionPeriod("2025-2026", "E", "2026-2027", "M", 20, 27.7, 17.0, 10.7, 4.9, 16.6, "own_school", "more")
EFFECT = InterventionEffect(
    "Voortgezet lezen", "technisch_lezen", "DEMO-LVS", "score", ("Uilen", "5"), 24, 16, 15, True, False, (PERIOD,)
)
SMALL = sample_report(groups=2)


def shown(effect: InterventionEffect = EFFECT, **period: Any) -> Any:
    report = replace(SMALL, interventions=(replace(effect, periods=(replace(PERIOD, **period),)),))
    (row,) = interventions(context_of(report))
    return row


def test_a_row_says_who_how_far_and_what_it_brought() -> None:
    row = shown()

    assert (row["name"], row["test"], row["who"], row["groups"]) == (
        "Voortgezet lezen", "Technisch lezen, in punten", "24", "Uilen en Groep 5"
    )  # fmt: skip
    assert row["given"] == "15 van de 16 weken"
    assert row["periods"] == [{
        "when": "eind 25-26 – midden 26-27", "n": "20 leerlingen", "growth": "+27,7", "expected": "+17,0",
        "difference": "+10,7", "between": "+4,9 en +16,6", "verdict": "above", "said": "groeide meer dan verwacht",
    }]  # fmt: skip


def test_an_end_near_zero_stays_on_its_side() -> None:
    assert shown(low=0.02)["periods"][0]["between"].startswith("0,02 ")
    assert shown(low=-0.02, verdict="undecided")["periods"][0]["between"].startswith("−0,02 ")


def test_few_pupils_have_no_number() -> None:
    row = shown(replace(EFFECT, pupils=4), counted=4, verdict="too_few", low=None, high=None)

    assert row["who"] == "minder dan 5"
    assert row["periods"][0] | {"when": ""} == {
        "when": "", "n": "minder dan 5", "growth": "", "expected": "", "difference": "", "between": "",
        "verdict": "too_few", "said": "te weinig leerlingen",
    }  # fmt: skip


@pytest.mark.parametrize(("of", "told"), [(8, True), (4, False)])
def test_an_observation_is_told_as_a_count_when_the_pupils_are_enough(of: int, told: bool) -> None:
    seen = replace(
        EFFECT,
        subject=None,
        quantity=None,
        observed_goal="vraagt hulp",
        observed_reached=3,
        observed_of=of,
        observers=1,
    )

    row = shown(seen, verdict="no_measure", counted=0, growth=None, expected=None, difference=None, low=None, high=None)

    assert row["periods"][0]["said"] == "alleen geteld"
    assert row["notes"] == (["Vraagt hulp: bij 3 van de 8 leerlingen gezien door één waarnemer."] if told else [])


def test_chosen_low_scorers_and_the_norm_file_are_told() -> None:
    notes = shown(replace(EFFECT, selected_low=True), expected_from="norms")["notes"]

    assert [note.split()[0] for note in notes] == ["De", "Verwacht"]


def test_agreements_say_when_what_about_whom_and_whether_done() -> None:
    made = Agreement("2025-2026", "E", "elke dag automatiseren", "partly", "rekenen", "Uilen")

    assert agreements(context_of(replace(SMALL, agreements=(made,)))) == [
        {"when": "Eind 2025-2026", "text": "Elke dag automatiseren", "about": "Rekenen, Uilen", "done": "deels gedaan"}
    ]


def test_the_method_explains_it_only_when_there_are_interventions() -> None:
    with_, without = replace(SMALL, interventions=(EFFECT,)), SMALL

    titles = [[t["title"] for c in method(context_of(r))["columns"] for t in c] for r in (with_, without)]

    assert ["Wat leverde een aanpak op?" in t for t in titles] == [True, False]


def test_interventions_and_agreements_with_strange_texts_are_typeset() -> None:
    odd = "#let x = 1 *vet* <label> " + "lang" * 15
    effects = (replace(EFFECT, name=odd, periods=(PERIOD, PERIOD)), replace(EFFECT, weeks_given=None, groups=()))
    made = Agreement("2025-2026", "E", odd, "done", None, None)

    assert render_pdf(replace(SMALL, interventions=effects, agreements=(made,))).startswith(b"%PDF")
