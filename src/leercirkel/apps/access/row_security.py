"""Row-level security: the wall under the ORM's own filters.

A migration puts each table of a school behind one of two settings of the transaction:

- ``lc.schools``: schools whose organisation (groups, staff, teams, meetings) this user may see anything of;
- ``lc.pupil_schools``: schools of whose pupils this user may see anything.

A setting that is not there is an error, never an empty answer. The role that owns the tables (migrations, backups) is
not bound; the application's role owns nothing.
"""

from __future__ import annotations

from typing import Literal

from django.db import migrations

APP_ROLE = "leercirkel_app"

Scope = Literal["schools", "pupil_schools"]


def within(scope: Scope, column: str = "school_id") -> str:
    """The condition of a policy. In this form the list is unnested once, not per row (docs/ontwikkel/prestaties.md)."""
    return f"{column} in (select unnest(current_setting('lc.{scope}')::bigint[]))"


def protect(table: str, scope: Scope = "schools", *, column: str = "school_id", also: str = "") -> migrations.RunSQL:
    """A migration step that turns row security on for `table`; `also` is SQL for more rows that may be used."""
    condition = within(scope, column) + (f" or {also}" if also else "")
    return migrations.RunSQL(
        f"alter table {table} enable row level security;"
        f"create policy of_school on {table} to {APP_ROLE} using ({condition}) with check ({condition});",
        f"drop policy of_school on {table}; alter table {table} disable row level security;",
    )


def grants() -> migrations.RunSQL:
    """A migration step: what the owner makes from now on, the application may read and write, and nothing else."""
    return migrations.RunSQL(
        f"alter default privileges grant select, insert, update, delete on tables to {APP_ROLE};"
        f"alter default privileges grant usage, select on sequences to {APP_ROLE};"
        f"grant usage on schema public to {APP_ROLE};"
        f"grant select, insert, update, delete on all tables in schema public to {APP_ROLE};"
        f"grant usage, select on all sequences in schema public to {APP_ROLE};",
        migrations.RunSQL.noop,
    )


def may_only(table: str, *verbs: Literal["select", "insert", "update", "delete"]) -> migrations.RunSQL:
    """A migration step: of what `grants` gave on `table`, the application keeps these; without any, nothing at all."""
    given = f"grant {', '.join(verbs)} on {table} to {APP_ROLE};" if verbs else ""
    return migrations.RunSQL(
        f"revoke all on {table} from {APP_ROLE};{given}",
        f"grant select, insert, update, delete on {table} to {APP_ROLE};",
    )
