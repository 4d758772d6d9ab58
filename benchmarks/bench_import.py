"""An import of 50,000 results, as the worker carries it out, beside a script that reads the same workbook with
fastexcel and COPYs its rows into the same table.

A school of 700 pupils over eight years in an embedded database. Ours reads, finds the pupils, looks what is here
already, and writes, in one transaction; the script takes every cell as it comes, as the owner of the table, whom row
security does not bind. What was written is taken away again between the runs, outside the clock.
Usage: bench_import.py [RUNS]
"""

from __future__ import annotations

import io
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Any, ClassVar

import polars as pl
from measure import machine, title

from leercirkel.operations import roles
from leercirkel.operations.connections import Connection
from leercirkel.operations.postgres import Cluster

RESULTS, PUPILS, YEARS = 50_000, 700, range(2019, 2027)
SUBJECTS = ("rekenen", "begrijpend lezen", "spelling", "technisch lezen", "woordenschat")


def main() -> None:
    """Makes the school and the workbook once, then runs both in turn."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o711)  # root's database runs as another user
        with Cluster(Path(folder) / "data").running() as cluster:
            owner, app = cluster.connection(roles.OWNER), cluster.connection(roles.APP)
            environment = {
                "DATABASE_URL": owner.url(), "DJANGO_SETTINGS_MODULE": "leercirkel.config.settings",
                "LEERCIRKEL_SECRET_KEY": "only for a benchmark", "LEERCIRKEL_TODAY": "2027-03-02",
            }  # fmt: skip
            migrate = [sys.executable, "-m", "django", "migrate", "--verbosity", "0"]
            subprocess.run(migrate, env=os.environ | environment, check=True)
            os.environ |= environment | {"DATABASE_URL": app.url()}
            compare(owner, runs)


def compare(owner: Connection, runs: int) -> None:
    """Prints the medians, and the median of the ratios pair by pair."""
    import django

    django.setup()
    school, user, pupils = make_school()
    data = workbook()
    title(f"Import of {RESULTS:,} results, {runs} runs in turn ({machine()})")
    print(f"workbook {len(data) / 1e6:.1f} MB, {PUPILS} pupils, {len(YEARS)} years")
    with owner.open(autocommit=True) as database:
        ours, script = Ours(school, user, data), Script(database, school.pk, pupils, data)
        seconds: dict[str, list[float]] = {"ours": [], "script": []}
        for number in range(-1, runs):
            both: list[tuple[str, Ours | Script]] = [("ours", ours), ("script", script)]
            for name, one in both[:: 1 if number % 2 else -1]:
                one.prepare()
                took = timed(one.run)
                rows = database.execute("select count(*) from assessment_result").fetchone()
                if rows != (RESULTS,):
                    sys.exit(f"{name}: {rows}")
                one.undo()
                if number >= 0:
                    seconds[name].append(took)
        print(f"what the page shows first      {median(ours.shown):6.2f} s")
    for name, told in (("the worker, to the commit", "ours"), ("fastexcel and COPY", "script")):
        print(f"{name:<30} {median(seconds[told]):6.2f} s")
    ratio = median(a / b for a, b in zip(seconds["ours"], seconds["script"], strict=True))
    print(f"ratio, median of pairs         {ratio:6.2f} ×")


def timed(work: Callable[[], None]) -> float:
    """Seconds that it takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


class Ours:
    """The task that the worker does for an import that somebody confirmed."""

    def __init__(self, school: Any, user: Any, data: bytes) -> None:
        self.school, self.user, self.data = school, user, data
        self.batch: Any = None
        self.shown: list[float] = []

    def prepare(self) -> None:
        """Uploads, looks and confirms."""
        from leercirkel.apps.access.scope import scope
        from leercirkel.apps.assessment.actions import wizard
        from leercirkel.apps.assessment.actions.imports import EVERYONE
        from leercirkel.apps.assessment.selectors.imports import uploads_of
        from leercirkel.apps.assessment.wizard.apply import Choices
        from leercirkel.apps.assessment.wizard.plan import make

        with scope(schools=[self.school.pk], user=self.user.pk):
            self.batch = wizard.open_import(school=self.school, files=[(self.data, "r.xlsx")], by=self.user)
            started = time.perf_counter()
            plan = make(self.school, uploads_of(self.batch), EVERYONE)
            self.shown.append(time.perf_counter() - started)
            wizard.confirm_import(batch=self.batch, choices=Choices(), seen=plan.mark, by=self.user)

    def run(self) -> None:
        """Everything until it is committed."""
        from leercirkel.apps.assessment.tasks import carry_out_batch

        carry_out_batch.func(batch=self.batch.pk)

    def undo(self) -> None:
        """Takes it back."""
        from leercirkel.apps.access.scope import scope
        from leercirkel.apps.assessment.actions import undo_import

        with scope(schools=[self.school.pk]):
            undo_import(batch=self.batch, by=None)


