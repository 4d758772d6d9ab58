"""What processes share of a school's figures: bound to the school, and gone with the first change of a figure."""

import django.db.models.deletion
from django.db import migrations, models

from leercirkel.apps.access.row_security import protect

GONE = """
create function insight_kept_figures_gone() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
  -- who changes something never waits for who else does (assessment_change): what another one removes is skipped
  delete from insight_keptfigures
  where id in (select id from insight_keptfigures where school_id = new.school_id for update skip locked);
  return null;
end $$;
revoke all on function insight_kept_figures_gone() from public;
create trigger kept_figures_gone after insert on assessment_change
  for each row execute function insight_kept_figures_gone();
"""


class Migration(migrations.Migration):
    """The table, its row security, and the trigger."""

    dependencies = [
        ("insight", "0007_told_stays"),
        ("assessment", "0006_measurements_of_a_school"),
        ("organisation", "0005_same_school"),
    ]

    operations = [
        migrations.CreateModel(
            name="KeptFigures",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.CharField(max_length=20)),
                ("version", models.CharField(max_length=60)),
                ("content", models.BinaryField()),
                ("school", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="organisation.school")),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("school", "what"), name="kept_figures_once")]},
        ),
        protect("insight_keptfigures", "pupil_schools"),
        # With the owner's rights: who changes a class may see nothing of pupils, and the change must still be felt.
        migrations.RunSQL(
            GONE,
            "drop trigger kept_figures_gone on assessment_change; drop function insight_kept_figures_gone();",
        ),
    ]
