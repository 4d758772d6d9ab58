"""An invented country around the invented board, so that its schools can be set beside others like them."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from leercirkel.analysis.benchmark.definition import STANDARDISED, Definition
from leercirkel.apps import clock
from leercirkel.apps.access.scope import whole_installation
from leercirkel.apps.benchmark.actions import publish_store
from leercirkel.apps.benchmark.models import ComparedSchool, Comparison
from leercirkel.apps.organisation.models import School
from leercirkel.demo.open_data import LAST_SCHOOL_YEAR, write_open_data
from leercirkel.exchange.duo.comparing import newest_years
from leercirkel.exchange.duo.reader import read
from leercirkel.exchange.duo.store import Store

SCHOOLS, YEARS, SEED = 800, 4, 2
WEIGHTINGS = {"Pluimgaard": 29.4, "Regenwiel": 34.1}
"""Schoolweging of the schools of the board for ordinary primary education, by a part of their names."""


def load_comparison(folder: Path) -> None:
    """Publishes the comparison of an invented country, in which each such school of the board stands in the place of
    the invented one whose population is nearest."""
    store = Store(folder / "store")
    files = []
    for path in write_open_data(folder / "bestanden", schools=SCHOOLS, years=YEARS, seed=SEED):
        data = path.read_bytes()
        made, _problems = read(data, path.name, LAST_SCHOOL_YEAR)
        if made is None:
            raise ValueError(path)
        files.append((made, hashlib.sha256(data).hexdigest()))
    store.add(files, clock.today())
    definition = Definition(years=newest_years(store, 3), score=STANDARDISED)
    # at once: pages of the comparison are kept as they were first seen
    with transaction.atomic(), whole_installation():
        publish_store(store=store, definition=definition, at=timezone.now())
        for school in School.objects.filter(kind=School.Kind.BAO):
            _put_in(school)


def _put_in(school: School) -> None:
    weighting = next((value for part, value in WEIGHTINGS.items() if part in school.name), None)
    if weighting is None:
        return
    newest = Comparison.objects.latest("pk")
    rows = ComparedSchool.objects.filter(comparison=newest, figures__has_keys=["advice", "score"])
    nearest = min(rows, key=lambda row: (abs(row.population - weighting), row.code))
    nearest.code, nearest.name = f"{school.brin}{school.location}", school.name
    nearest.save(update_fields=["code", "name"])
