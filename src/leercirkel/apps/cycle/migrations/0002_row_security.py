"""Binds interventions to their school, and lets every change of them be a change of the school's figures."""

from django.db import migrations

from leercirkel.apps.access.row_security import protect
from leercirkel.apps.access.same_school import same_school
from leercirkel.apps.assessment.changes import counts_for_figures

TABLES = ("undertakenfile", "intervention", "interventiongroup", "interventionpupil", "agreement")


class Migration(migrations.Migration):
    """Row security, one school per row, and marks of change."""

    dependencies = [
        ("cycle", "0001_undertaken"),
        ("assessment", "0006_measurements_of_a_school"),
        ("organisation", "0005_same_school"),
    ]

    operations = [
        *(protect(f"cycle_{name}", "pupil_schools") for name in TABLES),
        same_school("cycle_intervention", "file_id", "cycle_undertakenfile"),
        same_school("cycle_agreement", "file_id", "cycle_undertakenfile"),
        same_school("cycle_agreement", "group_id", "organisation_group"),
        same_school("cycle_interventiongroup", "intervention_id", "cycle_intervention"),
        same_school("cycle_interventiongroup", "group_id", "organisation_group"),
        same_school("cycle_interventionpupil", "intervention_id", "cycle_intervention"),
        same_school("cycle_interventionpupil", "pupil_id", "organisation_pupil"),
        *(counts_for_figures(f"cycle_{name}") for name in TABLES),
    ]
