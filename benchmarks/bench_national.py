"""All analyses of many schools on DuckDB against the same questions in hand-written SQL (`national.sql`).

Usage: bench_national.py [SCHOOLS] [--data MAP] [--batch N] [--memory 3GB] [--ours-only]. Makes the invented schools
when MAP has none. Each side analyses the same batches in a process of its own, with the same memory limit, and writes
Parquet; afterwards every row of both is compared. No norm file: growth is told without measurement errors.
"""

from __future__ import annotations

import argparse
import math
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from measure import machine, run, title

SQL = Path(__file__).with_name("national.sql")
NOT_IN_SQL = ("judged", "up", "down", "z_known", "conditional_z", "low")
"""Of growth, what takes a norm file."""


def main() -> None:
    """Times both sides and prints seconds a school, peak memory and the ratio."""
    parser = argparse.ArgumentParser()
    parser.add_argument("schools", type=int, nargs="?", default=100)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--batch", type=int, default=25)
    parser.add_argument("--memory", default="3GB")
    parser.add_argument("--ours-only", action="store_true")
    parser.add_argument("--sql", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.sql:
        by_hand(given.data, given.sql, given.schools, given.batch, given.memory)
        return
    with tempfile.TemporaryDirectory() as scratch:
        data, out = given.data or Path(scratch) / "data", Path(scratch) / "out"
        program = [sys.executable, "-m", "leercirkel.cli"]
        if not (data / "results").is_dir():
            made = run([*program, "demo-files", str(data), "--national", "--schools", str(given.schools)])
            print(f"{given.schools} schools made in {made.seconds:.0f} s, {made.megabytes:.0f} MB peak")
        common = ["--batch", str(given.batch), "--memory", given.memory]
        ours = run([*program, "national", str(data), "--out", str(out / "ours"), *common])
        title(f"All analyses of {given.schools} schools, batches of {given.batch}, {given.memory} ({machine()})")
        row("leercirkel national", ours.seconds, ours.processor, ours.megabytes, given.schools)
        if given.ours_only:
            return
        with_sql = ["--data", str(data), "--sql", str(out / "sql"), *common]
        sql = run([sys.executable, __file__, str(given.schools), *with_sql])
        row("hand-written SQL", sql.seconds, sql.processor, sql.megabytes, given.schools)
        processor = ours.processor / sql.processor
        print(f"{'ratio':<24} {ours.seconds / sql.seconds:8.2f} × the time, {processor:.2f} × the processor time")
        print(f"{compared(out / 'ours', out / 'sql')} rows compared, all equal")


def row(name: str, seconds: float, processor: float, megabytes: float, schools: int) -> None:
    each = 1000 * seconds / schools
    cost = f"{seconds:8.1f} s  {processor:8.1f} s processor  {each:7.1f} ms a school"
    print(f"{name:<24} {cost}  {megabytes:6.0f} MB peak")


def by_hand(data: Path, out: Path, schools: int, batch: int, memory: str) -> None:
    """The hand-written SQL over the same batches."""
    import duckdb

    statements = [part for part in SQL.read_text(encoding="utf-8").split(";\n") if part.strip()]
    found = duckdb.sql(f"select distinct school from '{data}/enrolments/*.parquet' order by 1").fetchall()
    codes = [code for (code,) in found][:schools]
    for start in range(0, len(codes), batch):
        first, last = codes[start], codes[min(start + batch, len(codes)) - 1]
        with tempfile.TemporaryDirectory() as spill:
            connection = duckdb.connect(
                config={"memory_limit": memory, "temp_directory": spill, "preserve_insertion_order": False}
            )
            given_tables(connection, data)
            for name in ("results", "enrolments", "marks"):
                connection.execute(
                    f"create view {name} as from '{data}/{name}/*.parquet' where school between '{first}' and '{last}'"
                )
            for statement in statements:
                connection.execute(statement)
            tables = connection.execute("select table_name from duckdb_tables()").fetchall()
            for (table,) in tables:
                if table.startswith("answer_"):
                    target = out / table.removeprefix("answer_")
                    target.mkdir(parents=True, exist_ok=True)
                    connection.execute(f"copy {table} to '{target}/{first}.parquet' (compression zstd)")
            connection.close()


def given_tables(connection: Any, data: Path) -> None:
    """What all schools share, as small tables."""
    import pyarrow as pa

    from leercirkel.analysis.cohort_trend import STEPS
    from leercirkel.analysis.expected import test_table
    from leercirkel.analysis.growth import STEPS as GROWTH_STEPS
    from leercirkel.analysis.lines import line_table
    from leercirkel.core.learning_yield import difference_limit
    from leercirkel.core.levels import LEVEL_RANKS
    from leercirkel.core.reading import AVI_LEVELS
    from leercirkel.exchange.calendar import reader as calendar
    from leercirkel.exchange.standards import reader as standards

    norms, _ = standards.read((data / "normen.toml").read_bytes(), "normen.toml")
    tests, _ = calendar.read((data / "toetsen.toml").read_bytes(), "toetsen.toml")
    assert norms is not None
    assert tests is not None
    lines = line_table(norms.standards)[0]
    lines["threshold"] = lines.pop("threshold_low")
    ranked = [(label, scale, float(rank)) for scale, ranks in LEVEL_RANKS.items() for label, rank in ranks.items()]
    steps = [(i, s.from_moment, s.to_moment, s.years, s in GROWTH_STEPS) for i, s in enumerate(STEPS)]
    tables = {
        "line": lines,
        "test": test_table(tests),
        "label": by_column(("level", "scale", "rank"), ranked),
        "avi_rank": {"avi": list(AVI_LEVELS), "rank": [float(i) for i in range(len(AVI_LEVELS))]},
        "step": by_column(("step", "from_moment", "to_moment", "years", "of_growth"), steps),
    }
    for name, columns in tables.items():
        connection.register(f"given_{name}", pa.table(columns))
        connection.execute(f"create temp table {name} as from given_{name}")
    connection.execute(f"create macro uneven_from() as {difference_limit()!r}")


def by_column(names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> dict[str, list[Any]]:
    """Rows as lists under their names."""
    return {name: [row[i] for row in rows] for i, name in enumerate(names)}


def compared(ours: Path, sql: Path) -> int:
    """How many rows both sides gave; exits with the first that differ."""
    import polars as pl

    total = 0
    for folder in sorted(sql.iterdir()):
        left, right = (pl.read_parquet(side / folder.name / "*.parquet") for side in (ours, sql))
        left = left.select(pl.exclude("^.*_no$"))
        if folder.name == "growth":
            left = left.drop(NOT_IN_SQL)
        absent = set(left.columns) ^ set(right.columns)
        if absent or left.height != right.height:
            sys.exit(f"{folder.name}: {left.height} and {right.height} rows, columns {sorted(absent)}")
        right = right.select(left.columns)
        keys = [name for name, dtype in left.schema.items() if not dtype.is_float() and name != "leavers_present"]
        sides = (frame.sort(keys, nulls_last=True).iter_rows(named=True) for frame in (left, right))
        for a, b in zip(*sides, strict=True):
            if not all(same(a[name], b[name]) for name in a):
                sys.exit(f"{folder.name} differs:\n{a}\n{b}")
        total += left.height
    return total


def same(one: Any, other: Any) -> bool:
    """Equal, decimals to the ninth digit; no pupils (null) and 0 of them are the same."""
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9) or (math.isnan(one) and math.isnan(other))
    return bool(one == other) or {one, other} == {None, 0}


if __name__ == "__main__":
    main()
