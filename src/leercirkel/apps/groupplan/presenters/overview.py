"""The overview of a group: pupils against results, what helps and hinders, and what they need."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from leercirkel.apps.assessment.selectors.lists import Stage
from leercirkel.apps.groupplan.models import Phrase, PlanArea, PupilPhrase
from leercirkel.apps.groupplan.selectors.shown import Shown
from leercirkel.apps.insight.presenters import groups as results
from leercirkel.apps.insight.presenters.cells import nothing
from leercirkel.apps.insight.presenters.groups import TestColumn
from leercirkel.apps.insight.selectors.groups import GroupFigures, GroupReach
from leercirkel.apps.organisation.models import Pupil
from leercirkel.core.calendar import MOMENTS

KINDS = (
    (Phrase.Kind.HELPING, _("Wat helpt")),
    (Phrase.Kind.HINDERING, _("Wat hindert")),
    (Phrase.Kind.NEED, _("Wat nodig is")),
)


@dataclass(frozen=True, slots=True)
class Said:
    """A phrase that holds. `area`: its name, empty for all; `tell`: whether the page is of several areas."""

    row: PupilPhrase
    area: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A phrase of the list; `row`: it holds already."""

    text: str
    row: PupilPhrase | None


@dataclass(frozen=True, slots=True)
class Picks:
    """One kind in an opened row: what holds, and what can be chosen."""

    kind: str
    label: Any
    held: Sequence[Said]
    choices: Sequence[Choice]


@dataclass(frozen=True, slots=True)
class Line:
    """One pupil. `said`: per kind in the order of KINDS; `seen`: what was observed of one of the youngest."""

    pupil: Pupil
    care: str
    destination: str
    cells: SafeString
    seen: Sequence[tuple[str, str, str]]
    said: Sequence[Sequence[Said]]


@dataclass(frozen=True, slots=True)
class Table:
    """The table. `observed`: with a column for what was seen of the youngest; `round`: of which results."""

    columns: Sequence[TestColumn]
    lines: Sequence[Line]
    observed: bool
    destinations: bool
    round: str

    @property
    def width(self) -> int:
        """How many columns there are."""
        return 1 + len(self.columns) + self.observed + self.destinations + len(KINDS)


def table(
    figures: GroupFigures | None, shown: Shown, area: PlanArea | None, pupils: Sequence[Pupil],
    needs: Iterable[PupilPhrase], young: frozenset[int], stages: Iterable[Stage],
) -> Table:  # fmt: skip
    """The pupils in the order they are given. Who is in group 1 or 2 has what was observed, and no test."""
    reach = _of_area(shown.results, area)
    columns, rows = ([], {}) if figures is None else (results.columns(figures, reach), results.rows(figures))
    if all(pupil.pk in young for pupil in pupils):
        columns = []
    names = {each.pk: each.name for each in shown.areas}
    said: dict[tuple[int, str], list[Said]] = defaultdict(list)
    for row in needs:
        told = names.get(row.area_id or 0, "") if area is None else ""
        said[row.pupil_id, row.kind].append(Said(row, told))
    seen = _seen(stages)
    whole = shown.whole and shown.results.subjects is None
    lines = []
    for pupil in pupils:
        found = rows.get(pupil.pk)
        cells = [nothing() if found is None else results.cell_of(found, column) for column in columns]
        if pupil.pk in young:
            cells = [nothing() for _column in columns]
        lines.append(
            Line(
                pupil, found.care if found and whole else "", found.destination if found and whole else "",
                results.cells_html(cells), seen.get(pupil.pk, ()), [said[pupil.pk, kind] for kind, _label in KINDS],
            )
        )  # fmt: skip
    when = results.round_label(*figures.round) if figures and columns else ""
    return Table(columns, lines, bool(young), any(line.destination for line in lines), when)


def _of_area(reach: GroupReach, area: PlanArea | None) -> GroupReach:
    if area is None:
        return reach
    subjects = frozenset(area.subjects)
    return replace(reach, subjects=subjects if reach.subjects is None else subjects & reach.subjects)


def _seen(stages: Iterable[Stage]) -> Mapping[int, list[tuple[str, str, str]]]:
    """Pupil → domain, stage of the last moment, and the one before where it was another; in the school's own words."""
    last: dict[tuple[int, str, str], dict[str, str]] = defaultdict(dict)
    for one in stages:
        last[one.pupil, one.list, one.domain][one.moment] = one.stage
    found: dict[int, list[tuple[str, str, str]]] = defaultdict(list)
    for (pupil, _list, domain), by_moment in last.items():
        known = [by_moment[moment] for moment in MOMENTS if moment in by_moment]
        before = known[-2] if len(known) > 1 and known[-2] != known[-1] else ""
        found[pupil].append((domain, known[-1], before))
    return found


def picks(line: Line, choices: Mapping[str, Sequence[str]]) -> list[Picks]:
    """What an opened row offers."""
    made = []
    for (kind, label), held in zip(KINDS, line.said, strict=True):
        by_text = {said.row.text: said.row for said in held}
        offered = [Choice(text, by_text.get(text)) for text in choices.get(kind, ())]
        made.append(Picks(kind, label, held, offered))
    return made
