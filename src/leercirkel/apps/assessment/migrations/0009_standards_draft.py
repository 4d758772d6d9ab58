"""Standards that somebody is working on, before they hold."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from leercirkel.apps.access.row_security import protect
from leercirkel.apps.access.same_school import same_school


class Migration(migrations.Migration):
    """One table; nothing that figures are made of."""

    dependencies = [
        ("assessment", "0008_goal_category"),
        ("organisation", "0005_same_school"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="StandardsDraft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("school_year", models.SmallIntegerField()),
                ("toml", models.TextField()),
                ("note", models.TextField(blank=True)),
                ("revision", models.IntegerField(default=1)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "based_on",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="assessment.standardsversion",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="organisation.school"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=["school", "school_year"], name="standards_draft_once"),
                ],
            },
        ),
        protect("assessment_standardsdraft"),
        same_school("assessment_standardsdraft", "based_on_id", "assessment_standardsversion"),
    ]
