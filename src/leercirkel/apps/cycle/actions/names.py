"""No names of pupils in what is read by more people than a pupil's file, and kept longer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from leercirkel.apps.access.refusals import Refused
from leercirkel.apps.cycle.models import RoundMeeting
from leercirkel.apps.organisation.models import Enrolment, Pupil
from leercirkel.apps.organisation.named import Named, near_pupils, whole_school


class NamesAPupil(Refused):
    """Minutes, findings and explanations go to more people than a pupil's file."""

    def __init__(self, names: list[str]) -> None:
        self.text = _("In de tekst staat een naam van een leerling: %s. Schrijf “een leerling”.") % ", ".join(names)
        super().__init__()


def named_in_talk(talk: RoundMeeting, texts: Mapping[Any, str]) -> list[Named]:
    """What may be a name of a pupil in what is written of a talk: of the group's pupils, or of the whole school. At
    most three queries, none without words."""
    if talk.group_id is None:
        return whole_school(texts, school=talk.school_id)
    pupils = Enrolment.objects.filter(group=talk.group_id).values_list("pupil_id", flat=True)
    return near_pupils(texts, school=talk.school_id, pupils=pupils)


def check_names(text: str, *, school: int, group: int | None) -> None:
    """Raises NamesAPupil when a pupil's name stands in the text.

    About a group: the first names of its pupils. About the school: first and last name together, since many first names
    are a word as well ("Wil", "Storm").
    """
    words = set(re.findall(r"\w[\w'’-]*", text))
    pupils = Pupil.objects.filter(school_id=school, first_name__in=words)
    if group is not None:
        pupils = pupils.filter(enrolments__group_id=group)
    found = set()
    for first, prefix, surname in pupils.values_list("first_name", "prefix", "surname").distinct():
        whole = " ".join(part for part in (first, prefix, surname) if part)
        if group is not None or (surname and re.search(rf"\b{re.escape(whole)}\b", text)):
            found.add(first if group is not None else whole)
    if found:
        raise NamesAPupil(sorted(found))
