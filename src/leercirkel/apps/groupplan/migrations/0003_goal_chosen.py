"""Whether the number of a goal was chosen by the teacher, so that it no longer follows the figures."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column."""

    dependencies = [("groupplan", "0002_plans_of_a_school")]

    operations = [
        migrations.AddField(model_name="plangoal", name="chosen", field=models.BooleanField(default=False)),
    ]
