"""A meeting, its team, who comes and what is on the agenda are of one school."""

from django.db import migrations

from leercirkel.apps.access.same_school import same_school


class Migration(migrations.Migration):
    """A meeting, its team, who comes and what is on the agenda are of one school."""

    dependencies = [("planning", "0002_row_security"), ("organisation", "0005_same_school")]

    operations = [
        same_school("planning_meeting", "team_id", "organisation_team"),
        same_school("planning_meetingattendee", "meeting_id", "planning_meeting"),
        same_school("planning_meetingattendee", "staff_id", "organisation_staffmember"),
        same_school("planning_agendaitem", "meeting_id", "planning_meeting"),
        same_school("planning_agendaitem", "group_id", "organisation_group"),
        same_school("planning_agendaitem", "pupil_id", "organisation_pupil"),
    ]
