"""Makes the log append-only, gives its rows their era and transaction, and binds what schools read of it."""

from django.db import migrations

from leercirkel.apps.access.row_security import APP_ROLE, within

APPEND_ONLY = """
create function audit_refuse() returns trigger language plpgsql as $$
begin raise exception 'the log is append-only: % on % refused', tg_op, tg_table_name; end $$;
create trigger append_only before update or delete or truncate on audit_event
  for each statement execute function audit_refuse();
create trigger append_only before update or delete or truncate on audit_seal
  for each statement execute function audit_refuse();
create trigger append_only before update or truncate on audit_eventdetail
  for each statement execute function audit_refuse();
"""

ERAS = f"""
create function audit_era_now() returns int language sql stable security definer set search_path = public, pg_temp
as $$ select max(id)::int from audit_era $$;
create function audit_new_era() returns int language sql volatile set search_path = public, pg_temp
as $$ insert into audit_era (cluster, started_at)
      values ((select system_identifier::text from pg_control_system()), now()) returning id::int $$;
revoke all on function audit_new_era() from public;
grant execute on function audit_era_now() to {APP_ROLE};
select audit_new_era();
"""

MAY = f"""
revoke update, delete, truncate on audit_event, audit_seal, audit_era from {APP_ROLE};
revoke update, truncate on audit_eventdetail from {APP_ROLE};
revoke insert on audit_era from {APP_ROLE};
alter table audit_event enable row level security;
create policy write on audit_event for insert to {APP_ROLE} with check (true);
create policy read on audit_event for select to {APP_ROLE} using (
  {within("schools")} or actor = current_setting('lc.user')::bigint);
alter table audit_eventdetail enable row level security;
create policy write on audit_eventdetail for insert to {APP_ROLE} with check (true);
create policy read on audit_eventdetail for select to {APP_ROLE} using ({within("schools")});
create policy expire on audit_eventdetail for delete to {APP_ROLE} using ({within("schools")});
alter table audit_seal enable row level security;
create policy write on audit_seal for insert to {APP_ROLE} with check (true);
create policy read on audit_seal for select to {APP_ROLE} using (school_id is null or {within("schools")});
"""


class Migration(migrations.Migration):
    """Append-only by trigger; eras; rights of the application's role."""

    dependencies = [("audit", "0001_initial"), ("organisation", "0002_row_security")]

    operations = [
        migrations.RunSQL(APPEND_ONLY, migrations.RunSQL.noop),
        migrations.RunSQL(ERAS, migrations.RunSQL.noop),
        migrations.RunSQL(MAY, migrations.RunSQL.noop),
    ]
