"""The JSON contract: every field is there, the schema knows each one, and numbers come back exactly."""

from __future__ import annotations

import json
from dataclasses import asdict, fields, replace
from typing import Any

import jsonschema
import pytest
from tests.support.full_report import pupil
from tests.support.sample_report import sample_report

from leercirkel.analysis import model
from leercirkel.documents.json_report import SCHEMA, schema, to_json

KINDS = {
    model.TierResult: "tier_result",
    model.OverviewCell: "overview_cell",
    model.TrendPoint: "trend_point",
    model.TrendPool: "trend_pool",
    model.GradeTrend: "grade_trend",
    model.CohortTrend: "cohort_trend",
    model.GroupGrowth: "growth",
    model.GroupYield: "learning_yield",
    model.GroupPercentile: "growth_percentiles",
    model.GrowthPercentile: "growth_percentile",
    model.EarlierScore: "earlier_score",
    model.Evidence: "evidence",
    model.Answer: "answer",
    model.DestinationChanges: "destination_changes",
    model.Method: "method",
    model.Withheld: "withheld",
    model.KeptFigures: "kept",
    model.MethodTestCell: "method_test",
    model.ObservationCell: "observation",
    model.AdviceCounts: "test_advices",
    model.PupilSheet: "pupil",
    model.PupilTest: "pupil_test",
    model.PupilPoint: "pupil_point",
    model.SubjectGap: "subject_gap",
}


def validator() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(schema())


def described(node: Any, path: str = "") -> list[str]:
    """Paths of properties without a description (their own or that of what they refer to)."""
    if isinstance(node, list):
        return [p for i, item in enumerate(node) for p in described(item, f"{path}/{i}")]
    if not isinstance(node, dict):
        return []
    bare = [f"{path}/{k}" for k, v in node.get("properties", {}).items() if not ({"description", "$ref"} & set(v))]
    return bare + [p for k, v in node.items() for p in described(v, f"{path}/{k}")]


def test_the_schema_is_a_valid_json_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())


def test_every_property_of_the_schema_is_described() -> None:
    assert described(schema()) == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda k: k.__name__)
def test_the_schema_has_exactly_the_fields_of_each_dataclass(kind: type) -> None:
    names = {f.name for f in fields(kind)}
    if kind is model.CohortTrend:
        names = names - {"from_moment", "to_moment"} | {"from", "to"}

    part = schema()["$defs"][KINDS[kind]]

    assert set(part["properties"]) == names == set(part["required"])
    assert part["additionalProperties"] is False


@pytest.mark.parametrize("groups", [0, 1, 12])
@pytest.mark.parametrize("years", [1, 8])
def test_a_report_fits_its_schema(groups: int, years: int) -> None:
    data = json.loads(to_json(sample_report(groups=groups, years=years)))

    assert [e.message for e in validator().iter_errors(data)] == []


def test_a_report_with_names_fits_its_schema() -> None:
    data = json.loads(to_json(replace(sample_report(groups=1), pupils=(pupil(), replace(pupil(), difference=None)))))

    assert [e.message for e in validator().iter_errors(data)] == []
    assert [p["difference"] and p["difference"]["months"] for p in data["pupils"]] == [14.2, None]


def test_every_value_comes_back_exactly() -> None:
    report = sample_report(groups=3, years=3)
    expected = json.loads(json.dumps(asdict(report)))
    for row in expected["cohort_trend"]:
        row["from"], row["to"] = row.pop("from_moment"), row.pop("to_moment")

    assert json.loads(to_json(report)) == expected


def test_the_report_names_its_contract() -> None:
    assert json.loads(to_json(sample_report(groups=1)))["schema"] == SCHEMA == schema()["title"]


def test_what_cannot_be_computed_is_null() -> None:
    avi = next(c for c in json.loads(to_json(sample_report()))["overview"] if c["instrument"] == "AVI")

    assert avi["mean"] is None
    assert avi["sd"] is None


def test_a_number_that_is_not_finite_is_refused() -> None:
    report = sample_report(groups=1)
    broken = replace(report, overview=(replace(report.overview[0], mean=float("nan")),))

    with pytest.raises(ValueError, match="JSON"):
        to_json(broken)


def test_a_value_that_json_cannot_carry_is_refused() -> None:
    with pytest.raises(TypeError, match="set"):
        to_json(replace(sample_report(groups=1), standards=({"grades": {3, 4}},)))


@pytest.mark.parametrize(
    ("path", "value"),
    [(("overview", 0, "verdict"), "above"), (("overview", 0, "moment"), "X"), (("school_year",), "2026"),
     (("grade_trend", 0, "points", 0, "share"), 1.2), (("cohort_trend", 0, "stayers"), -1)],
)  # fmt: skip
def test_the_schema_refuses_what_does_not_belong(path: tuple[str | int, ...], value: object) -> None:
    data: Any = json.loads(to_json(sample_report(groups=1)))
    node = data
    for step in path[:-1]:
        node = node[step]

    node[path[-1]] = value

    assert list(validator().iter_errors(data))
