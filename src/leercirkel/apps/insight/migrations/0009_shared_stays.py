"""What parents were given stays as they were given it: it can be withdrawn, and goes when the pupil's file goes."""

from django.db import migrations

from leercirkel.apps.access.row_security import APP_ROLE

KEPT = "2 years"
"""How long after leaving the school a pupil's file is kept (docs/privacy/gegevens.md). Another period is a new
migration."""

WITHDRAWING = f"""
revoke update on insight_sharedsheet from {APP_ROLE};
grant update (withdrawn_by_id, withdrawn_at, reason) on insight_sharedsheet to {APP_ROLE};
"""

EXPIRE = f"""
create policy expire on insight_sharedsheet as restrictive for delete to {APP_ROLE} using (not exists (
  select from organisation_enrolment seat
  where seat.pupil_id = insight_sharedsheet.pupil_id and seat.school_id = insight_sharedsheet.school_id
  and (upper_inf(seat.during) or upper(seat.during) > current_date - interval '{KEPT}')));
"""


class Migration(migrations.Migration):
    """The owner of the tables (migrations, restoring) is not bound by this."""

    dependencies = [("insight", "0008_kept_figures"), ("organisation", "0005_same_school")]

    operations = [
        migrations.RunSQL(WITHDRAWING, f"grant update on insight_sharedsheet to {APP_ROLE};"),
        migrations.RunSQL(EXPIRE, "drop policy expire on insight_sharedsheet;"),
    ]
