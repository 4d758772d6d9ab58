"""What the log tells of a person goes when its time is over; the events and their seals stay."""

from __future__ import annotations

from django.db import connection, transaction

from leercirkel.apps.access.scope import whole_installation
from leercirkel.operations import logs

KEPT = "12 months"
"""How long details stay. The database refuses to let them go sooner (migration 0004)."""

_AT_A_TIME = 5_000
OLD = f"""
delete from audit_eventdetail where event_id in (
  select detail.event_id from audit_eventdetail detail join audit_event event on event.id = detail.event_id
  where event.at < now() - interval '{KEPT}' order by detail.event_id limit %s)
"""  # noqa: S608 (nothing in it comes from outside)

_log = logs.logger("audit")


def forget() -> int:
    """Deletes the details of events older than KEPT: name then, address, browser, changes. Returns how many went.

    Each lot in a transaction of its own, so that nobody waits long. Safe to run again and by several at once.
    """
    total = 0
    while gone := _lot():
        total += gone
    if total:
        _log.info("details-deleted", extra={"fields": {"count": total}})
    return total


def _lot() -> int:
    with transaction.atomic(), whole_installation(), connection.cursor() as cursor:
        cursor.execute(OLD, [_AT_A_TIME])
        return int(cursor.rowcount)
