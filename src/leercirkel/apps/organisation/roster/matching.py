"""Who is who: the pupils of a roster and those that are known.

A lasting number decides. Without one, or with a number that is new here, name and birth date do when they leave no
doubt, and it is said; where they do leave doubt, a person decides. Nobody is ever joined with another child unasked.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from leercirkel.apps.organisation.roster.model import NEW, Doubt, Facts, KnownPupil, Matching, Question, State
from leercirkel.core.calendar import school_year_start
from leercirkel.exchange.edexml.model import Pupil, Roster
from leercirkel.exchange.following import Identity, identity
from leercirkel.exchange.rosters import FORMER
from leercirkel.exchange.tables.names import Words, same_first_name, words

Choices = Mapping[int, str]
"""Place in the roster → the answer that was chosen."""


class WrongChoice(ValueError):
    """An answer that was not among the options, or two children at the same time who would be one."""


def window(pupil: Pupil, school_year: int) -> tuple[date | None, date]:
    """From the day of entry (None: not told) up to the day after leaving, as far as it lies in the school year.

    An empty or reversed window: not at school in that year (former pupils, and who comes later).
    """
    start, end = school_year_start(school_year), school_year_start(school_year + 1)
    first = max(start, pupil.enrolled_on) if pupil.enrolled_on else None
    if pupil.grade == FORMER:
        return start, start
    return first, min(end, pupil.left_on + timedelta(days=1)) if pupil.left_on else end


def is_there(pupil: Pupil, school_year: int) -> bool:
    """Whether the pupil is at school on any day of the school year."""
    first, until = window(pupil, school_year)
    return (first or school_year_start(school_year)) < until


def match(state: State, roster: Roster, choices: Choices | None = None) -> Matching:
    """Who each pupil of the roster is. Raises WrongChoice for an answer that cannot be.

    Without an answer the default of a question holds; without a default the pupil counts as new, and the question is
    among `open`.
    """
    return _Matcher(state, roster, dict(choices or {})).run()


class _Matcher:
    def __init__(self, state: State, roster: Roster, choices: dict[int, str]) -> None:
        self.state, self.roster, self.choices = state, roster, choices
        self.found: dict[int, int | None] = {}
        self.same_as: dict[int, int] = {}
        self.questions: list[Question] = []
        self.unanswered: list[Question] = []
        self.left_out: list[int] = []
        self.former: list[int] = []
        self.names = [identity(pupil) for pupil in roster.pupils]
        self.lines: dict[str, list[int]] = defaultdict(list)
        """Who ("17", a known pupil, or "as-3", a new one) → the places in the roster that are this pupil."""
        self.by_name: dict[Identity, list[int]] = defaultdict(list)
        self.by_surname: dict[Words, list[KnownPupil]] = defaultdict(list)
        for known in state.pupils.values():
            name = identity_of(known.facts)
            if name is not None:
                self.by_name[name].append(known.id)
            self.by_surname[words(known.facts.surname)].append(known)

    def run(self) -> Matching:
        rest = self._by_number()
        claimed = {pupil for pupil in self.found.values() if pupil is not None}
        names = Counter(self.names[index] for index in rest)
        for index in rest:
            self._by_name(index, claimed, names)
        self._check()
        unknown = set(self.choices) - {question.index for question in self.questions}
        if unknown:
            raise WrongChoice(f"nobody asked about {sorted(unknown)}")
        return Matching(
            self.found, self.same_as, tuple(self.questions), tuple(self.unanswered), tuple(self.left_out),
            tuple(self.former),
        )  # fmt: skip

    def _by_number(self) -> list[int]:
        """Who has a lasting number that is known; returns the places of the others."""
        holder = {key: known.id for known in self.state.pupils.values() for key in known.keys}
        rest = []
        for index, pupil in enumerate(self.roster.pupils):
            known = holder.get(pupil.key) if pupil.stable_key else None
            if known is None:
                rest.append(index)
            elif someone_else(self.state.pupils[known].facts, pupil):
                self._ask(index, Doubt.KEY_REUSED, [str(known)], None)
            else:
                self._is(index, str(known))
        return rest

    def _by_name(self, index: int, claimed: set[int], names: Counter[Identity | None]) -> None:
        pupil, name = self.roster.pupils[index], self.names[index]
        if name is None and not pupil.stable_key:
            self.left_out.append(index)
            return
        same = self.by_name.get(name, []) if name is not None else []
        free = [str(known) for known in same if known not in claimed]
        if len(free) == 1 and names[name] == 1:
            self._ask(index, Doubt.BY_NAME, free, free[0])
        elif free:
            self._ask(index, Doubt.SEVERAL, free, None)
        elif not is_there(pupil, self.roster.school_year):
            self.former.append(index)  # nobody we know, and not here any more
        elif twice := self._at_other_times(index):
            only = len(twice) == 1 and self.names.count(name) == 2
            self._ask(index, Doubt.TWICE, twice, twice[0] if only else None)
        else:
            namesakes = self.by_surname.get(words(pupil.surname), [])
            alike = [str(known.id) for known in namesakes if known.id not in claimed and _similar(known.facts, pupil)]
            if alike:
                self._ask(index, Doubt.SIMILAR, alike, None)
            else:
                self._is(index, NEW)

    def _at_other_times(self, index: int) -> list[str]:
        """Who has the same name and birth date under another number, and is never at school at the same time."""
        name = self.names[index]
        named = [who for who, lines in self.lines.items() if name is not None and self.names[lines[0]] == name]
        return [who for who in named if not any(self._together(index, other) for other in self.lines[who])]

    def _together(self, one: int, two: int) -> bool:
        year, both = self.roster.school_year, [self.roster.pupils[i] for i in (one, two)]
        if not all(is_there(pupil, year) for pupil in both):
            return False
        (first, until), (other_first, other_until) = (window(pupil, year) for pupil in both)
        return (first or date.min) < other_until and (other_first or date.min) < until

    def _ask(self, index: int, doubt: Doubt, who: Sequence[str], default: str | None) -> None:
        question = Question(index, doubt, (*who, NEW), default)
        self.questions.append(question)
        answer = self.choices.get(index, default)
        if answer is None:
            self.unanswered.append(question)
        elif answer not in question.options:
            raise WrongChoice(f"no such answer for {index}")
        self._is(index, answer or NEW)

    def _is(self, index: int, who: str) -> None:
        if who == NEW:
            self.found[index], who = None, f"as-{index}"
        elif who.startswith("as-"):
            self.same_as[index] = int(who.removeprefix("as-"))
        else:
            self.found[index] = int(who)
        self.lines[who].append(index)

    def _check(self) -> None:
        """Two lines that were said to be one child may not be at school on the same day."""
        lines: dict[int, list[int]] = defaultdict(list)
        for question in self.questions:
            known = self.found.get(question.index)
            if known is not None and question.index in self.choices:
                lines[known].append(question.index)
        for known, chosen in lines.items():
            others = [index for index, pupil in self.found.items() if pupil == known]
            if any(self._together(one, two) for one in chosen for two in others if one != two):
                raise WrongChoice("two pupils who are at school at the same time cannot be one")


def identity_of(facts: Facts) -> Identity | None:
    """As `following.identity`, of a pupil who is known."""
    first, last = words(facts.first_name), words(facts.surname)
    if not first or not last or facts.birth_date is None:
        return None
    return first, words(facts.prefix), last, facts.birth_date


def someone_else(known: Facts, pupil: Pupil) -> bool:
    """Whether a number was given to another child: both the birth date and the name are others."""
    born = known.birth_date is not None and pupil.birth_date is not None and known.birth_date != pupil.birth_date
    named = bool(words(known.surname) and words(pupil.surname) and words(known.first_name) and words(pupil.first_name))
    same = words(known.surname) == words(pupil.surname) and same_first_name(
        words(known.first_name), words(pupil.first_name)
    )
    return born and named and not same


def _similar(known: Facts, pupil: Pupil) -> bool:
    """Of two with the same surname, whether they may be one child: first names that may be one, with the same birth
    date; or the same first name while one of the two has no birth date."""
    if not words(pupil.surname):
        return False
    one, two = words(known.first_name), words(pupil.first_name)
    if known.birth_date is not None and pupil.birth_date is not None:
        return known.birth_date == pupil.birth_date and same_first_name(one, two)
    return bool(one) and one == two
