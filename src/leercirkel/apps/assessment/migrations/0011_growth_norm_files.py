"""Files of growth norms stand beside files of norm tables: what was loaded before is of the latter kind."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """A column with a default."""

    dependencies = [("assessment", "0010_category_by_itself")]

    operations = [
        migrations.AddField(
            model_name="normfile",
            name="kind",
            field=models.CharField(
                choices=[("tables", "Tables"), ("growth", "Growth")], default="tables", max_length=6
            ),
        )
    ]
