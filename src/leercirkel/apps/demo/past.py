"""Days before the day of the demonstration, for what was written then."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from functools import cache

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.models import DateTimeField, F, Model
from django.utils import timezone

from leercirkel.apps.organisation.models import School
from leercirkel.apps.planning.models import Task

_WRITTEN_AT = time(15, 10)
"""After the lessons."""


@contextmanager
def on_day(day: date, school: School, *only: type[Model]) -> Iterator[None]:
    """The application goes by this day meanwhile (apps.clock), and what its actions wrote at the school is dated on it
    afterwards: rounds, plans, talks, tasks; or `only` in these tables, where nothing else is written. Only while an
    invented board is loaded, by one process that serves nobody.

    The log keeps the moments of the clock: it tells when a row was really written, and seals rest on that.
    """
    before, began = settings.TODAY, timezone.now()
    settings.TODAY = day
    try:
        yield
        _date(school, began, day, only)
    finally:
        settings.TODAY = before


def _date(school: School, began: datetime, day: date, only: tuple[type[Model], ...]) -> None:
    """Moves every moment that was written since `began` to this day, in the same order."""
    then = timezone.make_aware(datetime.combine(day, _WRITTEN_AT))
    shift, until = then - began, timezone.now() + timedelta(minutes=1)
    for model, names in _dated():
        for name in names if not only or model in only else ():
            rows = model._default_manager.filter(school=school, **{f"{name}__range": (began, until)})
            rows.update(**{name: F(name) + shift})


@cache
def _dated() -> tuple[tuple[type[Model], tuple[str, ...]], ...]:
    """The tables of rounds and plans with the columns that say when; of planning the tasks alone, since the moments of
    meetings are not when they were written. What is only ever added, only the owner of the database changes."""
    models: list[type[Model]] = [Task]
    for app in ("cycle", "groupplan"):
        models += apps.get_app_config(app).get_models()
    found = []
    with connection.cursor() as cursor:
        for model in models:
            cursor.execute("select has_table_privilege(%s, 'update')", [model._meta.db_table])
            names = tuple(each.name for each in model._meta.get_fields() if isinstance(each, DateTimeField))
            if cursor.fetchone() == (True,) and names:
                found.append((model, names))
    return tuple(found)
