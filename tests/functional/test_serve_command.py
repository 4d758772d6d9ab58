"""`leercirkel serve` as a whole: it starts from nothing, keeps its parts running, and leaves nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from tests.support import postgres
from tests.support.served import PATIENCE, served

from leercirkel.operations import children, roles
from leercirkel.operations.postgres import Cluster


@pytest.fixture
def folder() -> Iterator[Path]:
    with postgres.own_folder() as own:
        yield own / "data"


@pytest.fixture(scope="module")
def made() -> Iterator[Path]:
    """Data of a Leercirkel that ran before: migrations take most of a first start."""
    with postgres.own_folder() as own:
        with served(own / "data") as leercirkel:
            leercirkel.wait()
            leercirkel.end()
        yield own / "data"


@pytest.fixture
def used(made: Path, folder: Path) -> Path:
    """A copy of these data, for one test."""
    subprocess.run(["cp", "-a", str(made), str(folder)], check=True)
    return folder


def processes_of(folder: Path) -> list[int]:
    """Every process that was told of this folder, by its environment or its command line."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            told = (entry / "environ").read_bytes() + (entry / "cmdline").read_bytes()
        except OSError:
            continue
        if str(folder).encode() in told and int(entry.name) != os.getpid():
            found.append(int(entry.name))
    return found


def test_it_starts_from_nothing_answers_and_ends_in_order(folder: Path) -> None:
    with served(folder) as leercirkel:
        leercirkel.wait()
        assert children.wait_until(lambda: any("draait op" in line for line in leercirkel.said), 60)
        page = leercirkel.get("/")
        counted = 'leercirkel_requests_total{method="GET",route="/",status='  # when the answer has been sent
        assert children.wait_until(lambda: counted in leercirkel.get("/metrics")[1], 60)
        metrics = leercirkel.get("/metrics")
        from_outside = leercirkel.get("/metrics", **{"X-Forwarded-For": "203.0.113.9"})

        code = leercirkel.end()

    assert code == 0
    assert page[0] in (200, 302)
    assert metrics[0] == 200
    assert "leercirkel_database_up 1.0" in metrics[1]
    assert 'leercirkel_tasks{status="failed"} 0.0' in metrics[1]
    assert from_outside[0] == 404
    assert children.wait_until(lambda: not processes_of(folder), 60), processes_of(folder)
    assert not leercirkel.events("died")


def test_a_backup_and_a_check_go_together_with_a_leercirkel_that_runs(used: Path, tmp_path: Path) -> None:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("DATABASE_", "LEERCIRKEL_", "DJANGO_"))}
    environment |= {
        "LEERCIRKEL_DATA": str(used),
        "LEERCIRKEL_BACKUP_KEY_FILE": str(tmp_path / "key"),
        "LEERCIRKEL_MAIL_HOST": "console",
    }
    commands = (["backup", "--make-key"], ["backup", str(tmp_path / "b")], ["doctor"], ["restore", str(tmp_path / "b")])
    with served(used) as leercirkel:
        leercirkel.wait()
        backup_key, backup, doctor, restore = [
            subprocess.run(
                [sys.executable, "-m", "leercirkel.cli", *command],
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )
            for command in commands
        ]
        metrics = leercirkel.get("/metrics")[1]
        still = leercirkel.end()

    assert (backup_key.returncode, backup.returncode) == (0, 0), backup.stderr
    assert (doctor.returncode, "draait nu niet" in doctor.stdout) == (0, False), doctor.stdout
    assert "leercirkel_last_backup_timestamp_seconds" in metrics
    assert "in gebruik" in restore.stderr
    assert still == 0


def test_no_request_tells_the_logs_or_the_figures_what_was_asked(used: Path) -> None:
    folder = used
    with served(folder) as leercirkel:
        leercirkel.wait()
        leercirkel.get("/leerling/?naam=Sanne-de-Wit", **{"User-Agent": "Sanne", "Referer": "https://x.nl/?q=Sanne"})
        leercirkel.get("/bestaat-niet/Sanne-de-Wit", Host="Sanne.example")
        assert children.wait_until(lambda: len(leercirkel.events("request")) >= 2, 60)
        figures = leercirkel.get("/metrics")[1]
        leercirkel.end()

    assert len(leercirkel.events("request")) >= 3
    assert all({"ms", "status", "route", "request"} <= line.keys() for line in leercirkel.events("request"))
    assert "Sanne" not in "".join(leercirkel.said)
    assert "Sanne" not in figures


