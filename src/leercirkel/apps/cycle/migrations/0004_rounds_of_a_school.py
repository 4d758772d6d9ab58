"""Binds rounds to their school; figures and minutes that were fixed are only ever added."""

from django.db import migrations

from leercirkel.apps.access.row_security import may_only, protect
from leercirkel.apps.access.same_school import same_school
from leercirkel.apps.assessment.changes import counts_for_figures

OF_RESULTS = (
    "cyclesettings", "cyclerun", "snapshot", "stepdone", "finding", "chosenexplanation", "interventionfinding",
    "weekgiven", "check", "judgement", "roundmeeting", "minutes",
)  # fmt: skip
OF_STAFF = ("helpquestion", "support", "lessonvisit")


class Migration(migrations.Migration):
    """Row security, one school per row, and what is never changed."""

    dependencies = [
        ("cycle", "0003_rounds"),
        ("planning", "0003_same_school"),
        ("organisation", "0005_same_school"),
    ]

    operations = [
        *(protect(f"cycle_{name}", "pupil_schools") for name in OF_RESULTS),
        *(protect(f"cycle_{name}", "schools") for name in OF_STAFF),
        same_school("cycle_cyclerun", "leader_id", "organisation_staffmember"),
        same_school("cycle_snapshot", "run_id", "cycle_cyclerun"),
        same_school("cycle_stepdone", "run_id", "cycle_cyclerun"),
        same_school("cycle_stepdone", "group_id", "organisation_group"),
        same_school("cycle_intervention", "run_id", "cycle_cyclerun"),
        same_school("cycle_intervention", "owner_id", "organisation_staffmember"),
        same_school("cycle_agreement", "meeting_id", "cycle_roundmeeting"),
        same_school("cycle_agreement", "owner_id", "organisation_staffmember"),
        same_school("cycle_weekgiven", "intervention_id", "cycle_intervention"),
        same_school("cycle_check", "intervention_id", "cycle_intervention"),
        same_school("cycle_judgement", "run_id", "cycle_cyclerun"),
        same_school("cycle_judgement", "intervention_id", "cycle_intervention"),
        same_school("cycle_finding", "run_id", "cycle_cyclerun"),
        same_school("cycle_finding", "snapshot_id", "cycle_snapshot"),
        same_school("cycle_finding", "group_id", "organisation_group"),
        same_school("cycle_finding", "pupil_id", "organisation_pupil"),
        same_school("cycle_chosenexplanation", "finding_id", "cycle_finding"),
        same_school("cycle_interventionfinding", "intervention_id", "cycle_intervention"),
        same_school("cycle_interventionfinding", "finding_id", "cycle_finding"),
        same_school("cycle_roundmeeting", "run_id", "cycle_cyclerun"),
        same_school("cycle_roundmeeting", "group_id", "organisation_group"),
        same_school("cycle_roundmeeting", "meeting_id", "planning_meeting"),
        same_school("cycle_minutes", "of_id", "cycle_roundmeeting"),
        same_school("cycle_helpquestion", "run_id", "cycle_cyclerun"),
        same_school("cycle_helpquestion", "staff_id", "organisation_staffmember"),
        same_school("cycle_helpquestion", "group_id", "organisation_group"),
        same_school("cycle_support", "run_id", "cycle_cyclerun"),
        same_school("cycle_support", "staff_id", "organisation_staffmember"),
        same_school("cycle_support", "other_id", "organisation_staffmember"),
        same_school("cycle_support", "group_id", "organisation_group"),
        same_school("cycle_support", "finding_id", "cycle_finding"),
        same_school("cycle_lessonvisit", "support_id", "cycle_support"),
        may_only("cycle_snapshot", "select", "insert"),
        may_only("cycle_minutes", "select", "insert"),
        counts_for_figures("cycle_weekgiven"),
    ]
