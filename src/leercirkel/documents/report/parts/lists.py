"""Method tests and observations: an overview of their own, never among the tests of the calendar."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from leercirkel.analysis.answers.places import natural_key
from leercirkel.analysis.model import MethodTestCell, ObservationCell
from leercirkel.core.method_tests import GOOD, INSUFFICIENT, SUFFICIENT
from leercirkel.documents.report.context import Context, View

MOST_BLOCKS = 3
"""Of a group and subject the last blocks are shown: older ones have been taught again since."""


def method_tests(context: Context) -> list[View]:
    """A table per group and subject of the report's school year: a row per goal of its last blocks."""
    cells = [c for c in context.report.method_tests if c.school_year == context.report.school_year]
    places = _places(context, cells)
    out = []
    for (group, grade, subject), members in groupby(sorted(cells, key=_group_key), key=_group_key_bare):
        shown = _last_blocks([c for c in members if not context.hidden(c.counted)])
        if shown:
            out.append({
                "title": context.texts.list_title(places[group, grade], context.texts.subject_within(subject)),
                "rows": [_goal(context, cell) for cell in shown],
            })  # fmt: skip
    return out


def _group_key(cell: MethodTestCell) -> tuple[object, ...]:
    return natural_key(cell.group), cell.grade or 0, cell.subject, cell.taken_on, cell.block


def _group_key_bare(cell: MethodTestCell) -> tuple[str, int | None, str]:
    return cell.group, cell.grade, cell.subject


def _last_blocks(cells: Sequence[MethodTestCell]) -> list[MethodTestCell]:
    blocks = list(dict.fromkeys(cell.block for cell in cells))[-MOST_BLOCKS:]
    return [cell for cell in cells if cell.block in blocks]


def _goal(context: Context, cell: MethodTestCell) -> View:
    texts, few = context.texts, context.few(cell.counted)
    return {
        "block": texts.name(cell.block),
        "goal": texts.name(cell.goal),
        "day": texts.day(cell.taken_on),
        "counted": str(cell.counted),
        "categories": [str(cell.categories.get(name, 0)) for name in (INSUFFICIENT, SUFFICIENT, GOOD)],
        "reached": texts.of(cell.reached, cell.counted),
        "between": "" if few else texts.between(cell.low, cell.high, cell.counted, "undecided"),
    }


def bounds(context: Context) -> str:
    """What sufficient and good mean, in one line; empty without method tests."""
    for cell in context.report.method_tests:
        return context.texts.method_bounds(cell.sufficient_from, cell.good_from)
    return ""


def observations(context: Context) -> list[View]:
    """A table per group and list of the report's round (else of its school year): a row per domain."""
    texts = context.texts
    cells = [c for c in context.report.observations if c.school_year == context.report.school_year]
    last = max((c.moment for c in cells), key="BME".index, default="")
    cells = [c for c in cells if c.moment == last]
    places = _places(context, cells)
    out = []
    for (group, grade, title), members in groupby(sorted(cells, key=_list_key), key=_list_key_bare):
        shown = [c for c in members if not context.hidden(c.observed)]
        if shown:
            stages, when = _stages(shown), texts.moment(shown[0].school_year, last)
            out.append({
                "title": texts.list_title(places[group, grade], f"{texts.name(title)}, {when}"),
                "stages": [texts.name(stage) for stage in stages],
                "rows": [_domain(context, cell, stages) for cell in shown],
            })  # fmt: skip
    return out


def _list_key(cell: ObservationCell) -> tuple[object, ...]:
    return natural_key(cell.group), cell.grade or 0, cell.list, cell.domain


def _list_key_bare(cell: ObservationCell) -> tuple[str, int | None, str]:
    return cell.group, cell.grade, cell.list


def _stages(cells: Iterable[ObservationCell]) -> list[str]:
    """All stages that occur, each in the order in which the cells have them."""
    found: list[str] = []
    for cell in cells:
        after = -1
        for stage in cell.stages:
            if stage in found:
                after = max(after, found.index(stage))
            else:
                after += 1
                found.insert(after, stage)
    return sorted(found, key=natural_key)


def _domain(context: Context, cell: ObservationCell, stages: Sequence[str]) -> View:
    return {
        "domain": context.texts.sentence(context.texts.name(cell.domain)),
        "counts": [str(cell.stages.get(stage, 0) or "–") for stage in stages],
        "observed": str(cell.observed),
        "others": str(cell.not_observed or "–"),
    }


def _places(context: Context, cells: Iterable[MethodTestCell | ObservationCell]) -> dict[tuple[str, int | None], str]:
    """How each group is called; of a group with more than one grade, with the grade."""
    found = sorted({(cell.group, cell.grade) for cell in cells}, key=lambda place: (place[0], place[1] or 0))
    names = [group for group, _ in found]
    return {
        (group, grade): context.texts.in_grade(group, grade if names.count(group) > 1 else None)
        for group, grade in found
    }
