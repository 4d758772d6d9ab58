"""A period from its first to its last day, both included, as the database keeps it."""

from __future__ import annotations

from datetime import date, timedelta

from psycopg.types.range import DateRange

from leercirkel.apps.access.refusals import WrongDates


def period(since: date, until: date | None = None) -> DateRange:
    """From the first day to the last, both included; no end without `until`. Raises WrongDates."""
    if until is not None and until < since:
        raise WrongDates
    return DateRange(since, None if until is None else until + timedelta(days=1))


def ended(during: DateRange, last_day: date) -> DateRange | None:
    """The same period, but ending after `last_day`, and never later than it did. None when nothing is left of it."""
    end = last_day + timedelta(days=1)
    if during.upper is not None:
        end = min(end, during.upper)
    if during.lower is not None and during.lower >= end:
        return None
    return DateRange(during.lower, end)
