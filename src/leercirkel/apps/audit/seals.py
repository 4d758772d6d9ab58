"""Seals over the log: per school a chain of hashes, each over the events since the one before.

A window goes by ids of transactions: from the end of the window before, up to the oldest transaction that still runs.
All below that have ended, so a window is complete when it is sealed, however long a writer took, and no writer ever
waits. Transaction ids start anew in another database server; there a new era begins, and the old one is closed with a
window to its end. What is hashed and how: docs/ontwikkel/logboek.md.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from leercirkel.apps.access.scope import whole_installation
from leercirkel.apps.audit.models import Era, Seal
from leercirkel.operations import logs

END = 2**63 - 1
"""The end of a window that closes an era."""
EMPTY_AFTER = timedelta(days=1)
"""A stretch without events is sealed too, once in this time: after that nothing can be slipped into it."""

_ONE_AT_A_TIME = 5_170_421_734
_ROWS_AT_A_TIME = 5_000

FIELDS = """
id, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), kind, actor, board, school_id, pupil,
object_type, object_id, count, purpose, era, transaction
"""
EVENTS = f"""
select {FIELDS} from audit_event
where school_id is not distinct from %s and era = %s and transaction >= %s and transaction < %s
order by transaction, id
"""  # noqa: S608 (the fields are ours)
# A step to the next id each, along the index: not all events.
SCHOOLS = """
with recursive step as (
  (select school_id from audit_event where school_id is not null order by school_id limit 1)
  union all
  select (select e.school_id from audit_event e where e.school_id > step.school_id order by e.school_id limit 1)
  from step where step.school_id is not null
)
select school_id from step where school_id is not null
union select school_id from audit_seal union select id from all_schools() union select null
order by 1 nulls first
"""

_log = logs.logger("audit")


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of one era: transactions from `since` up to, not including, `until`."""

    era: int
    since: int
    until: int


def seal_all() -> int:
    """Seals what every school, and the installation itself, has written since its last seal. Returns how many seals.

    Safe to run at any time and by several at once: the second waits for the first.
    """
    made = 0
    with transaction.atomic(), whole_installation():
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
        # The next statement has a newer snapshot than this one: it sees all that ended below `until`.
        until = _one("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        eras = list(Era.objects.order_by("id").values_list("id", flat=True))
        for school in schools():
            made += _seal(school, eras, until)
    return made


def _seal(school: int | None, eras: list[int], until: int) -> int:
    made = 0
    last = Seal.objects.filter(school_id=school).order_by("id").last()
    while (window := next_window(last, eras, until)) is not None:
        events, digest = reckon(school, window, last.hash if last else "")
        if not events and window.until != END and not _long_ago(last):
            break
        last = Seal.objects.create(
            school_id=school,
            era=window.era,
            from_transaction=window.since,
            until_transaction=window.until,
            events=events,
            previous=last.hash if last else "",
            hash=digest,
        )
        # Into the machine's log too, which is kept elsewhere: who makes a whole chain anew is found by it.
        _log.info("sealed", extra={"fields": {"code": digest, "count": events}})
        made += 1
    return made


def _long_ago(last: Seal | None) -> bool:
    return last is not None and timezone.now() - last.made_at >= EMPTY_AFTER


def next_window(last: Seal | None, eras: list[int], until: int) -> Window | None:
    """The window after `last`: the rest of a closed era, or of the current one what has ended. None: nothing new."""
    era, since = after(last, eras)
    window = Window(era, since, until if era == eras[-1] else END)
    return window if window.since < window.until else None


def after(last: Seal | None, eras: list[int]) -> tuple[int, int]:
    """Where the window after this seal must begin: an era and a transaction."""
    if last is None:
        return eras[0], 0
    if last.until_transaction == END and last.era in eras[:-1]:
        return eras[eras.index(last.era) + 1], 0
    return last.era, last.until_transaction


def reckon(school: int | None, window: Window, previous: str) -> tuple[int, str]:
    """How many events are in a window, and their hash after `previous`."""
    events = hashlib.sha256()
    count = 0
    for row in _rows(school, window):
        events.update(line(row))
        count += 1
    head = [school, window.era, window.since, window.until, count, previous, events.hexdigest()]
    return count, hashlib.sha256(line(head)).hexdigest()


def heads() -> list[str]:
    """Of every chain the school (- for none), the number of its last seal and that seal's hash, as text to keep."""
    with transaction.atomic(), whole_installation():
        last = Seal.objects.order_by("school_id", "-id").distinct("school_id")
        return [f"{'-' if seal.school_id is None else seal.school_id} {seal.pk} {seal.hash}" for seal in last]


def line(values: Any) -> bytes:
    """One list in the one form that is hashed: JSON without blanks, ASCII only, and a newline."""
    return (json.dumps(list(values), separators=(",", ":"), ensure_ascii=True) + "\n").encode("ascii")


def schools() -> list[int | None]:
    """Every school that has or could have events, also those that are gone, and None for what is of no school."""
    with connection.cursor() as cursor:
        cursor.execute(SCHOOLS)
        return [row[0] for row in cursor.fetchall()]


def _rows(school: int | None, window: Window) -> Iterator[tuple[Any, ...]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(EVENTS, [school, window.era, window.since, window.until])
        while rows := cursor.fetchmany(_ROWS_AT_A_TIME):
            yield from rows


def _one(query: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return int(cursor.fetchone()[0])
