"""The first talk about what was agreed with a teacher."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """What was agreed before has none."""

    dependencies = [("cycle", "0006_growth_of_care_pupils")]

    operations = [migrations.AddField("support", "first_talk", models.DateField(null=True))]
