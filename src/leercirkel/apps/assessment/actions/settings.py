"""New versions of what results are held against. A version that was made never changes."""

from __future__ import annotations

from hashlib import sha256

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from leercirkel.apps.access.models import User
from leercirkel.apps.assessment.actions.imports import FilesHaveErrors
from leercirkel.apps.assessment.models import CalendarVersion, NormFile, StandardsVersion
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.organisation.models import School
from leercirkel.exchange import norm_files
from leercirkel.exchange.calendar import reader as calendar_reader
from leercirkel.exchange.problems import has_errors
from leercirkel.exchange.standards import reader as standards_reader

_ONE_AT_A_TIME = 5_170_421_735


class NormsKnown(Exception):
    """This very file is in use already."""


class NormsEnded(Exception):
    """This file is no longer in use."""


@transaction.atomic
def save_standards(
    *, school: School, school_year: int, toml: str, by: User | None, note: str = "", name: str = "normen"
) -> StandardsVersion:
    """A new version of the standards from this school year on. Raises FilesHaveErrors when they cannot be read."""
    read, problems = standards_reader.read(toml.encode(), name)
    if read is None or has_errors(problems):
        raise FilesHaveErrors(problems)
    made = StandardsVersion.objects.create(
        school=school,
        school_year=school_year,
        number=_next(StandardsVersion, school, school_year),
        toml=toml,
        note=note,
        made_by=by,
    )
    log.record(Kind.CREATED, by=by, school=school.pk, about=made, count=len(read.standards))
    return made


@transaction.atomic
def save_calendar(
    *, school: School, school_year: int, toml: str, by: User | None, name: str = "toetskalender"
) -> CalendarVersion:
    """A new version of the test calendar, as `save_standards`."""
    read, problems = calendar_reader.read_all(toml.encode(), name)
    if read is None or has_errors(problems):
        raise FilesHaveErrors(problems)
    made = CalendarVersion.objects.create(
        school=school,
        school_year=school_year,
        number=_next(CalendarVersion, school, school_year),
        toml=toml,
        made_by=by,
    )
    log.record(Kind.CREATED, by=by, school=school.pk, about=made, count=len(read.tests))
    return made


@transaction.atomic
def load_norms(
    *, school: School, content: bytes, name: str, source: str, right_of_use: str, by: User | None
) -> NormFile:
    """Keeps a file of norm tables or growth norms as it was delivered, with where it comes from and by what right it
    is used.

    Raises FilesHaveErrors when a table in it is not whole (core.norm_faults), NormsKnown when it is in use already.
    """
    read, problems = norm_files.read(content, name)
    if read is None or has_errors(problems):
        raise FilesHaveErrors(problems)
    hashed = sha256(content).hexdigest()
    if NormFile.objects.filter(school=school, sha256=hashed, ended_at=None).exists():
        raise NormsKnown
    made = NormFile.objects.create(
        school=school,
        kind=NormFile.Kind.GROWTH if read.growth else NormFile.Kind.TABLES,
        name=name,
        sha256=hashed,
        content=content,
        tables=read.count,
        source=source,
        right_of_use=right_of_use,
        made_by=by,
    )
    log.record(Kind.CREATED, by=by, school=school.pk, about=made, count=read.count)
    return made


@transaction.atomic
def end_norms(*, file: NormFile, by: User | None) -> None:
    """From now on a file of norm tables is no longer used; it stays in the history. Raises NormsEnded when it was ended
    before."""
    changed = NormFile.objects.filter(pk=file.pk, ended_at=None).update(ended_at=timezone.now(), ended_by=by)
    if not changed:
        raise NormsEnded
    log.record(Kind.CHANGED, by=by, school=file.school_id, about=file, purpose="ended")


def _next(versions: type[StandardsVersion] | type[CalendarVersion], school: School, school_year: int) -> int:
    """The number of the next version; who asks at the same time waits until this one is there."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s, %s)", [_ONE_AT_A_TIME % 2**31, school.pk])
    of_year = versions.objects.filter(school=school, school_year=school_year)
    return int(of_year.aggregate(last=Max("number"))["last"] or 0) + 1
