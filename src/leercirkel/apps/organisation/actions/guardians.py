"""Who cares for a pupil, written down by the school: one by one, or from its own list.

The log says which fields were changed and never what they were or are: it is kept longer than they may be.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from leercirkel.apps.access.models import User
from leercirkel.apps.access.refusals import Refused
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.organisation.actions.parent_accounts import end_account
from leercirkel.apps.organisation.models import Guardian, Guardianship, Pupil, PupilKey, School
from leercirkel.core.text import squeezed
from leercirkel.exchange.guardians.model import GuardianLine

LOCK = 4602
OF_GUARDIAN = ("first_name", "prefix", "surname", "email", "phone", "address", "secret_address", "interpreter")
OF_GUARDIANSHIP = ("relation", "authority", "no_contact", "lives_with")


class GuardiansRefused(Exception):
    """A list of guardians that may not be loaded. Nothing was written."""


@dataclass(frozen=True, slots=True)
class UnknownPupils(GuardiansRefused):
    """Rows of the list with a number that no pupil of the school has."""

    rows: tuple[int, ...]


@dataclass(slots=True)
class Loaded:
    """What loading a list did."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    authority: int = 0
    """How many times the authority of a guardian who was known became another one."""
    pupils: set[int] = field(default_factory=set)


@transaction.atomic
def add_guardian(*, pupil: Pupil, values: Mapping[str, Any], by: User | None) -> Guardianship:
    """Someone more who cares for a pupil: `values` by the names of OF_GUARDIAN and OF_GUARDIANSHIP."""
    known = Guardian(school_id=pupil.school_id)
    told = _set(known, OF_GUARDIAN, values)
    known.save()
    row = Guardianship(school_id=pupil.school_id, pupil=pupil, guardian=known)
    told += _set(row, OF_GUARDIANSHIP, values)
    row.save()
    _record(Kind.CREATED, row, told, by)
    return row


class CaresAlready(Refused):
    """The same person twice at one pupil."""

    text = _("Deze persoon staat al bij deze leerling.")


@transaction.atomic
def add_known_guardian(*, pupil: Pupil, guardian: Guardian, values: Mapping[str, Any], by: User) -> Guardianship:
    """Someone who cares for another pupil of the school (mostly a brother or sister) cares for this one too: `values`
    by the names of OF_GUARDIANSHIP. Authority is of each child apart. Raises CaresAlready.

    An account that this person has shows the pupil from now on, when authority says so.
    """
    row = Guardianship(school_id=pupil.school_id, pupil=pupil, guardian=guardian)
    if Guardianship.objects.filter(pupil=pupil, guardian=guardian).exists():
        raise CaresAlready
    told = _set(row, OF_GUARDIANSHIP, values)
    row.save()
    _record(Kind.CREATED, row, told, by)
    return row


@transaction.atomic
def change_guardian(*, guardianship: Guardianship, values: Mapping[str, Any], by: User | None) -> tuple[str, ...]:
    """Changes what is known of a guardian and of what they are to this pupil; returns the names of changed fields.

    With a secret address the address is emptied, whatever was given. What is changed of the person holds for every
    pupil they care for.
    """
    told = _set(guardianship.guardian, OF_GUARDIAN, values) + _set(guardianship, OF_GUARDIANSHIP, values)
    if told:
        guardianship.guardian.save()
        guardianship.save()
        _record(Kind.CHANGED, guardianship, told, by)
    return tuple(told)


@transaction.atomic
def remove_guardian(*, guardianship: Guardianship, by: User | None) -> None:
    """Takes a guardian away from a pupil; who cares for nobody any more is forgotten as a person too, and is a parent
    here no longer."""
    _record(Kind.REMOVED, guardianship, [], by)
    guardian = guardianship.guardian
    if not guardian.guardianships.exclude(pk=guardianship.pk).exists():
        end_account(guardian=guardian, by=by)
    guardianship.delete()
    if not guardian.guardianships.exists():
        guardian.delete()


