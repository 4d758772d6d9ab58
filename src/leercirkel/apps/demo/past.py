"""Days before the day of the demonstration, for what was written then."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.conf import settings


@contextmanager
def on_day(day: date) -> Iterator[None]:
    """The application goes by this day meanwhile (apps.clock): what its actions write then, is of then. Only while an
    invented board is loaded, by one process that serves nobody. Days in the log stay the real ones."""
    before = settings.TODAY
    settings.TODAY = day
    try:
        yield
    finally:
        settings.TODAY = before
