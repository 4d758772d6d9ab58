"""`leercirkel explain`, as a user calls it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.support.sample_report import sample_report

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
