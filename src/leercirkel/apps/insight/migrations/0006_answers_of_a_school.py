"""Binds answers and kept pages to their school; what the school said is never changed or lost."""

from django.db import migrations

from leercirkel.apps.access.row_security import APP_ROLE, protect


class Migration(migrations.Migration):
    """Row security, and answers that are only added."""

    dependencies = [("insight", "0005_answers")]

    operations = [
        protect("insight_answertext", "pupil_schools"),
        protect("insight_keptreport", "pupil_schools"),
        migrations.RunSQL(f"revoke update, delete on insight_answertext from {APP_ROLE};", migrations.RunSQL.noop),
    ]
