"""Every file of the invented schools is read by our own readers without an error, and says the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from leercirkel.core import norm_faults
from leercirkel.demo import write_files
from leercirkel.exchange import result_files, rosters
from leercirkel.exchange.calendar import reader as calendar_reader
from leercirkel.exchange.edexml import reader as edexml_reader
from leercirkel.exchange.lists import matching as lists
from leercirkel.exchange.marks import reader as marks_reader
from leercirkel.exchange.normtables import reader as norm_reader
from leercirkel.exchange.problems import Problem
from leercirkel.exchange.standards import reader as standards_reader
from leercirkel.exchange.tables import matching
from leercirkel.exchange.tables import reader as table_reader
from leercirkel.exchange.tables.reader import ResultTable

SCHOOLS = {"sbo": ("99XX00", 4), "bao": ("99YY00", 8)}


@pytest.fixture(scope="module", params=SCHOOLS)
def school(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    directory = tmp_path_factory.mktemp(request.param)
    write_files(directory, school=request.param, years=SCHOOLS[request.param][1], seed=1)
    return request.param, directory


def read(path: Path, reader: Callable[..., tuple[Any, list[Problem]]], **extra: Any) -> Any:
    found, problems = reader(path.read_bytes(), path.name, **extra)
    assert [p for p in problems if p.severity == "error"] == []
    return found


def table_of(path: Path) -> ResultTable:
    found, _ = result_files.gathered([read(path, result_files.read)])
    return found.tables[0]


def test_every_roster_is_read(school: tuple[str, Path]) -> None:
    kind, directory = school
    for path in sorted(directory.glob("EDEX-*.xml")):
        roster = read(path, edexml_reader.read)

        assert roster.school == SCHOOLS[kind][0]
        assert len(roster.pupils) > 100


def test_every_result_file_is_read_without_a_mapping_and_loses_no_row(school: tuple[str, Path]) -> None:
    kind, directory = school
    paths = sorted(directory.glob("resultaten-2*"))
    tables = [table_of(path) for path in (*paths, *directory.glob("niet-gemaakt-*"))]
    rows = sum(table.frame.height for table in tables)
    avi = read(next(directory.glob("resultaten-avi-*")), table_reader.read).frame

    assert len(paths) == SCHOOLS[kind][1]
    assert rows + avi.height > (4500 if kind == "sbo" else 17000)
    assert avi["avi"].null_count() == 0
    assert set(avi["instrument"]) == {"AVI"}


def test_every_result_belongs_to_a_pupil_of_the_roster_of_its_year(school: tuple[str, Path]) -> None:
    _, directory = school
    for path in directory.glob("resultaten-2*"):
        years = path.stem.removeprefix("resultaten-")
        roster = read(directory / f"EDEX-{years}.xml", edexml_reader.read)
        results = table_of(path)

        assert set(results.frame["pupil_key"]) <= {p.key for p in roster.pupils}


def test_messages_and_lists_are_read_and_every_pupil_in_them_is_found(school: tuple[str, Path]) -> None:
    kind, directory = school
    kept, _ = rosters.prepared([read(path, edexml_reader.read) for path in sorted(directory.glob("EDEX-*.xml"))])
    names = ("doorstroomtoets-*.json", "methodetoets-*.csv", "observaties-*.csv", "resultaten-*.xml")
    files = [read(path, result_files.read) for name in names for path in sorted(directory.glob(name))]

    found, problems = result_files.gathered(files)
    results, of_results = matching.match(found.tables, kept)
    methods, of_methods = lists.method_tests(found.method_tests, kept)
    seen, of_seen = lists.observations(found.observations, kept)

    # only one year's results were given here
    assert {p.code for p in (*of_results, *of_methods, *of_seen)} <= {"roster-in-future"}
    assert len(results) > 700
    assert len(seen) > (100 if kind == "sbo" else 1000)
    if kind == "bao":
        assert [(p.code, p.severity) for p in problems] == [("result-replaced", "notice")]
        levels = results.drop_nulls("reference_level")
        of_1f = (levels["reference_level"] != "<1F").mean()
        of_target = levels["reference_level"].is_in(["1S", "2F"]).mean()
        assert 0.90 < of_1f < 0.99  # type: ignore[operator]
        assert 0.48 < of_target < 0.66  # type: ignore[operator]
        assert set(methods["goal"].unique()) >= {"Verhaalsommen met geld", "Klokkijken en kalender"}


def test_norms_calendar_marks_and_norm_tables_are_read(school: tuple[str, Path]) -> None:
    kind, directory = school

    standards = read(directory / "normen.toml", standards_reader.read)
    calendar = read(directory / "toetsen.toml", calendar_reader.read)
    marks = read(directory / "kenmerken.csv", marks_reader.read, school=SCHOOLS[kind][0])
    tables = read(directory / "normtabel-demo-lvs.csv", norm_reader.read)

    assert standards.main_tier == "basis"
    assert {t.subject for t in calendar} >= {"rekenen", "technisch_lezen", "spelling"}
    assert len(marks) > 9
    assert norm_faults.validate_all(tables) == []


def test_all_problems_of_the_newest_round_are_the_ones_put_in_on_purpose(school: tuple[str, Path]) -> None:
    kind, directory = school
    path = directory / "resultaten-2026-2027.csv"

    _, problems = table_reader.read(path.read_bytes(), path.name)

    assert [p.code for p in problems if p.severity == "warning"] == (["test-level-far"] if kind == "sbo" else [])
