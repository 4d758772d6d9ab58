"""`leercirkel report --engine`: another engine, the same report."""

from __future__ import annotations

import json

import pytest
from tests.support.differences import differences

from leercirkel.cli import main
from leercirkel.demo import write_files


@pytest.fixture(scope="module")
def arguments(tmp_path_factory) -> list[str]:
    """A report of one year of the demo BAO."""
    folder = tmp_path_factory.mktemp("bao")
    write_files(folder, school="bao", years=1, seed=1)
    return [
        "report", "--rosters", *map(str, folder.glob("EDEX-*.xml")),
        "--results", *map(str, folder.glob("resultaten-*")), "--standards", str(folder / "normen.toml"),
        "--pupils", str(folder / "kenmerken.csv"),
    ]  # fmt: skip


def test_duckdb_makes_the_same_json(arguments, tmp_path) -> None:
    made = {}
    for engine in ("memory", "duck"):
        path = tmp_path / f"{engine}.json"
        assert main([*arguments, "--engine", engine, "--out", str(path)]) == 0
        made[engine] = json.loads(path.read_bytes())

    assert differences(made["memory"], made["duck"]) == []


def test_without_java_the_user_hears_what_to_install(arguments, tmp_path, monkeypatch, capsys) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    path = tmp_path / "rapport.json"

    code = main([*arguments, "--engine", "spark", "--out", str(path)])

    assert (code, path.exists()) == (2, False)
    assert "--engine spark: PySpark heeft Java 17 of nieuwer nodig" in capsys.readouterr().err


def test_a_country_is_made_with_progress_and_without_a_kind_of_school(tmp_path, capsys) -> None:
    assert main(["demo-files", str(tmp_path), "--national", "--schools", "2"]) == 0

    told = capsys.readouterr()
    assert "5 bestanden gemaakt" in told.out
    assert "2 van de 2 scholen gemaakt" in told.err


def test_demo_files_ask_for_a_kind_of_school_or_a_country(tmp_path, capsys) -> None:
    assert main(["demo-files", str(tmp_path)]) == 2
    assert main(["demo-files", str(tmp_path), "--national", "--schools", "0"]) == 2

    assert "--national" in capsys.readouterr().err
