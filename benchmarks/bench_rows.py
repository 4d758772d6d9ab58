"""The same query with and without row-level security, in turn, on the tables of the application.

Own data in a database of its own: 250 schools of 400 pupils, each with a class and eight results, 60 schools of one
board. Without: the same tables as their owner, whom row security does not bind. First planned anew at each asking, then
prepared. Usage: bench_rows.py [RUNS]
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

from measure import machine, title

from leercirkel.operations import roles
from leercirkel.operations.connections import Connection
from leercirkel.operations.postgres import Cluster

SCHOOLS, PUPILS, RESULTS, OF_ONE_BOARD = 250, 400, 8, 60

BLANKS = """
do $$ declare each record; begin
  for each in select table_name, column_name, data_type from information_schema.columns
    where table_schema = 'public' and is_nullable = 'NO' and column_default is null and is_identity = 'NO'
      and data_type in ('jsonb', 'boolean', 'smallint', 'integer', 'text', 'character varying')
  loop
    execute format('alter table %I alter %I set default %L', each.table_name, each.column_name,
      case each.data_type when 'jsonb' then '[]' when 'boolean' then 'false' when 'text' then ''
           when 'character varying' then '' else '0' end);
  end loop;
end $$
"""
"""Something in each column that the data below says nothing of: what a model has as its default, its table has not."""

DATA = f"""
insert into organisation_board (name, number) values ('A', ''), ('B', '');
insert into organisation_school (board_id, brin, location, name, kind, handover_from)
  select case when n <= {OF_ONE_BOARD} then (select min(id) from organisation_board)
              else (select max(id) from organisation_board) end,
         lpad(n::text, 4, '0'), '00', 'School ' || n, 'bao', '06-01' from generate_series(1, {SCHOOLS}) n;
insert into organisation_group (school_id, school_year, kind, key, name, grade, subject, position)
  select s.id, 2026, 'base', g::text, 'groep ' || g, (1 + g % 8)::text, '', g
  from organisation_school s, generate_series(0, 15) g;
insert into organisation_pupil (school_id, first_name, prefix, surname, gender, sort_key)
  select s.id, 'Kind', '', 'Naam' || n, '', md5(s.id::text || n) from organisation_school s,
         generate_series(1, {PUPILS}) n;
insert into organisation_enrolment (school_id, pupil_id, group_id, grade, during)
  select p.school_id, p.id, g.id, g.grade, '[2026-08-01,2027-08-01)'
  from organisation_pupil p join organisation_group g on g.school_id = p.school_id and g.position = p.id % 16;
insert into assessment_importbatch (school_id, made_at, files) select id, now(), '[]' from organisation_school;
insert into assessment_result
  (school_id, pupil_id, batch_id, school_year, taken_on, moment, subject, instrument, version, test_level,
   instruction_group, score, level, dle_operator, avi, reference_level, not_taken, source)
  select p.school_id, p.id, b.id, 2026 - n / 4, '2027-01-20', case when n % 2 = 0 then 'M' else 'E' end,
         case when n % 4 < 2 then 'rekenen' else 'spelling' end, 'DEMO', '', '', '', 100 + (p.id * 7 + n) % 50, 'II',
         '', '', '', '', 'x.csv:1'
  from organisation_pupil p join assessment_importbatch b on b.school_id = p.school_id,
       generate_series(0, {RESULTS - 1}) n;
"""

LIST = """
select p.id, p.first_name, p.prefix, p.surname, g.name, e.grade
from organisation_pupil p
join organisation_enrolment e on e.pupil_id = p.id and e.during @> date '2027-03-02'
join organisation_group g on g.id = e.group_id
where p.school_id = any(%(s)s) and e.school_id = any(%(s)s) and g.school_id = any(%(s)s) order by p.sort_key, p.id
"""
JOIN = """
select p.id, p.sort_key, r.score from assessment_result r join organisation_pupil p on p.id = r.pupil_id
where r.school_id = any(%(s)s) and p.school_id = any(%(s)s)
  and r.school_year = 2026 and r.moment = 'M' and r.subject = 'rekenen'
