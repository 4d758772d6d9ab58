"""The test calendar, shaped for its pages: counts first, and who is late without a word of blame."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leercirkel.apps.assessment.hand import TestName
from leercirkel.apps.assessment.selectors.calendar import Edited
from leercirkel.apps.assessment.selectors.progress import Round
from leercirkel.apps.assessment.words import MOMENTS, NOT_TAKEN, subject_name
from leercirkel.apps.organisation.models import Group, Pupil
from leercirkel.core.expected import CalendarTest, window_dates
from leercirkel.core.progress import AHEAD, OPEN, OVER, Cell, TestKey, Total, total


@dataclass(frozen=True, slots=True)
class Heading:
    """A test as the head of a column: the subject, the instrument where that says more, and its window."""

    name: TestName
    subject: str
    instrument: str
    window: str
    phase: str


@dataclass(frozen=True, slots=True)
class Count:
    """How far one test is in one group. `late`: its window is over while some have nothing yet."""

    taken: int
    expected: int
    excused: str
    waiting: int
    late: bool


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group with a count per column; None where the test is not for this group."""

    group: Group
    counts: Sequence[Count | None]


@dataclass(frozen=True, slots=True)
class State:
    """One pupil and one test. `state`: "" (taken), "waiting", a code of a reason; None: not for this pupil."""

    name: TestName
    state: str | None
    text: str
    own_level: str
    late: bool
    chosen: bool


@dataclass(frozen=True, slots=True)
class PupilLine:
    """A pupil with the state of each test of the round."""

    pupil: Pupil
    states: Sequence[State]


@dataclass(frozen=True, slots=True)
class MomentTab:
    """A moment of the year as a tab."""

    label: str
    url: str
    here: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """One moment of a school: the columns, a line per group, and all together."""

    headings: Sequence[Heading]
    lines: Sequence[GroupLine]
    totals: Sequence[Count | None]
    whole: Total
    late: int = 0
    groups: Mapping[int, Group] = field(default_factory=dict)


def period(first: date, last: date) -> str:
    """A window as people say it: “15 jan – 15 feb”."""
    return f"{date_format(first, 'j b')} – {date_format(last, 'j b')}"


def headings(of: Round, moment: str, today: date) -> list[Heading]:
    """The tests of a moment, each once: with several windows the first and the last day of all."""
    windows: dict[TestKey, tuple[date, date]] = {}
    for test in of.tests:
        if test.moment == moment and (test.school_years is None or of.school_year in test.school_years):
            first, last = window_dates(test, of.school_year)
            held = windows.setdefault((test.moment, test.subject, test.instrument), (first, last))
            windows[test.moment, test.subject, test.instrument] = min(held[0], first), max(held[1], last)
    several = [subject for _m, subject, _i in windows]
    made = []
    for key, (first, last) in windows.items():
        phase = AHEAD if today < first else OVER if today > last else OPEN
        instrument = key[2] if several.count(key[1]) > 1 else ""
        made.append(Heading(TestName(*key), subject_name(key[1]), instrument, period(first, last), phase))
    return made


def overview(of: Round, moment: str, groups: Sequence[Group], today: date) -> Overview:
    """How far each group is with the tests of a moment."""
    heads = headings(of, moment, today)
    cells = {(cell.group, cell.test): cell for cell in of.cells if cell.moment == moment}
    lines = [
        GroupLine(group, [_count([cells.get((group.pk, head.name.key))], today) for head in heads])
        for group in groups
    ]  # fmt: skip
    lines = [line for line in lines if any(line.counts)]
    classes = {group.pk for group in groups if group.kind == Group.Kind.BASE} or {group.pk for group in groups}
    counted = [cell for cell in cells.values() if cell.group in classes]
    totals = [_count([cell for cell in counted if cell.test == head.name.key], today) for head in heads]
    late = sum(len(cell.waiting) for cell in counted if cell.phase(today) == OVER)
    return Overview(heads, lines, totals, total(counted), late, {group.pk: group for group in groups})


def pupil_lines(
    of: Round, moment: str, pupils: Sequence[Pupil], own: Mapping[tuple[int, TestKey], str], chosen: tuple[int, str],
    today: date,
) -> list[PupilLine]:  # fmt: skip
    """Every pupil of a group with the state of the tests of a moment. `chosen`: pupil and code of a test."""
    heads = headings(of, moment, today)
    cells = {cell.test: cell for cell in of.cells if cell.moment == moment}
    lines = []
    for pupil in pupils:
        states = []
        for head in heads:
            cell = cells.get(head.name.key)
            state = _state(cell, pupil.pk) if cell else None
            late = state == "waiting" and cell is not None and cell.phase(today) == OVER
            level = own.get((pupil.pk, head.name.key), "")
            states.append(State(head.name, state, _said(state), level, late, chosen == (pupil.pk, head.name.code)))
        lines.append(PupilLine(pupil, states))
    return lines


def tabs(of: Round, here: str, query: str) -> list[MomentTab]:
    """The moments of the year; `query` is what stays in the address."""
    return [
        MomentTab(f"{moment} · {MOMENTS[moment]}", f"?{query}moment={moment}", moment == here) for moment in of.moments
    ]


def _state(cell: Cell, pupil: int) -> str | None:
    if pupil in cell.taken:
        return ""
    if pupil in cell.waiting:
        return "waiting"
    return next((code for code, pupils in cell.reasons.items() if pupil in pupils), None)


def _said(state: str | None) -> str:
    if state is None:
        return _("niet voor deze leerling")
    return _("gemaakt") if state == "" else _("nog niet") if state == "waiting" else str(NOT_TAKEN[state])


def _count(found: Sequence[Cell | None], today: date) -> Count | None:
    cells = [cell for cell in found if cell is not None]
    if not cells:
        return None
    whole = total(cells)
    said: list[Any] = []
    for code, label in NOT_TAKEN.items():
        if number := sum(len(cell.reasons.get(code, ())) for cell in cells):
            said.append(f"{number} {label}")
    late = any(cell.waiting and cell.phase(today) == OVER for cell in cells)
    return Count(whole.taken, whole.expected, ", ".join(said), whole.waiting, late)


def late_text(number: int) -> str:
    """How many results are still to come of tests whose window is over."""
    return ngettext(
        "Van een afgelopen toets is nog %d uitslag niet binnen. Haalt de leerling hem in, of is er een reden?",
        "Van afgelopen toetsen zijn nog %d uitslagen niet binnen. Halen de leerlingen ze in, of is er een reden?",
        number,
    ) % number  # fmt: skip


@dataclass(frozen=True, slots=True)
class CalendarLine:
    """A test of the calendar as it is edited. `number`: its place in the version."""

    number: int
    moment: str
    subject: str
    instrument: str
    whom: str
    window: str


def calendar_lines(now: Edited) -> list[CalendarLine]:
    """The tests of a school year by moment, as the editor shows them."""
    lines = []
    for number, test in enumerate(now.calendar.tests):
        if test in now.tests:
            window = period(*window_dates(test, now.school_year))
            line = CalendarLine(number, test.moment, subject_name(test.subject), test.instrument, _whom(test), window)
            lines.append(line)
    return sorted(lines, key=lambda line: "BME".index(line.moment))


def _whom(test: CalendarTest) -> str:
    said = []
    if test.grades:
        said.append(_("groep %s") % ", ".join(map(str, test.grades)))
    if test.didactic_age:
        said.append(_("DL %(low)d t/m %(high)d") % {"low": test.didactic_age[0], "high": test.didactic_age[1]})
    return "; ".join(said) or _("iedereen vanaf groep 3")
