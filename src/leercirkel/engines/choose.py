"""An engine by its name on the command line, loaded only when it is asked for."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

import narwhals as nw
import polars as pl

from leercirkel.analysis.frames import Engine
from leercirkel.analysis.sittings import Inputs
from leercirkel.engines.memory import MemoryEngine

ENGINES = ("memory", "duck", "spark")

JAVA = 17
"""The oldest Java that Spark runs on."""


class EngineAbsent(RuntimeError):
    """What this engine needs is not on this machine. The message is Dutch, for whoever asked for the engine."""


class LoadingEngine(Engine, Protocol):
    """An engine that also takes frames as they come from files."""

    def load(self, frame: pl.DataFrame) -> nw.LazyFrame[Any]:
        """A Polars frame as a frame of this engine."""


class FileEngine(Engine, Protocol):
    """An engine that reads and writes Parquet itself, so that a country need not fit in memory."""

    def read(self, folder: Path) -> nw.LazyFrame[Any]:
        """The Parquet files in a folder, as one frame. Raises EngineFault when they cannot be read."""

    def write(self, frame: nw.LazyFrame[Any], path: Path) -> None:
        """The frame as Parquet under this name. Raises EngineFault when it cannot be computed or written."""

    def close(self) -> None:
        """Gives back all that was kept."""


def file_engine(name: str, *, memory: str, folders: Sequence[Path]) -> FileEngine:
    """A new "duck", "spark" or "spark:MASTER" engine for files in these folders. DuckDB keeps to `memory`; that of
    Spark is a matter of its own settings. Raises as `engine` does."""
    if name == "duck":
        from leercirkel.engines.duck import DuckEngine

        return DuckEngine(memory=memory, folders=folders)
    _check_spark()
    from leercirkel.engines import spark

    return spark.SparkEngine(name.partition(":")[2] or spark.usual_master())


def engine(name: str) -> LoadingEngine:
    """A new engine: "memory" (Polars), "duck" (DuckDB), "spark" (PySpark on this machine, or
    where `spark-submit` runs us) or "spark:MASTER".

    Raises EngineAbsent when PySpark or Java is not there, ValueError for another name.
    """
    kind, _, master = name.partition(":")
    if kind == "spark":
        _check_spark()
        from leercirkel.engines import spark

        return spark.SparkEngine(master or spark.usual_master())
    if name == "duck":
        from leercirkel.engines.duck import DuckEngine

        return DuckEngine()
    if name == "memory":
        return MemoryEngine()
    raise ValueError(name)


def moved(inputs: Inputs, name: str) -> Inputs:
    """Inputs that were read into memory, on the engine of this name. Raises as `engine` does."""
    if name == "memory":
        return inputs
    to = engine(name)
    names = ("results", "enrolments", "marks", "method_tests", "observations", "advices")
    given = {name: frame for name in names if (frame := getattr(inputs, name)) is not None}
    frames: dict[str, Any] = {name: to.load(frame) for name, frame in given.items()}
    return replace(inputs, engine=to, **frames)


def _check_spark() -> None:
    if importlib.util.find_spec("pyspark") is None:
        raise EngineAbsent('PySpark is niet geïnstalleerd. Installeer het met: pip install "leercirkel[spark]"')
    home = os.environ.get("JAVA_HOME")
    java = str(Path(home) / "bin" / "java") if home else shutil.which("java")
    version = java_version(java) if java else None
    if version is None or version < JAVA:
        found = "er is geen Java gevonden" if version is None else f"Java {version} is gevonden"
        raise EngineAbsent(
            f"PySpark heeft Java {JAVA} of nieuwer nodig; {found}. Installeer het (op Debian: openjdk-17-jre-headless)."
        )


def java_version(java: str) -> int | None:
    """The version of this `java`, or None when it cannot be run: 17 of `version "17.0.15"`, 8 of `version "1.8.0"`."""
    try:
        told = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=30, check=False).stderr  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = re.search(r'version "(?:1\.)?(\d+)', told)
    return int(found[1]) if found else None
