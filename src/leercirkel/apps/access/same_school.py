"""What points at each other is of one school: a wall that the foreign keys of Django do not give.

A foreign key is checked with the owner's rights, so it passes row security: a row of one school could point at a pupil
of another. Each pointer between two tables of a school therefore has a second foreign key, on the school and the
pointer together. A migration of any app adds it, beside `protect`:

    operations = [
        protect("dossier_note", "pupil_schools"),
        same_school("dossier_note", "pupil_id", "organisation_pupil"),
    ]

What breaks it is an IntegrityError at the end of the transaction, the same for a row of another school as for one that
does not exist. A pointer that is empty is not checked.
"""

from __future__ import annotations

from django.db import migrations


def same_school(table: str, column: str, target: str, *, by: str = "school_id") -> migrations.RunSQL:
    """A migration step: `table.column` points at a row of `target` of the same school as its own row.

    Gives `target` the unique key that this needs when it has none yet (`<target>_by_school_id`). With `by="board_id"`
    it is the board that must be the same. Where the table's own `by` may be empty, rows without it are not bound: such
    a table needs a check that the pointer is empty too. The migration stops, undone, when rows break it.
    """
    key = f"{target}_by_{by}"
    return migrations.RunSQL(
        f"do $$ begin if not exists (select from pg_constraint where conname = '{key}') then "
        f"alter table {target} add constraint {key} unique ({by}, id); end if; end $$;"
        f"alter table {table} add constraint {_name(table, column)} foreign key ({by}, {column}) "
        f"references {target} ({by}, id) deferrable initially deferred;",
        f"alter table {table} drop constraint {_name(table, column)};",
    )


def _name(table: str, column: str) -> str:
    """Within the 63 bytes that a name may have."""
    return f"{table}_{column}_same"
