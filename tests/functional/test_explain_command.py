"""`leercirkel explain`, as a user calls it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from tests.support.sample_report import sample_report

from leercirkel.analysis.model import InterventionEffect, InterventionPeriod
from leercirkel.cli import main
from leercirkel.documents.json_report import to_json


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "rapport.json"
    path.write_bytes(to_json(sample_report()))
    return path


def test_explain_tells_where_a_number_comes_from(report: Path, capsys) -> None:
    code = main(["explain", str(report), "overview[0].tiers[0].low"])

    shown = capsys.readouterr().out
    assert code == 0
    for word in ("formule", "gehaald = ", "geteld = ", "klopt", "versie 1", "docs/domein/statistiek.md"):
        assert word in shown


def test_explain_as_json_is_for_programs(report: Path, capsys) -> None:
    main(["explain", str(report), "overview[0].expected", "--json"])

    found = json.loads(capsys.readouterr().out)
    assert found["agrees"] is True
    assert found["value"] == found["again"]


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"{}", b"\xff\xfe\x00", b'{"schema": "leercirkel/report/1"}', b"[" * 100_000]
)
def test_a_file_that_is_no_report_gives_a_message_and_no_traceback(tmp_path: Path, capsys, content: bytes) -> None:
    path = tmp_path / "iets.json"
    path.write_bytes(content)

    code = main(["explain", str(path), "overview[0].mean"])

    assert code == 1
    assert "Traceback" not in capsys.readouterr().err


def test_a_report_that_is_not_there_gives_a_message(tmp_path: Path, capsys) -> None:
    assert main(["explain", str(tmp_path / "weg.json"), "overview[0].mean"]) == 1
    assert "Dit bestand is er niet" in capsys.readouterr().err


@pytest.fixture
def board(tmp_path: Path) -> Path:
    """What a board has of the sample: without growth of interventions and without who has no result."""
    team = sample_report()
    cells = tuple(replace(c, expected=c.counted, missing=0, not_taken={}) for c in team.overview)
    period = InterventionPeriod("2025-2026", "M", "2025-2026", "E", 12, None, None, None, None, None, "norms", "more")
    done = InterventionEffect("Rekenkring", "rekenen", "DEMO-LVS", "score", (), 12, None, None, True, False, (period,))
    path = tmp_path / "bord.json"
    path.write_bytes(to_json(replace(team, audience="board", overview=cells, interventions=(done,))))
    return path


@pytest.mark.parametrize("cell", ["interventions[0].periods[0].growth", "overview[0].missing", "overview[0].expected"])
def test_a_figure_that_a_board_is_not_told_is_said_to_be_withheld(board: Path, capsys, cell: str) -> None:
    assert main(["explain", str(board), cell]) == 0

    shown = capsys.readouterr().out
    assert "staat niet in een rapport voor het bestuur" in shown.splitlines()[0]
    assert "niet te berekenen" not in shown


def test_a_figure_that_a_board_is_told_is_explained_as_ever(board: Path, capsys) -> None:
    assert main(["explain", str(board), "overview[0].tiers[0].low"]) == 0

    assert "klopt" in capsys.readouterr().out


@pytest.mark.parametrize("cell", ["overview[0].not_taken.ill", "overview[group=Plusklas].mean"])
def test_a_cell_that_is_not_in_a_report_for_a_board_may_be_in_that_of_the_team(board: Path, capsys, cell: str) -> None:
    assert main(["explain", str(board), cell]) == 1

    told = capsys.readouterr().err
    assert "rapport voor het team" in told
    assert "geen enkele leerling" not in told
