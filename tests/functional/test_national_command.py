"""`leercirkel national`: a country in batches, from Parquet to Parquet."""

from __future__ import annotations

import tempfile
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal
from tests.support.differences import differences

from leercirkel.analysis.national import ANALYSES
from leercirkel.cli import main
from leercirkel.demo.national import write_national
from leercirkel.engines.duck import DuckEngine


@pytest.fixture(scope="module")
def country(tmp_path_factory) -> Path:
    """Four schools in the last two school years."""
    folder = tmp_path_factory.mktemp("country")
    write_national(folder, schools=4, seed=5)
    for name in ("results", "enrolments"):
        for path in (folder / name).glob("*.parquet"):
            pl.read_parquet(path).filter(pl.col("school_year") >= 2025).write_parquet(path)
    return folder


@pytest.fixture(scope="module")
def whole(country, tmp_path_factory) -> Path:
    """Every analysis of the four schools at once."""
    out = tmp_path_factory.mktemp("whole")
    assert main(["national", str(country), "--out", str(out)]) == 0
    return out


def found(out: Path, name: str) -> pl.DataFrame:
    """One analysis, in an order of its own; without the numbers that are made for joining."""
    frame = pl.read_parquet(out / name / "**/*.parquet")
    frame = frame.select(pl.exclude("^.*_no$"))
    order = [column for column, dtype in frame.schema.items() if not dtype.is_float()]
    return frame.sort(order, nulls_last=True)


def test_batches_of_schools_give_what_all_schools_at_once_give(country, whole, tmp_path) -> None:
    assert main(["national", str(country), "--out", str(tmp_path), "--batch", "3", "--memory", "500MB"]) == 0

    assert len(list((tmp_path / "totals").iterdir())) == 2
    for name in ANALYSES:
        assert_frame_equal(found(tmp_path, name), found(whole, name), abs_tol=1e-9)
    assert found(whole, "totals")["school"].n_unique() == 4


def test_pyspark_gives_what_duckdb_gives(country, whole, tmp_path) -> None:
    assert main(["national", str(country), "--out", str(tmp_path), "--engine", "spark"]) == 0

    for name in ANALYSES:
        one, other = found(tmp_path, name), found(whole, name)
        assert differences(one.to_dicts(), other.to_dicts(), name) == []


def test_a_batch_that_is_there_is_not_made_again(country, tmp_path) -> None:
    command = ["national", str(country), "--out", str(tmp_path), "--batch", "2"]
    assert main(command) == 0
    kept, made_again = (tmp_path / name / "40AA00-40AB00.parquet" for name in ("totals", "growth"))
    other = tmp_path / "totals" / "40AC00-40AD00.parquet"
    before = kept.stat().st_mtime_ns
    other_before = other.stat().st_mtime_ns
    other.unlink()

    assert main(command) == 0

    assert kept.stat().st_mtime_ns == before
    assert other.stat().st_mtime_ns > other_before
    assert made_again.exists()


def test_another_division_in_schools_is_refused(country, whole, capsys) -> None:
    assert main(["national", str(country), "--out", str(whole), "--batch", "1"]) == 1

    assert "andere indeling" in capsys.readouterr().err


@pytest.mark.parametrize("wrong", [["--memory", "veel"], ["--batch", "0"]])
def test_a_wrong_command_line_is_told(country, tmp_path, wrong, capsys) -> None:
    assert main(["national", str(country), "--out", str(tmp_path), *wrong]) == 2

    assert "--memory als 3GB" in capsys.readouterr().err


def test_a_folder_without_results_is_named(tmp_path, capsys) -> None:
    assert main(["national", str(tmp_path), "--out", str(tmp_path / "out")]) == 1

    assert "geen map results en geen map enrolments" in capsys.readouterr().err


def test_files_that_are_no_parquet_stop_the_work_in_words_and_leave_nothing(
    country, tmp_path, monkeypatch, capsys
) -> None:
    for name in ("results", "enrolments"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.parquet").write_bytes(b"no parquet")

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    code = main(
        ["national", str(tmp_path), "--out", str(tmp_path / "out"), "--standards", str(country / "normen.toml")]
    )

    assert code == 1
    assert "Gestopt" in capsys.readouterr().err
    assert list(tmp_path.glob("leercirkel-duckdb-*")) == []


def test_other_columns_are_named(country, tmp_path, capsys) -> None:
    for name in ("results", "enrolments"):
        (tmp_path / name).mkdir()
        pl.DataFrame({"school": ["40AA00"]}).write_parquet(tmp_path / name / "x.parquet")

    code = main(
        ["national", str(tmp_path), "--out", str(tmp_path / "out"), "--standards", str(country / "normen.toml")]
    )

    assert code == 1
    assert "pupil: missing" in capsys.readouterr().err


def test_too_little_memory_is_told_with_what_to_do(
    country: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["national", str(country), "--out", str(tmp_path / "out"), "--memory", "8MB"]) == 1

    assert "Neem meer geheugen met --memory." in capsys.readouterr().err


def test_ctrl_c_in_the_middle_of_a_question_to_duckdb_is_told_in_one_sentence(
    country: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*given: object) -> None:
        raise RuntimeError("Query interrupted") from KeyboardInterrupt()  # what DuckDB makes of it

    monkeypatch.setattr(DuckEngine, "keep", interrupted)

    assert main(["national", str(country), "--out", str(tmp_path / "out")]) == 130
    assert capsys.readouterr().err.endswith("leercirkel national: onderbroken.\n")
