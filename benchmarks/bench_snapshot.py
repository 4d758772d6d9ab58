"""The snapshot of an installation (PostgreSQL through ADBC to Parquet, under pseudonyms) beside COPY of the same
results to one CSV file.

The two schools of the demonstration with most results, over and over, until there are so many results. Ours reads
enrolments and marks too, sorts out what was delivered twice, and hashes every pupil; COPY writes the rows of the table.
Then a second snapshot, after one school changed. Usage: bench_snapshot.py [MILLIONS] [RUNS]
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

from copies import FAR, MOVED, TABLES
from measure import Run, machine, run, title

from leercirkel.operations import roles
from leercirkel.operations.postgres import SUPERUSER, Cluster

PROGRAM = (sys.executable, "-P", "-m", "leercirkel.cli")
_COLUMNS = """
select column_name from information_schema.columns
where table_schema = 'public' and table_name = %s and is_generated = 'NEVER' order by ordinal_position
"""
_COPY = """
copy (select school_id, pupil_id, school_year, taken_on, moment, subject, instrument, version, test_level,
      instruction_group, score, level, dle, dle_operator, percentile, avi, reference_level, not_taken, source
      from assessment_result where replaced_by_id is null) to stdout (format csv)
"""
_AT_ONCE = 10
"""Copies in one statement, so that putting them in order stays in memory."""
_BRIN = "(10 + copy %% 90)::text || chr(65 + (copy / 90) %% 26) || substr(brin, 4)"


def main() -> None:
    """Fills the database once, then runs both in turn."""
    millions = float(sys.argv[1]) if len(sys.argv) > 1 else 2.0
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o711)  # root's database runs as another user
        os.environ |= {"LEERCIRKEL_DATA": f"{folder}/data", "LEERCIRKEL_DEMO": "1"}
        run([*PROGRAM, "migrate"]), run([*PROGRAM, "demo-board"])
        with Cluster(Path(folder) / "data").running() as cluster:
            with cluster.connection(SUPERUSER, roles.DATABASE).open(autocommit=True) as database:
                rows, schools = filled(database, millions)
            os.environ |= {
                "DATABASE_URL": cluster.connection(roles.APP).url(),
                "DJANGO_SETTINGS_MODULE": "leercirkel.config.settings",
                "LEERCIRKEL_SECRET_KEY": "only for a benchmark",
            }
            title(f"Snapshot of {rows:,} results of {schools} schools, {runs} runs in turn ({machine()})")
            with cluster.connection(roles.OWNER).open(autocommit=True) as database:
                compare(database, Path(folder), rows, runs)


def filled(database: Any, millions: float) -> tuple[int, int]:
    """Adds copies of what is there until there are so many results; gives the numbers of results and of schools."""
    (own,) = database.execute("select count(*) from assessment_result").fetchone()
    times = max(1, round(millions * 1e6 / own) - 1)
    database.execute("set session_replication_role = replica")
    for table in TABLES:
        names = [name for (name,) in database.execute(_COLUMNS, [table]).fetchall()]
        made = ", ".join(_column(name) for name in names)
        own = f"{'id' if table == 'organisation_school' else 'school_id'} < {FAR}"
        for first in range(1, times + 1, _AT_ONCE):  # as files come in: rows of a school lie together
            copies = f"generate_series({first}, {min(first + _AT_ONCE - 1, times)}) copy"
            database.execute(
                f"insert into {table} ({', '.join(names)}) select {made} from {table}, {copies} where {own}"
                " order by copy, id"
            )
    database.execute("analyze")
    schools = database.execute("select count(*) from organisation_school").fetchone()[0]
    return database.execute("select count(*) from assessment_result").fetchone()[0], schools


def _column(name: str) -> str:
    if name in MOVED:
        return f"{name} + copy::bigint * {FAR}"
    return _BRIN.replace("%%", "%") if name == "brin" else name


def compare(database: Any, folder: Path, rows: int, runs: int) -> None:
    """Prints the medians, and the median of the ratios pair by pair."""
    out, csv = folder / "snapshot", folder / "results.csv"
    ours: list[Run] = []
    copies: list[float] = []
    for number in range(runs):
        for first in (True, False):
            if first == bool(number % 2):
                shutil.rmtree(out, ignore_errors=True)
                ours.append(run([*PROGRAM, "snapshot", "--out", str(out)]))
            else:
                copies.append(copied_to(csv, database))
    seconds = [each.seconds for each in ours]
    size = sum(path.stat().st_size for path in out.rglob("*.parquet"))
    print(f"{'snapshot, from the command on':<34} {median(seconds):7.1f} s, {max(o.megabytes for o in ours):.0f} MB,"
          f" {size / 1e6:.0f} MB of Parquet")  # fmt: skip
    print(f"{'COPY of the results to CSV':<34} {median(copies):7.1f} s, {csv.stat().st_size / 1e6:.0f} MB of CSV")
    print(f"{'ratio, median of pairs':<34} {median(a / b for a, b in zip(seconds, copies, strict=True)):7.2f} ×")
    database.execute(
        "insert into assessment_change (school_id, transaction, at)"
        " select max(id), pg_current_xact_id()::text::bigint, now() from organisation_school"
    )
    again = run([*PROGRAM, "snapshot", "--out", str(out)])
    print(f"{'again, after one school changed':<34} {again.seconds:7.1f} s")


def copied_to(path: Path, database: Any) -> float:
    """Seconds that COPY takes, to the last byte in the file."""
    started = time.perf_counter()
    with path.open("wb") as file, database.cursor().copy(_COPY) as copy:
        for data in copy:
            file.write(data)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
