"""What sealing needs, and who reads what of the log: also signing in, which is of no school."""

from django.db import migrations, models

from leercirkel.apps.access.row_security import APP_ROLE, within

BOARDS = "board in (select unnest(current_setting('lc.boards')::bigint[]))"
SYSTEM = "current_setting('lc.system', true) = 'on'"
# Row security of assignments applies inside: of whom a role is in sight.
COLLEAGUE = "actor in (select user_id from access_assignment)"

READING = f"""
drop policy read on audit_event;
create policy read on audit_event for select to {APP_ROLE} using (
  {within("schools")} or {SYSTEM} or actor = current_setting('lc.user')::bigint
  or (school_id is null and ({BOARDS} or {COLLEAGUE})));
drop policy read on audit_eventdetail;
create policy read on audit_eventdetail for select to {APP_ROLE} using (
  {within("schools")} or {SYSTEM}
  or (school_id is null and exists (select from audit_event event where event.id = event_id)));
drop policy expire on audit_eventdetail;
create policy expire on audit_eventdetail for delete to {APP_ROLE} using ({within("schools")} or {SYSTEM});
drop policy read on audit_seal;
create policy read on audit_seal for select to {APP_ROLE} using ({within("schools")} or {SYSTEM});
"""

# Transaction ids belong to a cluster. In another one they start anew, so rows written before a new era is started would
# fall among rows that were sealed long ago: none may be written.
ERA = """
create or replace function audit_era_now() returns int language plpgsql stable security definer
set search_path = public, pg_temp as $$
declare latest audit_era%rowtype;
begin
  select * into latest from audit_era order by id desc limit 1;
  if latest.cluster is distinct from (select system_identifier::text from pg_control_system()) then
    raise exception 'the log stands in another database server than its era: start a new one (leercirkel migrate)';
  end if;
  return latest.id::int;
end $$;
create function audit_keep_era() returns int language sql volatile set search_path = public, pg_temp as $$
  select case when (select cluster from audit_era order by id desc limit 1)
                is distinct from (select system_identifier::text from pg_control_system())
         then audit_new_era() else (select max(id)::int from audit_era) end $$;
revoke all on function audit_keep_era() from public;
"""


class Migration(migrations.Migration):
    """Order of the events of a school by transaction; one seal for each stretch; who reads; eras of a cluster."""

    dependencies = [("audit", "0002_append_only"), ("access", "0006_who_may_write")]

    operations = [
        migrations.RemoveIndex(model_name="event", name="event_of_transaction"),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["school_id", "era", "transaction"], name="event_of_transaction"),
        ),
        migrations.AddConstraint(
            model_name="seal",
            constraint=models.UniqueConstraint(
                fields=("school_id", "era", "from_transaction"), name="seal_once", nulls_distinct=False
            ),
        ),
        migrations.RunSQL(READING, migrations.RunSQL.noop),
        migrations.RunSQL(ERA, migrations.RunSQL.noop),
    ]
