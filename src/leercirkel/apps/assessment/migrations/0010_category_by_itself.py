"""What does not know of categories of goals (a file) leaves them empty."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """A default in the database."""

    dependencies = [("assessment", "0009_standards_draft")]

    operations = [migrations.AlterField("methodresult", "category", models.TextField(blank=True, db_default=""))]
