"""Imports on real connections and in real processes: two people at once, and a worker that is killed in the middle."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connections, transaction
from tests.support.postgres import ROOT, Database
from tests.support.result_tables import csv
from tests.support.uploads import NOOR, told
from tests.support.world import World, build

from leercirkel.apps import clock
from leercirkel.apps.access.scope import scope
from leercirkel.apps.access.sight import Sight, sight_of
from leercirkel.apps.assessment.actions import wizard
from leercirkel.apps.assessment.actions.imports import EVERYONE
from leercirkel.apps.assessment.models import ImportBatch, Result
from leercirkel.apps.assessment.selectors.imports import left_behind, uploads_of
from leercirkel.apps.assessment.tasks import carry_out_batch
from leercirkel.apps.assessment.wizard import locks
from leercirkel.apps.assessment.wizard.apply import Choices
from leercirkel.apps.assessment.wizard.plan import make
from leercirkel.operations import children

PATIENCE = 120
MANY = 50_000


@pytest.fixture
def world(own_db: Database) -> World:
    with transaction.atomic():
        return build()


def confirmed(world: World, data: bytes, who: str = "trend_analyst") -> ImportBatch:
    """An import that somebody looked at and confirmed; the worker has not seen it yet."""
    school, user = world.schools["kantelaar"], world.users[who]
    with scope(schools=[school.pk], user=user.pk):
        batch = wizard.open_import(school=school, files=[(data, "resultaten.csv")], by=user)
        plan = make(school, uploads_of(batch), EVERYONE)
        wizard.confirm_import(batch=batch, choices=Choices(), seen=plan.mark, by=user)
        return batch


def now(world: World, batch: ImportBatch) -> tuple[str, int, int]:
    """State, how many rows are said to be in, and how many are."""
    with scope(schools=[world.schools["kantelaar"].pk]):
        kept = ImportBatch.objects.get(pk=batch.pk)
        return kept.state, kept.done, Result.every.filter(batch=batch).count()


def sight(world: World, who: str = "trend_analyst") -> Sight:
    with transaction.atomic():
        return sight_of(world.users[who].pk, clock.today())


def worker(data: Path, *arguments: str) -> subprocess.Popen[bytes]:
    """The command as an installation starts it."""
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "leercirkel.cli", "worker", *arguments],
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "leercirkel.config.settings",
            "LEERCIRKEL_DATA": str(data),
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        },
        preexec_fn=children.dies_with_us(signal.SIGKILL),
    )


def test_a_worker_killed_in_the_middle_of_fifty_thousand_results_leaves_nothing_and_the_next_brings_them_all(
    world: World, tmp_path: Path
) -> None:
    batch = confirmed(world, csv(*(told(NOOR, versie=str(n)) for n in range(MANY))))
    killed = worker(tmp_path)

    def in_the_middle() -> bool:
        state, done, _rows = now(world, batch)
        return killed.poll() is not None or (state == "running" and 0 < done < MANY)

    assert children.wait_until(in_the_middle, PATIENCE)
    assert killed.poll() is None
    killed.kill()
    killed.wait()
    with scope(schools=[world.schools["kantelaar"].pk]):
        assert children.wait_until(lambda: not locks.at_work(batch.pk), PATIENCE)
        assert left_behind(ImportBatch.objects.get(pk=batch.pk))
    assert now(world, batch)[::2] == ("running", 0)

    worker(tmp_path, "--once").wait(PATIENCE)

    assert now(world, batch) == ("done", MANY, MANY)


def test_who_imports_a_file_that_somebody_else_is_importing_is_told(world: World) -> None:
    data = csv(told(NOOR))
    mine = confirmed(world, data)
    school = world.schools["kantelaar"].pk

    def at_the_same_time() -> str:
        try:
            with scope(schools=[school]):
                other = wizard.open_import(
                    school=world.schools["kantelaar"], files=[(data, "zelfde.csv")], by=world.users["teacher"]
                )
                plan = make(world.schools["kantelaar"], uploads_of(other), EVERYONE)
                wizard.confirm_import(batch=other, choices=Choices(), seen=plan.mark, by=world.users["teacher"])
            return "confirmed"
        except locks.FileBusy as busy:
            return busy.name
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(at_the_same_time).result() == "zelfde.csv"
    assert now(world, mine)[0] == "running"


def test_two_workers_with_the_same_file_bring_it_once_and_the_second_comes_back_to_be_looked_at(world: World) -> None:
    data = csv(told(NOOR))
    mine = confirmed(world, data)
    with scope(schools=[world.schools["kantelaar"].pk]):
        ImportBatch.objects.filter(pk=mine.pk).update(state="open")  # confirmed at the very same moment
    theirs = confirmed(world, data)
    with scope(schools=[world.schools["kantelaar"].pk]):
        ImportBatch.objects.filter(pk=mine.pk).update(state="running")

    def by_another_worker() -> None:
        try:
            carry_out_batch.func(batch=theirs.pk)
        finally:
            connections.close_all()

    own = sight(world)
    with scope(schools=[world.schools["kantelaar"].pk]), ThreadPoolExecutor(1) as pool:
        assert wizard.carry_out_import(batch=ImportBatch.objects.get(pk=mine.pk), sight=own)
        pool.submit(by_another_worker).result()  # the first has not committed yet

    assert now(world, mine) == ("done", 1, 1)
    assert now(world, theirs) == ("open", 0, 0)
    with scope(schools=[world.schools["kantelaar"].pk]):
        assert ImportBatch.objects.get(pk=theirs.pk).choices["told"] == "busy"


def test_an_import_that_was_done_is_not_done_again(world: World) -> None:
    batch = confirmed(world, csv(told(NOOR)))

    assert [carry_out_batch.func(batch=batch.pk) for _ in range(2)] == [True, False]

    assert now(world, batch) == ("done", 1, 1)


def test_what_changed_since_it_was_shown_brings_the_import_back(world: World) -> None:
    batch = confirmed(world, csv(told(NOOR)))
    other = confirmed(world, csv(told(NOOR, vaardigheidsscore="90")))
    carry_out_batch.func(batch=other.pk)

    assert carry_out_batch.func(batch=batch.pk) is False

    assert now(world, batch) == ("open", 0, 0)
