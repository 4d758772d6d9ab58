"""The sentence over the instruction groups of a plan is about the plan, not about a few of its pupils."""

from __future__ import annotations

from leercirkel.apps.groupplan.models import PlanPupil
from leercirkel.apps.groupplan.presenters.plan import instructions


def pupil(cluster: str, dle: float | None = None) -> PlanPupil:
    return PlanPupil(cluster=cluster, basis={"dle": dle, "destination": "pro"} if dle else {})


def test_each_group_has_its_range() -> None:
    rows = [pupil("A", 5), pupil("B", 12), pupil("B", 18), pupil("")]

    assert [one[:3] for one in instructions(rows)] == [("A", 5, 5), ("B", 12, 18)]


def test_where_most_are_in_none_nothing_is_said() -> None:
    assert instructions([pupil("A", 18), pupil(""), pupil("")]) == []
