"""What root makes in the data folder belongs to who has the data; what may not be entered stops no import."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from leercirkel.engines.snapshot import CURRENT, kept_in
from leercirkel.operations.folders import given_as

NOBODY = 65534
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root gives a folder to another user")


def a_snapshot(data: Path) -> Path:
    folder = data / "snapshot"
    (folder / "version-1").mkdir(parents=True)
    (folder / "version-1" / "held.json").write_text("{}", encoding="utf-8")
    (folder / CURRENT).symlink_to("version-1")
    return folder


@as_root
def test_a_folder_that_root_made_becomes_the_owners_with_all_in_it_and_nothing_outside(tmp_path: Path) -> None:
    data, outside = tmp_path / "data", tmp_path / "outside"
    folder = a_snapshot(data)
    outside.mkdir()
    (folder / "elsewhere").symlink_to(outside)
    os.chown(data, NOBODY, NOBODY)

    given_as(folder, data)

    for path in (folder, folder / CURRENT, folder / "version-1" / "held.json", folder / "elsewhere"):
        assert path.lstat().st_uid == NOBODY
    assert outside.stat().st_uid == 0


def test_a_snapshot_that_may_not_be_entered_counts_as_one(tmp_path: Path) -> None:
    folder, me = a_snapshot(tmp_path), os.geteuid()
    folder.chmod(0o000)

    if me == 0:  # whom no mode keeps out
        os.seteuid(NOBODY)
    try:
        found = kept_in(folder)
    finally:
        os.seteuid(me)
        folder.chmod(0o700)

    assert found


def test_no_snapshot_is_none(tmp_path: Path) -> None:
    assert not kept_in(tmp_path / "snapshot")
