"""Lists of teachers, shaped for the pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from leercirkel.apps.assessment.method_tests import percent_text
from leercirkel.apps.assessment.selectors.lists import Stage
from leercirkel.apps.organisation.models import Pupil
from leercirkel.core.calendar import MOMENTS
from leercirkel.core.method_tests import GOOD, INSUFFICIENT, SUFFICIENT, Answered, CategoryTally, MethodBounds

WORDS: dict[str, Any] = {INSUFFICIENT: _("onvoldoende"), SUFFICIENT: _("voldoende"), GOOD: _("goed")}


@dataclass(frozen=True, slots=True)
class Answer:
    """One pupil on one goal; empty without a percentage."""

    percent: str
    word: Any
    code: str


@dataclass(frozen=True, slots=True)
class Line:
    """A pupil with a cell per column."""

    pupil: Pupil
    cells: Sequence[Any]


@dataclass(frozen=True, slots=True)
class ResultGrid:
    """Goals across, pupils down."""

    goals: Sequence[tuple[str, str]]
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Short:
    """A category with the pupils who fall short on it, each with the goals."""

    category: str
    goals: Sequence[str]
    counted: int
    pupils: Sequence[tuple[Pupil, str, str]]
    """Each with the style of the name (in full where two have the same first name), and the goals if there are more."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of a pupil in a domain, and at the moment before; `changed`: the words differ."""

    stage: str
    before: str
    changed: bool


def results(answered: Sequence[Answered], pupils: Sequence[Pupil], bounds: MethodBounds) -> ResultGrid:
    """The percentages of a block, each with its word."""
    goals = {row.goal: row.category for row in answered}
    found = {(row.pupil, row.goal): row.percent for row in answered}
    lines = []
    for pupil in pupils:
        cells = []
        for goal in goals:
            value = found.get((pupil.pk, goal))
            code = "" if value is None else bounds.category(value)
            cells.append(Answer("" if value is None else percent_text(value), WORDS.get(code, ""), code))
        lines.append(Line(pupil, cells))
    return ResultGrid(list(goals.items()), lines)


def short(tallies: Sequence[CategoryTally], pupils: Sequence[Pupil]) -> list[Short]:
    """Who falls short on which category, as far as these pupils go; by name."""
    names = Counter(pupil.first_name for pupil in pupils)
    made = []
    for tally in tallies:
        failed = dict(tally.short)
        told = [
            (
                pupil,
                "first" if names[pupil.first_name] == 1 else "full",
                ", ".join(failed[pupil.pk]) if len(tally.goals) > 1 else "",
            )
            for pupil in pupils
            if pupil.pk in failed
        ]
        made.append(Short(tally.category, tally.goals, tally.counted, told))
    return made


def observed(
    stages: Sequence[Stage], pupils: Sequence[Pupil], domains: Sequence[str], title: str, moment: str
) -> list[Line]:
    """What was seen with one list at one moment, beside the last moment before it in which anything was seen."""
    earlier = MOMENTS[: MOMENTS.index(moment)]
    now: dict[tuple[int, str], str] = {}
    before: dict[tuple[int, str], str] = {}
    for one in sorted((s for s in stages if s.list == title), key=lambda s: MOMENTS.index(s.moment)):
        if one.moment == moment:
            now[one.pupil, one.domain] = one.stage
        elif one.moment in earlier:
            before[one.pupil, one.domain] = one.stage
    return [
        Line(pupil, [_seen(now.get((pupil.pk, d), ""), before.get((pupil.pk, d), "")) for d in domains])
        for pupil in pupils
    ]  # fmt: skip


def _seen(now: str, before: str) -> Seen:
    return Seen(now, before, bool(now and before and now != before))


def days(stages: Sequence[Stage], title: str) -> Mapping[str, tuple[date, date]]:
    """Moment → the first and last day on which anyone was observed with a list."""
    found: dict[str, tuple[date, date]] = {}
    for one in stages:
        if one.list == title:
            first, last = found.get(one.moment, (one.taken_on, one.taken_on))
            found[one.moment] = min(first, one.taken_on), max(last, one.taken_on)
    return {moment: found[moment] for moment in MOMENTS if moment in found}
