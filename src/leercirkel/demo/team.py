"""Who works at an invented school: a team of twenty, with who was there before them. All names are invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from leercirkel.demo.people import Namer, Person
from leercirkel.demo.schools import Profile

HEAD, COORDINATOR, TEACHER = "DIR", "IB", "LRK"
ASSISTANT, SOCIAL_WORKER, SPECIALIST, OFFICE = "OWA", "SMW", "VAK", "ADM"

FUNCTIONS = {
    HEAD: "directeur",
    COORDINATOR: "kwaliteitscoördinator",
    ASSISTANT: "onderwijsassistent",
    SOCIAL_WORKER: "schoolmaatschappelijk werker",
    SPECIALIST: "vakleerkracht gym",
    OFFICE: "administratie",
    TEACHER: "leerkracht",
}
"""EDEXML role → what the school calls it."""

_BESIDE_TEACHERS = ((HEAD, 1), (COORDINATOR, 2), (ASSISTANT, 2), (SOCIAL_WORKER, 1), (SPECIALIST, 1), (OFFICE, 1))

_CLASSES = (*((0,), (0,), (1,), (2,), (2,), (3,), (3, 5), (4,), (5,), (6,), (7,), (7,)),)
"""The twelve teachers' classes by their place in the roster: five classes have a duo, one teacher is half of two."""

_LEFT_IN_JANUARY = 2
"""The place in `_CLASSES` of the teacher of an SBO whose work was taken over in February."""

_OUTSIDE = ("schoolcontactpersoon", "logopedist", "orthopedagoog")
_TURNOVER = 5
"""School years, up to the last, in which one teacher each came in the place of another."""


@dataclass(frozen=True, slots=True)
class Member:
    """Someone who works at the school. `role`: code of EDEXML, None for who comes from outside and is in no roster.

    `classes`: places of the classes in the roster's order. `since` and `until` (included): None while it lasts.
    """

    key: str
    person: Person
    function: str
    role: str | None
    classes: tuple[int, ...]
    since: date
    until: date | None = None
    substitute: bool = False

    def there_on(self, day: date) -> bool:
        """Whether the member works at the school on a day."""
        return self.since <= day and (self.until is None or day <= self.until)

    def teaches(self, place: int) -> bool:
        """Whether the class at this place of the roster is the member's; a ninth class is led by who has the first."""
        return place % 8 in self.classes


def team(profile: Profile, last_year: int, rng: Random) -> tuple[Member, ...]:
    """Everyone who worked at the school in the years up to `last_year`, each with a key of their own."""
    namer = Namer(rng, 0.15, 0.25, 1)
    places: list[tuple[str, tuple[int, ...]]] = [(role, ()) for role, count in _BESIDE_TEACHERS for _ in range(count)]
    places += [(TEACHER, classes) for classes in _CLASSES]
    people = [namer.person(1985) for _ in range(len(places) + len(_OUTSIDE) + _TURNOVER + 1)]
    numbered = iter(enumerate(people, 1))
    out: list[Member] = []

    def add(function: str, role: str | None, classes: tuple[int, ...], since: date) -> None:
        number, person = next(numbered)
        out.append(Member(f"M{number:02d}", person, function, role, classes, since))

    for role, classes in places:
        add(FUNCTIONS[role], role, classes, date(last_year - rng.randrange(9, 20), 8, 1))
    for function in _OUTSIDE:
        add(function, None, (), date(last_year - 3, 8, 1))
    first_teacher = len(places) - len(_CLASSES)
    moved = [place for place in range(len(_CLASSES)) if place != _LEFT_IN_JANUARY]
    for years_ago, place in enumerate(rng.sample(moved, _TURNOVER)):
        number, person = next(numbered)
        _take_over(out, first_teacher + place, f"M{number:02d}", person, date(last_year - years_ago, 8, 1))
    if profile.kind == "sbo":
        number, person = next(numbered)
        successor = date(last_year + 1, 2, 1)
        _take_over(out, first_teacher + _LEFT_IN_JANUARY, f"M{number:02d}", person, successor, substitute=True)
    return tuple(out)


def _take_over(out: list[Member], place: int, key: str, person: Person, day: date, *, substitute: bool = False) -> None:
    """A new member from `day` on in the place of another, who worked there until the end of the month before."""
    gone = out[place]
    until = date.fromordinal(day.toordinal() - 1)
    out[place] = Member(key, person, gone.function, gone.role, gone.classes, day, substitute=substitute)
    out.append(Member(gone.key, gone.person, gone.function, gone.role, gone.classes, gone.since, until))
