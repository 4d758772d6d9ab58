"""Binds documents to the schools of whose pupils the user may see anything."""

from django.db import migrations

from leercirkel.apps.access.row_security import protect
from leercirkel.apps.access.same_school import same_school


class Migration(migrations.Migration):
    """Row security, and one school per row."""

    dependencies = [("insight", "0001_documents"), ("organisation", "0005_same_school")]

    operations = [
        *(protect(f"insight_{name}", "pupil_schools") for name in ("job", "jobfile", "boardreport")),
        same_school("insight_jobfile", "job_id", "insight_job"),
    ]
