"""`python -m bare.make`: tables, a user and rows of the bare project; prints the session of that user."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client

from bare import web  # noqa: F401  (the settings)
from bare.models import Enrolment, Group, Pupil

CLASSES, PUPILS, YEARS = 24, 29, 8
BORN = date(2017, 3, 4)


def main() -> None:
    """Every class as large as one of ours; the first pupil has sat in eight."""
    call_command("migrate", run_syncdb=True, verbosity=0)
    groups = Group.objects.bulk_create([Group(name=f"Groep {n}") for n in range(CLASSES)])
    names = [f"Achternaam {n}" for n in range(CLASSES * PUPILS)]
    pupils = Pupil.objects.bulk_create([Pupil(first_name="Kind", surname=name, birth_date=BORN) for name in names])
    seats = [Enrolment(pupil=each, group=groups[n // PUPILS], grade="5") for n, each in enumerate(pupils)]
    seats += [Enrolment(pupil=pupils[0], group=groups[year], grade="4") for year in range(1, YEARS)]
    Enrolment.objects.bulk_create(seats)
    users: Any = get_user_model()
    client = Client()
    client.force_login(users.objects.create_user("juf"))
    print(client.session.session_key)


if __name__ == "__main__":
    main()
