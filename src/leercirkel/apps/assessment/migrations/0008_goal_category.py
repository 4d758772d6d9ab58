"""A goal of a method test belongs to a category of its subject; on which ones pupils fail is told from the results."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """A code per pupil makes way for the category of the goal. No release had rows of it."""

    dependencies = [("assessment", "0007_import_choices")]

    operations = [
        migrations.RemoveField("methodresult", "error_kind"),
        migrations.AddField(
            "methodresult", "category", models.TextField(blank=True, default=""), preserve_default=False
        ),
    ]
