"""A worker of a cluster that is killed in the middle of the analyses: another does its work, and nothing differs."""

from __future__ import annotations

import math
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.support.engines import TWO_WORKERS

from leercirkel.analysis.national import every_analysis
from leercirkel.analysis.sittings import Inputs
from leercirkel.cli import main
from leercirkel.engines.choose import FileEngine
from leercirkel.engines.duck import DuckEngine
from leercirkel.engines.spark import SparkEngine
from leercirkel.exchange.calendar import reader as calendar_reader
from leercirkel.exchange.standards import reader as standards_reader

SCHOOLS = 6
KILLED_AFTER = 3
"""So many analyses are done when a worker is killed; what it kept must then be worked out again."""
_WORKER = b"CoarseGrainedExecutorBackend"


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("land")
    assert main(["demo-files", str(folder), "--national", "--schools", str(SCHOOLS)]) == 0
    return folder


def analysed(engine: FileEngine, country: Path) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    frames = {name: engine.read(country / name) for name in ("results", "enrolments")}
    calendar, _ = calendar_reader.read((country / "toetsen.toml").read_bytes(), "toetsen.toml")
    standards, _ = standards_reader.read((country / "normen.toml").read_bytes(), "normen.toml")
    assert standards is not None
    inputs = Inputs(engine, frames["results"], frames["enrolments"], None, calendar)
    for name, frame in every_analysis(inputs, standards.standards):
        yield name, engine.rows(frame)


def workers_of(parent: int) -> list[int]:
    """The worker processes among the descendants of this process."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text()
            except OSError:
                continue
            children.setdefault(int(stat.rpartition(")")[2].split()[1]), []).append(int(entry.name))
    found, open_ = [], [parent]
    while open_:
        for child in children.get(open_.pop(), []):
            open_.append(child)
            if _WORKER in Path(f"/proc/{child}/cmdline").read_bytes():
                found.append(child)
    return found


def a_worker() -> list[int]:
    """One of them; the cluster may be starting one anew just now."""
    deadline = time.monotonic() + 60
    while not (found := workers_of(os.getpid())) and time.monotonic() < deadline:
        os.sched_yield()
    return found[:1]


def in_order(rows: list[dict[str, Any]], keys: list[str]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: [(row[key] is not None, str(row[key])) for key in keys])


def differs(one: Any, two: Any) -> bool:
    if isinstance(one, float) and isinstance(two, float):
        return not math.isclose(one, two, rel_tol=1e-9, abs_tol=1e-9)
    return bool(one != two)


@pytest.mark.slow
def test_the_analyses_of_many_schools_survive_the_loss_of_a_worker(country: Path) -> None:
    expected = dict(analysed(DuckEngine(folders=[country]), country))
    engine = SparkEngine(TWO_WORKERS, {"spark.task.maxFailures": "4"})
    made: dict[str, list[dict[str, Any]]] = {}
    killed: list[int] = []

    try:
        for number, (name, rows) in enumerate(analysed(engine, country), 1):
            made[name] = rows
            if number == KILLED_AFTER:
                killed = a_worker()
                os.kill(killed[0], signal.SIGKILL)
    finally:
        engine.stop()

    assert killed
    assert made.keys() == expected.keys()
    assert sum(map(len, expected.values())) > 1000
    for name, rows in expected.items():
        assert len(made[name]) == len(rows), name
        if not rows:
            continue
        keys = [key for key in rows[0] if not any(isinstance(row[key], float) for row in rows)]
        for one, two in zip(in_order(rows, keys), in_order(made[name], keys), strict=True):
            assert [key for key in one if differs(one[key], two[key])] == [], (name, one, two)
