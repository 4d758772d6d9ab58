"""Versions and drafts of a school's standards, for who may see or make them."""

from __future__ import annotations

from django.db.models import QuerySet

from leercirkel.apps import clock
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.assessment.models import StandardsDraft, StandardsVersion
from leercirkel.apps.organisation.models import School
from leercirkel.exchange.problems import Problem, has_errors
from leercirkel.exchange.standards import reader
from leercirkel.exchange.standards.model import StandardsFile

NOTHING = StandardsFile(None, None, (), "normen")


def schools_with_standards(sight: Sight) -> QuerySet[School]:
    """The schools whose standards the user may read: with figures of the whole school, or who sets them."""
    ids = sight.extent(Right.SEE_FIGURES).schools | sight.extent(Right.MANAGE_STANDARDS).schools
    return School.objects.filter(id__in=ids & sight.schools).order_by("name")


def managed_schools(sight: Sight) -> QuerySet[School]:
    """The schools whose standards and norm tables the user sets."""
    return School.objects.filter(id__in=sight.extent(Right.MANAGE_STANDARDS).schools & sight.schools).order_by("name")


def versions_of(school: School) -> QuerySet[StandardsVersion]:
    """Every version there ever was, the newest school year first, and its newest version first."""
    rows = StandardsVersion.objects.filter(school=school).select_related("made_by")
    return rows.order_by("-school_year", "-number")


def holding_version(school: School, school_year: int) -> StandardsVersion | None:
    """The version that holds in this school year: of the last year up to it that has one, else of the first year."""
    rows = versions_of(school)
    return rows.filter(school_year__lte=school_year).first() or rows.order_by("school_year", "-number").first()


def draft_of(school: School, school_year: int) -> StandardsDraft | None:
    """The draft of this school year, or None."""
    return StandardsDraft.objects.filter(school=school, school_year=school_year).select_related("made_by").first()


def years_of(school: School) -> list[int]:
    """School years whose standards may be set: every year with a version, this one and the next; newest first."""
    now = clock.school_year()
    rows = StandardsVersion.objects.filter(school=school).values_list("school_year", flat=True)
    return sorted({*rows, now, now + 1}, reverse=True)


def read(kept: StandardsVersion | StandardsDraft | None) -> StandardsFile:
    """What a version or draft says; nothing when there is none."""
    if kept is None:
        return NOTHING
    file, _problems = reader.read_begun(kept.toml.encode(), "normen")
    return file or NOTHING


def read_file(content: bytes) -> tuple[StandardsFile | None, list[Problem]]:
    """The standards in a file that somebody chose, with its problems; None when one of these is an error."""
    file, problems = reader.read(content, "normen")
    return (None if has_errors(problems) else file), problems


def warnings_of(draft: StandardsDraft) -> list[Problem]:
    """What is odd in a draft without being wrong."""
    _file, problems = reader.read_begun(draft.toml.encode(), "normen")
    return [each for each in problems if each.code != "no-standard"]
