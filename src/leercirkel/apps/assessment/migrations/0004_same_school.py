"""Results, their pupil, group and batch are of one school."""

from django.db import migrations

from leercirkel.apps.access.same_school import same_school


class Migration(migrations.Migration):
    """Results, their pupil, group and batch are of one school."""

    dependencies = [("assessment", "0003_texts_without_length"), ("organisation", "0005_same_school")]

    operations = [
        same_school("assessment_result", "pupil_id", "organisation_pupil"),
        same_school("assessment_result", "group_id", "organisation_group"),
        same_school("assessment_result", "batch_id", "assessment_importbatch"),
    ]