@transaction.atomic
def load_guardians(*, school: School, lines: Sequence[GuardianLine], by: User | None) -> Loaded:
    """Takes over a school's list: all of it, or nothing when a number is of no pupil (UnknownPupils).

    A guardian is recognised by the school's own number; without one by the name, at the same pupil, or with the same
    e-mail address or phone number at a sibling. What the list says nothing of stays as it was, and nobody is taken
    away.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s, %s)", [LOCK, school.pk])
    if unknown := unknown_rows(school=school, lines=lines):
        raise UnknownPupils(unknown)
    pupils = dict(PupilKey.objects.filter(school=school).values_list("key", "pupil_id"))
    loader = _Loader(school)
    for line in lines:
        loader.take(line, pupils[line.pupil])
    loader.save()
    done = loader.done
    log.record(
        Kind.IMPORTED,
        by=by,
        school=school.pk,
        count=len(lines),
        purpose="guardians",
        changes={"new": [None, done.new], "changed": [None, done.changed], "authority": [None, done.authority]},
    )
    for pupil in sorted(done.pupils):
        log.record(Kind.CHANGED, by=by, school=school.pk, pupil=pupil, purpose="guardians")
    return done


def unknown_rows(*, school: School, lines: Sequence[GuardianLine]) -> tuple[int, ...]:
    """The rows with a number that no pupil of the school has or had."""
    known = set(PupilKey.objects.filter(school=school).values_list("key", flat=True))
    return tuple(line.row for line in lines if line.pupil not in known)


class _Loader:
    """The guardians of a school in memory: read once, changed by lines, written once."""

    def __init__(self, school: School) -> None:
        self.school = school
        self.done = Loaded()
        self.people: list[Guardian] = list(Guardian.objects.filter(school=school).order_by("pk"))
        self.by_key = {each.key: each for each in self.people if each.key}
        self.by_name: dict[tuple[str, ...], list[Guardian]] = defaultdict(list)
        for each in self.people:
            self.by_name[_name(each.first_name, each.prefix, each.surname)].append(each)
        by_id = {each.pk: each for each in self.people}
        self.ties: dict[tuple[int, int], Guardianship] = {}
        for tie in Guardianship.objects.filter(school=school):
            self.ties[tie.pupil_id, id(by_id[tie.guardian_id])] = tie
        self.new_people: list[Guardian] = []
        self.new_ties: list[Guardianship] = []
        self.touched_people: dict[int, Guardian] = {}
        self.touched_ties: dict[int, Guardianship] = {}

    def take(self, line: GuardianLine, pupil: int) -> None:
        """One line of the list."""
        person = self._person(line, pupil)
        told = {name: getattr(line, name) for name in OF_GUARDIAN if getattr(line, name) is not None}
        changed = _set(person, OF_GUARDIAN, told)
        if line.key and person.key != line.key:
            person.key = line.key
            changed.append("key")
        tie = self.ties.get((pupil, id(person)))
        new = tie is None
        if tie is None:
            tie = Guardianship(school=self.school, pupil_id=pupil, guardian=person)
            self.ties[pupil, id(person)] = tie
            self.new_ties.append(tie)
        before = tie.authority
        told = {name: getattr(line, name) for name in OF_GUARDIANSHIP if getattr(line, name) is not None}
        of_tie = _set(tie, OF_GUARDIANSHIP, told)
        if changed and person.pk:
            self.touched_people[person.pk] = person
        if of_tie and tie.pk:
            self.touched_ties[tie.pk] = tie
        self.done.new += new
        self.done.changed += bool(not new and (changed or of_tie))
        self.done.unchanged += not (new or changed or of_tie)
        self.done.authority += not new and tie.authority != before
        if new or changed or of_tie:
            self.done.pupils.add(pupil)

    def _person(self, line: GuardianLine, pupil: int) -> Guardian:
        if line.key and line.key in self.by_key:
            return self.by_key[line.key]
        name = _name(line.first_name, line.prefix, line.surname)
        named = [each for each in self.by_name[name] if not (line.key and each.key)]
        here = [each for each in named if (pupil, id(each)) in self.ties]
        reached = [each for each in named if _reached_alike(each, line)]
        found = here or reached
        if len(found) == 1:
            person = found[0]
        else:
            person = Guardian(school=self.school)
            self.new_people.append(person)
            self.by_name[name].append(person)
        if line.key:
            self.by_key[line.key] = person
        return person

    def save(self) -> None:
        """Writes everything in four statements."""
        Guardian.objects.bulk_create(self.new_people)
        Guardian.objects.bulk_update(self.touched_people.values(), [*OF_GUARDIAN, "key"], batch_size=500)
        for tie in self.new_ties:
            tie.guardian_id = tie.guardian.pk
        Guardianship.objects.bulk_create(self.new_ties)
        Guardianship.objects.bulk_update(self.touched_ties.values(), OF_GUARDIANSHIP, batch_size=500)


def _reached_alike(known: Guardian, line: GuardianLine) -> bool:
    """Whether the same name is the same person: the same e-mail address or phone number."""
    mail = bool(line.email) and known.email.casefold() == (line.email or "").casefold()
    return mail or (bool(line.phone) and squeezed(known.phone) == squeezed(line.phone or ""))


def _name(*parts: str) -> tuple[str, ...]:
    return tuple(squeezed(part) for part in parts)


def _set(row: Guardian | Guardianship, names: Iterable[str], values: Mapping[str, Any]) -> list[str]:
    """Sets the fields that are given and differ; returns their names. A secret address leaves no address."""
    changed = []
    for name in names:
        if name in values and getattr(row, name) != values[name]:
            setattr(row, name, values[name])
            changed.append(name)
    if isinstance(row, Guardian) and row.secret_address and row.address:
        row.address = ""
        if "address" not in changed:
            changed.append("address")
    return changed


def _record(kind: Kind, row: Guardianship, names: Sequence[str], by: User | None) -> None:
    changes = {name: [None, None] for name in sorted(names)}
    log.record(kind, by=by, school=row.school_id, pupil=row.pupil_id, about=row, purpose="guardian", changes=changes)
