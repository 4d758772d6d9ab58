"""The small world with results to count by hand, committed: frames come over a connection of their own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.db import transaction
from tests.support import database
from tests.support import world as made
from tests.support.world import World

from leercirkel.apps.access.scope import scope
from leercirkel.apps.assessment import arrow
from leercirkel.apps.assessment.actions import save_standards
from leercirkel.apps.assessment.models import PupilMark, Result

STANDARDS = """
[[standard]]
subject = "rekenen"
quantity = "score"
tiers = [{name = "basis", threshold = 101, target_share = 0.75}]

[[standard]]
subject = "spelling"
quantity = "dle"
scope = "destination:VMBO_KB"
dle = [30, 1000]
tiers = [{name = "basis", dl_factor = 0.65, target_share = 0.75}]
"""


@contextmanager
def committed(name: str) -> Iterator[World]:
    """At De Kantelaar everyone has 100 in January 2026 and 101 in January 2027, at rekenen and spelling.

    But of group 5 Daan has 95 at rekenen, Mila was ill, and Noor has an OPP, vmbo-kader as destination, and DLE 20 at
    spelling.
    """
    with database.own(name):
        with transaction.atomic():
            world = made.build()
            school = world.schools["kantelaar"]
            with scope(schools=[school.pk]):
                save_standards(school=school, school_year=2024, toml=STANDARDS, by=None)
                of_2026 = Result.objects.filter(school=school, school_year=2026)
                arithmetic = of_2026.filter(subject="rekenen")
                arithmetic.filter(pupil=world.pupils["daan"]).update(score=95.0)
                arithmetic.filter(pupil=world.pupils["mila"]).update(score=None, not_taken="ill")
                of_2026.filter(subject="spelling", pupil=world.pupils["noor"]).update(dle=20.0, dle_operator="=")
                PupilMark.objects.create(
                    school=school, pupil=world.pupils["noor"], since=date(2026, 8, 1), care="opp", destination="VMBO_KB"
                )
        try:
            yield world
        finally:
            arrow._kept.close()
