"""Which tier of the school's standard a goal works towards, so that it is looked back on by the same."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column."""

    dependencies = [("groupplan", "0003_goal_chosen")]

    operations = [
        migrations.AddField(
            model_name="plangoal", name="tier", field=models.TextField(blank=True, default=""), preserve_default=False
        ),
    ]