def test_what_dies_is_started_again(used: Path) -> None:
    folder = used
    with served(folder) as leercirkel:
        leercirkel.wait()
        started = {str(line["program"]): int(str(line["child"])) for line in leercirkel.events("started")}
        for pid in (*started.values(), int((folder / "postgres" / "postmaster.pid").read_text().split()[0])):
            os.kill(pid, signal.SIGKILL)

        back = children.wait_until(
            lambda: len(leercirkel.events("died")) >= 3 and len(leercirkel.events("started")) >= 4, PATIENCE
        ) and children.wait_until(leercirkel.answers, PATIENCE)

        assert back, leercirkel.said
        assert {line["program"] for line in leercirkel.events("died")} == {"web", "worker", "database"}
        assert leercirkel.end() == 0


def test_what_keeps_dying_stops_everything_and_says_so(used: Path) -> None:
    folder = used
    with served(folder) as leercirkel:
        killed: set[object] = set()

        def ended() -> bool:
            for child in {
                line["child"] for line in leercirkel.events("started") if line["program"] == "worker"
            } - killed:
                os.kill(int(str(child)), signal.SIGKILL)
                killed.add(child)
            return leercirkel.process.poll() is not None

        assert children.wait_until(ended, PATIENCE)
        code = leercirkel.end()

    assert code == 1
    assert [line["program"] for line in leercirkel.events("keeps-dying")] == ["worker"]
    assert children.wait_until(lambda: not processes_of(folder), 60)


def test_kill_of_the_supervisor_leaves_nothing_running_and_loses_no_acknowledged_write(used: Path) -> None:
    folder = used
    with served(folder) as leercirkel:
        leercirkel.wait()
        with Cluster(folder).connection(roles.OWNER).open(autocommit=True) as owner:
            owner.execute("create table written (n int)")
        acknowledged: list[int] = []
        with Cluster(folder).connection(roles.APP).open(autocommit=True) as app, pytest.raises(psycopg.Error):
            write_until_it_dies(app, leercirkel.process.pid, acknowledged)
        leercirkel.process.wait(timeout=PATIENCE)
        gone = children.wait_until(lambda: not processes_of(folder), 60)
        left = processes_of(folder)

    with served(folder) as again:
        again.wait()
        with Cluster(folder).connection(roles.APP).open(autocommit=True) as app:
            found = {row[0] for row in app.execute("select n from written").fetchall()}

    assert gone, left
    assert len(acknowledged) > 100
    assert found >= set(acknowledged)


def write_until_it_dies(app: psycopg.Connection[tuple[int]], supervisor: int, acknowledged: list[int]) -> None:
    for n in range(10_000_000):
        app.execute("insert into written values (%s)", [n])
        acknowledged.append(n)
        if n == 100:
            os.kill(supervisor, signal.SIGKILL)


def test_a_second_one_on_the_same_data_or_the_same_port_is_told(used: Path) -> None:
    folder = used
    with served(folder) as leercirkel:
        leercirkel.wait()

        with served(folder) as second:
            assert second.process.wait(timeout=PATIENCE) == 1
        with served(folder.with_name("other"), f"--bind=127.0.0.1:{leercirkel.port}") as third:
            assert third.process.wait(timeout=PATIENCE) == 1

    assert "draait hier al" in "".join(second.said)
    assert "kan Leercirkel niet luisteren" in "".join(third.said)
    assert not third.events("keeps-dying")


def test_a_demonstration_never_runs_on_a_given_server_or_among_real_data(used: Path) -> None:
    """Whoever asks for it by the variable: there anyone signs in as anyone."""
    given = {"DATABASE_URL": "postgresql://leercirkel_app:x@127.0.0.1:1/leercirkel", "LEERCIRKEL_SECRET_KEY": "x" * 50}
    with served(used, LEERCIRKEL_DEMO="1", **given) as one:
        assert one.process.wait(timeout=PATIENCE) == 1
    with Cluster(used).running() as cluster, cluster.connection(roles.OWNER).open(autocommit=True) as database:
        database.execute("insert into organisation_board (name, number) values ('Stichting Echt', '')")
    with served(used, LEERCIRKEL_DEMO="1") as two:
        assert two.process.wait(timeout=PATIENCE) == 1

    assert "eigen ingebouwde database" in "".join(one.said)
    assert "staat al iets anders" in "".join(two.said)
