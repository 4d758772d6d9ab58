"""Goals that name pupils keep who they are, not what they are called: a need goes when its pupil goes."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from leercirkel.apps.access.same_school import same_school

KINDS = [
    ("test", "toetsdoel"),
    ("mastery", "beheersingsdoel"),
    ("step", "stap vooruit"),
    ("observation", "observatiedoel"),
    ("need", "nodig volgens OPP"),
]


class Migration(migrations.Migration):
    """Two columns and a kind."""

    dependencies = [("groupplan", "0004_goal_tier"), ("organisation", "0005_same_school")]

    operations = [
        migrations.AlterField(model_name="plangoal", name="kind", field=models.CharField(choices=KINDS, max_length=11)),
        migrations.AddField(
            model_name="plangoal",
            name="pupil",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="organisation.pupil"
            ),
        ),
        migrations.AddField(
            model_name="plangoal",
            name="named",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), default=list, size=None
            ),
        ),
        same_school("groupplan_plangoal", "pupil_id", "organisation_pupil"),
    ]
