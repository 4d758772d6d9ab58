"""Binds talk sheets to their school; what was written on them is added to, never changed."""

from django.db import migrations

from leercirkel.apps.access.row_security import APP_ROLE, protect
from leercirkel.apps.access.same_school import same_school


class Migration(migrations.Migration):
    """Row security, and one school per row."""

    dependencies = [("insight", "0003_talk_sheets"), ("organisation", "0005_same_school")]

    operations = [
        *(protect(f"insight_{name}", "pupil_schools") for name in ("talknotes", "sharedsheet")),
        *(same_school(f"insight_{name}", "pupil_id", "organisation_pupil") for name in ("talknotes", "sharedsheet")),
        migrations.RunSQL(f"revoke update on insight_talknotes from {APP_ROLE};", migrations.RunSQL.noop),
    ]
