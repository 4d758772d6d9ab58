"""What one user may do and see on a day: every assignment worked out to schools, groups and pupils.

Two steps: the assignments give rights with a reach; a reach is then looked up (own groups, team, agenda, casus,
children). Selectors ask a `Sight`; nothing else decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db import connection

from leercirkel.apps.access import scope
from leercirkel.apps.access.places import Place, agenda, cases, children, own_groups, own_subjects, team_groups
from leercirkel.apps.access.rights import ABOUT_PUPILS, WITH_NAMES, Reach, Right

NONE: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Extent:
    """How far one right goes: whole schools, boards, and apart from these single groups and pupils.

    `groups` are pairs of a group's id and a subject ("" for all subjects); `subjects` pairs of a school and a subject,
    without names; `newcomers` schools of which only new pupils.
    """

    boards: frozenset[int] = NONE
    schools: frozenset[int] = NONE
    newcomers: frozenset[int] = NONE
    groups: frozenset[tuple[int, str]] = frozenset()
    pupils: frozenset[int] = NONE
    subjects: frozenset[tuple[int, str]] = frozenset()

    @property
    def group_ids(self) -> frozenset[int]:
        """The groups, whatever the subject."""
        return frozenset(group for group, _ in self.groups)

    def __bool__(self) -> bool:
        return any((self.boards, self.schools, self.newcomers, self.groups, self.pupils, self.subjects))


NOTHING = Extent()


@dataclass(frozen=True, slots=True)
class Sight:
    """All rights of one user on one day."""

    user: int = 0
    schools: frozenset[int] = NONE
    """Schools with any assignment: what the database shows of the organisation."""
    pupil_schools: frozenset[int] = NONE
    extents: Mapping[Right, Extent] = field(default_factory=dict)

    def extent(self, right: Right) -> Extent:
        """How far `right` goes; nothing when the user does not have it."""
        return self.extents.get(right, NOTHING)

    def may(self, right: Right) -> bool:
        """Whether the user has the right anywhere."""
        return bool(self.extent(right))

    def may_at(self, right: Right, school: int) -> bool:
        """Whether the user has the right for the whole of this school."""
        return school in self.extent(right).schools

    @property
    def sees_names(self) -> bool:
        """Whether any right shows who a pupil is: then a second factor is asked at signing in."""
        return any(self.may(right) for right in WITH_NAMES)


GIVEN = """
select r.right, r.reach, a.board_id, coalesce(a.school_id, s.id) as school_id, a.school_id is null as whole_board,
       a.group_id, a.pupil_id, a.subject
from access_assignment a
join access_bundleright r on r.bundle_id = a.bundle_id
left join all_schools() s on a.school_id is null and s.board_id = a.board_id
where a.user_id = %s and a.during @> %s::date
"""

LOOKED_UP: dict[Reach, Callable[[int, date], Iterable[Place]]] = {
    Reach.OWN_GROUPS: own_groups,
    Reach.TEAM_GROUPS: team_groups,
    Reach.AGENDA: agenda,
    Reach.CASES: cases,
    Reach.OWN_SUBJECT: own_subjects,
    Reach.OWN_CHILDREN: children,
}
NOT_IN_INSTRUCTION_GROUPS = frozenset({Right.SEE_DOSSIER, Right.SEE_CONTACTS, Right.WRITE_DOSSIER, Right.SEE_PUBLISHED})


def sight_of(user: int, day: date) -> Sight:
    """Works out the rights of a user, and leaves the transaction in that user's scope.

    Must run inside a transaction. The number of queries depends on the kinds of reaches, not on how many pupils.
    """
    scope.narrow(user=user, schools=(), pupil_schools=())
    with connection.cursor() as cursor:
        cursor.execute(GIVEN, [user, day])
        given = cursor.fetchall()
    schools = frozenset(row[3] for row in given if row[3] is not None)
    pupil_schools = frozenset(row[3] for row in given if row[3] is not None and Right(row[0]) in ABOUT_PUPILS)
    scope.narrow(user=user, schools=schools, pupil_schools=pupil_schools)
    places = {reach: list(LOOKED_UP[reach](user, day)) for reach in {Reach(row[1]) for row in given} & set(LOOKED_UP)}
    gathered: dict[Right, dict[str, set]] = defaultdict(lambda: defaultdict(set))  # type: ignore[type-arg]
    for code, reach, board, school, whole_board, group, pupil, subject in given:
        add = gathered[Right(code)]
        if group is not None:
            add["groups"].add((group, subject))
        elif pupil is not None:
            add["pupils"].add(pupil)
        elif reach == Reach.ALL:
            if whole_board:
                add["boards"].add(board)
            if school is not None:
                add["schools"].add(school)
        elif reach == Reach.NEWCOMERS:
            add["newcomers"].add(school)
        else:
            _add_places(add, Right(code), [place for place in places[Reach(reach)] if place.school == school])
    extents = {
        right: Extent(**{name: frozenset(values) for name, values in found.items()})
        for right, found in gathered.items()
    }
    return Sight(user, schools, pupil_schools, {right: extent for right, extent in extents.items() if extent})


def _add_places(add: dict[str, set], right: Right, places: list[Place]) -> None:  # type: ignore[type-arg]
    for place in places:
        if place.pupil is not None:
            add["pupils"].add(place.pupil)
        elif place.group is None:
            add["subjects"].add((place.school, place.subject))
        elif not (place.subject and right in NOT_IN_INSTRUCTION_GROUPS):
            add["groups"].add((place.group, place.subject))
