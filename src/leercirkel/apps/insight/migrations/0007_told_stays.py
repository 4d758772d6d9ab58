"""What a board was told is only ever added: without it a later report could let something be worked out."""

from django.db import migrations

from leercirkel.apps.access.row_security import APP_ROLE


class Migration(migrations.Migration):
    """No more than the application needs."""

    dependencies = [("insight", "0006_answers_of_a_school")]

    operations = [
        migrations.RunSQL(f"revoke update, delete on insight_boardreport from {APP_ROLE};", migrations.RunSQL.noop),
    ]