"""
AGGREGATE = """
select school_id, subject, moment, count(*), avg(score) from assessment_result
where school_id = any(%(s)s) and school_year = 2026 group by school_id, subject, moment
"""


def main() -> None:
    """Makes the data once, then runs each query in turn as the application and as the owner."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o711)  # root's database runs as another user
        with Cluster(Path(folder) / "data", options={"fsync": "off"}).running() as cluster:
            app, owner = cluster.connection(roles.APP), cluster.connection(roles.OWNER)
            migrate(owner)
            with owner.open(autocommit=True) as database:
                database.execute(BLANKS)
                database.execute(DATA)
                database.execute("vacuum analyze")
            compare(app, owner, runs)


def migrate(owner: Connection) -> None:
    """Makes the application's tables."""
    environment = os.environ | {
        "DATABASE_URL": owner.url(),
        "DJANGO_SETTINGS_MODULE": "leercirkel.config.settings",
        "LEERCIRKEL_SECRET_KEY": "only for a benchmark",
    }
    subprocess.run([sys.executable, "-m", "django", "migrate", "--verbosity", "0"], env=environment, check=True)


def compare(app: Connection, owner: Connection, runs: int) -> None:
    """Prints a line per query: medians, and the median of the ratios pair by pair."""
    with app.open(autocommit=True) as bound, owner.open(autocommit=True) as free:
        school_ids = [row[0] for row in free.execute("select id from organisation_school order by id")]
        title(f"Row-level security, {runs} runs in turn ({machine()})")
        count = SCHOOLS * PUPILS
        print(
            f"{SCHOOLS} schools, {count:,} pupils, {count * RESULTS:,} results; PostgreSQL {bound.info.server_version}"
        )
        for threshold, how in (
            (None, "planned at each asking, as the pages' queries are"),
            (5, "prepared, as psycopg does"),
        ):
            print(how)
            bound.prepare_threshold = free.prepare_threshold = threshold
            each_query(bound, free, school_ids, runs)


def each_query(bound: Any, free: Any, school_ids: Sequence[int], runs: int) -> None:
    """A line per query."""
    for name, sql, schools in (
        (f"list of {PUPILS}, one school", LIST, school_ids[:1]),
        (f"join over {OF_ONE_BOARD} schools", JOIN, school_ids[:OF_ONE_BOARD]),
        (f"aggregate over {OF_ONE_BOARD} schools", AGGREGATE, school_ids[:OF_ONE_BOARD]),
    ):
        scope = "{" + ",".join(map(str, schools)) + "}"
        for setting in ("lc.schools", "lc.pupil_schools"):
            bound.execute("select set_config(%s, %s, false)", [setting, scope])
        with_it, without = in_turn(bound, free, sql, schools, runs)
        ratio = median(a / b for a, b in zip(with_it, without, strict=True))
        times = f"{1000 * median(with_it):8.2f} ms with, {1000 * median(without):8.2f} ms without"
        print(f"{name:<28} {times}   ratio {ratio:5.2f}")


def in_turn(bound: Any, free: Any, sql: str, schools: Sequence[int], runs: int) -> tuple[list[float], list[float]]:
    """Seconds with and without, each after an uncounted run, each pair in the other order than the one before."""
    expected = sorted(bound.execute(sql, {"s": schools}).fetchall())
    if expected != sorted(free.execute(sql, {"s": schools}).fetchall()):
        sys.exit("With and without row security the rows are not the same.")
    seconds: dict[int, list[float]] = {id(bound): [], id(free): []}
    for number in range(runs):
        for one in (bound, free) if number % 2 else (free, bound):
            started = time.perf_counter()
            one.execute(sql, {"s": schools}).fetchall()
            seconds[id(one)].append(time.perf_counter() - started)
    return seconds[id(bound)], seconds[id(free)]


if __name__ == "__main__":
    main()
