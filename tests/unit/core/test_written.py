"""A file that cannot be written fails as any other, whoever writes it."""

from __future__ import annotations

import errno
from pathlib import Path

import polars as pl
import pytest

from leercirkel.core.written import written


def test_a_full_disk_is_an_error_of_the_file_system(tmp_path: Path) -> None:
    full = tmp_path / "x.parquet"
    full.symlink_to("/dev/full")

    with pytest.raises(OSError, match=r"x\.parquet") as told, written(full):
        pl.DataFrame({"a": range(1000)}).write_parquet(full)

    assert told.value.errno == errno.ENOSPC


def test_another_error_stays_what_it_is(tmp_path: Path) -> None:
    with pytest.raises(pl.exceptions.ColumnNotFoundError), written(tmp_path):
        pl.DataFrame({"a": [1]}).select("b")
