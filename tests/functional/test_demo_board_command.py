"""`leercirkel demo-board` and what `make demo` starts: an invented board in an empty database, and nowhere else."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from tests.support.postgres import Database

from leercirkel.apps.access.scope import whole_installation
from leercirkel.apps.organisation.models import Board, School
from leercirkel.demo.board import write_board

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("files")
    write_board(folder, years=1, seed=1)
    return folder


def ran(*arguments: str, demo: bool = True) -> subprocess.CompletedProcess[str]:
    """The command as the supervisor starts it, on the database of this test."""
    environment = os.environ | {"LEERCIRKEL_SECRET_KEY": "only for tests", "PYTHONPATH": f"{ROOT / 'src'}"}
    environment |= {"LEERCIRKEL_DEMO": "1"} if demo else {}
    command = [sys.executable, "-W", "ignore", "-m", "leercirkel.cli", "demo-board", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)


def test_the_board_is_loaded_once_and_then_said_to_be_there(own_db: Database, files: Path) -> None:
    first = ran("--files", str(files))
    second = ran("--files", str(files))

    assert (first.returncode, second.returncode) == (0, 0), first.stderr
    assert "Klaar" in first.stdout
    assert "staat er al" in second.stdout
    with whole_installation():
        assert School.objects.count() == 3


def test_without_a_demonstration_nothing_is_loaded(own_db: Database, files: Path) -> None:
    refused = ran("--files", str(files), demo=False)

    assert refused.returncode == 1
    assert "serve --demo" in refused.stderr
    assert not Board.objects.exists()


def test_a_database_that_holds_something_else_is_left_alone(own_db: Database, files: Path) -> None:
    Board.objects.create(name="Stichting Anders")

    refused = ran("--files", str(files))

    assert refused.returncode == 1
    assert "LEERCIRKEL_DATA" in refused.stderr
    assert Board.objects.count() == 1


def test_make_demo_says_which_other_port_to_take(tmp_path: Path) -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        command = [sys.executable, str(ROOT / "scripts" / "demo.py"), str(tmp_path / "data"), str(port)]
        refused = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)

    assert refused.returncode == 1
    assert f"make demo PORT={port + 1}" in refused.stderr
    assert not (tmp_path / "data").exists()
