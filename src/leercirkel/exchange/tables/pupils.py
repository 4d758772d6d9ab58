"""Whose result is it? A pupil of a roster, or a reason why nobody can say: a doubtful match is never made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import field
from datetime import date
from typing import Literal

from leercirkel.core.records import dataclass
from leercirkel.exchange.edexml.model import Pupil, Roster
from leercirkel.exchange.tables.names import Words, full_forms, same_first_name, surname_forms, words

Outcome = Literal["key", "zeros", "differs", "name", "unknown", "doubtful", "ambiguous", "contradicts"]

MATCHED: frozenset[Outcome] = frozenset({"key", "zeros", "differs", "name"})


@dataclass(frozen=True, slots=True)
class Claim:
    """What a row says of its pupil. `surname` may hold the full name when `first_name` is None; `eck_id` stands beside
    a key, or is that key."""

    key: str | None
    surname: str | None
    first_name: str | None
    birth_date: date | None
    school_year: int | None
    eck_id: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The pupil (school and key of the roster), or None, and how that was decided."""

    outcome: Outcome
    school: str | None = None
    pupil: str | None = None


@dataclass(slots=True)
class _Person:
    """One pupil over all rosters: every spelling and date that they give."""

    school: str
    key: str
    years: set[int] = field(default_factory=set)
    births: set[date] = field(default_factory=set)
    surnames: set[Words] = field(default_factory=set)
    first_names: set[Words] = field(default_factory=set)
    initials: set[Words] = field(default_factory=set)
    full_names: set[Words] = field(default_factory=set)
    spellings: set[tuple[str | None, ...]] = field(default_factory=set)
    written: set[tuple[str | None, str | None]] = field(default_factory=set)
    """Surname, also with the prefix before it, and first name, letter by letter as in a roster."""

    def learn(self, pupil: Pupil) -> None:
        """Add a name as a roster spells it; most rosters of one school spell it alike."""
        spelling = (pupil.surname, pupil.prefix, pupil.first_name, pupil.initials)
        if spelling in self.spellings:
            return
        self.spellings.add(spelling)
        self.written.add((pupil.surname, pupil.first_name))
        if pupil.prefix and pupil.surname:
            self.written.add((f"{pupil.prefix} {pupil.surname}", pupil.first_name))
        self.surnames |= surname_forms(pupil.surname, pupil.prefix)
        self.full_names |= full_forms(pupil.surname, pupil.prefix, pupil.first_name)
        if pupil.first_name:
            self.first_names.add(words(pupil.first_name))
        if pupil.initials:
            self.initials.add(words(pupil.initials))


