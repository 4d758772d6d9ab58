"""A case, its pupil and who works on it are of one school."""

from django.db import migrations

from leercirkel.apps.access.same_school import same_school


class Migration(migrations.Migration):
    """A case, its pupil and who works on it are of one school."""

    dependencies = [("dossier", "0003_parents_informed"), ("organisation", "0005_same_school")]

    operations = [
        same_school("dossier_case", "pupil_id", "organisation_pupil"),
        same_school("dossier_casemember", "case_id", "dossier_case"),
        same_school("dossier_casemember", "staff_id", "organisation_staffmember"),
    ]
