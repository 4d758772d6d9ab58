"""Binds every table of a school to the scope of the transaction."""

from django.db import migrations

from leercirkel.apps.access.row_security import APP_ROLE, grants, protect

ALL_SCHOOLS = f"""
create function all_schools() returns table (id bigint, board_id bigint)
language sql stable security definer set search_path = public, pg_temp
as $$ select id, board_id from organisation_school $$;
revoke all on function all_schools() from public;
grant execute on function all_schools() to {APP_ROLE};
"""


class Migration(migrations.Migration):
    """Schools see themselves; rows about pupils are behind a setting of their own."""

    dependencies = [("organisation", "0001_initial")]

    operations = [
        grants(),
        # Ids only, and only for the system: a scope is made from it before any school can be seen.
        migrations.RunSQL(ALL_SCHOOLS, "drop function all_schools()"),
        protect("organisation_school", column="id"),
        protect("organisation_group"),
        protect("organisation_staffmember"),
        protect("organisation_groupteacher"),
        protect("organisation_team"),
        protect("organisation_teamgroup"),
        protect("organisation_teammember"),
        protect("organisation_pupil", "pupil_schools"),
        protect("organisation_pupilkey", "pupil_schools"),
        protect("organisation_enrolment", "pupil_schools"),
        protect("organisation_groupmembership", "pupil_schools"),
        protect("organisation_guardian", "pupil_schools"),
        protect("organisation_guardianship", "pupil_schools"),
    ]
