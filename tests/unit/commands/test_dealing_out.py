"""Files dealt out over processes: each exactly once, in the order given, about as many bytes for each."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from leercirkel.commands.files import dealt
from leercirkel.commands.tables import joined, read, read_part

HEADER = "leerlingnummer;vak;toets;afnamedatum;moment;vaardigheidsscore\n"


def files(folder: Path, sizes: list[int]) -> list[Path]:
    paths = [folder / f"{number}.csv" for number in range(len(sizes))]
    for path, size in zip(paths, sizes, strict=True):
        path.write_bytes(b"x" * size)
    return paths


@pytest.mark.parametrize(
    ("sizes", "shares"),
    [
        ([10, 10, 10, 10], [[0, 1], [2, 3]]),
        ([30, 10, 10, 10], [[0], [1, 2, 3]]),
        ([1, 1, 98], [[0, 1], [2]]),
        ([5], [[0]]),
        ([0, 0], [[0, 1]]),
        ([], [[]]),
    ],
)
def test_shares_are_about_as_large_and_none_is_empty(tmp_path: Path, sizes: list[int], shares: list[list[int]]) -> None:
    paths = files(tmp_path, sizes)

    assert dealt(paths, 2) == [[paths[number] for number in share] for share in shares]


def test_a_file_that_is_not_there_is_dealt_out_too(tmp_path: Path) -> None:
    first, last = files(tmp_path, [10, 10])
    absent = tmp_path / "weg.csv"

    assert [path for share in dealt([first, absent, last], 2) for path in share] == [first, absent, last]


def test_parts_together_hold_what_reading_at_once_gives(tmp_path: Path) -> None:
    first, second = tmp_path / "1.csv", tmp_path / "2.csv"
    first.write_text(HEADER + "100;rekenen;M5;2026-01-20;M;88\n101;rekenen;M5;2026-01-20;M;niets\n")
    second.write_text(HEADER + "100;spelling;M5;2026-01-21;M;301\n")
    broken = tmp_path / "kolommen.toml"
    broken.write_text("[[")

    at_once = read([second, first], [broken])
    parts = joined([read_part([first], [broken]), read_part([second], [broken])])

    assert [table.file for table in parts.tables] == ["1.csv", "2.csv"]
    for one, other in zip(parts.tables, at_once.tables, strict=True):
        assert one.frame.equals(other.frame)
    assert (parts.of_mappings, parts.of_tables) == (at_once.of_mappings, at_once.of_tables)
    assert len(parts.of_mappings) == 1
    assert parts.of_tables


def test_reading_tables_does_not_load_the_analyses() -> None:
    program = "import sys, leercirkel.commands.tables; print([m for m in sys.modules if m in ('narwhals', 'typst')])"

    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)

    assert said.stdout.strip() == "[]"
