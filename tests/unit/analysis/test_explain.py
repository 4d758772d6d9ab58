"""Every figure of a report opens to its formula, its inputs and the version of its rule."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from typing import Any

import pytest
from tests.support.full_report import pupil
from tests.support.sample_report import sample_report

from leercirkel.analysis import model
from leercirkel.analysis.explain import CellError, explain
from leercirkel.analysis.explain.formulas import FORMULAS
from leercirkel.core.rules import RULES
from leercirkel.documents.json_report import to_json

KINDS: dict[str, type] = {
    "overview": model.OverviewCell,
    "overview.tiers": model.TierResult,
    "grade_trend": model.GradeTrend,
    "grade_trend.points": model.TrendPoint,
    "grade_trend.pool": model.TrendPool,
    "cohort_trend": model.CohortTrend,
    "growth": model.GroupGrowth,
    "growth_percentiles": model.GroupPercentile,
    "learning_yield": model.GroupYield,
    "destination_changes": model.DestinationChanges,
    "interventions": model.InterventionEffect,
    "interventions.periods": model.InterventionPeriod,
    "method_tests": model.MethodTestCell,
    "observations": model.ObservationCell,
    "test_advices": model.AdviceCounts,
    "pupils.tests": model.PupilTest,
    "pupils.tests.growth": model.GrowthPercentile,
    "pupils.tests.points": model.PupilPoint,
    "pupils.difference": model.SubjectGap,
}

FEATURES = {
    "school_year", "group", "grade", "didactic_age_band", "subject", "moment", "instrument", "version", "quantity",
    "tiers", "name", "scope", "destination", "tier", "points", "pools", "pool", "school_years", "from_moment",
    "from_school_year", "to_moment", "groups", "periods", "observed_goal", "to_school_year",
    "block", "goal", "taken_on", "list", "domain",
    "status", "score", "level", "dle", "dle_operator", "avi", "reference_level", "ahead", "behind", "text", "text_en",
    "earlier", "norm_years",
}  # fmt: skip
"""Fields that say what a record is about, or hold other records."""


@pytest.fixture(scope="module")
def report() -> dict[str, Any]:
    return dict(json.loads(to_json(sample_report())))


def _inside(kind: str) -> set[str]:
    """The kinds of records that stand in one of this kind."""
    return {other for other in KINDS if other.rpartition(".")[0] == kind}


@pytest.mark.parametrize("kind", KINDS)
def test_every_figure_of_a_report_has_a_formula(kind: str) -> None:
    figures = {f.name for f in fields(KINDS[kind])} - FEATURES - {part.rpartition(".")[2] for part in _inside(kind)}

    assert figures == set(FORMULAS[kind])


def test_every_list_of_the_report_with_figures_can_be_explained() -> None:
    lists = {f.name for f in fields(model.SchoolReport) if "tuple[" in str(f.type)}
    without_figures = {"answers", "standards", "agreements", "withheld", "kept", "pupils"}

    assert lists - without_figures == {kind for kind in FORMULAS if "." not in kind}


def test_changed_destinations_open_to_those_up_and_down(report: dict[str, Any]) -> None:
    found = explain(report, "destination_changes[].changed")

    changes = report["destination_changes"][0]
    assert [(name, value) for name, _, value in found.inputs] == [
        ("omhoog", changes["up"]),
        ("omlaag", changes["down"]),
    ]


def test_a_number_of_advices_opens_to_who_has_one() -> None:
    counts = model.AdviceCounts("2025-2026", 5, 4, {"PRO": 1, "HAVO+VWO": 3})
    report = json.loads(to_json(replace(sample_report(groups=1), test_advices=(counts,))))

    both = explain(report, "test_advices[2025-2026].advices.HAVO+VWO"), explain(report, "test_advices[].counted")

    assert [(found.value, found.page) for found in both] == [
        (3, "docs/domein/doorstroomtoets.md"), (4, "docs/domein/doorstroomtoets.md"),
    ]  # fmt: skip
    assert (both[1].again, both[1].agrees) == (4, True)


def test_the_difference_between_the_subjects_of_a_pupil_opens_to_both_subjects() -> None:
    report = json.loads(to_json(replace(sample_report(groups=1), pupils=(pupil(),))))

    found = explain(report, "pupils[Bo <b>].difference.months")

    assert (found.value, found.page) == (14.2, "docs/domein/leertijd.md")
    assert [value for _, _, value in found.inputs] == ["rekenen", "spelling", "DEMO-LVS"]
    assert explain(report, found.cell) == found


def test_the_change_of_a_pupil_can_be_asked_for_by_name_and_test() -> None:
    report = json.loads(to_json(replace(sample_report(groups=1), pupils=(pupil(),))))

    found = explain(report, "pupils[Bo <b>].tests[rekenen].change")

    assert (found.value, found.rule) == (4.0, RULES["growth"].title)
    assert explain(report, "pupils[Bo <b>].tests[rekenen].points[].reached").value is True


def test_every_formula_names_a_rule_and_inputs_that_are_figures_or_features() -> None:
    for kind, formulas in FORMULAS.items():
        for name, formula in formulas.items():
            known = set(formulas) | FEATURES | set(FORMULAS.get(kind.split(".")[0], ()))
            assert formula.rule in RULES, (kind, name)
            assert set(formula.inputs) <= known, (kind, name)


def test_every_figure_that_can_be_made_again_comes_out_the_same(report: dict[str, Any]) -> None:
    compared = 0
    for kind in ("overview", "totals", "grade_trend", "cohort_trend"):
        for i, record in enumerate(report[kind]):
            cells = [f"{kind}[{i}].{name}" for name in FORMULAS[kind] if name not in ("not_taken", "levels")]
            for inner in ("tiers", "points"):
                for j, _ in enumerate(record.get(inner, ())):
                    cells += [f"{kind}[{i}].{inner}[{j}].{name}" for name in FORMULAS[f"{kind}.{inner}"]]
            for cell in cells:
                found = explain(report, cell)
                assert found.agrees is not False, cell
                compared += found.agrees is True
    assert compared > 50


def test_a_figure_tells_its_formula_inputs_and_rule(report: dict[str, Any]) -> None:
    cell = report["overview"][0]
    tier = cell["tiers"][0]

    found = explain(report, f"overview[0].tiers[{tier['name']}].share")

    assert found.value == tier["share"]
    assert [(name, value) for name, _, value in found.inputs] == [
        ("gehaald", tier["reached"]),
        ("geteld", tier["counted"]),
    ]
    assert (found.version, found.page) == (RULES["share"].version, RULES["share"].page)


def test_the_cell_it_names_leads_to_the_same_figure(report: dict[str, Any]) -> None:
    for place in (0, len(report["overview"]) - 1):
        found = explain(report, f"overview[{place}].counted")

        assert explain(report, found.cell) == found


def test_a_rule_that_changed_since_the_report_shows_both_versions(report: dict[str, Any]) -> None:
    older = report | {"method": report["method"] | {"rules": {"expected": "0"}}}

    found = explain(older, "overview[0].counted")

    assert (found.version, found.version_now) == ("0", RULES["expected"].version)


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("", "is geen vakje"),
        ("overview[", "is geen vakje"),
        ("onzin", "Dit rapport heeft geen “onzin”"),
        ("overview[9999].counted", "heeft"),
        ("overview[group=niemand].counted", "staat niet in dit rapport"),
        ("overview[kleur=rood].counted", "geen veld kleur"),
        ("overview[0].onzin", "overview heeft geen “onzin”"),
        ("overview[0].tiers", "is nog geen getal"),
        ("overview[0]", "is nog geen getal"),
        ("overview[0].group", "geen uitgerekend getal"),
        ("overview[0].not_taken.onbekend", "geen enkele leerling"),
        ("schema", "geen uitgerekend getal"),
    ],
)
def test_a_cell_that_is_not_there_is_explained_in_dutch(report: dict[str, Any], cell: str, said: str) -> None:
    with pytest.raises(CellError) as raised:
        explain(report, cell)

    assert said in str(raised.value)


def test_a_group_is_found_however_it_is_written(report: dict[str, Any]) -> None:
    found = explain(report, "overview[0].counted")
    group = report["overview"][0]["group"]

    assert explain(report, found.cell.replace(group, group.upper())) == found


def test_more_than_one_fit_is_never_guessed(report: dict[str, Any]) -> None:
    with pytest.raises(CellError) as raised:
        explain(report, "overview[].counted")

    assert "meer dan één regel" in str(raised.value)


def test_the_effect_of_an_intervention_opens_to_growth_and_expectation() -> None:
    period = model.InterventionPeriod(
        "2025-2026", "E", "2026-2027", "M", 20, 27.5, 17.0, 10.5, 4.9, 16.1, "own_school", "more"
    )
    made = model.InterventionEffect(
        "Lezen", "technisch_lezen", "DEMO", "score", ("Uilen",), 24, 16, 15, True, False, (period,)
    )
    report = json.loads(to_json(replace(sample_report(groups=1), interventions=(made,))))

    found = explain(report, "interventions[name=Lezen].periods[0].difference")

    assert (found.again, found.agrees, found.page) == (10.5, True, "docs/domein/effect.md")
    assert [value for _, _, value in found.inputs] == [27.5, 17.0]
