"""What an import replaced stays, so that undoing it brings that back; and what was chosen at confirming."""

import django.db.models.deletion
from django.db import migrations, models

from leercirkel.apps.access.same_school import same_school

BROUGHT = ("result", "advice", "methodresult", "observation", "pupilmark")


class Migration(migrations.Migration):
    """Fields of imports, and a pointer to the import that replaced a row."""

    dependencies = [
        ("assessment", "0006_measurements_of_a_school"),
        ("organisation", "0005_same_school"),
    ]

    operations = [
        migrations.AddField(
            model_name="advice",
            name="replaced_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="assessment.importbatch",
            ),
        ),
        migrations.AddField(
            model_name="importbatch",
            name="choices",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="importbatch",
            name="seen",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name="methodresult",
            name="replaced_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="assessment.importbatch",
            ),
        ),
        migrations.AddField(
            model_name="observation",
            name="replaced_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="assessment.importbatch",
            ),
        ),
        migrations.AddField(
            model_name="pupilmark",
            name="replaced_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="assessment.importbatch",
            ),
        ),
        migrations.AddField(
            model_name="result",
            name="replaced_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="assessment.importbatch",
            ),
        ),
        migrations.AddIndex(
            model_name="advice",
            index=models.Index(
                condition=models.Q(("replaced_by__isnull", False)), fields=["replaced_by"], name="advice_replaced"
            ),
        ),
        migrations.AddIndex(
            model_name="methodresult",
            index=models.Index(
                condition=models.Q(("replaced_by__isnull", False)), fields=["replaced_by"], name="methodresult_replaced"
            ),
        ),
        migrations.AddIndex(
            model_name="observation",
            index=models.Index(
                condition=models.Q(("replaced_by__isnull", False)), fields=["replaced_by"], name="observation_replaced"
            ),
        ),
        migrations.AddIndex(
            model_name="pupilmark",
            index=models.Index(
                condition=models.Q(("replaced_by__isnull", False)), fields=["replaced_by"], name="pupilmark_replaced"
            ),
        ),
        migrations.AddIndex(
            model_name="result",
            index=models.Index(
                condition=models.Q(("replaced_by__isnull", False)), fields=["replaced_by"], name="result_replaced"
            ),
        ),
        *(same_school(f"assessment_{name}", "replaced_by_id", "assessment_importbatch") for name in BROUGHT),
    ]
