"""A task whose worker died: the next worker does it again, and after three times it is given up."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from tests.support import raw
from tests.support.postgres import ROOT, Database

from leercirkel.config import interrupted
from leercirkel.operations import check_database, children

PATIENCE = 60


def worker(data: Path, *arguments: str) -> subprocess.Popen[bytes]:
    """The command as an installation starts it, with the tests' own tasks in reach."""
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "leercirkel.cli", "worker", *arguments],
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "leercirkel.config.settings",
            "LEERCIRKEL_SECRET_KEY": "only for tests",
            "LEERCIRKEL_DATA": str(data),
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        },
        preexec_fn=children.dies_with_us(signal.SIGKILL),
    )


@pytest.fixture
def waiting(own_db: Database, tmp_path: Path) -> DBTaskResult:  # type: ignore[type-arg]
    """A task in the queue that waits for a file, whoever does it."""
    asked = raw.until_told.enqueue(str(tmp_path))
    return DBTaskResult.objects.get(pk=asked.id)


def begins(folder: Path, data: Path) -> subprocess.Popen[bytes]:
    """A worker that has begun the task."""
    (folder / "begun").unlink(missing_ok=True)
    one = worker(data)
    assert children.wait_until(lambda: (folder / "begun").exists() or one.poll() is not None, PATIENCE)
    assert one.poll() is None
    return one


def told(database: Database) -> list[str]:
    return [each.text for each in check_database.as_application(database.app) if each.topic == "achtergrond"]


def left_a_while_ago(task: DBTaskResult) -> None:  # type: ignore[type-arg]
    DBTaskResult.objects.filter(pk=task.pk).update(started_at=timezone.now() - timedelta(minutes=2))


def test_a_task_whose_worker_was_killed_is_done_by_the_next(
    waiting: DBTaskResult,  # type: ignore[type-arg]
    own_db: Database,
    tmp_path: Path,
) -> None:
    killed = begins(tmp_path, tmp_path / "data")
    left_a_while_ago(waiting)
    while_it_works = told(own_db)
    killed.kill()
    killed.wait()
    assert children.wait_until(lambda: interrupted._free(waiting.pk), PATIENCE)
    after = told(own_db)
    (tmp_path / "go").touch()

    worker(tmp_path / "data", "--once").wait(PATIENCE)

    waiting.refresh_from_db()
    assert (waiting.status, waiting.return_value) == (TaskResultStatus.SUCCESSFUL, "done")
    assert len(waiting.worker_ids) == 2
    assert not any("bleven liggen" in text for text in while_it_works)
    assert [text for text in after if "bleven liggen" in text]


def test_a_task_that_another_worker_is_doing_is_left_alone(
    waiting: DBTaskResult,  # type: ignore[type-arg]
    tmp_path: Path,
) -> None:
    other = begins(tmp_path, tmp_path / "data")

    taken = interrupted.take_up()

    (tmp_path / "go").touch()
    assert children.wait_until(lambda: not DBTaskResult.objects.filter(pk=waiting.pk).running().exists(), PATIENCE)
    other.terminate()
    other.wait(PATIENCE)
    waiting.refresh_from_db()
    assert taken == 0
    assert (waiting.status, len(waiting.worker_ids)) == (TaskResultStatus.SUCCESSFUL, 1)


@pytest.mark.parametrize(("tries", "becomes"), [(1, "READY"), (2, "READY"), (3, "FAILED")])
def test_after_three_times_a_task_that_kills_its_worker_is_given_up(
    waiting: DBTaskResult,  # type: ignore[type-arg]
    tries: int,
    becomes: str,
) -> None:
    waiting.status, waiting.worker_ids = TaskResultStatus.RUNNING, [f"worker-{n}" for n in range(tries)]
    waiting.started_at = timezone.now()
    waiting.save()

    taken = interrupted.take_up()

    waiting.refresh_from_db()
    assert (taken, waiting.status) == (1, becomes)
    assert ("WorkerDied" in waiting.exception_class_path) == (becomes == "FAILED")
