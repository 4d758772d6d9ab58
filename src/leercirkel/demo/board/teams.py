"""Teams, open cases and meetings of an invented school on the day of the demonstration, as TOML."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from leercirkel.demo.careers import History, Seat
from leercirkel.demo.rounds import DEMO_DAY
from leercirkel.demo.team import ASSISTANT, COORDINATOR, HEAD, SOCIAL_WORKER, TEACHER, Member

CONTACT = "schoolcontactpersoon"
_OUTSIDE_TEAM = ("orthopedagoog",)

_LEARNING_TEAMS = (("onderbouw", (0, 1, 2)), ("middenbouw", (3, 4, 5)), ("bovenbouw", (6, 7)))
"""Name and the places of its classes in the roster."""

_SUBJECT_TEAMS = (
    ("technisch lezen", "technisch_lezen"),
    ("taal en begrijpend lezen", "begrijpend_lezen"),
    ("spelling", "spelling"),
    ("rekenen", "rekenen"),
    ("sociaal-emotioneel", ""),
)
"""Name and the code of its subject; social-emotional is no subject with results."""

_OPEN_CASES = {"sbo": 18, "bao": 6}
_ON_THE_AGENDA = 8


@dataclass(frozen=True, slots=True)
class Day:
    """The day of the demonstration at a school: who is there, in which classes."""

    history: History
    members: tuple[Member, ...]
    today: date
    seats: tuple[Seat, ...]
    classes: tuple[str, ...]

    def keys(self, *roles: str) -> list[str]:
        """Of who works here now, by role in the roster."""
        return [m.key for m in self.members if m.role in roles and m.there_on(self.today)]

    def from_outside(self, *functions: str) -> list[str]:
        """Of who comes from outside, by function."""
        return [m.key for m in self.members if m.role is None and m.function in functions]

    def teachers_of(self, places: Iterable[int]) -> list[str]:
        """Of who leads these classes now."""
        wanted = set(places)
        return [m.key for m in self.members if m.there_on(self.today) and wanted & set(m.classes)]


def day_of(history: History, members: tuple[Member, ...]) -> Day:
    """The school on the day of the demonstration; classes in the order of its roster."""
    today = date(history.last_year + 1, *DEMO_DAY)
    seats = tuple(s for s in history.in_year(history.last_year) if s.present_on(today))
    classes = sorted({s.group for s in seats}, key=lambda name: (min(s.grade for s in seats if s.group == name), name))
    return Day(history, members, today, seats, tuple(classes))


def teams_toml(day: Day, rng: Random) -> str:
    """All teams, cases and meetings of the school."""
    parts = [*_teams(day), *_cases(day, rng), *_meetings(day, rng)]
    return "\n\n".join(["# Teams, casussen en overleggen: wat de school zelf bijhoudt.", *parts]) + "\n"


def _teams(day: Day) -> Iterator[str]:
    coordinators, since = day.keys(COORDINATOR), date(day.history.last_year, 8, 1)
    for name, places in _LEARNING_TEAMS:
        members = [*day.teachers_of(places), coordinators[0]]
        members += day.keys(ASSISTANT)[1:] if 0 in places else []
        groups = [day.classes[place] for place in places if place < len(day.classes)]
        yield _table("team", kind="learning", name=f"Leerteam {name}", groups=groups, members=members,
                     chair=members[0], since=since)  # fmt: skip
    teachers, assistants = day.keys(TEACHER), day.keys(ASSISTANT)
    for place, (name, subject) in enumerate(_SUBJECT_TEAMS):
        members = teachers[place :: len(_SUBJECT_TEAMS)]
        members += assistants[:1] if place == 0 else []
        yield _table("team", kind="subject", name=f"Regiegroep {name}", subject=subject, members=members,
                     chair=members[0], since=since)  # fmt: skip
    support = [*coordinators, *day.keys(HEAD, SOCIAL_WORKER), *day.from_outside(*_OUTSIDE_TEAM)]
    yield _table("team", kind="support", name="Ondersteuningsteam", members=support, chair=support[0], since=since)


def _cases(day: Day, rng: Random) -> Iterator[str]:
    count = _OPEN_CASES[day.history.profile.kind]
    coordinator, (worker,), (contact,) = day.keys(COORDINATOR)[-1], day.keys(SOCIAL_WORKER), day.from_outside(CONTACT)
    for place, seat in enumerate(_chosen(day.seats, count, rng)):
        members = [coordinator]
        members += [worker] if place % 3 < 2 else []
        members += [contact] if place % 3 == 1 else []
        before = timedelta(weeks=rng.randrange(3, 37), days=rng.choice((-3, -2, -1, 0, 1)))  # no day in a weekend
        opened = max(day.today - before, seat.pupil.enrolled_on)
        # the parents of one of these do not know yet that someone from outside helps
        informed = {} if place == 4 else {"parents_informed_on": opened}
        yield _table("case", pupil=seat.pupil.key, since=opened, members=members, **informed)


def _meetings(day: Day, rng: Random) -> Iterator[str]:
    """Two that are going on today, one next week. Of two pupils on the agenda the parents do not know yet."""
    informed = day.today - timedelta(days=12)
    pupils = [seat.pupil.key for seat in _chosen(day.seats, _ON_THE_AGENDA, rng)]
    told = [{"pupil": key, "parents_informed_on": informed} for key in pupils[:-2]]
    agenda = [*told, *({"pupil": key} for key in pupils[-2:])]
    yield _table("meeting", title="Ondersteuningsteam", team="Ondersteuningsteam", day=day.today,
                 attendees=day.from_outside(CONTACT), agenda=agenda)  # fmt: skip
    yield _table("meeting", title="Groepsbespreking onderbouw", team="Leerteam onderbouw", day=day.today,
                 attendees=[], agenda=[{"group": day.classes[1]}])  # fmt: skip
    yield _table("meeting", title="Groepsbespreking middenbouw", team="Leerteam middenbouw",
                 day=day.today + timedelta(days=7), starts="14.45", ends="16.15", attendees=[],
                 agenda=[{"group": name} for name in day.classes[3:6]])  # fmt: skip


def _chosen(seats: Sequence[Seat], count: int, rng: Random) -> list[Seat]:
    """That many pupils, spread over the classes."""
    shuffled = rng.sample(list(seats), len(seats))
    taken: dict[str, int] = {}
    for seat in shuffled:
        taken[seat.pupil.key] = sum(s.group == seat.group for s in shuffled[: shuffled.index(seat)])
    return sorted(shuffled, key=lambda s: taken[s.pupil.key])[:count]


def _table(header: str, **values: object) -> str:
    lines = [f"[[{header}]]", *(f"{name} = {_value(value)}" for name, value in values.items() if value != "")]
    return "\n".join(lines)


def _value(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return f"[{', '.join(_value(one) for one in value)}]"
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{name} = {_value(one)}' for name, one in value.items())} }}"
    return json.dumps(value, ensure_ascii=False)
