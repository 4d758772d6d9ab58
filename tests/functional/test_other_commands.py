"""`leercirkel check`, `mapping guess` and `demo-files`, as a user calls them."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from leercirkel.cli import main
from leercirkel.operations import children


def test_ctrl_c_ends_a_command_in_one_sentence(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "leercirkel.cli", "demo-files", "land", "--national", "--schools", "9000"]
    with subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        preexec_fn=children.dies_with_us(),
    ) as made:  # fmt: skip
        until = time.monotonic() + 60
        while not list(tmp_path.glob("land/results/*.parquet")) and time.monotonic() < until and made.poll() is None:
            threading.Event().wait(0.05)
        made.send_signal(signal.SIGINT)
        _, told = made.communicate(timeout=60)

    assert made.returncode == 130, told
    assert told.endswith("leercirkel demo-files: onderbroken.\n")
    assert "Traceback" not in told


@pytest.fixture
def demo(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert main(["demo-files", str(tmp_path / "bao"), "--school", "bao", "--years", "1"]) == 0
    capsys.readouterr()
    return tmp_path / "bao"


def test_check_on_a_right_school_says_there_are_no_errors(demo: Path, capsys) -> None:
    code = main(["check", *(str(p) for p in sorted(demo.iterdir()))])

    assert code == 0
    assert "0 fouten" in capsys.readouterr().out


def test_check_tells_every_problem_and_exits_1(demo: Path, tmp_path: Path, capsys) -> None:
    broken = tmp_path / "kapot.xml"
    broken.write_bytes(b"<EDEX><school>")
    strange = tmp_path / "vreemd.bin"
    strange.write_bytes(b"\x00\x01\x02")

    code = main(["check", str(broken), str(strange), str(tmp_path / "weg.csv"), str(demo / "normen.toml")])

    shown = capsys.readouterr().out
    assert code == 1
    for name in ("kapot.xml", "vreemd.bin", "weg.csv"):
        assert name in shown


def test_check_as_json_is_for_programs(tmp_path: Path, capsys) -> None:
    broken = tmp_path / "kapot.xml"
    broken.write_bytes(b"<EDEX><school>")

    code = main(["check", "--json", str(broken)])

    report = json.loads(capsys.readouterr().out)
    assert code == 1
    assert report["count"]["error"] == len([p for p in report["problems"] if p["severity"] == "error"]) == 1
    assert set(report["problems"][0]) == {"severity", "file", "code", "message", "advice", "row", "field", "value"}


def test_a_guessed_mapping_can_be_kept_and_used(tmp_path: Path, capsys) -> None:
    export = tmp_path / "export.csv"
    export.write_text(
        "Lln.nr;Achternaam;Roepnaam;Geb.datum;Vakgebied;Toetsnaam;Toetsdatum;VS\n"
        "12;Berg;Noor;03-04-2016;Rekenen;X;20-01-2026;80,5\n",
        encoding="utf-8",
    )
    kept = tmp_path / "export.toml"

    assert main(["mapping", "guess", str(export), "--out", str(kept)]) == 0
    assert main(["check", str(export), "--mapping", str(kept)]) == 0
    assert 'score = "VS"' in kept.read_text(encoding="utf-8")
    assert "0 fouten" in capsys.readouterr().out


@pytest.mark.parametrize("years", ["0", "13", "-1"])
def test_demo_files_refuses_years_it_cannot_make(tmp_path: Path, capsys, years: str) -> None:
    code = main(["demo-files", str(tmp_path / "x"), "--school", "sbo", "--years", years])

    assert code == 2
    assert "schooljaren" in capsys.readouterr().err
    assert not (tmp_path / "x").exists()


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, capsys) -> None:
    (tmp_path / "file").write_text("")

    assert main(["demo-files", str(tmp_path / "file" / "x"), "--school", "sbo"]) == 1
    assert "niet te schrijven" in capsys.readouterr().err
