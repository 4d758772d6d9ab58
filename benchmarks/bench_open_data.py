"""Reading six years of open data about a country, against DuckDB's own CSV reader on the same files.

Usage: bench_open_data.py [SCHOOLS] [YEARS] [RUNS]. Makes the invented country (files of real size) in a folder of its
own. DuckDB reads every column as text (and once more with types it finds itself) and keeps the table; `leercirkel`
reads the same bytes, recognises the layout, checks every cell, repairs names, and makes long tables with intervals
and flags. One thread each, in turn in one process; then the whole command, with the store written.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

from measure import machine, run, title

os.environ["POLARS_MAX_THREADS"] = "1"
DATASETS = ("04", "05", "10")
"""Beginnings of the names of the yearly files: advices, end scores, reference levels."""


def main() -> None:
    """Makes the files, times both sides and prints the ratio."""
    schools, years, runs = (*map(int, sys.argv[1:]), *(6500, 6, 9)[len(sys.argv) - 1 :])
    program = [sys.executable, "-m", "leercirkel.cli"]
    with tempfile.TemporaryDirectory() as scratch:
        files, store = Path(scratch) / "files", Path(scratch) / "store"
        run([*program, "demo-files", str(files), "--open-data", "--schools", str(schools), "--years", str(years)])
        yearly = [path for path in sorted(files.iterdir()) if path.name.startswith(DATASETS)]
        size = sum(path.stat().st_size for path in yearly) / 1e6
        title(f"Open data of {schools} schools, {years} years: {len(yearly)} files, {size:.1f} MB ({machine()})")
        compared(yearly, runs)
        whole = run(
            [*program, "duo", "add", *map(str, sorted(files.iterdir())), "--school-year", "2024", "--store", str(store)]
        )
        print(f"{'leercirkel duo add, all files':<42} {whole.seconds:7.2f} s  {whole.megabytes:6.0f} MB peak")


def compared(yearly: Sequence[Path], runs: int) -> None:
    """Median seconds of each side in turn, and how many times the speed of DuckDB ours has."""
    ours_rows, ours = 0, []
    text, typed = [], []
    for _ in range(runs):
        ours_rows, seconds = timed(lambda: read(yearly))
        ours.append(seconds)
        text.append(timed(lambda: duck(yearly, True))[1])
        typed.append(timed(lambda: duck(yearly, False))[1])
    print(f"{'DuckDB, every column as text':<42} {median(text):7.3f} s")
    print(f"{'DuckDB, types found':<42} {median(typed):7.3f} s")
    print(f"{'leercirkel, checked and long':<42} {median(ours):7.3f} s  {ours_rows} rows")
    for name, other in (("as text", text), ("with types", typed)):
        ratio = median(theirs / mine for theirs, mine in zip(other, ours, strict=True))
        print(f"{f'speed beside DuckDB {name}, median of pairs':<42} {ratio:7.2f} ×")


def timed(work: Callable[[], int]) -> tuple[int, float]:
    started = time.perf_counter()
    rows = work()
    return rows, time.perf_counter() - started


def read(yearly: Sequence[Path]) -> int:
    from leercirkel.exchange.duo.reader import read as read_file

    rows = 0
    for path in yearly:
        made, problems = read_file(path.read_bytes(), path.name)
        if made is None:
            sys.exit(f"{path.name}: {problems}")
        rows += sum(frame.height for frame in made.tables.values())
    return rows


def duck(yearly: Sequence[Path], as_text: bool) -> int:
    import duckdb

    connection = duckdb.connect(config={"threads": 1})
    rows = 0
    for number, path in enumerate(yearly):
        encoding = "utf-8" if path.read_bytes()[:1] == b'"' else "latin-1"
        options = f"delim=';', header=true, quote='\"', all_varchar={str(as_text).lower()}, encoding='{encoding}'"
        connection.execute(f"create table t{number} as from read_csv('{path}', {options})")
        rows += connection.execute(f"select count(*) from t{number}").fetchall()[0][0]
    connection.close()
    return rows


if __name__ == "__main__":
    main()
