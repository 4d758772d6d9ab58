from __future__ import annotations

import re
import resource
from pathlib import Path

import pytest
from tests.support.duo_files import advices, scores_2018, who

from leercirkel import cli

ZEROS = ";".join("0" * 12)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "adviezen.csv").write_bytes(advices(f"{who()};0;<5;7;0;0;0;0;0;0;0;0;0"))
    (tmp_path / "scores.csv").write_bytes(scores_2018(f"{who()};11;0;11;538,6;0; ;0; ;0; ;0; "))
    return tmp_path


def _duo(*arguments: str | Path) -> int:
    return cli.main(["duo", *map(str, arguments)])


def test_files_are_added_and_listed_with_counts_and_flags(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = files / "store"

    assert _duo("add", files / "adviezen.csv", files / "scores.csv", "--store", store) == 0
    told = capsys.readouterr().out
    assert "schooladviezen 2022-2023: 1 rij van adviezen.csv" in told
    assert "eindscores 2018-2019: 1 rij van scores.csv" in told

    assert _duo("list", "--store", store) == 0
    told = capsys.readouterr().out
    assert "advices 12, schools 1" in told
    assert "suppressed" in told


def test_the_data_folder_is_where_it_lies_by_default(
    files: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LEERCIRKEL_DATA", str(files / "data"))

    assert _duo("list") == 0
    assert "leercirkel duo add" in capsys.readouterr().out
    assert _duo("add", files / "adviezen.csv") == 0
    assert (files / "data" / "open-data" / "store.json").is_file()
    assert (files / "data").stat().st_mode & 0o077 == 0


def test_the_same_again_is_told_and_a_newer_file_takes_its_place(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store, file = files / "store", files / "adviezen.csv"
    _duo("add", file, "--store", store)
    _duo("add", file, "--store", store)
    assert "stond er al" in capsys.readouterr().out

    newer = files / "nieuw.csv"
    newer.write_bytes(advices(f"{who()};{ZEROS}", drawn="20230901"))
    _duo("add", newer, "--store", store)
    told = capsys.readouterr().out
    assert "in plaats van adviezen.csv" in told
    assert "(1 rij)" in told
    _duo("add", file, "--store", store)
    assert "--older" in capsys.readouterr().out


def test_one_file_that_cannot_be_used_keeps_all_out_and_everything_wrong_is_told(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (files / "brief.csv").write_text("Beste ouder;\nhierbij\n")
    store = files / "store"

    given = (files / "adviezen.csv", files / "brief.csv", files / "weg.csv", ".")
    assert _duo("add", *given, "--store", store) == 1

    told = capsys.readouterr().err
    assert "brief.csv" in told
    assert "weg.csv" in told
    assert re.search(r"^fout +\.\n +Dit is een map", told, re.MULTILINE)
    assert "Er is niets ingelezen" in told
    assert not store.exists()


def test_a_full_disk_is_told_and_leaves_what_was_there(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = files / "store"
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (64, before[1]))  # no file grows beyond it, as on a disk that is full
    try:
        code = _duo("add", files / "adviezen.csv", "--store", store)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    assert code == 1
    assert "Maak ruimte, of kies een andere map met --store." in capsys.readouterr().err
    assert _duo("list", "--store", store) == 0
    assert "nog niets" in capsys.readouterr().out


def test_a_store_that_cannot_be_read_or_written_is_told(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = files / "store"
    store.write_text("geen map")
    assert _duo("add", files / "adviezen.csv", "--store", store) == 1
    assert "niet te schrijven" in capsys.readouterr().err

    broken = files / "kapot"
    broken.mkdir()
    (broken / "store.json").write_text("{")
    assert _duo("list", "--store", broken) == 1
    assert "opnieuw" in capsys.readouterr().err


@pytest.mark.parametrize("content", ["[1, 2]", '{"version": 1}', '{"version": 1, "sources": [{"what": 1}]}'])
def test_a_list_of_sources_that_is_something_else_is_told(
    files: Path, capsys: pytest.CaptureFixture[str], content: str
) -> None:
    store = files / "anders"
    store.mkdir()
    (store / "store.json").write_text(content, encoding="utf-8")

    assert _duo("list", "--store", store) == 1
    assert "is niet van Leercirkel" in capsys.readouterr().err


def test_a_school_year_is_its_first_year(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _duo("add", files / "adviezen.csv", "--school-year", "22", "--store", files / "store") == 2
    assert "2022" in capsys.readouterr().err
