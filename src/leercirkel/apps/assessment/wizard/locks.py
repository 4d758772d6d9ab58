"""Who is at work: locks that end with their transaction, however its process ends."""

from __future__ import annotations

from hashlib import sha256

from django.db import connection

SCHOOL = 5171
"""First number of the locks of which the second is a school: one import writes at a time."""
BATCH = 5172
"""The same of a batch: who holds it is carrying it out."""


class FileBusy(Exception):
    """Somebody else is importing the same file into the same school at this moment."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def one_at_a_time(school: int) -> None:
    """Waits for who is writing results of this school."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s, %s)", [SCHOOL, school])


def take_file(school: int, hashed: str, name: str) -> None:
    """Nobody else imports this file here until the transaction ends. Raises FileBusy when somebody does."""
    key = int.from_bytes(sha256(f"{school}/{hashed}".encode()).digest()[:8], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(%s)", [key])
        if not cursor.fetchone()[0]:
            raise FileBusy(name)


def take_batch(batch: int) -> bool:
    """Whether nobody is carrying this batch out; then it is ours until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(%s, %s)", [BATCH, batch])
        return bool(cursor.fetchone()[0])


def at_work(batch: int) -> bool:
    """Whether somebody is carrying this batch out now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select exists (select from pg_locks where locktype = 'advisory' and classid = %s and objid = %s"
            " and objsubid = 2 and database = (select oid from pg_database where datname = current_database()))",
            [BATCH, batch],
        )
        return bool(cursor.fetchone()[0])
