"""What is known of a school, and what a roster would change of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum

from leercirkel.exchange.edexml.model import Pupil, Roster, Staff

Ref = int | str
"""A group: its id when it is kept already, else the key of the roster that brings it."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A pupil in a class with a grade, from `first` up to but not including `until`."""

    group: Ref | None
    grade: str
    first: date
    until: date


@dataclass(frozen=True, slots=True)
class Span:
    """Someone with a group (a pupil in an instruction group, a teacher of a group) for some days; see Seat."""

    who: Ref
    group: Ref
    first: date
    until: date
    fixed: bool = False
    """Entered by the school: a substitute, whom no roster changes, or a pupil in an instruction group (compare.py)."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a roster tells of a pupil as a person; None where nothing is known."""

    first_name: str | None = None
    prefix: str | None = None
    surname: str | None = None
    birth_date: date | None = None
    gender: str | None = None
    start_group3: date | None = None
    enrolled_on: date | None = None

    def filled(self, newer: Facts, *, overwrite: bool) -> Facts:
        """These facts with those of `newer`: where nothing was known, or with `overwrite` wherever it tells something.
        What was known is never emptied, but for the prefix of a surname that is given without one."""
        found = {}
        for each in fields(self):
            old, new = getattr(self, each.name), getattr(newer, each.name)
            found[each.name] = new if new is not None and (overwrite or old is None) else old
        if newer.surname and found["surname"] == newer.surname and (overwrite or self.surname is None):
            found["prefix"] = newer.prefix
        return Facts(**found)


FACTS = tuple(each.name for each in fields(Facts))


@dataclass(frozen=True, slots=True)
class KnownPupil:
    """A pupil of the school, also one who left; `last_year`: the newest school year with an enrolment."""

    id: int
    facts: Facts
    keys: tuple[str, ...]
    last_year: int | None = None


@dataclass(frozen=True, slots=True)
class KnownGroup:
    """A group of the school year of the roster."""

    id: int
    key: str
    name: str
    mixed: bool
    grade: str
    subject: str


@dataclass(frozen=True, slots=True)
class KnownStaff:
    """Someone with a key of a roster. `until`: the day after the last, None while it lasts."""

    id: int
    key: str
    surname: str
    prefix: str
    first_name: str
    function: str
    first: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class State:
    """What is kept of one school, as far as a roster of `school_year` is compared with it.

    `seats` and `before`: per pupil the enrolments of that school year and of the year before. `subjects`: squeezed
    name → subject of instruction groups of earlier years. `as_of`: the reference date of the newest roster of this
    school year that was confirmed. `newest_year`: the newest with enrolments.
    """

    school: int
    code: str
    school_year: int
    pupils: Mapping[int, KnownPupil]
    seats: Mapping[int, tuple[Seat, ...]]
    before: Mapping[int, tuple[Seat, ...]]
    groups: tuple[KnownGroup, ...]
    before_groups: Mapping[int, str]
    subjects: Mapping[str, str]
    members: tuple[Span, ...]
    staff: tuple[KnownStaff, ...]
    teachers: tuple[Span, ...]
    as_of: date | None = None
    newest_year: int | None = None


# ----------------------------------------------------------------------------------------------------- who is who


class Doubt(StrEnum):
    """Why a pupil of the roster is not recognised without a question."""

    BY_NAME = "by_name"
    """Another number, or none that lasts, but the name and birth date of one pupil whom nobody else in the file is."""
    SEVERAL = "several"
    """More than one pupil has this name and birth date."""
    TWICE = "twice"
    """The file has this name and birth date twice, under two numbers."""
    SIMILAR = "similar"
    """Nearly the name of a pupil, with the same birth date, or the name without a birth date."""
    KEY_REUSED = "key_reused"
    """The number is that of a pupil with another name and birth date."""


NEW = "new"


@dataclass(frozen=True, slots=True)
class Question:
    """Who is this? `options` are answers: NEW, the id of a pupil, or "as-3" for the pupil at place 3 of the roster.

    `default` is the answer that holds when nobody chooses; None when someone has to.
    """

    index: int
    doubt: Doubt
    options: tuple[str, ...]
    default: str | None


@dataclass(frozen=True, slots=True)
class Matching:
    """Per place in the roster who it is: an id, None for a new pupil, or the place of the pupil it is the same as.

    `left_out`: places of pupils without a lasting number, name and birth date; `former`: of pupils who are not known
    and not at school in this school year.
    """

    pupils: Mapping[int, int | None]
    same_as: Mapping[int, int]
    questions: tuple[Question, ...]
    open: tuple[Question, ...]
    left_out: tuple[int, ...]
    former: tuple[int, ...]


# ----------------------------------------------------------------------------------------------------------- the plan


class Mode(StrEnum):
    """What the roster is to the school."""

    FIRST = "first"
    """Nothing was known of this school."""
    NEW_YEAR = "new_year"
    """No enrolment was known of this school year, which is newer than what is known."""
    UPDATE = "update"
    """The school year was known already."""
    HISTORY = "history"
    """An older school year of which nothing was known."""


