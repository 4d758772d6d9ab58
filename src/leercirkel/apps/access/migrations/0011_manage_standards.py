"""A right of its own for the school's standards and norm tables: no matter of settings, and no pupils are needed."""

from django.db import migrations, models

from leercirkel.apps.access.rights import Right


class Migration(migrations.Migration):
    """The list of rights has one more."""

    dependencies = [("access", "0010_notice")]

    operations = [
        migrations.AlterField("bundleright", "right", models.CharField(choices=Right.choices, max_length=40)),
    ]
