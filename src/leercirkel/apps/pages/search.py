"""Search: pupils, groups and people who work here, as far as the user sees them. Nothing of what was typed is kept
beyond the session: not in an address, not in the log.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from leercirkel.apps import clock
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.organisation.models import Group, Pupil, StaffMember
from leercirkel.apps.organisation.selectors import enrolled, groups_of, pupils_of, staff_of
from leercirkel.exchange.tables.names import Words, words

LIMIT = 20
"""So many of each are shown; who seeks one person types on."""
LONGEST = 80
RIGHTS = (Right.SEE_PUPILS, Right.SEE_FIGURES, Right.MANAGE_TEAMS, Right.MANAGE_USERS)
"""Any of these has something to search."""


@dataclass(frozen=True, slots=True)
class PupilHit:
    """A pupil and the class of today; None for who left."""

    pupil: Pupil
    group: Group | None


@dataclass(frozen=True, slots=True)
class Found:
    """The best first; `more` when any of the lists was cut."""

    pupils: tuple[PupilHit, ...] = ()
    groups: tuple[Group, ...] = ()
    staff: tuple[StaffMember, ...] = ()
    more: bool = False

    def __bool__(self) -> bool:
        return bool(self.pupils or self.groups or self.staff)


def may_search(sight: Sight | None) -> bool:
    """Whether there is anything to search for this user."""
    return sight is not None and any(sight.may(right) for right in RIGHTS)


def search(sight: Sight, text: str) -> Found:
    """What begins with the words typed, in any order: "vries am" finds Amir de Vries. Accents and capitals do not
    count. Five queries at most, however many pupils.

    Order: surname as typed, then first name as typed, then the rest; who left comes last.
    """
    typed = words(text[:LONGEST])
    if not typed:
        return Found()
    pupils, groups, staff = _pupils(sight, typed), _groups(sight, typed), _staff(sight, typed)
    more = any(len(each) > LIMIT for each in (pupils, groups, staff))
    return Found(tuple(pupils[:LIMIT]), tuple(groups[:LIMIT]), tuple(staff[:LIMIT]), more)


def _pupils(sight: Sight, typed: Words) -> list[PupilHit]:
    if not sight.may(Right.SEE_PUPILS):
        return []
    pupils: QuerySet[Pupil] = pupils_of(sight, Right.SEE_PUPILS).select_related("school")
    for word in typed:  # of letters and digits only: nothing to escape
        pupils = pupils.filter(Q(sort_key__startswith=word) | Q(sort_key__contains=f" {word}"))
    found = list(pupils[: 10 * LIMIT])
    here = {row.pupil_id: row.group for row in enrolled(Pupil.objects.filter(pk__in=[each.pk for each in found]))}
    found.sort(key=lambda pupil: (pupil.pk not in here, _rank(typed, pupil.surname, pupil.first_name), pupil.sort_key))
    return [PupilHit(pupil, here.get(pupil.pk)) for pupil in found[: LIMIT + 1]]


def _groups(sight: Sight, typed: Words) -> list[Group]:
    right = _first(sight, Right.SEE_FIGURES, Right.SEE_PUPILS, Right.MANAGE_TEAMS)
    if right is None:
        return []
    groups = groups_of(sight, right, clock.school_year()).select_related("school").order_by("position", "name")
    return [group for group in groups if _begins(typed, words(group.name))]


def _staff(sight: Sight, typed: Words) -> list[StaffMember]:
    right = _first(sight, Right.SEE_FIGURES, Right.MANAGE_TEAMS, Right.MANAGE_USERS)
    if right is None:
        return []
    staff = staff_of(sight, right).filter(during__contains=clock.today()).select_related("school")
    found = [each for each in staff if _begins(typed, words(str(each)))]
    return sorted(found, key=lambda each: (_rank(typed, each.surname, each.first_name), words(each.surname)))


def _first(sight: Sight, *rights: Right) -> Right | None:
    return next((right for right in rights if sight.may(right)), None)


def _begins(typed: Words, name: Words) -> bool:
    return all(any(word.startswith(each) for word in name) for each in typed)


def _rank(typed: Words, surname: str, first_name: str) -> int:
    for place, part in enumerate((surname, first_name)):
        if "".join(words(part)).startswith("".join(typed)):
            return place
    return 2
