"""`leercirkel doctor` sees what is wrong with a database, its roles and the machine, and says what to do."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.support import database, postgres

from leercirkel.operations import check_database, check_machine, figures
from leercirkel.operations.connections import Connection
from leercirkel.operations.findings import Finding


@pytest.fixture
def made(django_db_blocker: Any) -> Iterator[postgres.Database]:
    with django_db_blocker.unblock(), database.own("doctor") as one:
        yield one


def found(way: Connection, topic: str) -> list[Finding]:
    return [finding for finding in check_database.as_application(way) if finding.topic == topic]


def test_a_new_installation_has_nothing_wrong_with_its_roles_and_rows(made: postgres.Database) -> None:
    all_ = [*check_database.as_application(made.app), *check_database.as_owner(made.owner)]

    wrong = [finding for finding in all_ if finding.verdict != "good"]
    assert {f.text.split()[0] for f in wrong} <= {"fsync", "full_page_writes", "synchronous_commit"}  # off in tests
    assert {"rol", "rijbeveiliging", "eigenaar", "tijd", "verbinding", "achtergrond"} <= {f.topic for f in all_}


def test_settings_that_lose_what_was_confirmed_are_told(made: postgres.Database) -> None:
    texts = [finding.text for finding in found(made.app, "database") if finding.verdict == "wrong"]

    assert sorted(text.split()[0] for text in texts) == ["fsync", "full_page_writes", "synchronous_commit"]


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("create table leak (school_id bigint)", "leak"),
        ("create table leak (school_id bigint); alter table leak enable row level security", "leak"),
        (
            "create table leak as select 7::bigint as school_id; alter table leak enable row level security;"
            "create policy p on leak to leercirkel_app using (true)",
            "leak",
        ),
        ("alter table organisation_pupil disable row level security", "organisation_pupil"),
        ("alter table organisation_pupil force row level security", "organisation_pupil"),
    ],
)
def test_a_table_of_schools_that_is_not_closed_per_school_is_named(
    made: postgres.Database, statement: str, told: str
) -> None:
    with made.owner.open(autocommit=True) as owner:
        owner.execute(statement.encode())

    (finding,) = found(made.app, "rijbeveiliging")

    assert finding.verdict == "wrong"
    assert told in finding.text
    assert finding.advice


def test_an_application_that_may_too_much_is_told(made: postgres.Database) -> None:
    for way, told in ((made.owner, "bezit tabellen"), (made.superuser, "is superuser")):
        (finding,) = found(way, "rol")

        assert finding.verdict == "wrong"
        assert told in finding.text


def test_a_server_that_may_write_names_into_its_log_is_told(made: postgres.Database) -> None:
    assert [finding.verdict for finding in found(made.app, "logs")] == ["good"]
    with made.superuser.open(autocommit=True) as superuser:
        superuser.execute(f"alter role leercirkel_app in database {made.name} set log_min_error_statement = 'error'")

    (finding,) = found(made.app, "logs")

    assert finding.verdict == "wrong"
    assert "log_min_error_statement" in finding.text


def test_tables_of_somebody_else_are_told_to_the_owner(made: postgres.Database) -> None:
    with made.superuser.open(autocommit=True) as superuser:
        superuser.execute("create table foreign_table (n int)")

    (finding,) = check_database.as_owner(made.owner)

    assert finding.verdict == "wrong"
    assert "foreign_table" in finding.text


def test_work_that_nobody_does_is_told(made: postgres.Database) -> None:
    with made.owner.open(autocommit=True) as owner:
        for status, ago in (("READY", "1 hour"), ("RUNNING", "1 day"), ("FAILED", "1 day"), ("SUCCESSFUL", "1 day")):
            owner.execute(
                "insert into django_tasks_database_dbtaskresult (id, status, enqueued_at, started_at, finished_at,"
                " args_kwargs, priority, task_path, queue_name, backend_name, run_after, return_value,"
                " exception_class_path, traceback, worker_ids) values (gen_random_uuid(), %s, now() - %s::interval,"
                " now() - %s::interval, now() - %s::interval, '{}', 0, 'x', 'default', 'default',"
                " now() - interval '1 day', '{}', '', '', '[]')",
                [status, ago, ago, ago],
            )

    verdicts = [(finding.verdict, finding.text.split()[0]) for finding in found(made.app, "achtergrond")]

    assert verdicts == [("wrong", "1"), ("attention", "1"), ("attention", "1")]


def test_a_database_that_does_not_answer_is_told_without_the_password() -> None:
    (finding,) = check_database.as_application(Connection("127.0.0.1", 1, "lc", "app", "geheim"))

    assert finding.verdict == "wrong"
    assert "Connection refused" in finding.text
    assert "geheim" not in finding.text + finding.advice


@pytest.mark.parametrize(
    ("text", "mode", "verdict"),
    [("x" * 50, 0o600, "good"), ("x" * 50, 0o644, "wrong"), ("short", 0o600, "wrong"), ("", 0o600, "wrong")],
)
def test_the_key_of_sessions_is_long_and_closed(tmp_path: Path, text: str, mode: int, verdict: str) -> None:
    path = tmp_path / "key"
    path.write_text(text)
    path.chmod(mode)

    assert check_machine.secret_key(path, None).verdict == verdict


def test_a_backup_that_is_missing_or_old_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = tmp_path / "data"
    data.mkdir()
    monkeypatch.setenv("LEERCIRKEL_DATA", str(data))
    monkeypatch.setenv("LEERCIRKEL_BACKUP_KEY_FILE", str(tmp_path / "key"))
    from leercirkel.operations import backup_key

    seen = [[f.verdict for f in check_machine.backups(data)]]
    backup_key.make()
    for ago in (None, timedelta(days=3), timedelta(hours=20)):
        if ago is not None:
            figures.note_backup(data, datetime.now(UTC) - ago, 1)
        seen.append([f.verdict for f in check_machine.backups(data)])

    assert seen == [["wrong"], ["wrong"], ["wrong"], ["good"]]


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({"LEERCIRKEL_HOSTS": "*"}, "elke naam"),
        ({"LEERCIRKEL_HOSTS": "lc.example.nl"}, "geen proxy"),
        ({"LEERCIRKEL_TRUSTED_PROXIES": "nginx"}, "nginx"),
        ({"LEERCIRKEL_HOSTS": "lc.example.nl", "LEERCIRKEL_HTTP": "1"}, "zonder TLS"),
        ({"LEERCIRKEL_DEMO": "1"}, "demo"),
        ({"LEERCIRKEL_HOSTS": "lc.example.nl", "LEERCIRKEL_ADDRESS": "http://lc.example.nl"}, "LEERCIRKEL_ADDRESS"),
    ],
)
def test_settings_that_do_not_go_together_are_told(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], told: str
) -> None:
    for name in ("HOSTS", "TRUSTED_PROXIES", "HTTP", "DEMO", "ADDRESS"):
        monkeypatch.delenv(f"LEERCIRKEL_{name}", raising=False)
    for key, value in environment.items():
        monkeypatch.setenv(key, value)

    findings = list(check_machine.settings(embedded=False))

    assert any(told in finding.text and finding.advice for finding in findings)


def test_the_command_from_a_new_folder_until_nothing_is_wrong(tmp_path: Path) -> None:
    with postgres.own_folder() as own:
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("LEERCIRKEL_", "DATABASE_", "DJANGO_"))}
        environment |= {
            "LEERCIRKEL_DATA": str(own / "data"),
            "LEERCIRKEL_BACKUP_KEY_FILE": str(tmp_path / "key"),
            "LEERCIRKEL_MAIL_HOST": "console",
        }

        def leercirkel(*arguments: str) -> subprocess.CompletedProcess[str]:
            return subprocess.run(
                [sys.executable, "-m", "leercirkel.cli", *arguments],
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )

        first = leercirkel("doctor")
        steps = [leercirkel("migrate"), leercirkel("backup", "--make-key"), leercirkel("backup", str(tmp_path / "b"))]
        last = leercirkel("doctor", "--json")

    assert first.returncode == 1
    assert "leercirkel migrate" in first.stdout
    assert "leercirkel backup --make-key" in first.stdout
    assert [step.returncode for step in steps] == [0, 0, 0], steps
    assert [f["text"] for f in json.loads(last.stdout) if f["verdict"] == "wrong"] == []
    assert last.returncode == 0, last.stderr
