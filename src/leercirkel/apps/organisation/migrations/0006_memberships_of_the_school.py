"""A pupil can be put in an instruction group by the school itself, beside the roster."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column; what is there came from rosters."""

    dependencies = [("organisation", "0005_same_school")]

    operations = [
        migrations.AddField(model_name="groupmembership", name="by_school", field=models.BooleanField(default=False)),
    ]
