"""Who got to see names, for who reads the log: a line cannot be taken away, or changed but for who has seen it."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from leercirkel.apps.access.row_security import APP_ROLE, may_only, protect


class Migration(migrations.Migration):
    """Who got to see names, for who reads the log: a line cannot be taken away, or changed but for who has seen it."""

    dependencies = [
        ("access", "0009_no_more_than_needed"),
        ("organisation", "0005_same_school"),
    ]

    operations = [
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("role", "kreeg een rol"),
                            ("bundle", "een rol mag meer zien"),
                            ("own_group", "zette leerlingen in een eigen groep"),
                        ],
                        max_length=10,
                    ),
                ),
                ("code", models.CharField(blank=True, max_length=40)),
                ("count", models.IntegerField(null=True)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("seen_at", models.DateTimeField(null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="organisation.school"
                    ),
                ),
                (
                    "seen_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(condition=models.Q(("seen_at", None)), fields=["school"], name="notice_open")],
            },
        ),
        protect("access_notice"),
        may_only("access_notice", "select", "insert"),
        migrations.RunSQL(f"grant update (seen_by_id, seen_at) on access_notice to {APP_ROLE}", migrations.RunSQL.noop),
    ]
