"""Marks of pupils: what holds on a day, and everything that was ever written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import QuerySet
from psycopg.types.range import DateRange

from leercirkel.apps import clock
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.assessment.models import PupilMark
from leercirkel.apps.organisation.models import Enrolment, Group, Pupil, School
from leercirkel.apps.organisation.selectors import groups_of, pupils_of
from leercirkel.core.calendar import school_year_end, school_year_start
from leercirkel.exchange.marks import reader
from leercirkel.exchange.marks.reader import Mark


@dataclass(frozen=True, slots=True)
class Held:
    """What holds for a pupil on a day: a code of core.destinations, and kinds of support as `reader.care_text` writes
    them; empty where nothing was said."""

    destination: str = ""
    destination_since: date | None = None
    care: str = ""
    care_since: date | None = None


def writable_pupils(sight: Sight) -> QuerySet[Pupil]:
    """The pupils whose marks the user may write: who writes their plans and may see their file."""
    return pupils_of(sight, Right.WRITE_PLAN).filter(pk__in=pupils_of(sight, Right.SEE_DOSSIER).values("pk"))


def writable_groups(sight: Sight) -> QuerySet[Group]:
    """The classes of this school year and later whose marks the user may fill in as a list."""
    groups = groups_of(sight, Right.WRITE_PLAN) & groups_of(sight, Right.SEE_DOSSIER)
    return groups.filter(kind=Group.Kind.BASE, school_year__gte=clock.school_year()).order_by(
        "school__name", "school_year", "position", "name"
    )


def writable_schools(sight: Sight) -> QuerySet[School]:
    """The schools for which the user may read in a list of marks of any pupil."""
    whole = sight.extent(Right.WRITE_PLAN).schools & sight.extent(Right.SEE_DOSSIER).schools
    return School.objects.filter(id__in=whole & sight.schools).order_by("name")


def history_of(pupil: Pupil) -> list[PupilMark]:
    """Every mark that was ever written of a pupil, the newest first; also what was replaced. One query."""
    rows = PupilMark.every.filter(pupil=pupil).select_related("made_by", "replaced_by__made_by", "batch")
    return list(rows.order_by("-since", "-id"))


def as_marks(rows: Iterable[PupilMark]) -> list[Mark]:
    """As the analyses take them; the pupil goes by its row."""
    return [
        Mark(row.pk or 0, str(row.pupil_id), row.since, row.until, row.destination or None, reader.care_of(row.care))
        for row in rows
    ]


def held_on(rows: Iterable[PupilMark], day: date) -> dict[int, Held]:
    """Pupil → what holds on that day, by the rule that figures go by: a mark lasts until the next of its kind."""
    found: dict[int, Held] = {}
    for mark in reader.closed(as_marks(rows)):
        if mark.since > day or (mark.until is not None and mark.until < day):
            continue
        pupil = int(mark.pupil)
        before = found.get(pupil, Held())
        if mark.destination:
            before = replace(before, destination=mark.destination, destination_since=mark.since)
        if mark.care is not None:
            before = replace(before, care=reader.care_text(mark.care), care_since=mark.since)
        found[pupil] = before
    return found


def begin_of_period(pupil: Pupil, school_year: int) -> date:
    """The day whose destination counts in a school year: 1 August, for who came later the day of enrolment."""
    first, last = school_year_start(school_year), school_year_end(school_year)
    rows = Enrolment.objects.filter(
        pupil=pupil, school_id=pupil.school_id, during__overlap=DateRange(first, last, "[]")
    )
    came = [during.lower for during in rows.values_list("during", flat=True)]
    return max(first, min(came, default=first))
