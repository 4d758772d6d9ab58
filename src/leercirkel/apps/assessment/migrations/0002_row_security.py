"""Binds results and imports to the schools of whose pupils the user may see anything."""

from django.db import migrations

from leercirkel.apps.access.row_security import protect


class Migration(migrations.Migration):
    """Binds results and imports to the schools of whose pupils the user may see anything."""

    dependencies = [("assessment", "0001_initial"), ("organisation", "0002_row_security")]

    operations = [
        protect("assessment_importbatch", "pupil_schools"),
        protect("assessment_result", "pupil_schools"),
    ]
