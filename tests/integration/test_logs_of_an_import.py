"""An import, its questions and answers, what is written for parents, and a fault in between: no name in any log."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from tests.support.result_tables import csv
from tests.support.signed_in import sign_in
from tests.support.uploads import DAAN, NOOR, address_of, confirm, told, upload, work
from tests.support.world import World

from leercirkel.operations import logs, roles

pytestmark = pytest.mark.django_db
SECRETS = ("Aardenburg", "Brinkhorst", "Noor", "geheim.csv", "104,5", "Verzonnen zin")


class Kept(logging.Handler):
    """What would have been written to standard error."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []
        self.setFormatter(logs.JsonLines())

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def kept() -> Iterator[Kept]:
    handler, root = Kept(), logging.getLogger()
    levels = {name: logging.getLogger(name).level for name in ("", "django", "leercirkel", "django.db.backends")}
    root.addHandler(handler)
    for name in levels:
        logging.getLogger(name).setLevel(logging.DEBUG)
    yield handler
    root.removeHandler(handler)
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


def test_nothing_of_a_file_or_a_child_is_in_a_line_of_the_log(world: World, kept: Kept) -> None:
    analyst = Client(raise_request_exception=False)
    sign_in(analyst, world.users["trend_analyst"])
    doubtful = told(NOOR | {"geboortedatum": "05-10-2017"})
    page = upload(analyst, ("geheim.csv", csv(doubtful, told(DAAN), told(DAAN, vaardigheidsscore="onzin 104,5"))))
    confirm(analyst, page, zeker="1")
    work(page)
    analyst.get("/resultaten/inlezen/onthouden/")
    analyst.post(f"{address_of(page)}ongedaan/")
    teacher = Client(raise_request_exception=False)
    sign_in(teacher, world.users["teacher"])
    sheet = f"/leerlingen/{world.pupils['noor'].pk}/gespreksblad/"
    teacher.post(sheet, {"child": "Verzonnen zin over Noor"})
    teacher.get(f"/leerlingen/{world.pupils['noor'].pk}/tekst/")

    try:
        raise ValueError("Noor Aardenburg staat in geheim.csv")
    except ValueError:
        logging.getLogger("django_tasks_db").exception("Task id=%s failed: %s", 1, "Noor Aardenburg")
        logs.logger("worker").exception("task-failed", extra={"fields": {"task": "Noor Aardenburg"}})

    assert len(kept.lines) > 2
    assert [line for line in kept.lines if any(secret in line for secret in SECRETS)] == []


def test_the_server_of_the_database_writes_no_statement_and_no_parameter(world: World) -> None:
    """As the application's own session has it: what a role may set itself is set for it."""
    asked = {**roles.QUIET, "log_parameter_max_length_on_error": "0"}
    with connection.cursor() as cursor:
        cursor.execute("select name, setting from pg_settings where name = any(%s)", [list(asked)])
        found = dict(cursor.fetchall())

    assert found == asked
