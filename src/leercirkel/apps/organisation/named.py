"""Names of pupils in what is written for more people than a pupil's file: found, and told to who wrote it.

A name may be an ordinary word, so nothing is refused for it: the writer is asked. Nothing of it goes to a log.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leercirkel.apps import clock
from leercirkel.apps.organisation.models import Pupil, StaffMember
from leercirkel.core.other_names import names_in


class NamesAsked(Exception):
    """Names of pupils may stand in what would be fixed; the user is asked first, nothing was done."""

    def __init__(self, places: Sequence[Named]) -> None:
        super().__init__("names of pupils may stand in the text")
        self.places = tuple(places)


@dataclass(frozen=True, slots=True)
class Named:
    """The names that were found in one field; `field`: what it is called on the page."""

    field: str
    names: tuple[str, ...]

    @property
    def said(self) -> str:
        """“In ‘Aanpak in de les’ staat misschien de naam van een leerling: Noor.”"""
        words = ngettext(
            "In ‘%(field)s’ staat misschien de naam van een leerling: %(names)s.",
            "In ‘%(field)s’ staan misschien namen van leerlingen: %(names)s.", len(self.names),
        )  # fmt: skip
        return words % {"field": self.field, "names": ", ".join(self.names)}

    @property
    def advice(self) -> str:
        """What to do about it."""
        return _("Schrijf liever “een leerling”. Is het een gewoon woord, dan kan het zo blijven.")


def near_pupils(texts: Mapping[Any, str], *, school: int, pupils: Iterable[int]) -> list[Named]:
    """What is named in a text about some pupils: their first and last names; of others of the school only first and
    last name together. No query without words, else one."""
    near = set(pupils)
    return _found(texts, school, near=near.__contains__)


def whole_school(texts: Mapping[Any, str], *, school: int) -> list[Named]:
    """What is named in a text about the whole school: first and last names of those who are here today, but for what
    people of the staff are called as well; of everyone else first and last name together. No query without words, else
    three."""
    if not any(text.strip() for text in texts.values()):
        return []
    today = clock.today()
    here = set(Pupil.objects.filter(school_id=school, enrolments__during__contains=today).values_list("pk", flat=True))
    staff = StaffMember.objects.filter(school_id=school, during__contains=today).values_list("first_name", "surname")
    return _found(texts, school, near=here.__contains__, but={name for row in staff for name in row})


def _found(texts: Mapping[Any, str], school: int, *, near: Any, but: Iterable[str] = ()) -> list[Named]:
    if not any(text.strip() for text in texts.values()):
        return []
    names: set[str] = set()
    rows = Pupil.objects.filter(school_id=school).values_list("pk", "first_name", "prefix", "surname")
    for pk, first, prefix, surname in rows:
        if first and surname:
            names |= {f"{first} {surname}", " ".join(part for part in (first, prefix, surname) if part)}
        if near(pk):
            names |= {first, surname} - set(but)
    return [Named(str(field), found) for field, text in texts.items() if (found := names_in(text, names))]


def said_of(places: Sequence[Named]) -> str:
    """All of it in one line, with what to do."""
    return " ".join([*(one.said for one in places), places[0].advice]) if places else ""
