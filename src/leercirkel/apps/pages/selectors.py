"""What the start page shows of someone's own diary, groups and schools."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from leercirkel.apps import clock
from leercirkel.apps.access.places import own_groups
from leercirkel.apps.access.rights import ABOUT_PUPILS, Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.organisation.models import Group, School
from leercirkel.apps.organisation.presenters import may_tell, told
from leercirkel.apps.organisation.selectors import groups_per_school, pupils_per_school, schools_of, sizes
from leercirkel.apps.planning.selectors import meetings_of

if TYPE_CHECKING:
    from leercirkel.apps.planning.models import Meeting


@dataclass(frozen=True, slots=True)
class GroupCard:
    """A group of one's own: how many are in it today, or on its first day when it is next year's (`coming`)."""

    group: Group
    pupils: int
    coming: bool


@dataclass(frozen=True, slots=True)
class SchoolCard:
    """A school and its counts, as these may be told; both empty for who has nothing to do with pupils."""

    school: School
    groups: int
    pupils: str


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting in the diary: `today`, going on `now`, and its hours, empty when it lasts the whole day."""

    meeting: Meeting
    day: date
    today: bool
    now: bool
    hours: str


def diary(sight: Sight) -> list[MeetingLine]:
    """The meetings of today and of the week after. One query."""
    now = clock.now()
    week = datetime.combine(now.date() + timedelta(days=8), time(), now.tzinfo)
    lines = []
    for meeting in meetings_of(sight, now, week):
        start, end = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
        whole_day = end - start >= timedelta(days=1)
        hours = "" if whole_day else f"{start:%H:%M}–{end:%H:%M}"
        lines.append(MeetingLine(meeting, start.date(), start.date() <= now.date(), start <= now, hours))
    return lines


def my_groups(sight: Sight) -> list[GroupCard]:
    """The groups that the user teaches today, and next year's once these are handed over. Six queries at most."""
    mine = [place.group for place in own_groups(sight.user, clock.today()) if place.group is not None]
    if not mine:
        return []
    found = Group.objects.filter(id__in=mine, school_id__in=sight.schools)
    groups = list(found.select_related("school").order_by("school_year", "kind", "position", "name"))
    counts = sizes(groups)
    return [GroupCard(each, counts[each.pk], each.school_year > clock.school_year()) for each in groups]


def my_schools(sight: Sight) -> list[SchoolCard]:
    """The schools where the user has a right for the whole school, with the counts of today: of few pupils no number
    for who does not see them by name. Three queries."""
    whole = frozenset().union(*(extent.schools for extent in sight.extents.values()))
    schools = list(schools_of(sight).filter(id__in=whole).select_related("board"))
    if not schools:
        return []
    here = [each.pk for each in schools]
    classes, pupils = groups_per_school(here), pupils_per_school(set(here) & sight.pupil_schools)
    named = sight.extent(Right.SEE_PUPILS).schools
    about_pupils = frozenset().union(*(sight.extent(right).schools for right in ABOUT_PUPILS))

    def count(school: int) -> str:
        number = pupils.get(school, 0)
        return told(number if school in named else may_tell(number)) if school in about_pupils else ""

    return [SchoolCard(each, classes.get(each.pk, 0), count(each.pk)) for each in schools]
