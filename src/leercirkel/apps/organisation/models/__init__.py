"""Boards, schools, groups, pupils, guardians, staff and teams, as tables.

Every row that belongs to a school carries `school`; row-level security binds it to the schools of the request
(apps/access/row_security.py). Rows about pupils are bound to the schools whose pupils this user may see at all.
"""

from leercirkel.apps.organisation.models.guardian import Guardian, Guardianship
from leercirkel.apps.organisation.models.pupil import Enrolment, GroupMembership, Pupil, PupilKey
from leercirkel.apps.organisation.models.roster_plan import RosterPlan
from leercirkel.apps.organisation.models.school import Board, Group, School
from leercirkel.apps.organisation.models.staff import GroupTeacher, StaffMember, Team, TeamGroup, TeamMember

__all__ = [
    "Board",
    "School",
    "Group",
    "Pupil",
    "PupilKey",
    "Enrolment",
    "GroupMembership",
    "Guardian",
    "Guardianship",
    "RosterPlan",
    "StaffMember",
    "GroupTeacher",
    "Team",
    "TeamGroup",
    "TeamMember",
]
