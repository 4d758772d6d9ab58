"""When a plan is looked back on."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two settings with a default for every school."""

    dependencies = [("cycle", "0004_rounds_of_a_school")]

    operations = [
        migrations.AddField("cyclesettings", "interim_percent", models.SmallIntegerField(default=50)),
        migrations.AddField("cyclesettings", "final_weeks", models.SmallIntegerField(default=2)),
    ]
