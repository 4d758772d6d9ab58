"""What the invented schools did about their results, with an effect that is really in the scores.

The truth of each is written here; whoever took part is chosen by the school, from what it knew at the time. Expected
answers: more than expected for the reading approach, chance for what brings nothing, nothing told of what was not
carried out (tests/integration/test_demo_interventions.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random

from leercirkel.demo.careers import History, Seat
from leercirkel.demo.rounds import Round
from leercirkel.demo.schools import School
from leercirkel.demo.scores import Result

EXTRA_HELP = "Extra leeshulp voor de laagste scoorders"


@dataclass(frozen=True, slots=True)
class Undertaking:
    """One intervention. `truth`: pupil SDs that it adds up to each of these rounds. `who` gives pupil numbers."""

    name: str
    subject: str | None
    start: date
    end: date
    planned: int
    given: int
    who: Callable[[Programme], list[str]]
    truth: tuple[tuple[Round, float], ...] = ()
    groups: tuple[str, ...] = ()
    instruction_groups: tuple[str, ...] = ()
    lowest: bool = False
    observed: str = ""


@dataclass(slots=True)
class Programme:
    """All that one school did; fed with the rounds in order, because the school chooses by the results it has."""

    history: History
    rng: Random
    undertakings: tuple[Undertaking, ...]
    results: list[Result] = field(default_factory=list)
    chosen: dict[str, list[str]] = field(default_factory=dict)

    def before(self, round_: Round) -> Iterator[tuple[str, str, float]]:
        """(pupil number, subject, pupil SDs) that are added before this round; chooses who takes part."""
        for done in self.undertakings:
            if done.name not in self.chosen and done.start < round_.window[1]:
                self.chosen[done.name] = done.who(self)
            for at, amount in done.truth:
                if at == round_ and done.subject:
                    yield from ((key, done.subject, amount) for key in self.chosen[done.name])

    def seats_on(self, day: date) -> list[Seat]:
        """The seats of the school year of this day, of pupils who were there on it, in order of pupil number."""
        year = day.year if day.month >= 8 else day.year - 1
        return sorted((s for s in self.history.in_year(year) if s.present_on(day)), key=lambda s: int(s.pupil.key))


def programme(history: History, rng: Random) -> Programme:
    """What this school did within the years of its files."""
    make = _UNDERTAKEN[_school(history)]
    return Programme(history, rng, tuple(u for u in make(history.last_year) if _year(u.start) >= history.first_year))


def _year(day: date) -> int:
    return day.year if day.month >= 8 else day.year - 1


def _sbo(last: int) -> Iterator[Undertaking]:
    autumn, spring = Round(last, "M"), Round(last - 2, "E")
    yield Undertaking(
        "Voortgezet lezen: voor, samen en zelf", "technisch_lezen", date(last, 9, 7), date(last + 1, 1, 8), 16, 15,
        _spread_over_classes(24, date(last, 9, 7), range(4, 8)), ((autumn, 0.40),),
    )  # fmt: skip
    yield Undertaking(
        "Spelling met een app", "spelling", date(last, 9, 7), date(last + 1, 1, 8), 16, 15,
        _spread_over_classes(28, date(last, 9, 7), range(5, 9)),
    )  # fmt: skip
    yield Undertaking(
        EXTRA_HELP, "begrijpend_lezen", date(last, 9, 14), date(last + 1, 1, 8), 14, 12,
        _lowest(12, "begrijpend_lezen", date(last, 9, 14), range(4, 8)), lowest=True,
    )  # fmt: skip
    yield Undertaking(
        "Rekenen: elke dag automatiseren", "rekenen", date(last, 10, 5), date(last + 1, 1, 8), 12, 3,
        lambda _: [], groups=("Valken", "Zwaluwen"),
    )  # fmt: skip
    yield Undertaking(
        "Herindeling van de instructiegroepen rekenen", "rekenen", date(last - 1, 2, 10), date(last - 1, 6, 6), 15, 15,
        _everybody_taught(date(last - 1, 2, 10)), ((spring, 0.10),),
        instruction_groups=tuple(f"rekenen {n}" for n in range(1, 9)),
    )  # fmt: skip
    yield _sova(last)


def _bao(last: int) -> Iterator[Undertaking]:
    start = date(last, 2, 9)
    yield Undertaking(
        "Nieuwe rekenmethode als proef", "rekenen", start, date(last + 1, 1, 22), 36, 34,
        _in_groups(("Groep 5", "Groep 6"), start), ((Round(last - 1, "E"), -0.50), (Round(last, "M"), 0.60)),
        groups=("Groep 5", "Groep 6"),
    )  # fmt: skip
    yield Undertaking(
        "Spelling met een app", "spelling", date(last, 9, 7), date(last + 1, 1, 8), 16, 15,
        lambda _: [], groups=("Groep 7",),
    )  # fmt: skip
    yield Undertaking(
        EXTRA_HELP, "begrijpend_lezen", date(last, 9, 14), date(last + 1, 1, 8), 14, 12,
        _lowest(12, "begrijpend_lezen", date(last, 9, 14), range(4, 8)), lowest=True,
    )  # fmt: skip
    yield _sova(last)


def _units(last: int) -> Iterator[Undertaking]:
    yield Undertaking(
        "Voortgezet lezen: voor, samen en zelf", "technisch_lezen", date(last, 9, 7), date(last + 1, 1, 8), 16, 15,
        _spread_over_classes(24, date(last, 9, 7), range(4, 8)), ((Round(last, "M"), 0.40),),
    )  # fmt: skip
    yield Undertaking(
        EXTRA_HELP, "begrijpend_lezen", date(last, 9, 14), date(last + 1, 1, 8), 14, 12,
        _lowest(12, "begrijpend_lezen", date(last, 9, 14), range(4, 8)), lowest=True,
    )  # fmt: skip
    yield Undertaking(
        "Rekenen: elke dag automatiseren", "rekenen", date(last, 10, 19), date(last + 1, 1, 8),
        10, 3, lambda _: [], instruction_groups=("rekenen 5-6 begeleide route", "rekenen 7-8 begeleide route"),
    )  # fmt: skip
    yield Undertaking(
        "Spelling met een app", "spelling", date(last, 9, 7), date(last + 1, 1, 8), 16, 15,
        lambda _: [], groups=("5/6A",),
    )  # fmt: skip
    yield _sova(last)


def _school(history: History) -> School:
    return "bao-units" if history.profile.units else history.profile.kind


_UNDERTAKEN: dict[School, Callable[[int], Iterator[Undertaking]]] = {"sbo": _sbo, "bao": _bao, "bao-units": _units}


def _sova(last: int) -> Undertaking:
    goal = '{ goal = "vraagt een ander om mee te doen", reached = 5, of = 8, observers = 2 }'
    first = date(last, 9, 21)
    return Undertaking(
        "SOVA-training", None, first, date(last, 12, 4), 10, 10, _spread_over_classes(8, first, range(6, 8)),
        observed=goal,
    )  # fmt: skip


def _spread_over_classes(count: int, day: date, grades: range) -> Callable[[Programme], list[str]]:
    """So many pupils from all classes in turn, chosen without looking at scores; never who gets extra help."""

    def who(plan: Programme) -> list[str]:
        helped = set(plan.chosen.get(EXTRA_HELP) or _lowest(12, "begrijpend_lezen", day, range(4, 8))(plan))
        # Who was not there before summer has no earlier result.
        before = date(day.year, 5, 1)
        by_class: dict[str, list[str]] = {}
        for seat in plan.seats_on(day):
            if seat.grade in grades and seat.pupil.enrolled_on < before and seat.pupil.key not in helped:
                by_class.setdefault(seat.group, []).append(seat.pupil.key)
        for keys in by_class.values():
            plan.rng.shuffle(keys)
        longest = max(map(len, by_class.values()), default=0)
        turns = [keys[i] for i in range(longest) for _, keys in sorted(by_class.items()) if i < len(keys)]
        return sorted(turns[:count], key=int)

    return who


def _lowest(count: int, subject: str, day: date, grades: range) -> Callable[[Programme], list[str]]:
    """The pupils with the lowest percentile on the last test before this day."""

    def who(plan: Programme) -> list[str]:
        now = {s.pupil.key: s.grade for s in plan.seats_on(day) if s.grade in grades}
        last = [
            r for r in plan.results
            if r.subject == subject and r.score is not None and (r.seat.school_year, r.moment) == (day.year - 1, "E")
            and now.get(r.seat.pupil.key) == r.seat.grade + 1  # who repeats gets a plan of their own
        ]  # fmt: skip
        lowest = sorted(last, key=lambda r: (_place_in_grade(r, last), r.seat.pupil.key))[:count]
        return sorted((r.seat.pupil.key for r in lowest), key=int)

    return who


def _place_in_grade(result: Result, of: Sequence[Result]) -> float:
    """The share of pupils of the same grade with a lower score."""
    scores = [r.score for r in of if r.seat.grade == result.seat.grade]
    return sum((s or 0.0) < (result.score or 0.0) for s in scores) / len(scores)


def _in_groups(groups: Sequence[str], day: date) -> Callable[[Programme], list[str]]:
    return lambda plan: [s.pupil.key for s in plan.seats_on(day) if s.group in groups]


def _everybody_taught(day: date) -> Callable[[Programme], list[str]]:
    return lambda plan: [s.pupil.key for s in plan.seats_on(day) if s.grade >= 3]


AGREEMENTS: dict[School, tuple[tuple[str, str, str, str | None, str | None], ...]] = {
    "sbo": (
        ("E", "elke dag vijf minuten automatiseren", "partly", "rekenen", None),
        ("E", "na elke AVI-toets samen met de leerling een nieuw leesdoel kiezen", "done", "technisch_lezen", None),
        ("E", "de woorden van de week ook in de andere vakken terug laten komen", "not_done", "spelling", "Reigers"),
    ),
    "bao": (
        ("E", "elke dag uitgestelde aandacht bij rekenen, zodat er tijd is voor verlengde instructie", "partly",
         "rekenen", None),
        ("E", "twee keer per week voorlezen met een gesprek over moeilijke woorden", "done", "woordenschat", None),
    ),
    "bao-units": (
        ("E", "bij elke blokvoorbereiding de routes rekenen opnieuw bekijken", "partly", "rekenen", None),
        ("E", "in elke unit dagelijks een half uur stil lezen", "done", "technisch_lezen", None),
        ("E", "de moeilijke woorden van de week ophangen en herhalen", "not_done", "woordenschat", "3/4B"),
    ),
}  # fmt: skip
"""Moment (of the school year before the last one), text, whether it was done, subject, group."""


def toml(plan: Programme) -> str:
    """The file as the school would write it: newest plans first, then what was agreed on."""
    profile, last = plan.history.profile, plan.history.last_year
    blocks = [f"# Aanpakken en afspraken van {profile.name}.\n", f'school_name = "{profile.name}"\n']
    for done in plan.undertakings:
        pupils = [] if done.groups or done.instruction_groups else plan.chosen.get(done.name, [])
        if not (pupils or done.groups or done.instruction_groups):
            continue
        blocks.append(f'\n[[intervention]]\nname = "{done.name}"\n')
        blocks.append(f'subject = "{done.subject}"\n' if done.subject else "")
        blocks.append(f"from = {done.start}\nuntil = {done.end}\n")
        blocks.append(f"weeks_planned = {done.planned}\nweeks_given = {done.given}\n")
        for key, names in (
            ("groups", done.groups),
            ("instruction_groups", done.instruction_groups),
            ("pupils", pupils),
        ):
            listed = ", ".join(f'"{name}"' for name in names)
            blocks.append(f"{key} = [{listed}]\n" if names else "")
        blocks.append('selected = "lowest"\n' if done.lowest else "")
        blocks.append(f"observed = {done.observed}\n" if done.observed else "")
    if plan.history.first_year < last:
        for moment, text, how, subject, group in AGREEMENTS[_school(plan.history)]:
            blocks.append(f'\n[[agreement]]\nschool_year = "{last - 1}-{last}"\nmoment = "{moment}"\ntext = "{text}"\n')
            blocks.append(f'done = "{how}"\n')
            blocks.append(f'subject = "{subject}"\n' if subject else "")
            blocks.append(f'group = "{group}"\n' if group else "")
    return "".join(blocks)
