"""Reading and writing rights apart: nobody writes an assignment or a standard bundle by having one."""

from django.db import migrations

from leercirkel.apps.access.row_security import APP_ROLE, within

BOARDS = "board_id in (select unnest(current_setting('lc.boards')::bigint[]))"
ASSIGNMENT = f"({within('schools')} or (school_id is null and {BOARDS}))"
OWN = within("schools")
OF_OWN_BUNDLE = f"bundle_id in (select id from access_bundle where {OWN})"


def writing(table, condition):
    """Policies for adding, changing and removing."""
    return (
        f"create policy adding on {table} for insert to {APP_ROLE} with check ({condition});"
        f"create policy changing on {table} for update to {APP_ROLE} using ({condition}) with check ({condition});"
        f"create policy removing on {table} for delete to {APP_ROLE} using ({condition});"
    )


class Migration(migrations.Migration):
    """Reading and writing rights apart: nobody writes an assignment or a standard bundle by having one."""

    dependencies = [("access", "0005_reaches")]

    operations = [
        migrations.RunSQL(
            "drop policy of_school on access_assignment;"
            f"create policy reading on access_assignment for select to {APP_ROLE} using "
            f"({ASSIGNMENT} or user_id = current_setting('lc.user')::bigint);"
            + writing("access_assignment", ASSIGNMENT),
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(
            "drop policy of_school on access_bundle;"
            f"create policy reading on access_bundle for select to {APP_ROLE} using (school_id is null or {OWN});"
            + writing("access_bundle", OWN),
            migrations.RunSQL.noop,
        ),
        # What a job may do is no secret, and is asked before any school can be seen.
        migrations.RunSQL(
            "alter table access_bundleright enable row level security;"
            f"create policy reading on access_bundleright for select to {APP_ROLE} using (true);"
            + writing("access_bundleright", OF_OWN_BUNDLE),
            migrations.RunSQL.noop,
        ),
    ]
