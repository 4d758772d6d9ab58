"""Teams and teachers, for who keeps these."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from leercirkel.apps import clock
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.organisation.models import Group, GroupTeacher, School, StaffMember, Team, TeamMember


def team_schools(sight: Sight) -> QuerySet[School]:
    """The schools where the user keeps any team."""
    both = sight.extent(Right.MANAGE_TEAMS).schools | sight.extent(Right.LEAD_CASES).schools
    return School.objects.filter(pk__in=both).select_related("board")


def kept_teams(sight: Sight) -> QuerySet[Team]:
    """The teams that the user keeps, also those that have ended: all, or for who leads cases the support team."""
    all_of, leads = sight.extent(Right.MANAGE_TEAMS).schools, sight.extent(Right.LEAD_CASES).schools
    kept = Q(school_id__in=all_of) | Q(school_id__in=leads, kind=Team.Kind.SUPPORT)
    return Team.objects.filter(kept).select_related("school")


def listed_teams(sight: Sight, day: date | None = None) -> QuerySet[Team]:
    """Teams of today with `members_now` and their groups; three queries, however many teams."""
    on = day or clock.today()
    members = TeamMember.objects.filter(during__contains=on).select_related("staff")
    found = kept_teams(sight).filter(during__contains=on)
    found = found.prefetch_related(Prefetch("members", members.order_by("-chair", "staff__surname"), "members_now"))
    return found.prefetch_related("groups").order_by("school__name", "kind", "name")


def members_of(team: Team) -> QuerySet[TeamMember]:
    """Who is or will be in a team."""
    coming = Q(during__contains=clock.today()) | Q(during__startswith__gt=clock.today())
    found = TeamMember.objects.filter(coming, team=team).select_related("staff", "team")
    return found.order_by("-chair", "staff__surname", "staff__first_name")


def teachers_coming(groups: Iterable[int]) -> QuerySet[GroupTeacher]:
    """Who teaches these groups now or will, the first to begin first and who stands in last."""
    coming = Q(during__contains=clock.today()) | Q(during__startswith__gt=clock.today())
    found = GroupTeacher.objects.filter(coming, group__in=list(groups)).select_related("staff", "group")
    return found.order_by("substitute", "during", "staff__surname")


def teachers_to_come(group: Group) -> QuerySet[GroupTeacher]:
    """The same for one group."""
    return teachers_coming([group.pk])


def taught_groups(sight: Sight) -> QuerySet[Group]:
    """The groups of which the user keeps who teaches them: of this school year and the next."""
    schools = sight.extent(Right.MANAGE_TEAMS).schools
    years = (clock.school_year(), clock.school_year() + 1)
    return Group.objects.filter(school_id__in=schools, school_year__in=years).select_related("school")


def colleagues(school: School | int) -> QuerySet[StaffMember]:
    """Who works at a school today, by name."""
    number = school if isinstance(school, int) else school.pk
    found = StaffMember.objects.filter(school_id=number, during__contains=clock.today())
    return found.order_by("surname", "first_name", "pk")
