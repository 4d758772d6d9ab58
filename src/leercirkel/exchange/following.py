"""Pupils whose key is not stable, followed over the school years on name and birth date: one child, one key.

Rules: docs/domein/edexml.md (temporary keys).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from leercirkel.exchange.edexml.model import Pupil, Roster
from leercirkel.exchange.problems import Problem
from leercirkel.exchange.tables.names import Words, words

Identity = tuple[Words, Words, Words, date]
"""First name, prefix and surname as they are compared, and the day of birth."""


def identity(pupil: Pupil) -> Identity | None:
    """What makes a pupil recognisable without a key; None unless first name, surname and birth date are all there."""
    first, last = words(pupil.first_name), words(pupil.surname)
    if not first or not last or pupil.birth_date is None:
        return None
    return first, words(pupil.prefix), last, pupil.birth_date


def with_safe_keys(rosters: Sequence[Roster], problems: list[Problem]) -> tuple[Roster, ...]:
    """The rosters (one per school year, oldest first) with keys that are the same for one child and never for two.

    A pupil with a dummy key who has the same name and birth date in several years, and is the only one in each, gets
    the stable key of the years that give one, else the first dummy key with its year ("#001@2023"); `stable_key` is
    true then, since the key holds in all these rosters. Any other dummy key that occurs in several years gets its year
    behind it. Who could not be followed is added to `problems`.
    """
    names = [[identity(pupil) for pupil in roster.pupils] for roster in rosters]
    double = {name for listed in names for name, times in Counter(listed).items() if name is not None and times > 1}
    years = Counter(name for listed in names for name in set(listed))
    followed = _followed(rosters, names, double)
    left = [
        key
        for roster, listed in zip(rosters, names, strict=True)
        for key in {p.key for p, n in zip(roster.pupils, listed, strict=True) if not p.stable_key and n not in followed}
    ]
    shared = {key for key, times in Counter(left).items() if times > 1}
    made = []
    for roster, listed in zip(rosters, names, strict=True):
        pupils: list[Pupil] = []
        unclear: list[Pupil] = []
        alone: list[Pupil] = []
        for pupil, name in zip(roster.pupils, listed, strict=True):
            if name in followed:
                pupils.append(replace(pupil, key=followed[name], stable_key=True))
                continue
            safe = not pupil.stable_key and pupil.key in shared
            pupils.append(replace(pupil, key=f"{pupil.key}@{roster.school_year}") if safe else pupil)
            if not pupil.stable_key:
                (unclear if name is None or name in double or years[name] > 1 else alone).append(pupil)
        if len(rosters) > 1:
            problems += _told(roster, unclear, alone)
        made.append(replace(roster, pupils=tuple(pupils)) if tuple(pupils) != roster.pupils else roster)
    return tuple(made)


def _followed(
    rosters: Sequence[Roster], names: list[list[Identity | None]], double: set[Identity]
) -> dict[Identity | None, str]:
    """Name and birth date → the one key of a pupil with a dummy key in at least one of several years."""
    found: dict[Identity, list[tuple[Roster, Pupil]]] = defaultdict(list)
    for roster, listed in zip(rosters, names, strict=True):
        for pupil, name in zip(roster.pupils, listed, strict=True):
            if name is not None and name not in double:
                found[name].append((roster, pupil))
    holders = [{pupil.key: pupil for pupil in roster.pupils if pupil.stable_key} for roster in rosters]
    keys: dict[Identity | None, str] = {}
    for name, history in found.items():
        if len(history) < 2 or all(pupil.stable_key for _, pupil in history):
            continue
        stable = {pupil.key for _, pupil in history if pupil.stable_key}
        if len(stable) > 1:
            continue
        if stable:
            key = next(iter(stable))
            # the stable key may be of somebody else in a year in which this name has a dummy key
            own = {id(pupil) for _, pupil in history}
            if any(key in held and id(held[key]) not in own for held in holders):
                continue
        else:
            roster, pupil = history[0]
            key = f"{pupil.key}@{roster.school_year}"
        keys[name] = key
    return keys


def _told(roster: Roster, unclear: list[Pupil], alone: list[Pupil]) -> list[Problem]:
    problems = []
    if unclear:
        message = (
            f"{_have(unclear)} een tijdelijk nummer (het begint met #) en {'is' if len(unclear) == 1 else 'zijn'} niet "
            "over de jaren te volgen: roepnaam, achternaam of geboortedatum ontbreekt of past niet op één leerling."
        )
        advice = "Maak de export opnieuw met vaste leerlingnummers, of vul namen en geboortedata aan."
        problems.append(Problem("warning", roster.file, "keys-not-stable", message, advice, unclear[0].row,
                                "leerling/@key"))  # fmt: skip
    if alone:
        message = (
            f"{_have(alone)} een tijdelijk nummer (het begint met #) en {'staat' if len(alone) == 1 else 'staan'} met "
            "deze naam en geboortedatum in geen ander jaar."
        )
        advice = "Bij nieuwe en vertrokken leerlingen hoeft u niets te doen; kijk anders naam en geboortedatum na."
        problems.append(Problem("notice", roster.file, "keys-in-one-year", message, advice, alone[0].row,
                                "leerling/@key"))  # fmt: skip
    return problems


def _have(pupils: list[Pupil]) -> str:
    return "1 leerling heeft" if len(pupils) == 1 else f"{len(pupils)} leerlingen hebben"
