"""Groups, pupils, guardians, staff and teams that point at each other are of one school."""

from django.db import migrations

from leercirkel.apps.access.same_school import same_school


class Migration(migrations.Migration):
    """Groups, pupils, guardians, staff and teams that point at each other are of one school."""

    dependencies = [("organisation", "0004_roster_plan")]

    operations = [
        same_school("organisation_pupilkey", "pupil_id", "organisation_pupil"),
        same_school("organisation_enrolment", "pupil_id", "organisation_pupil"),
        same_school("organisation_enrolment", "group_id", "organisation_group"),
        same_school("organisation_groupmembership", "pupil_id", "organisation_pupil"),
        same_school("organisation_groupmembership", "group_id", "organisation_group"),
        same_school("organisation_guardianship", "pupil_id", "organisation_pupil"),
        same_school("organisation_guardianship", "guardian_id", "organisation_guardian"),
        same_school("organisation_groupteacher", "group_id", "organisation_group"),
        same_school("organisation_groupteacher", "staff_id", "organisation_staffmember"),
        same_school("organisation_teamgroup", "team_id", "organisation_team"),
        same_school("organisation_teamgroup", "group_id", "organisation_group"),
        same_school("organisation_teammember", "team_id", "organisation_team"),
        same_school("organisation_teammember", "staff_id", "organisation_staffmember"),
    ]
