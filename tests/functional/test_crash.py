"""Killed in the middle of writes, what was acknowledged is there, whole, and the log of use still proves itself.

Here the database keeps its promises to the disk (fsync on), as an installation's does.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.support import postgres
from tests.support.served import PATIENCE, Served, served

from leercirkel.operations import children, roles
from leercirkel.operations.postgres import Cluster

WRITERS = 3
WRITING = """
import sys
from leercirkel.config import start
from leercirkel.operations import installation

with installation.opened() as here:
    start.start(here.environment())
    from psycopg.types.range import DateRange
    from leercirkel.apps.access.scope import scope, whole_installation
    from leercirkel.apps.audit import log
    from leercirkel.apps.audit.kinds import Kind
    from leercirkel.apps.organisation.models import School, StaffMember

    with whole_installation():
        school = School.objects.get().pk
    for n in range(1_000_000):
        with scope(schools=[school]):
            made = StaffMember.objects.create(school_id=school, surname=sys.argv[1], during=DateRange())
            log.record(Kind.CREATED, by=None, school=school, about=made)
        print(made.pk, flush=True)
"""
SEALING = """
from leercirkel.config import start
from leercirkel.operations import installation

with installation.opened() as here:
    start.start(here.environment())
    from leercirkel.apps.audit.seals import seal_all

    while True:
        seal_all()
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    with postgres.own_folder() as own:
        yield own / "data"


def environment(folder: Path) -> dict[str, str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("DATABASE_", "LEERCIRKEL_", "DJANGO_"))}
    return clean | {"LEERCIRKEL_DATA": str(folder)}


def leercirkel(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "leercirkel.cli", *arguments],
        env=environment(folder),
        capture_output=True,
        text=True,
        check=False,
    )


def write_until_it_dies(folder: Path, pid: int) -> set[int]:
    """Three writers and one who seals, all at once, until `pid` is killed; what the writers were told is there."""
    outs = [folder.parent / f"writer-{n}" for n in range(WRITERS)]
    running = [start(folder, SEALING, folder.parent / "sealer")]
    running += [start(folder, WRITING, out, out.name) for out in outs]
    try:
        assert children.wait_until(lambda: all(len(acknowledged(out)) > 50 for out in outs), PATIENCE)
        os.kill(pid, signal.SIGKILL)
        assert children.wait_until(lambda: all(p.poll() is not None for p in running), PATIENCE)
    finally:
        for process in running:
            process.kill()
            process.wait()
    return {number for out in outs for number in acknowledged(out)}


def start(folder: Path, code: str, out: Path, *arguments: str) -> subprocess.Popen[bytes]:
    with out.open("wb") as file:
        return subprocess.Popen(
            [sys.executable, "-c", code, *arguments],
            env=environment(folder),
            stdout=file,
            stderr=subprocess.DEVNULL,
            preexec_fn=children.dies_with_us(),
        )


def acknowledged(out: Path) -> list[int]:
    whole = out.read_text().rpartition("\n")[0] if out.exists() else ""
    return [int(line) for line in whole.splitlines()]


def begin(folder: Path) -> None:
    made = leercirkel(
        folder, "school", "add", "De Kantelaar", "--brin", "99XA", "--kind", "sbo", "--board", "Stichting Kadewijs"
    )
    assert made.returncode == 0, made.stderr


def check(folder: Path, told: set[int]) -> None:
    with Cluster(folder).connection(roles.OWNER).open() as owner:
        staff = {row[0] for row in owner.execute("select id from organisation_staffmember").fetchall()}
        events = {
            row[0]
            for row in owner.execute(
                "select object_id from audit_event where object_type = 'organisation.staffmember'"
            ).fetchall()
        }
        seals = owner.execute("select count(*) from audit_seal where school_id is not null").fetchone()
    verified = leercirkel(folder, "audit", "verify")

    assert len(told) > 150
    assert told <= staff
    assert staff == events  # no write without its line in the log, and no line without its write
    assert seals is not None
    assert seals[0] > 0
    assert verified.returncode == 0, verified.stdout + verified.stderr


def database_of(leercirkel_: Served) -> int:
    return int((leercirkel_.folder / "postgres" / "postmaster.pid").read_text().split()[0])


def test_the_database_killed_in_the_middle_of_writes_comes_back_with_all_that_was_acknowledged(folder: Path) -> None:
    with served(folder) as running:
        running.wait()
        begin(folder)

        told = write_until_it_dies(folder, database_of(running))
        back = children.wait_until(running.answers, PATIENCE)

        assert back, running.said
        check(folder, told)
        assert running.end() == 0


def test_everything_killed_in_the_middle_of_writes_comes_back_with_all_that_was_acknowledged(folder: Path) -> None:
    with served(folder) as running:
        running.wait()
        begin(folder)

        told = write_until_it_dies(folder, running.process.pid)

    with served(folder) as again:
        again.wait()
        check(folder, told)
        assert again.end() == 0
