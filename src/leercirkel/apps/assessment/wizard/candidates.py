"""Who somebody in a file could be: pupils of the school that have something in common with what the file says."""

from __future__ import annotations

from collections.abc import Iterable

from leercirkel.apps.assessment.known import Known
from leercirkel.apps.assessment.wizard.whose import Stranger
from leercirkel.exchange.edexml.model import Pupil
from leercirkel.exchange.tables.names import full_forms, same_first_name, surname_forms, words

MOST = 4
ENOUGH = 4


def candidates(known: Known, strangers: Iterable[Stranger], may: frozenset[int] | None) -> dict[str, list[int]]:
    """`written` of each stranger → ids of who it could be, the likeliest first; of those whom the user may see (`may`,
    None: everyone). Nobody resembles them: an empty list."""
    people = {p.key: p for roster in known.rosters for p in roster.pupils}
    mine = [(known.ids[key], person) for key, person in people.items() if may is None or known.ids[key] in may]
    found = {}
    for stranger in strangers:
        scored = [(_likeness(person, stranger), pupil) for pupil, person in mine]
        likely = sorted((pair for pair in scored if pair[0] >= ENOUGH), key=lambda pair: (-pair[0], pair[1]))
        found[stranger.written] = [pupil for _, pupil in likely[:MOST]]
    return found


def _likeness(person: Pupil, stranger: Stranger) -> int:
    """Points for a birth date (3), a number (4), a surname (3), a first name (1), or part of a name (1) in common: a
    surname alone says nothing in a school with brothers and sisters."""
    points = 0
    if stranger.birth_date is not None and stranger.birth_date == person.birth_date:
        points += 3
    key = (stranger.key or "").strip().lstrip("0")
    if key and key == person.key.lstrip("0"):
        points += 4
    surname = words(stranger.surname)
    if (
        surname
        and stranger.first_name is None
        and surname in full_forms(person.surname, person.prefix, person.first_name)
    ):
        return points + 4
    if surname and tuple(sorted(surname)) in surname_forms(person.surname, person.prefix):
        points += 3
    elif set(surname) & {word for word in words(person.surname) if len(word) > 3}:
        points += 1
    if stranger.first_name and same_first_name(words(stranger.first_name), words(person.first_name)):
        points += 1
    return points
