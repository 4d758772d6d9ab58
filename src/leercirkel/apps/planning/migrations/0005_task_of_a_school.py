"""Binds tasks to their school."""

from django.db import migrations

from leercirkel.apps.access.row_security import protect
from leercirkel.apps.access.same_school import same_school


class Migration(migrations.Migration):
    """Row security, and one school per row."""

    dependencies = [("planning", "0004_task"), ("organisation", "0005_same_school")]

    operations = [
        protect("planning_task", "schools"),
        same_school("planning_task", "owner_id", "organisation_staffmember"),
    ]
