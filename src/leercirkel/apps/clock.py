"""The day that the application goes by."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

from leercirkel.core.calendar import school_year_of


def today() -> date:
    """The real day in the Netherlands, or the fixed one of a demonstration. Never for the log or for sessions."""
    fixed: date | None = settings.TODAY
    return fixed or timezone.localdate()


def school_year() -> int:
    """The first calendar year of the school year that `today` is in."""
    return school_year_of(today())


def now() -> datetime:
    """This moment; in a demonstration the time of the clock on the fixed day. For agendas, never for the log."""
    real = timezone.localtime()
    return real.replace(year=today().year, month=today().month, day=today().day)
