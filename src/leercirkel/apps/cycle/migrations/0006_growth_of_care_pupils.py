"""Growth of pupils with extra support is fixed with the figures of a round."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Rounds that were opened before have none."""

    dependencies = [("cycle", "0005_when_plans_are_evaluated")]

    operations = [migrations.AddField("snapshot", "care_growth", models.JSONField(null=True))]
