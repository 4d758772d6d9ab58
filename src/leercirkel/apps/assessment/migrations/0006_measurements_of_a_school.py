"""Binds the new tables to their school, and lets every change of what figures are made of leave a mark."""

from django.db import migrations

from leercirkel.apps.access.row_security import APP_ROLE, protect
from leercirkel.apps.access.same_school import same_school
from leercirkel.apps.assessment.changes import counts_for_figures, make_function

ABOUT_PUPILS = ("advice", "methodresult", "observation", "owntest", "pupilmark", "pupilmatch")
BROUGHT = ("advice", "methodresult", "observation", "pupilmark", "uploadedfile")
FIGURES = (
    *("assessment_result", "assessment_advice", "assessment_methodresult", "assessment_observation"),
    *("assessment_pupilmark", "assessment_owntest", "assessment_standardsversion", "assessment_calendarversion"),
    *("assessment_normfile", "organisation_enrolment", "organisation_pupil", "organisation_group"),
    "organisation_groupmembership",
)


class Migration(migrations.Migration):
    """Row security, one school per row, and marks of change."""

    dependencies = [("assessment", "0005_measurements"), ("organisation", "0005_same_school")]

    operations = [
        *(protect(f"assessment_{name}", "pupil_schools") for name in (*ABOUT_PUPILS, "uploadedfile")),
        protect("assessment_sourcemapping", "pupil_schools"),
        *(protect(f"assessment_{name}") for name in ("standardsversion", "calendarversion", "normfile", "change")),
        *(same_school(f"assessment_{name}", "pupil_id", "organisation_pupil") for name in ABOUT_PUPILS),
        *(same_school(f"assessment_{name}", "batch_id", "assessment_importbatch") for name in BROUGHT),
        # versions are added, never changed; a change is only ever added
        migrations.RunSQL(
            f"revoke update, delete on assessment_standardsversion, assessment_calendarversion from {APP_ROLE};"
            f"revoke update on assessment_change from {APP_ROLE};",
            migrations.RunSQL.noop,
        ),
        make_function(),
        *(counts_for_figures(table) for table in FIGURES),
    ]
