"""Marks that the figures of a school have changed: triggers on the tables that figures are made of.

Whoever keeps something worked out from these tables asks `version_of` first: another answer than before means that it
no longer holds.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db import connection, migrations

_FUNCTION = """
create function assessment_changed() returns trigger language plpgsql as $$
begin
  insert into assessment_change (school_id, transaction, at)
  select distinct school_id, pg_current_xact_id()::text::bigint, now() from changed
  on conflict do nothing;
  return null;
end $$;
"""


def make_function() -> migrations.RunSQL:
    """A migration step: the function that the triggers call."""
    return migrations.RunSQL(_FUNCTION, "drop function assessment_changed()")


def counts_for_figures(table: str) -> migrations.RunSQL:
    """A migration step: from now on every change in this table (it has school_id) is a change of the school's figures.

    One row per transaction and school, whatever the number of rows: an import of 50,000 results adds one.
    """
    made, gone = [], []
    for event, rows in (("insert", "new"), ("update", "new"), ("delete", "old")):
        made.append(
            f"create trigger changed_{event} after {event} on {table} referencing {rows} table as changed"
            " for each statement execute function assessment_changed();"
        )
        gone.append(f"drop trigger changed_{event} on {table};")
    return migrations.RunSQL("".join(made), "".join(gone))


def version_of(school: int) -> tuple[int, int]:
    """Changes whenever a committed transaction changed what the school's figures are made of. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*), coalesce(max(transaction), 0) from assessment_change where school_id = %s", [school]
        )
        count, last = cursor.fetchone()
    return count, last


def versions_of(schools: Sequence[int]) -> dict[int, tuple[int, int]]:
    """The same for more schools at once. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select school_id, count(*), max(transaction) from assessment_change where school_id = any(%s) group by 1",
            [list(schools)],
        )
        found = {school: (count, last) for school, count, last in cursor.fetchall()}
    return {school: found.get(school, (0, 0)) for school in schools}


def changed_here(schools: Collection[int]) -> list[int]:
    """Those of these schools whose figures the transaction that runs now has changed so far. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select school_id from assessment_change where school_id = any(%s)"
            " and transaction = pg_current_xact_id_if_assigned()::text::bigint order by 1",
            [list(schools)],
        )
        return [school for (school,) in cursor.fetchall()]
