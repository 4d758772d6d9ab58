"""Binds meetings to the schools of the request; agendas name pupils."""

from django.db import migrations

from leercirkel.apps.access.row_security import protect


class Migration(migrations.Migration):
    """Binds meetings to the schools of the request; agendas name pupils."""

    dependencies = [("planning", "0001_initial"), ("organisation", "0002_row_security")]

    operations = [
        protect("planning_meeting"),
        protect("planning_meetingattendee"),
        protect("planning_agendaitem", "pupil_schools"),
    ]
