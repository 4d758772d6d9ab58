"""How many pupils: for who may see figures and no names. What may be told is decided in presenters.py."""

from __future__ import annotations

from collections import defaultdict
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
    """Id of a group → pupils on the counting day of its school year; one or two queries per school year.

    Who is in a class is enrolled there, who is in an instruction group has a membership.
    """
    groups = list(groups)
    alike: dict[tuple[date, str], list[int]] = defaultdict(list)
    for group in groups:
        alike[counting_day(group.school_year), group.kind].append(group.pk)
    found: dict[int, int] = {}
    for (day, kind), ids in alike.items():
        model = Enrolment if kind == Group.Kind.BASE else GroupMembership
        rows = model.objects.filter(group__in=ids, during__contains=day).values_list("group")
        found.update(dict(rows.annotate(Count("id")).order_by()))
    return {group.pk: found.get(group.pk, 0) for group in groups}


def pupils_per_school(schools: Iterable[int]) -> dict[int, int]:
    """Id of a school → pupils enrolled today."""
    rows = Enrolment.objects.filter(school__in=list(schools), during__contains=clock.today()).values_list("school")
    return dict(rows.annotate(Count("id")).order_by())


def groups_per_school(schools: Iterable[int]) -> dict[int, int]:
    """Id of a school → classes with pupils today."""
    rows = Enrolment.objects.filter(school__in=list(schools), during__contains=clock.today()).values_list("school")
    return dict(rows.annotate(Count("group", distinct=True)).order_by())
