"""A round at De Kantelaar of the small world, on results to count by hand; each test's own, undone afterwards.

A module makes the school once (`school`), and lets each test begin anew (`undone`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.db import transaction
from django.test import Client
from tests.support import small_results
from tests.support.signed_in import sign_in
from tests.support.world import DAY, World

from leercirkel.apps.access.scope import scope
from leercirkel.apps.access.sight import Sight, sight_of
from leercirkel.apps.assessment.actions import save_calendar
from leercirkel.apps.assessment.models import Result
from leercirkel.apps.cycle.actions.rounds import open_round
from leercirkel.apps.cycle.models import CycleRun

_TEST = """
[[test]]
subject = "{}"
instrument = "Demo-LVS"
moment = "M"
window = {{from = "01-15", until = "02-20"}}
"""
CALENDAR = "".join(_TEST.format(subject) for subject in ("rekenen", "spelling"))


@contextmanager
def school(name: str, calendar: str = CALENDAR) -> Iterator[World]:
    """The small world with a calendar: 21 results are expected (11 pupils, two tests, one ill) and in."""
    with small_results.committed(name) as world:
        here = world.schools["kantelaar"]
        with scope(schools=[here.pk]):
            Result.objects.filter(school=here).update(instrument="Demo-LVS")
            save_calendar(school=here, school_year=2026, toml=calendar, by=None)
        yield world


@contextmanager
def undone() -> Iterator[None]:
    """What is written inside is gone afterwards; frames come over another connection and see what was there before."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def sight(world: World, user: str) -> Sight:
    """What a user may on the day of the tests; leaves the transaction in that user's scope."""
    return sight_of(world.users[user].pk, DAY)


def opened(world: World, by: str = "head", plans_due: date | None = None) -> CycleRun:
    """The round of January 2027."""
    return open_round(
        sight=sight(world, by), school=world.schools["kantelaar"], school_year=2026, moment="M",
        leader=world.staff["learning_coordinator"], by=world.users[by], plans_due=plans_due,
    )  # fmt: skip


def client(world: World, user: str) -> Client:
    """Signed in."""
    made = Client()
    sign_in(made, world.users[user])
    return made
