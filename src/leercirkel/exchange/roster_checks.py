"""What the rosters of one school say twice, or otherwise than each other. Names are shown only where they differ."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations, pairwise

from leercirkel.core.calendar import school_year_label
from leercirkel.core.text import squeezed
from leercirkel.exchange.edexml.fields import starting
from leercirkel.exchange.edexml.model import Group, Pupil, Roster
from leercirkel.exchange.following import identity
from leercirkel.exchange.problems import Problem, shorten
from leercirkel.exchange.tables.names import same_first_name, words

TEACHER = "LRK"


def told_of(rosters: Sequence[Roster]) -> list[Problem]:
    """Twins, pupils who are enrolled twice, first names in two spellings, and what changed between two rosters of one
    school year: groups with another name, teachers who are gone."""
    newest: dict[int, Roster] = {}
    problems: list[Problem] = []
    for roster in sorted(rosters, key=lambda r: (r.school_year, _made_on(r))):
        before = newest.get(roster.school_year)
        if before is not None:
            problems += [*_renamed(before, roster), *_gone(before, roster)]
        newest[roster.school_year] = roster
    kept = list(newest.values())
    for roster in kept:
        problems += _enrolled_twice(roster)
    if kept:
        problems += _twins(kept[-1])
    for before, after in pairwise(kept):
        problems += _respelled(before, after)
    return problems


def _made_on(roster: Roster) -> date:
    return roster.reference_date or roster.created_on or date.min


def _twins(roster: Roster) -> Iterator[Problem]:
    """Who can only be told apart by first name: results without a number go to the wrong child at the first slip."""
    alike: dict[tuple[object, ...], list[Pupil]] = defaultdict(list)
    for pupil in roster.pupils:
        if pupil.birth_date is not None and words(pupil.surname):
            alike[words(pupil.prefix), words(pupil.surname), pupil.birth_date].append(pupil)
    for found in alike.values():
        if len({words(pupil.first_name) for pupil in found}) > 1:
            keys = " en ".join(shorten(pupil.key, 20) for pupil in found[:4])
            message = f"Leerling {keys} hebben dezelfde achternaam en geboortedatum: een tweeling?"
            advice = "U hoeft niets te doen, als in de resultaten leerlingnummers staan."
            yield Problem("notice", roster.file, "twins", message, advice, found[1].row, "achternaam", keys)


def _enrolled_twice(roster: Roster) -> Iterator[Problem]:
    """One child under two numbers. At the same time: every count has one child too many; after each other: the child
    seems to have left, and the results of before and after are not followed."""
    children: dict[object, list[Pupil]] = defaultdict(list)
    for pupil in roster.pupils:
        name = identity(pupil)
        if name is not None:
            children[name].append(pupil)
    for found in children.values():
        for one, two in combinations(found[:5], 2):
            together = _first(one) <= _last(two) and _first(two) <= _last(one)
            keys = f"{shorten(one.key, 20)} en {shorten(two.key, 20)}"
            message = f"Leerling {keys} hebben dezelfde naam en geboortedatum: één kind dat twee keer is ingeschreven?"
            message += " Het telt dan dubbel." if together else " De groei van dit kind is dan niet te volgen."
            advice = "Voeg in de administratie de inschrijvingen onder één nummer samen en exporteer opnieuw."
            severity = "error" if together else "warning"
            yield Problem(severity, roster.file, "pupil-enrolled-twice", message, advice, two.row,  # type: ignore[arg-type]
                          "leerling/@key", keys)  # fmt: skip


def _first(pupil: Pupil) -> date:
    return pupil.enrolled_on or date.min


def _last(pupil: Pupil) -> date:
    return pupil.left_on or date.max


def _respelled(before: Roster, after: Roster) -> Iterator[Problem]:
    """The same number, surname and birth date with another first name than a year before."""
    known = {pupil.key: pupil for pupil in before.pupils if pupil.stable_key}
    for pupil in after.pupils:
        old = known.get(pupil.key)
        if old is None or not pupil.stable_key or old.first_name == pupil.first_name:
            continue
        same = (words(old.surname), old.birth_date) == (words(pupil.surname), pupil.birth_date)
        one, two = words(old.first_name), words(pupil.first_name)
        if same and one and two and not same_first_name(one, two):
            message = f"De roepnaam van leerling {shorten(pupil.key, 20)} is anders geschreven dan in {before.file}."
            advice = "Kies één schrijfwijze; op naam wordt deze leerling anders niet gevonden."
            spellings = f"{shorten(old.first_name, 30)} / {shorten(pupil.first_name, 30)}"
            yield Problem("notice", after.file, "first-name-differs", message, advice, pupil.row, "roepnaam", spellings)


def _renamed(before: Roster, after: Roster) -> Iterator[Problem]:
    """A class of the older roster whose name is gone, where most of its pupils now sit in a class with a new name."""
    old, new = _classes(before), _classes(after)
    sits = {pupil.key: pupil.group for pupil in after.pupils if pupil.group}
    for key, group in old.items():
        if any(squeezed(group.name) == squeezed(g.name) for g in new.values()):
            continue
        pupils = [p.key for p in before.pupils if p.group == key]
        now = Counter(sits[p] for p in pupils if p in sits).most_common(1)
        if not now or 2 * now[0][1] <= len(pupils) or now[0][0] not in new:
            continue
        name = new[now[0][0]].name
        if any(squeezed(name) == squeezed(g.name) for g in old.values()):
            continue
        year = school_year_label(after.school_year)
        message = f"{starting(_called(group))} ({before.file}) heet later in {year} {shorten(name, 30)}."
        advice = f"In het rapport staat {shorten(name, 30)}; noem de groep ook zo in aanpakken en afspraken."
        yield Problem("notice", after.file, "group-renamed", message, advice, None, "groep/naam", shorten(name))


def _called(group: Group) -> str:
    """The group in a sentence: "groep Uilen", and "groep 8" where that is its name."""
    name = shorten(group.name, 30)
    return name[:1].lower() + name[1:] if name.casefold().startswith("groep") else f"groep {name}"


def _classes(roster: Roster) -> dict[str, Group]:
    return {group.key: group for group in roster.groups if not group.mixed}


def _gone(before: Roster, after: Roster) -> Iterator[Problem]:
    """A teacher of a class who is not in the newer roster; told as a warning when the class now has no teacher."""
    present = {member.key for member in after.staff}
    classes = _classes(after)
    taught = {group for member in after.staff if TEACHER in member.roles for group in member.groups}
    if not after.staff:
        return
    for member in before.staff:
        left = [key for key in member.groups if key in classes]
        if TEACHER not in member.roles or member.key in present or not left:
            continue
        names = ", ".join(_called(classes[key]) for key in left[:4])
        alone = [key for key in left if key not in taught]
        message = f"Leerkracht {shorten(member.key, 20)} van {names} staat in {before.file} en hier niet meer."
        if alone:
            message += " Deze groep heeft nu geen leerkracht in het bestand."
        advice = "Koppel de nieuwe leerkracht in de administratie; voor de cijfers maakt het niet uit."
        yield Problem("warning" if alone else "notice", after.file, "teacher-gone", message, advice, None,
                      "leerkracht/@key", shorten(member.key, 20))  # fmt: skip
