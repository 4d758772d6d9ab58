"""Analyses on PySpark: more than one machine. The only module that imports pyspark.

A process has one Spark session, in a Java process of its own that is started with the first frame; engines share it.
Frames go in and come out as Arrow, so that pandas is not needed.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import narwhals as nw
import polars as pl
import pyspark
from py4j.protocol import Py4JJavaError
from pyspark import StorageLevel
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession

from leercirkel.analysis.frames import Columns, Row
from leercirkel.engines.faults import EngineFault
from leercirkel.engines.memory import MemoryEngine, as_columns, as_rows

LOCAL = "local[*]"
"""Threads of one Java process. Two workers on this machine: "local-cluster[2,1,1024]"; a cluster: "spark://…"."""

SUBMITTED = "submitted"
"""Where `spark-submit` runs this program: it says which master, with which settings."""

_LOG = f"-Dlog4j2.configurationFile={Path(__file__).with_name('spark-log4j2.properties').as_uri()}"

_SETTINGS: Mapping[str, str] = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.sql.catalogImplementation": "in-memory",
    "spark.storage.replication.proactive": "true",  # after the loss of a worker, what it held is doubled again
    "spark.driver.extraJavaOptions": _LOG,
    "spark.executor.extraJavaOptions": _LOG,
}

_ON_THIS_MACHINE: Mapping[str, str] = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.shuffle.partitions": str(os.cpu_count() or 1),
}

_SIDE_BY_SIDE = 4
"""Questions at a time: Spark shares its workers among them, and one question seldom keeps them all busy."""

_running: dict[str, SparkSession] = {}
"""The session of this process by its master; Spark allows one."""

_starting = Lock()


def usual_master() -> str:
    """SUBMITTED under `spark-submit`, which starts Java first and tells us where it listens; LOCAL else."""
    return SUBMITTED if "PYSPARK_GATEWAY_PORT" in os.environ else LOCAL


class SparkEngine:
    """Frames of a Spark session; `keep` computes one into the memory (else the disk) of the workers.

    `master`: where Spark runs. `settings`: Spark's own names and values, over ours. The session is started with the
    first frame; one on another master is stopped then, and its frames can no longer be asked.
    """

    def __init__(self, master: str = LOCAL, settings: Mapping[str, str] | None = None) -> None:
        self._master = master
        self._settings = {**_SETTINGS, **(_ON_THIS_MACHINE if master.startswith("local") else {}), **(settings or {})}
        self._kept: list[DataFrame] = []

    @property
    def session(self) -> SparkSession:
        """The session on this master."""
        with _starting:
            if self._master not in _running:
                _stop_running()
                _running[self._master] = _session(self._master, self._settings)
            return _running[self._master]

    def release(self) -> None:
        """Gives back the memory of every frame that was kept; they can no longer be asked."""
        for frame in self._kept:
            frame.unpersist()
        self._kept.clear()

    def stop(self) -> None:
        """Ends the session and its workers; the next frame starts a new one."""
        self._kept.clear()
        with _starting:
            _stop_running()

    def load(self, frame: pl.DataFrame) -> nw.LazyFrame[Any]:
        """A Polars frame as a frame of this session."""
        loaded: nw.LazyFrame[Any] = nw.from_native(self.session.createDataFrame(frame.to_arrow())).lazy()
        return loaded

    def read(self, folder: Path) -> nw.LazyFrame[Any]:
        """The Parquet files in a folder, as one frame. Every worker must be able to reach them."""
        with _told():
            frame = self.session.read.option("recursiveFileLookup", "true").parquet(str(folder))
        lazy: nw.LazyFrame[Any] = nw.from_native(frame).lazy()
        return lazy

    def write(self, frame: nw.LazyFrame[Any], path: Path) -> None:
        """The frame as a folder of Parquet files."""
        with _told():
            frame.to_native().write.mode("overwrite").parquet(str(path))

    def close(self) -> None:
        """As `release`: the session serves the next engine."""
        self.release()

    def table(self, columns: dict[str, list[Any]], schema: dict[str, Any]) -> nw.LazyFrame[Any]:
        """A small frame from Python lists."""
        polars_frame: pl.LazyFrame = MemoryEngine().table(columns, schema).to_native()
        return self.load(polars_frame.collect())

    def keep(self, frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        """The frame, computed by the workers, who also forget how: plans of many steps on one another become slow.

        With more workers each part is held by two of them, so that the loss of one loses nothing.
        """
        held = StorageLevel.MEMORY_AND_DISK if self._master.startswith("local[") else StorageLevel.MEMORY_AND_DISK_2
        with _told():
            kept: DataFrame = frame.to_native().localCheckpoint(eager=True, storageLevel=held)
        self._kept.append(kept)
        lazy: nw.LazyFrame[Any] = nw.from_native(kept).lazy()
        return lazy

    def rows(self, frame: nw.LazyFrame[Any]) -> list[Row]:
        """The frame as Python rows. Raises EngineFault when it cannot be computed."""
        with _told():
            return as_rows(pl.DataFrame(frame.to_native().toArrow()))

    def columns(self, frame: nw.LazyFrame[Any]) -> Columns:
        """The frame as Python lists, one per column. Raises EngineFault as `rows`."""
        with _told():
            return as_columns(pl.DataFrame(frame.to_native().toArrow()))

    def together(self, *questions: Callable[[], Any]) -> list[Any]:
        """The questions on a few threads, whose jobs share the workers."""
        with ThreadPoolExecutor(min(_SIDE_BY_SIDE, len(questions))) as pool:
            return [asked.result() for asked in [pool.submit(question) for question in questions]]


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except (PySparkException, Py4JJavaError) as error:
        raise EngineFault(str(error).splitlines()[0]) from error


def _stop_running() -> None:
    for session in _running.values():
        session.stop()
    _running.clear()


def _session(master: str, settings: Mapping[str, str]) -> SparkSession:
    builder = SparkSession.builder.appName("leercirkel")
    if master != SUBMITTED:
        builder = builder.master(master)
    if master.startswith("local"):
        builder = builder.config("spark.local.dir", str(_own_folder()))
        # Workers of a local cluster look here for Spark's jars, and write here what they print.
        os.environ.setdefault("SPARK_HOME", str(Path(pyspark.__file__).parent))
        os.environ.setdefault("SPARK_WORKER_DIR", str(_own_folder()))
    for name, value in settings.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


@cache
def _own_folder() -> Path:
    """Where Spark puts what does not fit in memory: children's results, so only this user may look there."""
    folder = Path(tempfile.mkdtemp(prefix="leercirkel-spark-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
