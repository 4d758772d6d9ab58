"""The plan of one pupil: it goes with the pupil, a fixed version and an evaluation never change."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from leercirkel.apps.access.row_security import may_only, protect
from leercirkel.apps.access.same_school import same_school

TABLES = ("pupilplan", "pupilgoal", "pupilplanversion", "pupilevaluation")


class Migration(migrations.Migration):
    """Four tables of a school, and what is never changed."""

    dependencies = [
        ("cycle", "0007_first_talk_of_support"),
        ("groupplan", "0006_pupils_in_no_group"),
        ("organisation", "0005_same_school"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PupilPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts", models.DateField()),
                ("ends", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "concept"), ("fixed", "vastgesteld")], default="draft", max_length=5
                    ),
                ),
                ("texts", models.JSONField(default=dict)),
                ("revision", models.IntegerField(default=1)),
                ("changed_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("review_on", models.DateField()),
                ("seen", models.JSONField(default=dict)),
                ("opened_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "area",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="groupplan.planarea",
                    ),
                ),
                (
                    "before",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="after",
                        to="groupplan.pupilplan",
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "finding",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="cycle.finding"
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="organisation.staffmember",
                    ),
                ),
                (
                    "pupil",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="own_plans", to="organisation.pupil"
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="pupil_plans",
                        to="cycle.cyclerun",
                    ),
                ),
                ("school", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="organisation.school")),
            ],
            options={
                "ordering": ["-starts", "-id"],
            },
        ),
        migrations.CreateModel(
            name="PupilGoal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("test", "toetsdoel"),
                            ("mastery", "beheersingsdoel"),
                            ("step", "stap vooruit"),
                            ("observation", "observatiedoel"),
                            ("need", "nodig volgens OPP"),
                        ],
                        max_length=11,
                    ),
                ),
                ("position", models.SmallIntegerField(default=0)),
                ("text", models.TextField(blank=True)),
                ("subject", models.TextField(blank=True)),
                ("quantity", models.TextField(blank=True)),
                ("threshold", models.TextField(blank=True)),
                ("on", models.DateField()),
                ("met", models.BooleanField(null=True)),
                (
                    "before",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="groupplan.pupilgoal",
                    ),
                ),
                ("school", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="organisation.school")),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="goals", to="groupplan.pupilplan"
                    ),
                ),
            ],
            options={
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="PupilEvaluation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("computed", models.JSONField(default=dict)),
                (
                    "choice",
                    models.CharField(
                        choices=[("continue", "doorgaan"), ("adapt", "aanpassen"), ("stop", "stoppen")], max_length=8
                    ),
                ),
                ("why", models.TextField(blank=True)),
                ("done_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "done_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("school", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="organisation.school")),
                (
                    "plan",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="evaluation", to="groupplan.pupilplan"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PupilPlanVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.SmallIntegerField()),
                ("content", models.JSONField()),
                ("figures", models.CharField(blank=True, max_length=64)),
                ("fixed_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "fixed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="groupplan.pupilplan"
                    ),
                ),
                ("school", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="organisation.school")),
            ],
            options={
                "ordering": ["plan", "number"],
            },
        ),
        migrations.AddConstraint(
            model_name="pupilplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends__gte", models.F("starts")),
                    ("review_on__gte", models.F("starts")),
                    ("review_on__lte", models.F("ends")),
                ),
                name="pupil_plan_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="pupilplanversion",
            constraint=models.UniqueConstraint(fields=("plan", "number"), name="pupil_plan_version_once"),
        ),
        *(protect(f"groupplan_{name}", "pupil_schools") for name in TABLES),
        same_school("groupplan_pupilplan", "pupil_id", "organisation_pupil"),
        same_school("groupplan_pupilplan", "area_id", "groupplan_planarea"),
        same_school("groupplan_pupilplan", "run_id", "cycle_cyclerun"),
        same_school("groupplan_pupilplan", "finding_id", "cycle_finding"),
        same_school("groupplan_pupilplan", "before_id", "groupplan_pupilplan"),
        same_school("groupplan_pupilplan", "owner_id", "organisation_staffmember"),
        same_school("groupplan_pupilgoal", "plan_id", "groupplan_pupilplan"),
        same_school("groupplan_pupilgoal", "before_id", "groupplan_pupilgoal"),
        same_school("groupplan_pupilplanversion", "plan_id", "groupplan_pupilplan"),
        same_school("groupplan_pupilevaluation", "plan_id", "groupplan_pupilplan"),
        may_only("groupplan_pupilplanversion", "select", "insert", "delete"),
        may_only("groupplan_pupilevaluation", "select", "insert", "delete"),
    ]