class Script:
    """What somebody would write who only wants the rows in."""

    COLUMNS: ClassVar = {
        "vak": "subject", "toets": "instrument", "versie": "version", "afnamedatum": "taken_on", "moment": "moment",
        "vaardigheidsscore": "score", "niveau": "level", "dle": "dle", "toetsniveau": "test_level",
    }  # fmt: skip

    def __init__(self, database: Any, school: int, pupils: dict[str, int], data: bytes) -> None:
        self.database, self.school, self.data = database, school, data
        self.pupils = pl.DataFrame({"leerlingnummer": list(pupils), "pupil_id": list(pupils.values())})
        self.batch = 0

    def prepare(self) -> None:
        """A batch for the rows to point at."""
        row = self.database.execute(
            "insert into assessment_importbatch (school_id, state, origin, reason, made_at, files, counts, problems,"
            " choices, seen, done, total) values (%s, 'done', 'files', '', now(), '[]', '{}', '[]', '{}', '', 0, 0)"
            " returning id",
            [self.school],
        ).fetchone()
        self.batch = row[0]

    def run(self) -> None:
        """Cells to rows to the table."""
        import fastexcel

        frame = fastexcel.read_excel(self.data).load_sheet(0).to_polars()
        rows = frame.with_columns(pl.col("leerlingnummer").cast(pl.Int64).cast(pl.String)).join(
            self.pupils, on="leerlingnummer"
        )
        texts = ("instruction_group", "dle_operator", "avi", "reference_level", "not_taken")
        made = rows.select(
            pl.lit(self.school).alias("school_id"), pl.lit(self.batch).alias("batch_id"), "pupil_id",
            pl.col("schooljaar").str.slice(0, 4).cast(pl.Int16).alias("school_year"),
            *(pl.col(theirs).alias(name) for theirs, name in self.COLUMNS.items()),
            *(pl.lit('""').alias(name) for name in (*texts, "source")),
        )  # fmt: skip
        with self.database.cursor().copy(
            f"copy assessment_result ({', '.join(made.columns)}) from stdin (format csv)"
        ) as copying:
            copying.write(made.write_csv(include_header=False, quote_style="never").encode())

    def undo(self) -> None:
        """Takes it back."""
        self.database.execute("delete from assessment_result where batch_id = %s", [self.batch])


def make_school() -> tuple[Any, Any, dict[str, int]]:
    """A school whose pupils were there all years, and somebody who may import for it."""
    from psycopg.types.range import DateRange

    from leercirkel.apps.access.models import Assignment, Bundle, User
    from leercirkel.apps.access.scope import scope
    from leercirkel.apps.organisation.models import Board, Enrolment, Group, Pupil, PupilKey, School

    board = Board.objects.create(name="Meten")
    with scope(schools=[1], boards=[board.pk]):
        school = School.objects.create(id=1, board=board, brin="99XX", name="De Meter", kind="bao")
        groups = {
            (year, n): Group.objects.create(school=school, school_year=year, key=str(n), name=f"groep {n}", position=n)
            for year in YEARS for n in range(1, 29)
        }  # fmt: skip
        pupils = Pupil.objects.bulk_create(
            Pupil(school=school, first_name=f"Kind{n}", surname=f"Naam{n}", birth_date=born(n), sort_key=f"{n}")
            for n in range(PUPILS)
        )
        PupilKey.objects.bulk_create(
            PupilKey(school=school, pupil=pupil, key=str(10_000 + n)) for n, pupil in enumerate(pupils)
        )
        Enrolment.objects.bulk_create(
            Enrolment(school=school, pupil=pupil, group=groups[year, 1 + n % 28], grade=str(1 + year % 8),
                      during=DateRange(date(year, 8, 1), date(year + 1, 8, 1)))
            for n, pupil in enumerate(pupils) for year in YEARS
        )  # fmt: skip
        user = User.objects.create(email="meten@demo.invalid", name="Meter")
        bundle = Bundle.objects.get(code="trend_analyst", school=None)
        Assignment.objects.create(
            user=user, bundle=bundle, board=board, school=school, during=DateRange(date(2020, 1, 1), None)
        )
    return school, user, {str(10_000 + n): pupil.pk for n, pupil in enumerate(pupils)}


def born(number: int) -> date:
    """A birthday."""
    return date(2010, 1, 1) + timedelta(days=number * 3)


def workbook() -> bytes:
    """The results of every pupil in every round and subject, until there are enough."""
    chance = random.Random(1)
    rows = []
    for year in YEARS:
        for moment, day in (("M", date(year + 1, 1, 20)), ("E", date(year + 1, 6, 5))):
            for subject in SUBJECTS:
                rows += [
                    (
                        10_000 + number, f"Naam{number}", f"Kind{number}", born(number), subject, "DEMO", "3.0", day,
                        moment, chance.randint(50, 300), chance.choice(["I", "II", "III", "IV", "V"]),
                        chance.randint(5, 60), f"{moment}{3 + year % 6}", f"{year}-{year + 1}",
                    )
                    for number in range(PUPILS)
                ]  # fmt: skip
    names = ("leerlingnummer", "achternaam", "roepnaam", "geboortedatum", "vak", "toets", "versie", "afnamedatum",
             "moment", "vaardigheidsscore", "niveau", "dle", "toetsniveau", "schooljaar")  # fmt: skip
    buffer = io.BytesIO()
    pl.DataFrame(rows[:RESULTS], schema=list(names), orient="row").write_excel(buffer)
    return buffer.getvalue()


if __name__ == "__main__":
    main()
