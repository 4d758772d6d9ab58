"""A plan as its page shows it: in the order in which people look, with words instead of codes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from leercirkel.apps.organisation.names import sort_key
from leercirkel.apps.organisation.roster.groups import UNKNOWN_SUBJECT
from leercirkel.apps.organisation.roster.model import (
    NEW,
    Doubt,
    Facts,
    GroupChange,
    Mode,
    Move,
    Plan,
    PupilChange,
    Question,
    Ref,
    Seat,
    Spans,
    State,
)
from leercirkel.apps.organisation.roster.summary import counts, many_leave, many_repeat
from leercirkel.apps.organisation.selectors import Shown
from leercirkel.core import subjects
from leercirkel.core.calendar import school_year_label, school_year_start

MODES = {
    Mode.FIRST: gettext_lazy("eerste leerlingenlijst"),
    Mode.NEW_YEAR: gettext_lazy("nieuw schooljaar"),
    Mode.UPDATE: gettext_lazy("bijwerken van een schooljaar dat er al is"),
    Mode.HISTORY: gettext_lazy("een eerder schooljaar erbij"),
}
DOUBTS = {
    Doubt.BY_NAME: gettext_lazy("Nieuw of tijdelijk nummer; naam en geboortedatum zijn bekend."),
    Doubt.SEVERAL: gettext_lazy("Meer leerlingen hebben deze naam en geboortedatum."),
    Doubt.TWICE: gettext_lazy("Staat twee keer in het bestand, na elkaar, met twee nummers."),
    Doubt.SIMILAR: gettext_lazy("Lijkt op een leerling die bekend is."),
    Doubt.KEY_REUSED: gettext_lazy("Dit nummer was van een leerling met een andere naam en geboortedatum."),
}
FACTS = {
    "first_name": gettext_lazy("roepnaam"),
    "prefix": gettext_lazy("tussenvoegsel"),
    "surname": gettext_lazy("achternaam"),
    "birth_date": gettext_lazy("geboortedatum"),
    "gender": gettext_lazy("geslacht"),
    "start_group3": gettext_lazy("begin groep 3"),
    "enrolled_on": gettext_lazy("datum van instroom"),
}


@dataclass(frozen=True, slots=True)
class Person:
    """Who a line is about, as names are shown (pages/names.py)."""

    id: int | str
    first_name: str
    prefix: str
    surname: str
    born: date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A pupil to whom something happens: from where, to where, and from or until which day."""

    person: Person
    before: str
    after: str
    day: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A list of pupils under a heading; `open` shows it unfolded."""

    title: str
    help: str
    lines: Sequence[Line]
    open: bool = True


@dataclass(frozen=True, slots=True)
class Option:
    """An answer: its code, and whom it means (None: a new pupil)."""

    value: str
    person: Person | None
    where: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about one line of the file. `must`: no answer is filled in."""

    name: str
    person: Person
    number: str
    why: str
    options: Sequence[Option]
    must: bool


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group of the roster; `before` its name until now. `subject_field`: the name of the field that asks for one."""

    name: str
    before: str
    new: bool
    subject: str = ""
    subject_field: str = ""


@dataclass(frozen=True, slots=True)
class TeacherLine:
    """Someone who begins or stops with a group."""

    name: str
    group: str
    day: date
    begins: bool


@dataclass(frozen=True, slots=True)
class PlanPage:
    """Everything on the page of an open plan."""

    outdated: bool
    empty: bool
    mode: str
    year: str
    counts: Sequence[tuple[str, int]]
    questions: Sequence[Asked]
    parts: Sequence[Part]
    unchanged: int
    groups: Sequence[GroupLine]
    vanished: Sequence[str]
    mixed: Sequence[GroupLine]
    teachers: Sequence[TeacherLine]
    left_out: Sequence[str]
    many_leave: bool
    many_repeat: bool
    subjects: Sequence[tuple[str, str]]


def field_of(question: Question) -> str:
    """The name of the field with the answer."""
    return f"wie-{question.index}"


def subject_field(position: int) -> str:
    """The name of the field with the subject of an instruction group."""
    return f"vak-{position}"


def plan_page(shown: Shown, answers: Mapping[str, str] | None = None) -> PlanPage:
    """The page of an open plan; `answers`: what was filled in already, by the name of the field."""
    plan, words = shown.plan, _Words(shown.plan, shown.state, answers or {})
    mixed = [g for g in plan.groups if g.mixed]
    return PlanPage(
        outdated=shown.outdated,
        empty=plan.empty and not plan.matching.open,
        mode=str(MODES[plan.mode]),
        year=school_year_label(plan.roster.school_year),
        counts=counts_in_words(counts(plan)),
        questions=[words.asked(question) for question in plan.matching.questions],
        parts=[part for part in _parts(plan, words) if part.lines],
        unchanged=sum(1 for c in plan.of(Move.STAYS, Move.UP) if not c.changed_facts),
        groups=[
            GroupLine(g.name, g.was.name if g.was else "", g.id is None)
            for g in plan.groups
            if not g.mixed and (g.id is None or g.renamed)
        ],
        vanished=[group.name for group in plan.vanished],
        mixed=[
            GroupLine(g.name, g.was.name if g.was else "", g.id is None, words.subject(g), subject_field(g.position))
            for g in mixed
            if g.id is None or g.renamed or g.subject == UNKNOWN_SUBJECT
        ],
        teachers=[*words.teachers(plan.teachers, begins=True), *words.teachers(plan.teachers, begins=False)],
        left_out=[str(plan.roster.pupils[index].row or index + 1) for index in plan.matching.left_out],
        many_leave=many_leave(plan),
        many_repeat=many_repeat(plan),
        subjects=[*((code, _subject(code)) for code in subjects.LABELS), (UNKNOWN_SUBJECT, _("weet ik niet"))],
    )


def _parts(plan: Plan, words: _Words) -> list[Part]:
    new_year = plan.mode is Mode.NEW_YEAR
    first = plan.mode in (Mode.FIRST, Mode.HISTORY)

    def part(title: str, help_: str, *moves: Move, day: Callable[[PupilChange], date | None] = lambda c: None) -> Part:
        lines = [words.line(change, day(change)) for change in plan.of(*moves)]
        return Part(title, help_, sorted(lines, key=_by_name), open=not first)

    facts = sorted((words.facts(change) for change in plan.pupils if change.changed_facts), key=_by_name)
    return [
        part(_("Gaan van school"), _("Zij staan niet meer in de lijst, of hebben een datum van uitstroom."),
             Move.LEAVES, day=lambda c: _last(c, plan)),
        part(_("Nieuw op school"), "", Move.JOINS, day=lambda c: c.seats[0].first if c.seats and not first else None),
        part(_("Komen terug"), _("Zij waren eerder van school."), Move.RETURNS,
             day=lambda c: c.seats[-1].first if c.seats else None),
        part(_("Andere groep of ander leerjaar"), _("De oude groep telt tot deze dag."), Move.MOVES,
             day=lambda c: c.seats[-1].first if c.seats else None),
        part(_("Zelfde leerjaar nog een keer"), "", Move.REPEATS),
        part(_("Slaan een leerjaar over"), "", Move.SKIPS),
        Part(_("Andere gegevens"), _("Zo staat het nu in de leerlingenlijst."), facts, open=False),
        *([part(_("Gaan door naar het volgende leerjaar"), "", Move.UP)] if new_year else []),
    ]  # fmt: skip


def _by_name(line: Line) -> str:
    return sort_key(line.person.surname, line.person.prefix, line.person.first_name)


def _last(change: PupilChange, plan: Plan) -> date | None:
    """The last day of who leaves."""
    if change.seats:
        return change.seats[-1].until - timedelta(days=1)
    before = change.before if change.before is not None else ()
    start = school_year_start(plan.roster.school_year)
    return (before[-1].until if before else start) - timedelta(days=1)


class _Words:
    """Names of people and groups of one plan."""

    def __init__(self, plan: Plan, state: State, answers: Mapping[str, str]) -> None:
        self.plan, self.state, self.answers = plan, state, answers
        self.names: dict[Ref, str] = dict(state.before_groups.items())
        self.names |= {group.id: group.name for group in state.groups}
        self.names |= {change.ref: change.name for change in plan.groups}
        self.staff: dict[Ref, str] = {
            each.id: _name(each.first_name, each.prefix, each.surname) for each in state.staff
        }
        self.staff |= {p.key: _name(p.first_name, p.prefix, p.surname) or p.key for p in plan.roster.staff}

    def subject(self, group: GroupChange) -> str:
        """The subject that was filled in, else the one that the plan has."""
        return self.answers.get(subject_field(group.position)) or group.subject

    def seat(self, seat: Seat | None) -> str:
        """ "groep Uilen, leerjaar 5"."""
        if seat is None:
            return ""
        group = self.names.get(seat.group, "") if seat.group is not None else _("geen groep")
        return ", ".join(part for part in (group, _("leerjaar %s") % seat.grade if seat.grade else "") if part)

    def person(self, who: int | str, facts: Facts) -> Person:
        return Person(who, facts.first_name or "", facts.prefix or "", facts.surname or "", facts.birth_date)

    def who(self, change: PupilChange) -> Person:
        who: int | str = change.id if change.id is not None else f"r{change.indexes[0]}"
        return self.person(who, change.facts)

    def line(self, change: PupilChange, day: date | None) -> Line:
        before = change.was[-1] if change.was else change.last
        leaves = change.move is Move.LEAVES
        after = "" if leaves or not change.seats else self.seat(change.seats[-1])
        return Line(self.who(change), self.seat(before), after, day)

    def facts(self, change: PupilChange) -> Line:
        assert change.known is not None
        told = [
            f"{FACTS[name]}: {_shown(getattr(change.known.facts, name))} → {_shown(getattr(change.facts, name))}"
            for name in change.changed_facts
        ]
        return Line(self.who(change), "", "", None, "; ".join(told))

    def asked(self, question: Question) -> Asked:
        pupil = self.plan.roster.pupils[question.index]
        facts = Facts(pupil.first_name, pupil.prefix, pupil.surname, pupil.birth_date)
        return Asked(
            field_of(question),
            self.person(f"r{question.index}", facts),
            pupil.key,
            str(DOUBTS[question.doubt]),
            [self._option(value, question) for value in question.options],
            question.default is None,
        )

    def _option(self, value: str, question: Question) -> Option:
        chosen = value == (self.answers.get(field_of(question)) or question.default)
        if value == NEW:
            return Option(value, None, "", chosen)
        if value.startswith("as-"):
            index = int(value.removeprefix("as-"))
            other = self.plan.roster.pupils[index]
            facts = Facts(other.first_name, other.prefix, other.surname, other.birth_date)
            return Option(value, self.person(f"r{index}", facts), _("nummer %s") % other.key, chosen)
        known = self.state.pupils[int(value)]
        seats = self.state.seats.get(known.id) or self.state.before.get(known.id) or ()
        return Option(value, self.person(known.id, known.facts), self.seat(seats[-1] if seats else None), chosen)

    def teachers(self, spans: Spans, *, begins: bool) -> list[TeacherLine]:
        rows = spans.started if begins else spans.stopped
        return [
            TeacherLine(
                self.staff.get(row.who, ""), self.names.get(row.group, ""), row.first if begins else row.until, begins
            )
            for row in rows
        ]


COUNTS = {
    "pupils": gettext_lazy("leerlingen in de lijst"),
    "pupils_joins": gettext_lazy("nieuw op school"),
    "pupils_leaves": gettext_lazy("van school gegaan"),
    "pupils_returns": gettext_lazy("teruggekomen"),
    "pupils_moves": gettext_lazy("andere groep of ander leerjaar"),
    "pupils_up": gettext_lazy("naar het volgende leerjaar"),
    "pupils_repeats": gettext_lazy("zelfde leerjaar nog een keer"),
    "pupils_skips": gettext_lazy("leerjaar overgeslagen"),
    "facts": gettext_lazy("andere gegevens"),
    "groups_new": gettext_lazy("nieuwe groepen"),
    "groups_renamed": gettext_lazy("groepen met een andere naam"),
    "groups_vanished": gettext_lazy("groepen die er niet meer zijn"),
    "teachers_added": gettext_lazy("leerkrachten erbij in een groep"),
    "teachers_removed": gettext_lazy("leerkrachten gestopt met een groep"),
    "left_out": gettext_lazy("niet ingelezen: niet vast te stellen wie het is"),
}


def counts_in_words(numbers: Mapping[str, int]) -> list[tuple[str, int]]:
    """What was or would be done, as words and numbers."""
    return [(str(label), numbers[name]) for name, label in COUNTS.items() if numbers.get(name)]


def _subject(code: str) -> str:
    return subjects.label(code, "en" if get_language() == "en" else "nl")


def _name(first: str | None, prefix: str | None, surname: str | None) -> str:
    return " ".join(part for part in (first, prefix, surname) if part)


def _shown(value: Any) -> str:
    if value is None:
        return _("leeg")
    if isinstance(value, date):
        return f"{value.day}-{value.month}-{value.year}"
    genders = {"male": _("jongen"), "female": _("meisje"), "unspecified": _("niet gespecificeerd")}
    return genders.get(str(value), str(value))
