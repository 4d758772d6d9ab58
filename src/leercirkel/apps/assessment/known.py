"""The pupils of a school as a file with results may name them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from leercirkel.apps import clock
from leercirkel.apps.organisation.models import Enrolment, Group, Pupil, PupilKey, School
from leercirkel.core.calendar import school_year_of
from leercirkel.exchange.edexml import model as edexml
from leercirkel.exchange.edexml.model import Gender, Roster


@dataclass(frozen=True, slots=True)
class Known:
    """`rosters`: one per school year, as if they had just been read. `ids`: the key of a pupil there → its row.

    `other_keys`: a further key of a pupil → the one in the rosters.
    """

    rosters: tuple[Roster, ...]
    ids: dict[str, int]
    other_keys: dict[str, str]


def code_of(school: School) -> str:
    """BRIN and location together, as rosters and frames have it."""
    return f"{school.brin}{school.location}"


def keys_of(school: School) -> dict[int, str]:
    """Row of a pupil → the key that frames and `known_pupils` have: the one that was known first, or "#" and the row.
    Two queries."""
    keys = {pk: without_key(pk) for pk in Pupil.objects.filter(school=school).values_list("id", flat=True)}
    return keys | lasting_keys(school)


def lasting_keys(school: School) -> dict[int, str]:
    """Row of a pupil → the lasting key that was known first, of who has one; the others go by `without_key`. One
    query."""
    rows = PupilKey.objects.filter(school=school).order_by("-id")  # the first one goes over later ones
    return dict(rows.values_list("pupil_id", "key"))


def without_key(pupil: int) -> str:
    """What a pupil without a lasting key goes by, which no file can claim."""
    return f"#{pupil}"


def class_names(school: School) -> Mapping[int, str]:
    """Id → name of each class as frames have it; two of one year with the same name get their keys behind it. One
    query."""
    groups = Group.objects.filter(school=school, kind=Group.Kind.BASE)
    rows = list(groups.values_list("id", "school_year", "name", "key"))
    count = Counter((year, name) for _, year, name, _ in rows)
    return {pk: name if count[year, name] == 1 else f"{name} ({key})" for pk, year, name, key in rows}


def known_pupils(school: School) -> Known:
    """Everyone who was ever in a class here. Two queries.

    A pupil goes by the key that was known first; one without a lasting key by "#" and the number of its row, which no
    file can claim (such a pupil is found by name and birth date).
    """
    keys: dict[int, str] = {}
    other_keys: dict[str, str] = {}
    for pupil, key in PupilKey.objects.filter(school=school).order_by("id").values_list("pupil_id", "key"):
        if keys.setdefault(pupil, key) != key:
            other_keys[key] = keys[pupil]
    rows = Enrolment.objects.filter(school=school, pupil__school=school).order_by("during", "id")
    names = ("surname", "prefix", "first_name", "birth_date", "gender", "start_group3")
    found: dict[int, dict[int, edexml.Pupil]] = defaultdict(dict)
    for pupil, since, grade, *person in rows.values_list(
        "pupil_id", "during__startswith", "grade", *(f"pupil__{n}" for n in names)
    ):
        surname, prefix, first_name, birth_date, gender, start = person
        found[school_year_of(since)][pupil] = edexml.Pupil(
            key=keys.setdefault(pupil, without_key(pupil)),
            stable_key=True,
            surname=surname or None,
            prefix=prefix or None,
            first_name=first_name or None,
            birth_date=birth_date,
            gender=cast(Gender, gender) if gender else None,
            grade=grade or None,
            start_group3=start,
        )
    made = [_roster(code_of(school), year, tuple(pupils.values())) for year, pupils in sorted(found.items())]
    return Known(tuple(made), {key: pupil for pupil, key in keys.items()}, other_keys)


def _roster(school: str, year: int, pupils: tuple[edexml.Pupil, ...]) -> Roster:
    """As known today: what lies ahead of the newest roster is told of a file (exchange.tables.future)."""
    on = clock.today() if year >= clock.school_year() else None
    return Roster(school, year, reference_date=on, created_on=None, groups=(), pupils=pupils)
