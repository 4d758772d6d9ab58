"""Which pupils a right reaches: the one place where an extent becomes rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import BooleanField, F, Func, QuerySet

from leercirkel.apps import clock
from leercirkel.apps.access.rights import WITH_NAMES, Right
from leercirkel.apps.access.sight import Extent, Sight
from leercirkel.apps.organisation.models import Enrolment, Pupil

NEWCOMER_DAYS = 42
"""So many days a pupil is new: the six weeks in which a school must know what support a new pupil needs (WPO 40a)."""


def pupils_of(sight: Sight, right: Right, day: date | None = None) -> QuerySet[Pupil]:
    """The pupils that `right` reaches, each once, by name. One query, however many pupils or groups.

    Of whole schools all pupils, also those who left (enrolled() leaves these out); of a class who is in it on `day`
    or will be; of an instruction group who is in it on `day`; of newcomers who is enrolled and came less than
    NEWCOMER_DAYS days ago. Whether a group counts for one subject only, the extent says. `day`: default today.

    Raises ValueError for a right without names (figures, board): for these, groups and schools are counted.
    """
    if right not in WITH_NAMES:
        raise ValueError(f"{right} shows no pupils")
    pupils = Pupil.objects.filter(school_id__in=sight.pupil_schools)
    extent = sight.extent(right)
    return pupils.filter(_reached(extent, sight, day or clock.today())) if extent else pupils.none()


def may(sight: Sight, right: Right, pupil: Pupil, *, found_by: Right | None = None) -> bool:
    """Whether `right` reaches this pupil. One query at most.

    `found_by` is a right that reaches the pupil today, for the pupil came from `pupils_of` with it: when `right` goes
    as far or farther, that is the answer and nothing is asked.
    """
    extent = sight.extent(right)
    if found_by is not None and right in WITH_NAMES and extent.covers(sight.extent(found_by)):
        return bool(extent)
    return bool(extent) and pupils_of(sight, right).filter(pk=pupil.pk).exists()


def may_see_contacts(sight: Sight, pupil: Pupil, *, found_by: Right | None = None) -> bool:
    """Whether the user may see the parents of this pupil and how to reach them; `found_by` as in `may`."""
    return may(sight, Right.SEE_CONTACTS, pupil, found_by=found_by)


def enrolled(pupils: QuerySet[Pupil], day: date | None = None) -> QuerySet[Enrolment]:
    """Where these pupils are on `day` (default today), by name: one row per pupil, and none for who left."""
    rows = Enrolment.objects.filter(pupil__in=pupils.order_by(), during__contains=day or clock.today())
    return rows.select_related("pupil", "group").order_by("pupil__sort_key", "pupil_id")


class _Reached(Func):
    """The condition of an extent, written out: built by the ORM it took longer than answering it, on every page.

    `{0}`, `{1}` and `{2}` are the columns id, school_id and enrolled_on of the pupil.
    """

    output_field = BooleanField()

    def __init__(self, sql: str, parameters: Sequence[Any]) -> None:
        super().__init__(F("id"), F("school_id"), F("enrolled_on"))
        self.sql, self.parameters = sql, parameters

    def as_sql(self, compiler: Any, connection: Any, *_more: Any, **_named: Any) -> tuple[str, tuple[Any, ...]]:
        """Its SQL, and what is filled in."""
        columns = [compiler.compile(each)[0] for each in self.get_source_expressions()]
        return self.sql.format(*columns), tuple(self.parameters)


_OF_SCHOOLS = "{1} = any(%s::bigint[])"
_SINGLE = "{0} = any(%s::bigint[])"
_OF_GROUPS = """{0} in (
  select pupil_id from organisation_enrolment
  where school_id = any(%s::bigint[]) and group_id = any(%s::bigint[]) and during && daterange(%s, null)
  union all
  select pupil_id from organisation_groupmembership
  where school_id = any(%s::bigint[]) and group_id = any(%s::bigint[]) and during @> %s::date)"""
_NEW = """({1} = any(%s::bigint[]) and {2} > %s and {0} in (
  select pupil_id from organisation_enrolment where school_id = any(%s::bigint[]) and during @> %s::date))"""


def _reached(extent: Extent, sight: Sight, day: date) -> _Reached:
    """The conditions of one extent; what it does not have costs no subquery."""
    seen = sorted(sight.pupil_schools)
    parts: list[str] = []
    given: list[Any] = []
    if extent.schools:
        parts.append(_OF_SCHOOLS)
        given += [sorted(extent.schools)]
    if extent.pupils:
        parts.append(_SINGLE)
        given += [sorted(extent.pupils)]
    if extent.groups:
        groups = sorted(extent.group_ids)
        parts.append(_OF_GROUPS)
        given += [seen, groups, day, seen, groups, day]
    if extent.newcomers:
        new = sorted(extent.newcomers)
        parts.append(_NEW)
        given += [new, day - timedelta(days=NEWCOMER_DAYS), sorted(extent.newcomers & sight.pupil_schools), day]
    # an extent of boards or subjects alone reaches no pupil
    return _Reached(f"({' or '.join(parts) or 'false'})", given)
