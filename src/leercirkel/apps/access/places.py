"""Where a reach leads on a day: the groups, pupils and subjects that are someone's own for now.

In SQL, all reaches in one query: it is asked at every request, and building it anew each time from the ORM would take
longer than anything else on a page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from leercirkel.apps import clock
from leercirkel.apps.access.rights import Reach
from leercirkel.core.calendar import school_year_of


@dataclass(frozen=True, slots=True)
class Place:
    """A group (with a subject when only that subject), a pupil, or a subject of the whole school."""

    school: int
    group: int | None = None
    pupil: int | None = None
    subject: str = ""


_OF_THE_USER = """
with job as (
  -- where the user works on this day
  select id from organisation_staffmember where user_id = %(user)s and during @> %(day)s::date
), team as (
  -- the teams that the user is in on this day, as long as team, membership and job last
  select t.id, m.school_id, t.kind, t.subject
  from organisation_teammember m
  join job on job.id = m.staff_id
  join organisation_team t on t.id = m.team_id
  where m.during @> %(day)s::date and t.during @> %(day)s::date
), item as (
  -- the agenda of meetings that are going on now: all of it for members of the team; for who is invited without being
  -- in the team only pupils whose parents were informed
  select a.school_id, a.group_id, a.pupil_id, a.parents_informed_on
  from planning_agendaitem a
  join planning_meeting m on m.id = a.meeting_id
  where m.starts_at <= %(now)s and m.ends_at > %(now)s and (
    m.team_id in (select id from team)
    or (a.pupil_id is not null and a.parents_informed_on <= %(day)s::date and m.id in (
      select invited.meeting_id from planning_meetingattendee invited join job on job.id = invited.staff_id))
  )
), casework as (
  -- the open cases that the user works on
  select c.school_id, k.pupil_id, c.parents_informed_on
  from dossier_casemember c
  join job on job.id = c.staff_id
  join dossier_case k on k.id = c.case_id
  where c.during @> %(day)s::date and k.during @> %(day)s::date
)
"""

# school, group, pupil, subject
_WHERE: dict[Reach, str] = {
    # Groups that the user teaches on this day, and from the school's handing-over day those of the coming year.
    # An instruction group counts for its own subject only.
    Reach.OWN_GROUPS: """
      select t.school_id, t.group_id, null::bigint, case when g.kind = 'instruction' then g.subject else '' end
      from organisation_groupteacher t
      join job on job.id = t.staff_id
      join organisation_group g on g.id = t.group_id
      join organisation_school s on s.id = t.school_id
      where t.during @> %(day)s::date or (
        lower(t.during) > %(day)s::date and g.school_year = %(coming_year)s and %(month_and_day)s >= s.handover_from)
    """,
    Reach.TEAM_GROUPS: """
      select school_id, group_id, null::bigint, '' from organisation_teamgroup where team_id in (select id from team)
    """,
    Reach.OWN_SUBJECT: """
      select school_id, null::bigint, null::bigint, subject from team where kind = 'subject' and subject <> ''
    """,
    Reach.AGENDA: "select school_id, group_id, pupil_id, '' from item",
    # For who is not of the school: never a group, and a pupil only once the parents were informed.
    Reach.AGENDA_INFORMED: """
      select school_id, null::bigint, pupil_id, '' from item
      where pupil_id is not null and parents_informed_on <= %(day)s::date
    """,
    Reach.CASES: "select school_id, null::bigint, pupil_id, '' from casework",
    # For who is not of the school: once the parents were told that this person works on it.
    Reach.CASES_INFORMED: """
      select school_id, null::bigint, pupil_id, '' from casework where parents_informed_on <= %(day)s::date
    """,
    # The user's own children at a school. Not with a no-contact order, and not before authority is known.
    Reach.OWN_CHILDREN: """
      select c.school_id, null::bigint, c.pupil_id, '' from organisation_guardianship c
      join organisation_guardian g on g.id = c.guardian_id
      where g.user_id = %(user)s and not c.no_contact and c.authority = 'yes'
    """,
}

LOOKED_UP = frozenset(_WHERE)
"""The reaches that lead to places; the others are whole schools."""


LEFT = """
select school_id from organisation_staffmember where user_id = %(user)s
group by school_id having not bool_or(during @> %(day)s::date)
"""
"""Schools where the user worked and no longer does: what was given there as a job has ended with it."""


def question(reaches: Collection[Reach]) -> str:
    """SQL that gives reach, school, group, pupil and subject for every place that these reaches lead to."""
    asked = sorted(LOOKED_UP.intersection(reaches))
    parts = [f"select '{reach}', part.* from ({_WHERE[reach]}) part" for reach in asked]  # noqa: S608  (our own)
    parts = parts or ["select '', 0, 0, 0, '' where false"]
    return _OF_THE_USER + "\nunion all\n".join(parts)


def parameters(user: int, day: date) -> dict[str, int | date | str | None]:
    """What `question` and LEFT need to be told."""
    return {
        "user": user,
        "day": day,
        "now": clock.now(),
        "month_and_day": day.strftime("%m-%d"),
        "coming_year": school_year_of(day) + 1 if day.month < 8 else None,
    }


def by_reach(rows: Iterable[tuple[Any, ...]]) -> dict[Reach, list[Place]]:
    """The answer to `question`."""
    found: dict[Reach, list[Place]] = defaultdict(list)
    for reach, *place in rows:
        found[Reach(reach)].append(Place(*place))
    return found


def places_of(user: int, day: date, reaches: Collection[Reach]) -> dict[Reach, list[Place]]:
    """Where each of these reaches leads for the user on `day`. One query."""
    with connection.cursor() as cursor:
        cursor.execute(question(reaches), parameters(user, day))
        return by_reach(cursor.fetchall())


def own_groups(user: int, day: date) -> list[Place]:
    """The groups that the user teaches on `day`, as Reach.OWN_GROUPS has them."""
    return places_of(user, day, {Reach.OWN_GROUPS})[Reach.OWN_GROUPS]


def left(user: int, day: date) -> frozenset[int]:
    """The answer to LEFT."""
    with connection.cursor() as cursor:
        cursor.execute(LEFT, {"user": user, "day": day})
        return frozenset(row[0] for row in cursor.fetchall())