@dataclass(frozen=True, slots=True)
class GroupChange:
    """A group of the roster: new (`id` None), or kept with perhaps another key, name or grade (`was`)."""

    ref: str
    id: int | None
    name: str
    mixed: bool
    grade: str
    subject: str
    position: int
    was: KnownGroup | None = None

    @property
    def renamed(self) -> bool:
        """Whether staff will miss the name they know."""
        return self.was is not None and self.was.name != self.name

    @property
    def changed(self) -> bool:
        """Whether there is anything to write."""
        now = (self.ref, self.name, self.grade, self.subject)
        return self.was is None or (self.was.key, self.was.name, self.was.grade, self.was.subject) != now


class Move(StrEnum):
    """What happens to a pupil, for the one who confirms."""

    JOINS = "joins"
    RETURNS = "returns"
    LEAVES = "leaves"
    MOVES = "moves"
    UP = "up"
    REPEATS = "repeats"
    SKIPS = "skips"
    STAYS = "stays"
    FORMER = "former"
    """Left before the school year of the roster began; only a date may change."""


@dataclass(frozen=True, slots=True)
class PupilChange:
    """What the roster does to one pupil. `id` is None for a new one; `indexes` are the places in the roster.

    `seats` are all enrolments of the school year as they will be, and `was` as they are; `before` those of the year
    before as they will be when a leaving date cuts them, else None; `last` is where the pupil sat at the end of the
    year before.
    """

    id: int | None
    indexes: tuple[int, ...]
    move: Move
    facts: Facts
    known: KnownPupil | None
    keys: frozenset[str]
    seats: tuple[Seat, ...]
    was: tuple[Seat, ...]
    last: Seat | None = None
    before: tuple[Seat, ...] | None = None

    @property
    def changed_facts(self) -> tuple[str, ...]:
        """Names of facts of a known pupil that will be others."""
        if self.known is None:
            return ()
        return tuple(name for name in FACTS if getattr(self.known.facts, name) != getattr(self.facts, name))

    @property
    def new_keys(self) -> frozenset[str]:
        """Numbers that were not known as this pupil's."""
        return self.keys - frozenset(self.known.keys if self.known else ())

    @property
    def changed(self) -> bool:
        """Whether there is anything to write."""
        dated = self.seats != self.was or self.before is not None
        return self.id is None or dated or bool(self.changed_facts) or bool(self.new_keys)


@dataclass(frozen=True, slots=True)
class StaffChange:
    """Someone of the roster: new (`known` None), changed, or gone (`person` None) from `until`."""

    key: str
    known: KnownStaff | None
    person: Staff | None
    function: str = ""
    first: date | None = None
    until: date | None = None

    @property
    def names(self) -> tuple[str, str, str]:
        """Surname, prefix and first name as they will be; who has no name at all is called by the key."""
        was = (self.known.surname, self.known.prefix, self.known.first_name) if self.known else ("", "", "")
        if self.person is None or not (self.person.surname or self.person.first_name):
            return was if any(was) else (self.key, "", "")
        return self.person.surname or "", self.person.prefix or "", self.person.first_name or ""

    @property
    def changed(self) -> bool:
        """Whether there is anything to write."""
        was = self.known
        if was is None or (self.first, self.until) != (was.first, was.until):
            return True
        told = self.person is not None and self.function != was.function
        return told or self.names != (was.surname, was.prefix, was.first_name)


@dataclass(frozen=True, slots=True)
class Spans:
    """Rows to add and rows to take away."""

    added: tuple[Span, ...] = ()
    removed: tuple[Span, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)

    @property
    def started(self) -> tuple[Span, ...]:
        """Who had nothing to do with the group before, with the first day."""
        before = {(span.who, span.group) for span in self.removed}
        return tuple(span for span in self.added if (span.who, span.group) not in before)

    @property
    def stopped(self) -> tuple[Span, ...]:
        """Whose days with a group end earlier than was known, with the new end."""
        until = {(span.who, span.group): span.until for span in sorted(self.added, key=lambda s: s.first)}
        ends = (replace(s, until=until.get((s.who, s.group), s.first)) for s in self.removed)
        return tuple(new for old, new in zip(self.removed, ends, strict=True) if new.until < old.until)


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that a roster would change. `as_of`: the day from which a change within the school year holds."""

    roster: Roster
    mode: Mode
    as_of: date
    matching: Matching
    groups: tuple[GroupChange, ...]
    vanished: tuple[KnownGroup, ...]
    pupils: tuple[PupilChange, ...]
    members: Spans = Spans()
    staff: tuple[StaffChange, ...] = ()
    teachers: Spans = Spans()

    def of(self, *moves: Move) -> tuple[PupilChange, ...]:
        """The pupils to whom one of these happens."""
        return tuple(change for change in self.pupils if change.move in moves)

    def in_roster(self, change: PupilChange) -> Pupil | None:
        """The newest line of the roster on this pupil; None for who is not in it."""
        return self.roster.pupils[change.indexes[-1]] if change.indexes else None

    @property
    def empty(self) -> bool:
        """Whether confirming would write nothing."""
        parts: tuple[GroupChange | PupilChange | StaffChange, ...] = (*self.groups, *self.pupils, *self.staff)
        return not (any(part.changed for part in parts) or self.members or self.teachers)
