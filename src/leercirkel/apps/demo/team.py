"""Who does what at an invented school: who leads rounds, the head, and the teacher of each class."""

from __future__ import annotations

from dataclasses import dataclass

from leercirkel.apps import clock
from leercirkel.apps.access.models import User
from leercirkel.apps.access.sight import Sight, sight_of
from leercirkel.apps.cycle.selectors.agreed import is_head
from leercirkel.apps.cycle.selectors.rounds import possible_leaders
from leercirkel.apps.demo.selectors import DOMAIN, ROLES
from leercirkel.apps.organisation.models import Group, GroupTeacher, School, StaffMember

LEADERS = frozenset(f"{code}@{DOMAIN}" for code in ("kc", "leercoordinator"))
"""Who can be tried and leads the rounds of the own school."""


@dataclass(frozen=True, slots=True)
class Team:
    """`teachers`: class of today → its first teacher; `groups`: these classes, in order."""

    school: School
    leader: StaffMember
    head: StaffMember
    groups: tuple[Group, ...]
    teachers: dict[int, StaffMember]

    @property
    def by(self) -> User:
        """The user who leads rounds."""
        return user_of(self.leader)

    def sight(self) -> Sight:
        """What that user sees on the day that the application goes by."""
        return sight_of(self.by.pk, clock.today())

    def now_of(self, group: Group | None) -> StaffMember:
        """The teacher of today of the class with this name, else who leads rounds."""
        same = {one.name: self.teachers[one.pk] for one in self.groups if one.pk in self.teachers}
        return same.get(group.name, self.leader) if group else self.leader

    def users(self) -> dict[int, User]:
        """Class of today → the user of its first teacher."""
        return {group: user_of(staff) for group, staff in self.teachers.items()}


def user_of(staff: StaffMember) -> User:
    """The user of a member of staff. Raises ValueError when there is none."""
    if staff.user is None:
        raise ValueError(f"{staff} has no user")
    return staff.user


def team_of(school: School) -> Team:
    """Who works there on the day of the demonstration. Raises ValueError where nobody leads rounds or is head."""
    leaders = list(possible_leaders(school).exclude(user=None))
    leader = next((one for one in leaders if user_of(one).email in LEADERS), leaders[0] if leaders else None)
    staff = list(StaffMember.objects.filter(school=school, during__contains=clock.today()).exclude(user=None))
    head = next((one for one in staff if is_head(user_of(one).pk, school.pk)), None)
    if leader is None or head is None:
        raise ValueError(f"nobody leads rounds or is head at {school.name}")
    groups = Group.objects.filter(school=school, kind=Group.Kind.BASE, school_year=clock.school_year())
    return Team(school, leader, head, tuple(groups.order_by("position", "pk")), _teachers(school))


def _teachers(school: School) -> dict[int, StaffMember]:
    """Of each class its first teacher of today, who can be tried before others. Not of a class that has a substitute:
    they were not there yet in the autumn."""
    tried = {role.email for role in ROLES}
    rows = GroupTeacher.objects.filter(school=school, during__contains=clock.today(), substitute=False)
    rows = rows.exclude(staff__user=None)
    found: dict[int, StaffMember] = {}
    for row in sorted(
        rows.select_related("staff__user"),
        key=lambda row: (user_of(row.staff).email not in tried, len(user_of(row.staff).email), row.staff_id),
    ):
        found.setdefault(row.group_id, row.staff)
    return found
