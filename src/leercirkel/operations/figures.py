"""Figures for monitoring, as Prometheus text. No names, no numbers of persons, no addresses: routes and counts.

Counts of requests are kept by every worker in a folder they share (PROMETHEUS_MULTIPROC_DIR); what is read at the
moment of asking (disk, database, tasks, backup) is read then.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from prometheus_client import REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest, multiprocess
from prometheus_client.core import GaugeMetricFamily, Metric

from leercirkel import __version__
from leercirkel.operations.connections import Connection

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_BUCKETS = (0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)

_requests = Counter("leercirkel_requests", "Answers given", ["method", "route", "status"])
_seconds = Histogram("leercirkel_request_seconds", "Time until the answer was sent", ["route"], buckets=_BUCKETS)
_errors = Counter("leercirkel_errors", "Requests that ended in an error of ours", ["route"])


def count(method: str, route: str, status: int, seconds: float) -> None:
    """Counts one answer. `route` is the pattern of the address, never the address itself."""
    _requests.labels(method if method in _METHODS else "other", route, str(status)).inc()
    _seconds.labels(route).observe(seconds)
    if status >= 500:
        _errors.labels(route).inc()


def text(database: Connection | None, folder: Path) -> bytes:
    """All figures of this installation, as Prometheus reads them."""
    now = CollectorRegistry()
    now.register(_Now(database, folder))
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:  # one process: its own counts are all
        return bytes(generate_latest(REGISTRY) + generate_latest(now))
    all_workers = CollectorRegistry()
    all_workers.register(_AllWorkers(Path(os.environ["PROMETHEUS_MULTIPROC_DIR"])))
    return bytes(generate_latest(all_workers) + generate_latest(now))


class _AllWorkers:
    """What the workers counted together.

    A worker makes its file before it gives it a size, so an empty one has counted nothing yet; the library's own
    collector fails on it, and with it the whole answer.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def describe(self) -> list[Metric]:
        """Nothing beforehand: this is asked once."""
        return []

    def collect(self) -> Iterable[Metric]:
        """The counts of all workers, added up."""
        files = [str(file) for file in self._folder.glob("*.db") if file.stat().st_size]
        return multiprocess.MultiProcessCollector.merge(files)  # type: ignore[no-untyped-call, no-any-return]


class _Now:
    """What is read at the moment of asking."""

    def __init__(self, database: Connection | None, folder: Path) -> None:
        self._database = database
        self._folder = folder

    def describe(self) -> list[GaugeMetricFamily]:
        """Nothing beforehand: this is asked once."""
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The gauges."""
        version = GaugeMetricFamily("leercirkel_info", "The version that runs", labels=["version"])
        version.add_metric([__version__], 1)
        yield version
        if self._folder.exists():
            disk = shutil.disk_usage(self._folder)
            yield GaugeMetricFamily("leercirkel_disk_free_bytes", "Room left for the data folder", value=disk.free)
            yield GaugeMetricFamily("leercirkel_disk_size_bytes", "Size of that disk", value=disk.total)
        last = last_backup(self._folder)
        if last is not None:
            yield GaugeMetricFamily(
                "leercirkel_last_backup_timestamp_seconds",
                "When the last verified backup was made",
                value=last.timestamp(),
            )
        yield from self._of_database()

    def _of_database(self) -> Iterator[GaugeMetricFamily]:
        up = 0
        found: dict[str, int] | None = None
        oldest = size = connections = 0.0
        if self._database is not None:
            try:
                with self._database.open(autocommit=True) as database:
                    size, connections = database.execute(_SIZE).fetchone() or (0.0, 0.0)
                    up = 1
                    if (database.execute(_HAS_TASKS).fetchone() or (None,))[0]:
                        found = dict(database.execute(_TASKS).fetchall())
                        oldest = (database.execute(_OLDEST).fetchone() or (0.0,))[0]
            except psycopg.Error:
                up = 0
        yield GaugeMetricFamily("leercirkel_database_up", "Whether the database answers", value=up)
        if not up:
            return
        yield GaugeMetricFamily("leercirkel_database_size_bytes", "Size of the database", value=float(size))
        yield GaugeMetricFamily("leercirkel_database_connections", "Connections to it", value=float(connections))
        if found is None:
            return
        tasks = GaugeMetricFamily("leercirkel_tasks", "Background tasks by what became of them", labels=["status"])
        for status in ("READY", "RUNNING", "FAILED", "SUCCESSFUL"):
            tasks.add_metric([status.lower()], found.get(status, 0))
        yield tasks
        yield GaugeMetricFamily(
            "leercirkel_tasks_oldest_ready_seconds", "How long the oldest waiting task waits", value=float(oldest)
        )


_SIZE = """
select pg_database_size(current_database()), (select count(*) from pg_stat_activity where datname = current_database())
"""
_HAS_TASKS = "select to_regclass('django_tasks_database_dbtaskresult') is not null"
_TASKS = "select status, count(*) from django_tasks_database_dbtaskresult group by status"
_OLDEST = """
select coalesce(extract(epoch from now() - min(enqueued_at)), 0)::float from django_tasks_database_dbtaskresult
where status = 'READY' and (run_after is null or run_after < now() or run_after > now() + interval '100 years')
"""


LAST_BACKUP = "last-backup.json"


def note_backup(folder: Path, at: datetime, size: int) -> None:
    """Remembers that a verified backup was made: for monitoring and `leercirkel doctor`."""
    beside = folder / (LAST_BACKUP + ".new")
    beside.write_text(json.dumps({"at": at.astimezone(UTC).isoformat(), "bytes": size}), encoding="ascii")
    beside.chmod(0o644)  # another user's web server tells it to the monitoring
    beside.replace(folder / LAST_BACKUP)


def last_backup(folder: Path) -> datetime | None:
    """When the last verified backup of this installation was made; None when none is known."""
    try:
        return datetime.fromisoformat(json.loads((folder / LAST_BACKUP).read_text(encoding="ascii"))["at"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
