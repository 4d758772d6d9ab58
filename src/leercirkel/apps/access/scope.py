"""The scope of a transaction: which schools the database shows. Everything that reads or writes runs inside one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from leercirkel.apps import statements

SETTINGS = ("lc.user", "lc.boards", "lc.schools", "lc.pupil_schools", "lc.system")
SET = "select " + ", ".join(f"set_config('{name}', %s, true)" for name in SETTINGS)
READ = "select " + ", ".join(f"current_setting('{name}', true)" for name in SETTINGS)


def array(ids: Iterable[int]) -> str:
    """Ids as PostgreSQL writes an array."""
    return "{" + ",".join(str(int(each)) for each in sorted(set(ids))) + "}"


def values(*, user: int, schools: Iterable[int], pupil_schools: Iterable[int], boards: Iterable[int] = ()) -> list[str]:
    """What the SETTINGS are in such a scope, in their order: also for a connection that is not Django's."""
    return [str(user), array(boards), array(schools), array(pupil_schools), ""]


def narrow(*, user: int, schools: Iterable[int], pupil_schools: Iterable[int], boards: Iterable[int] = ()) -> None:
    """Sets the scope of the transaction that runs now; it ends with the transaction. Raises RuntimeError outside one.

    `boards` is for what belongs to a board as a whole (who was given a role there), not for its schools.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A scope lasts as long as a transaction: there is none.")
    with connection.cursor() as cursor:
        cursor.execute(SET, values(user=user, schools=schools, pupil_schools=pupil_schools, boards=boards))


def ask(
    *questions: str,
    parameters: Mapping[str, Any],
    user: int,
    schools: Iterable[int],
    pupil_schools: Iterable[int],
    boards: Iterable[int] = (),
) -> list[list[tuple[Any, ...]]]:
    """As `narrow`, and asks these questions (constant SQL) in that scope: the rows of each. One message to the server,
    whatever their number."""
    if not connection.in_atomic_block:
        raise RuntimeError("A scope lasts as long as a transaction: there is none.")
    with statements.together():
        statements.run(SET, values(user=user, schools=schools, pupil_schools=pupil_schools, boards=boards))
        asked = [statements.run(question, parameters) for question in questions]
        return [cursor.fetchall() for cursor in asked]


@contextmanager
def scope(
    *,
    schools: Iterable[int],
    pupil_schools: Iterable[int] | None = None,
    boards: Iterable[int] = (),
    user: int = 0,
) -> Iterator[None]:
    """A transaction that sees these schools, and of these the pupils (default: of all of them).

    For tasks, commands and tests; requests get theirs from the middleware. Inside another scope it narrows or widens
    for its own length and sets the outer one back.
    """
    schools = list(schools)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(READ)
            before = cursor.fetchone()
        seen = schools if pupil_schools is None else pupil_schools
        narrow(user=user, schools=schools, pupil_schools=seen, boards=boards)
        yield
        with connection.cursor() as cursor:
            cursor.execute(SET, [value or "" for value in before])


@contextmanager
def whole_installation() -> Iterator[None]:
    """A transaction that sees every school, and the log also of what belongs to none.

    For the system's own work (sealing, loading), never for a request.
    """
    with connection.cursor() as cursor:
        cursor.execute("select id from all_schools()")
        schools = [row[0] for row in cursor.fetchall()]
        cursor.execute("select id from organisation_board")
        boards = [row[0] for row in cursor.fetchall()]
    with scope(schools=schools, boards=boards):
        with connection.cursor() as cursor:
            cursor.execute("select set_config('lc.system', 'on', true)")
        yield
        with connection.cursor() as cursor:
            cursor.execute("select set_config('lc.system', '', true)")