class Register:
    """The pupils of all rosters, to be asked whose result a row is.

    A pupil is one person per school and key. A dummy key (not stable) says nothing outside its own file: such pupils
    are found on name and birth date only, and are one person per roster.
    """

    def __init__(self, rosters: Sequence[Roster]) -> None:
        people: dict[tuple[str, str, int | None], _Person] = {}
        self._by_key: dict[str, list[_Person]] = defaultdict(list)
        self._by_bare_key: dict[str, list[_Person]] = defaultdict(list)
        self._by_birth: dict[date, list[_Person]] = defaultdict(list)
        self._by_eck_id: dict[str, list[_Person]] = defaultdict(list)
        for roster in rosters:
            for pupil in roster.pupils:
                # a dummy key is one person within its own school year only
                identity = (roster.school, pupil.key, None if pupil.stable_key else roster.school_year)
                person = people.get(identity)
                if person is None:
                    person = people[identity] = _Person(roster.school, pupil.key)
                    if pupil.stable_key:
                        self._by_key[pupil.key.strip()].append(person)
                        self._by_bare_key[_bare(pupil.key)].append(person)
                person.years.add(roster.school_year)
                person.learn(pupil)
                if pupil.eck_id and all(known is not person for known in self._by_eck_id[pupil.eck_id]):
                    self._by_eck_id[pupil.eck_id].append(person)
                if pupil.birth_date and pupil.birth_date not in person.births:
                    person.births.add(pupil.birth_date)
                    self._by_birth[pupil.birth_date].append(person)
        self._people = list(people.values())
        self._by_full_name: dict[Words, list[_Person]] = defaultdict(list)
        for person in self._people:
            for name in person.full_names:
                self._by_full_name[name].append(person)

    def find(self, claim: Claim) -> Answer:
        """Whose result this is. On key first; on ECK iD, then on name and birth date when the key is absent or in no
        roster. A key and an ECK iD of two different pupils contradict each other."""
        answer = self._by_key_or_name(claim)
        of_eck_id = _narrowed(self._by_eck_id.get(claim.eck_id, []), claim) if claim.eck_id else []
        if not of_eck_id or answer.outcome == "contradicts":
            return answer
        if answer.outcome not in MATCHED:
            found = of_eck_id[0]
            return Answer("key", found.school, found.key) if len(of_eck_id) == 1 else Answer("ambiguous")
        same = any((person.school, person.key) == (answer.school, answer.pupil) for person in of_eck_id)
        return answer if same else Answer("contradicts")

    def _by_key_or_name(self, claim: Claim) -> Answer:
        key = (claim.key or "").strip()
        if key and not key.startswith("#"):
            exact = self._by_key.get(key, [])
            found = _narrowed(exact or self._by_bare_key.get(_bare(key), []), claim)
            if len(found) > 1:
                return Answer("ambiguous")
            if found:
                return self._checked(found[0], claim, exact=bool(exact))
        return self._by_name(claim)

    def _by_name(self, claim: Claim) -> Answer:
        if not claim.surname:
            return Answer("unknown")
        if claim.birth_date is None:
            return Answer("doubtful" if self._same_name(claim) else "unknown")
        born = self._by_birth.get(claim.birth_date, [])
        found = [person for person in born if _same(person, claim)]
        if len(found) > 1:
            found = [person for person in found if claim.school_year in person.years] or found
        if len(found) == 1:
            return Answer("name", found[0].school, found[0].key)
        if found:
            return Answer("ambiguous")
        near = any(_resembles(person, claim) for person in born) or self._same_name(claim)
        return Answer("doubtful" if near else "unknown")

    def _checked(self, person: _Person, claim: Claim, *, exact: bool) -> Answer:
        """A match on key holds unless nothing else in the row agrees with it, or the rest of the row is exactly another
        pupil: one of twins has the surname and the birth date of the other. What else disagrees is told."""
        if claim.birth_date in person.births and (claim.surname, claim.first_name) in person.written:
            return Answer("key" if exact else "zeros", person.school, person.key)  # as most rows are: nothing to weigh
        evidence = []
        if claim.birth_date and person.births:
            evidence.append(claim.birth_date in person.births)
        given = words(claim.surname)
        if given and person.surnames:
            known = person.full_names if claim.first_name is None else set()
            evidence.append(tuple(sorted(given)) in person.surnames or given in known)
        first_name_agrees = bool(claim.first_name) and words(claim.first_name) in person.first_names
        if evidence and not any(evidence) and not first_name_agrees:
            return Answer("contradicts")
        agrees = all(evidence) and _first_name_fits(person, claim)
        if not agrees and self._is_another(person, claim):
            return Answer("contradicts")
        outcome: Outcome = "zeros" if not exact else "key" if agrees else "differs"
        return Answer(outcome, person.school, person.key)

    def _is_another(self, person: _Person, claim: Claim) -> bool:
        """The first name is not this pupil's, and with surname and birth date it is exactly that of someone else."""
        if not claim.surname or claim.birth_date is None:
            return False
        if claim.first_name and _first_name_fits(person, claim):
            return False
        if claim.first_name is None and words(claim.surname) in person.full_names:
            return False
        born = self._by_birth.get(claim.birth_date, [])
        return any(other is not person and _same(other, claim, whole=True) for other in born)

    def _same_name(self, claim: Claim) -> bool:
        full = words(claim.surname) if claim.first_name is None else words(claim.first_name) + words(claim.surname)
        return full in self._by_full_name


def _bare(key: str) -> str:
    return key.strip().lstrip("0") or "0"


def _first_name_fits(person: _Person, claim: Claim) -> bool:
    """False when row and roster both have a first name and they are not the same one."""
    given = words(claim.first_name)
    if not given or not person.first_names:
        return True
    if "".join(given) in {"".join(letters) for letters in person.initials}:
        return True
    return any(same_first_name(given, own) for own in person.first_names)


def _same(person: _Person, claim: Claim, *, whole: bool = False) -> bool:
    """The same surname and, where the row has one (with `whole`: and it must have one), the same first name."""
    given = words(claim.surname)
    if tuple(sorted(given)) in person.surnames and not (whole and claim.first_name is None):
        return claim.first_name is None or words(claim.first_name) in person.first_names
    return claim.first_name is None and given in person.full_names


def _resembles(person: _Person, claim: Claim) -> bool:
    """A name that may be the same one, spelled otherwise: a real word of it in common (not only "van" or "de")."""
    given = {w for w in (*words(claim.surname), *words(claim.first_name)) if len(w) > 3}
    own = {w for name in (*person.surnames, *person.first_names) for w in name}
    return bool(given & own)


def _narrowed(found: Iterable[_Person], claim: Claim) -> list[_Person]:
    """One key in several schools: the person whom the rest of the row fits, else everyone."""
    people = list(found)
    if len(people) < 2:
        return people
    for fits in (
        [p for p in people if claim.birth_date in p.births and (not claim.surname or _same(p, claim))],
        [p for p in people if claim.school_year in p.years],
    ):
        if len(people) > 1 and fits:
            people = fits
    return people
