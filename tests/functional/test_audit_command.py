"""`leercirkel audit`: what an administrator types, and what it answers."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import transaction
from tests.support.postgres import Database

from leercirkel.apps.audit import log, seals
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.audit.verify import verify


def leercirkel(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "leercirkel.cli", "audit", *arguments],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "leercirkel.config.settings"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture
def written(own_db: Database) -> Database:
    with transaction.atomic():
        for school in (1, 1, 2):
            log.record(Kind.PUPIL_SEEN, by=None, school=school, pupil=7)
    return own_db


def until_sealed() -> None:
    """Seals until no event is left: the server's own work (autovacuum) can hold sealing up for a moment."""
    deadline = time.monotonic() + 60
    while verify().unsealed:
        assert time.monotonic() < deadline
        seals.seal_all()


def test_sealing_and_verifying_from_the_command_line(written: Database, tmp_path: Path) -> None:
    sealed = leercirkel("seal")
    until_sealed()
    good = leercirkel("verify")
    heads = leercirkel("heads")
    (tmp_path / "zegels.txt").write_text(heads.stdout, encoding="utf-8")
    kept = leercirkel("verify", "--heads", str(tmp_path / "zegels.txt"))

    assert sealed.stdout.strip().endswith("zegels gezet.")
    assert (good.returncode, good.stdout.splitlines()[-1]) == (0, "Alles klopt.")
    assert (kept.returncode, kept.stderr) == (0, "")


def test_a_changed_row_gives_exit_code_1_and_the_seal(written: Database) -> None:
    until_sealed()
    with written.superuser.open() as anything:
        anything.execute("set session_replication_role = replica")
        anything.execute("update audit_event set pupil = 8 where school_id = 1")

    found = leercirkel("verify")

    assert found.returncode == 1
    assert "FOUT  zegel" in found.stdout
    assert "school 1: van de 2 regels is er minstens één veranderd." in found.stdout
    assert "Er klopt iets niet." in found.stdout


def test_a_file_without_seals_is_refused(written: Database, tmp_path: Path) -> None:
    (tmp_path / "leeg.txt").write_text("niets", encoding="utf-8")

    found = leercirkel("verify", "--heads", str(tmp_path / "leeg.txt"))

    assert found.returncode == 1
    assert "staat geen enkel zegel" in found.stderr
