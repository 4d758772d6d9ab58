"""One school's whole report on every engine: from real files, the same dataclass."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from tests.support.differences import differences
from tests.support.engines import TWO_WORKERS, spark

from leercirkel.analysis.model import SchoolReport
from leercirkel.analysis.report import Context, school_report
from leercirkel.cli import parser
from leercirkel.commands import small_files, tables
from leercirkel.commands.making import SchoolFiles, read_files
from leercirkel.demo import write_files
from leercirkel.engines.duck import DuckEngine
from leercirkel.engines.spark import SparkEngine


@pytest.fixture(scope="module")
def school(tmp_path_factory) -> SchoolFiles:
    """The demo SBO of two years, read from its files."""
    folder = tmp_path_factory.mktemp("sbo")
    write_files(folder, school="sbo", years=2, seed=1)
    return files_of(folder)


def files_of(folder: Path) -> SchoolFiles:
    arguments = parser(["report"]).parse_args(
        [
            "report", "--rosters", *map(str, folder.glob("EDEX-*.xml")),
            "--results", *map(str, sorted(folder.glob("resultaten-*"))),
            "--standards", str(folder / "normen.toml"), "--calendar", str(folder / "toetsen.toml"),
            "--norms", str(folder / "normtabel-demo-lvs.csv"), "--pupils", str(folder / "kenmerken.csv"),
            "--out", str(folder / "rapport.json"),
        ]
    )  # fmt: skip
    files, _ = read_files(
        arguments,
        lambda: small_files.read(arguments),
        lambda: tables.read(arguments.results, arguments.mapping),
    )
    assert files is not None
    return files


def report(files: SchoolFiles, engine: DuckEngine | SparkEngine | None = None) -> SchoolReport:
    """The report on this engine, or on the one that the files were read for: Polars."""
    inputs = files.inputs
    if engine is not None:
        loaded: dict[str, Any] = {
            name: engine.load(frame)
            for name in ("results", "enrolments", "marks")
            if isinstance(frame := getattr(inputs, name), pl.DataFrame)
        }
        assert set(loaded) == {"results", "enrolments", "marks"}
        inputs = replace(inputs, engine=engine, **loaded)
    context = Context(files.school, files.school_name, files.names)
    return school_report(inputs, files.standards, context, norms=files.norms, main_tier=files.main_tier)


def test_the_report_of_a_school_is_the_same_on_duckdb(school) -> None:
    assert differences(report(school), report(school, DuckEngine())) == []


def test_the_report_of_a_school_is_the_same_on_two_spark_worker_processes(school) -> None:
    engine = spark(TWO_WORKERS)

    made = report(school, engine)

    assert engine.session.sparkContext.master == TWO_WORKERS
    assert differences(report(school), made) == []


def test_a_figure_that_differs_is_found(school) -> None:
    made = report(school)
    cell = replace(made.totals[0], mean=(made.totals[0].mean or 0) + 1e-6, levels={"V": 1})

    found = differences(made, replace(made, totals=(cell, *made.totals[1:])))

    assert [line.split(":")[0] for line in found] == [".totals.0.mean", ".totals.0.levels"]
