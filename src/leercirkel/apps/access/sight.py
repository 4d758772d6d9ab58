"""What one user may do and see on a day: every assignment worked out to schools, groups and pupils.

Two steps: the assignments give rights with a reach; a reach is then looked up (own groups, team, agenda, casus,
children). Selectors ask a `Sight`; nothing else decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from leercirkel.apps.access import places, scope
from leercirkel.apps.access.rights import ABOUT_PUPILS, SECOND_FACTOR, WITH_NAMES, Reach, Right

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

    def covers(self, other: Extent) -> bool:
        """Whether every pupil that `other` reaches is one that this reaches, whoever sits where."""
        return (
            self.schools >= other.schools
            and self.newcomers | self.schools >= other.newcomers
            and self.group_ids >= other.group_ids
            and self.pupils >= other.pupils
        )

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
    boards: frozenset[int] = NONE
    """Boards for which as a whole anything was given: the database shows who has a role there."""
    given: frozenset[Right] = frozenset()
    """All rights that were given, also those that reach nothing at this moment (nothing on the agenda now)."""
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
        """Whether any right shows who a pupil is, now or at another moment."""
        return bool(self.given & WITH_NAMES)

    @property
    def needs_second_factor(self) -> bool:
        """Whether a second step is asked at signing in. Goes by what was given, so that an agenda cannot pass it by."""
        return bool(self.given & SECOND_FACTOR)


GIVEN = """
select r.right, r.reach, a.board_id, coalesce(a.school_id, s.id) as school_id, a.school_id is null as whole_board,
       a.group_id, a.pupil_id, a.subject
from access_assignment a
join access_bundleright r on r.bundle_id = a.bundle_id
left join all_schools() s on a.school_id is null and s.board_id = a.board_id
where a.user_id = %(user)s and a.during @> %(day)s::date
"""

NOT_FOR_ONE_SUBJECT = frozenset(
    {
        Right.SEE_DOSSIER,
        Right.SEE_CONTACTS,
        Right.SEE_PUBLISHED,
        Right.WRITE_DOSSIER,
        Right.WRITE_CONTACTS,
        Right.PUBLISH,
        Right.LEAD_CASES,
    }
)
"""Rights that someone who teaches one subject does not have of those pupils."""
OF_A_GROUP = frozenset({Reach.ALL, Reach.OWN_GROUPS, Reach.TEAM_GROUPS})
"""Reaches that a role for one group turns into that group. The others go by something else, which a place cannot stand
in for: what is on an agenda now, a casus, what parents were told, being a parent."""
NOT_OF_A_PUPIL = frozenset({Reach.AGENDA_INFORMED, Reach.CASES_INFORMED, Reach.OWN_CHILDREN})
"""Reaches that a role for one pupil does not turn into that pupil: parents must have been told, or have authority."""


@dataclass(frozen=True, slots=True)
class _Given:
    """One right of one assignment, as the database gives it."""

    right: Right
    reach: Reach
    board: int
    school: int | None
    whole_board: bool
    group: int | None
    pupil: int | None
    subject: str


def sight_of(user: int, day: date) -> Sight:
    """Works out the rights of a user, and leaves the transaction in that user's scope.

    Must run inside a transaction. The number of queries depends on the kinds of reaches, not on how many pupils.
    Who no longer works at a school has nothing there but as a parent, or for the board as a whole.
    """
    asked = {"user": user, "day": day}
    (rows,) = scope.ask(GIVEN, parameters=asked, user=user, schools=(), pupil_schools=())
    given = [_Given(Right(row[0]), Reach(row[1]), *row[2:]) for row in rows]
    schools, pupil_schools, boards = _schools(given)
    gone, led = scope.ask(
        *(places.LEFT, places.question({row.reach for row in given})),
        parameters=places.parameters(user, day),
        user=user,
        schools=schools,
        pupil_schools=pupil_schools,
        boards=boards,
    )
    found = places.by_reach(led)
    if left := {school for (school,) in gone}:
        given = [row for row in given if row.school not in left or row.whole_board or row.reach == Reach.OWN_CHILDREN]
        schools, pupil_schools, boards = _schools(given)
        scope.narrow(user=user, schools=schools, pupil_schools=pupil_schools, boards=boards)
    gathered: dict[Right, dict[str, set[Any]]] = defaultdict(lambda: defaultdict(set))
    for row in given:
        _add(gathered[row.right], row, found)
    extents = {
        right: Extent(**{name: frozenset(values) for name, values in kinds.items()})
        for right, kinds in gathered.items()
    }
    return Sight(
        user,
        schools,
        pupil_schools,
        boards,
        frozenset(row.right for row in given),
        {right: extent for right, extent in extents.items() if extent},
    )


def _schools(given: list[_Given]) -> tuple[frozenset[int], frozenset[int], frozenset[int]]:
    """Schools, schools of whose pupils anything may be seen, and whole boards."""
    return (
        frozenset(row.school for row in given if row.school is not None),
        frozenset(row.school for row in given if row.school is not None and row.right in ABOUT_PUPILS),
        frozenset(row.board for row in given if row.whole_board),
    )


def _add(to: dict[str, set[Any]], row: _Given, found: Mapping[Reach, list[places.Place]]) -> None:
    """Adds what one right of one assignment reaches."""
    one_subject = bool(row.subject) and row.right in NOT_FOR_ONE_SUBJECT
    if row.group is not None:
        if not one_subject and row.reach in OF_A_GROUP:
            to["groups"].add((row.group, row.subject))
    elif row.pupil is not None:
        if row.reach not in NOT_OF_A_PUPIL:
            to["pupils"].add(row.pupil)
    elif row.reach == Reach.ALL:
        if row.whole_board:
            to["boards"].add(row.board)
        if row.school is not None:
            to["schools"].add(row.school)
    elif row.reach == Reach.NEWCOMERS:
        to["newcomers"].add(row.school)
    else:
        _add_places(to, row.right, [place for place in found[row.reach] if place.school == row.school])


def _add_places(to: dict[str, set[Any]], right: Right, own: list[places.Place]) -> None:
    for place in own:
        if place.pupil is not None:
            to["pupils"].add(place.pupil)
        elif place.group is None:
            to["subjects"].add((place.school, place.subject))
        elif not (place.subject and right in NOT_FOR_ONE_SUBJECT):
            to["groups"].add((place.group, place.subject))
