"""How many pupils: for who may see figures and no names. What may be told is decided in presenters.py."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.db.models import Count

from leercirkel.apps import clock
from leercirkel.apps.organisation.models import Enrolment, Group, GroupMembership
from leercirkel.core.calendar import school_year_end, school_year_start


def counting_day(school_year: int) -> date:
    """The day on which the pupils of a school year's groups are counted: today, or its first or last day."""
    return min(max(clock.today(), school_year_start(school_year)), school_year_end(school_year))


def sizes(groups: Iterable[Group]) -> dict[int, int]:
    """Id of a group → pupils on the counting day of its school year; one or two queries per school year."""
    days = {group.pk: counting_day(group.school_year) for group in groups}
    found: Counter[int] = Counter()
    for day in sorted(set(days.values())):
        ids = [group for group, own in days.items() if own == day]
        for model in (Enrolment, GroupMembership):
            rows = model.objects.filter(group__in=ids, during__contains=day).values_list("group")
            found.update(dict(rows.annotate(Count("id")).order_by()))
    return {group: found[group] for group in days}


def pupils_per_school(schools: Iterable[int]) -> dict[int, int]:
    """Id of a school → pupils enrolled today."""
    rows = Enrolment.objects.filter(school__in=list(schools), during__contains=clock.today()).values_list("school")
    return dict(rows.annotate(Count("id")).order_by())


def groups_per_school(schools: Iterable[int]) -> dict[int, int]:
    """Id of a school → classes with pupils today."""
    rows = Enrolment.objects.filter(school__in=list(schools), during__contains=clock.today()).values_list("school")
    return dict(rows.annotate(Count("group", distinct=True)).order_by())
