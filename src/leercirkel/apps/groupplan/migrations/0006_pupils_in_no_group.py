"""What was chosen for a pupil who is in no instruction group of an area."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models.functions import Now

from leercirkel.apps.access.row_security import protect
from leercirkel.apps.access.same_school import same_school


class Migration(migrations.Migration):
    """One table, bound to its school."""

    dependencies = [
        ("groupplan", "0005_goals_of_pupils"),
        ("organisation", "0006_memberships_of_the_school"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PlanChoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("school_year", models.SmallIntegerField()),
                ("reason", models.CharField(max_length=24)),
                ("chosen_at", models.DateTimeField(db_default=Now())),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="groupplan.planarea"
                    ),
                ),
                (
                    "chosen_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pupil",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="plan_choices",
                        to="organisation.pupil",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="organisation.school"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("area", "pupil", "school_year"), name="plan_choice_once")
                ],
            },
        ),
        protect("groupplan_planchoice", "pupil_schools"),
        same_school("groupplan_planchoice", "pupil_id", "organisation_pupil"),
        same_school("groupplan_planchoice", "area_id", "groupplan_planarea"),
    ]
