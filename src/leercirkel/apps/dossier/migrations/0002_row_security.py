"""Binds cases to the schools of whose pupils the user may see anything."""

from django.db import migrations

from leercirkel.apps.access.row_security import protect


class Migration(migrations.Migration):
    """Binds cases to the schools of whose pupils the user may see anything."""

    dependencies = [("dossier", "0001_initial"), ("organisation", "0002_row_security")]

    operations = [
        protect("dossier_case", "pupil_schools"),
        protect("dossier_casemember", "pupil_schools"),
    ]
