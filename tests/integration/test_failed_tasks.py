"""Of a task that failed only the kind of error and its place are kept: its text may quote a row or a file."""

from __future__ import annotations

import pytest
from django.db import IntegrityError
from django_tasks_db.models import DBTaskResult
from tests.support import raw

from leercirkel.config import failed_tasks


@pytest.fixture
def task(db: None) -> DBTaskResult:  # type: ignore[type-arg]
    failed_tasks.watch()
    return DBTaskResult.objects.get(pk=raw.until_told.enqueue("x").id)


def test_the_row_that_an_error_quotes_is_not_kept(task: DBTaskResult) -> None:  # type: ignore[type-arg]
    """Under row security the database leaves the row out itself; on other tables, and in what a reader says, it is."""
    try:
        raise IntegrityError("DETAIL: Key (name)=(Noor Aardenburg) already exists.") from ValueError("Noor Aardenburg")
    except IntegrityError as error:
        task.set_failed(error)

    kept = DBTaskResult.objects.get(pk=task.pk)
    assert "Noor" not in kept.traceback
    assert "Aardenburg" not in kept.traceback
    assert kept.traceback.startswith("django.db.utils.IntegrityError\n")
    assert "test_failed_tasks.py" in kept.traceback
    assert "from builtins.ValueError" in kept.traceback


def test_an_error_that_nobody_is_handling_leaves_its_kind(task: DBTaskResult) -> None:  # type: ignore[type-arg]
    task.set_failed(ValueError("Noor Aardenburg"))

    assert DBTaskResult.objects.get(pk=task.pk).traceback == "builtins.ValueError"
