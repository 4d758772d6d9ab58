"""Whether someone has a role out of sight: yes or no, and nothing of which or where."""

from django.db import migrations

from leercirkel.apps.access.row_security import APP_ROLE

FUNCTION = f"""
create function access_has_roles_elsewhere(of_user bigint, schools bigint[], boards bigint[], on_day date)
returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (
    select from access_assignment a
    where a.user_id = of_user and (upper_inf(a.during) or upper(a.during) > on_day)
      and not (a.school_id is not null and a.school_id = any (schools))
      and not (a.school_id is null and a.board_id = any (boards)))
$$;
revoke all on function access_has_roles_elsewhere(bigint, bigint[], bigint[], date) from public;
grant execute on function access_has_roles_elsewhere(bigint, bigint[], bigint[], date) to {APP_ROLE};
"""


class Migration(migrations.Migration):
    """Whether someone has a role out of sight: yes or no, and nothing of which or where."""

    dependencies = [("access", "0006_who_may_write")]

    operations = [
        migrations.RunSQL(FUNCTION, "drop function access_has_roles_elsewhere(bigint, bigint[], bigint[], date)")
    ]
