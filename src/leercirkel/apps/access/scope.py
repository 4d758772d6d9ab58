"""The scope of a transaction: which schools the database shows. Everything that reads or writes runs inside one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction

SET = """
select set_config('lc.user', %s, true), set_config('lc.schools', %s, true), set_config('lc.pupil_schools', %s, true)
"""
READ = """
select current_setting('lc.user', true), current_setting('lc.schools', true), current_setting('lc.pupil_schools', true)
"""


def array(ids: Iterable[int]) -> str:
    """Ids as PostgreSQL writes an array."""
    return "{" + ",".join(str(int(each)) for each in sorted(set(ids))) + "}"


def narrow(*, user: int, schools: Iterable[int], pupil_schools: Iterable[int]) -> None:
    """Sets the scope of the transaction that runs now; it ends with the transaction. Raises outside one."""
    if not connection.in_atomic_block:
        raise RuntimeError("A scope lasts as long as a transaction: there is none.")
    with connection.cursor() as cursor:
        cursor.execute(SET, [str(user), array(schools), array(pupil_schools)])


@contextmanager
def scope(*, schools: Iterable[int], pupil_schools: Iterable[int] | None = None, user: int = 0) -> Iterator[None]:
    """A transaction that sees these schools, and of these the pupils (default: of all of them).

    For tasks, commands and tests; requests get theirs from the middleware. Inside another scope it narrows or widens
    for its own length and sets the outer one back.
    """
    schools = list(schools)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(READ)
            before = cursor.fetchone()
        narrow(user=user, schools=schools, pupil_schools=schools if pupil_schools is None else pupil_schools)
        yield
        with connection.cursor() as cursor:
            cursor.execute(SET, [value or "" for value in before])


@contextmanager
def whole_installation() -> Iterator[None]:
    """A transaction that sees every school: for the system's own work (sealing, loading), never for a request."""
    with connection.cursor() as cursor:
        cursor.execute("select coalesce(array_agg(id), '{}') from all_schools()")
        ids = cursor.fetchone()[0]
    with scope(schools=ids):
        yield
