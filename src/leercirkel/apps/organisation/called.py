"""What pupils are called where only first names fit: told apart where two have the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from leercirkel.apps.organisation.models import Pupil


def same_first_name(pupils: Iterable[Pupil]) -> frozenset[int]:
    """Of these pupils those (by id) whose first name another of them has too; capitals make no difference."""
    each = list(pupils)
    number = Counter(_first(pupil).casefold() for pupil in each)
    return frozenset(pupil.pk for pupil in each if number[_first(pupil).casefold()] > 1)


def called(pupils: Iterable[Pupil]) -> dict[int, str]:
    """Pupil (id) → first name; where two of them have the same, with the letter that the surname begins with ("Nikki
    M."), and where that is the same too with the whole name ("Nikki van der Molendijk")."""
    each = list(pupils)
    same = same_first_name(each)
    names = {pupil.pk: _with_letter(pupil) if pupil.pk in same else _first(pupil) for pupil in each}
    number = Counter(name.casefold() for name in names.values())
    return {pupil.pk: str(pupil) if number[names[pupil.pk].casefold()] > 1 else names[pupil.pk] for pupil in each}


def _first(pupil: Pupil) -> str:
    return pupil.first_name or str(pupil)


def _with_letter(pupil: Pupil) -> str:
    return f"{pupil.first_name} {pupil.surname[:1].upper()}." if pupil.first_name and pupil.surname else str(pupil)
