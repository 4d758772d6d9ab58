"""Binds plans to their school; a fixed version never changes, and what it tells of a pupil goes with the pupil."""

from django.db import migrations

from leercirkel.apps.access.row_security import may_only, protect
from leercirkel.apps.access.same_school import same_school

TABLES = (
    "planarea", "arrangement", "clusterrule", "groupplan", "planpupil", "plangoal", "evaluation", "planversion",
    "planversionpupil", "phrase", "pupilphrase", "daynote",
)  # fmt: skip


class Migration(migrations.Migration):
    """Row security, one school per row, and what is never changed."""

    dependencies = [
        ("groupplan", "0001_initial"),
        ("cycle", "0004_rounds_of_a_school"),
        ("organisation", "0005_same_school"),
    ]

    operations = [
        *(protect(f"groupplan_{name}", "pupil_schools") for name in TABLES),
        same_school("groupplan_clusterrule", "area_id", "groupplan_planarea"),
        same_school("groupplan_groupplan", "run_id", "cycle_cyclerun"),
        same_school("groupplan_groupplan", "area_id", "groupplan_planarea"),
        same_school("groupplan_groupplan", "group_id", "organisation_group"),
        same_school("groupplan_groupplan", "before_id", "groupplan_groupplan"),
        same_school("groupplan_planpupil", "plan_id", "groupplan_groupplan"),
        same_school("groupplan_planpupil", "pupil_id", "organisation_pupil"),
        same_school("groupplan_planpupil", "arrangement_id", "groupplan_arrangement"),
        same_school("groupplan_planpupil", "proposed_id", "groupplan_arrangement"),
        same_school("groupplan_planpupil", "came_from_id", "groupplan_groupplan"),
        same_school("groupplan_plangoal", "plan_id", "groupplan_groupplan"),
        same_school("groupplan_plangoal", "arrangement_id", "groupplan_arrangement"),
        same_school("groupplan_plangoal", "before_id", "groupplan_plangoal"),
        same_school("groupplan_evaluation", "plan_id", "groupplan_groupplan"),
        same_school("groupplan_pupilphrase", "pupil_id", "organisation_pupil"),
        same_school("groupplan_pupilphrase", "area_id", "groupplan_planarea"),
        same_school("groupplan_daynote", "pupil_id", "organisation_pupil"),
        same_school("groupplan_daynote", "group_id", "organisation_group"),
        same_school("groupplan_daynote", "area_id", "groupplan_planarea"),
        same_school("groupplan_daynote", "evaluation_id", "groupplan_evaluation"),
        same_school("groupplan_planversion", "plan_id", "groupplan_groupplan"),
        same_school("groupplan_planversionpupil", "version_id", "groupplan_planversion"),
        same_school("groupplan_planversionpupil", "pupil_id", "organisation_pupil"),
        may_only("groupplan_clusterrule", "select", "insert"),
        may_only("groupplan_planversion", "select", "insert"),
        may_only("groupplan_planversionpupil", "select", "insert", "delete"),
    ]
