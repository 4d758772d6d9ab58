"""The rounds of a school: school year and moment with results."""

from __future__ import annotations

from leercirkel.apps.assessment.models import Result
from leercirkel.apps.organisation.models import School
from leercirkel.core.calendar import MOMENTS


def rounds_of(school: School) -> list[tuple[int, str]]:
    """School year (first year) and moment of every round in which any test was taken, newest first. One query."""
    rows = Result.objects.filter(school=school, moment__in=MOMENTS, not_taken="").order_by()
    found = rows.values_list("school_year", "moment").distinct()
    return sorted(found, key=lambda of: (of[0], MOMENTS.index(of[1])), reverse=True)
