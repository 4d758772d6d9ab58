"""A role is given for a place of one school, of the board it says, with a bundle of that school or of all."""

from django.db import migrations

from leercirkel.apps.access.same_school import same_school

# A standard bundle has no school, so a foreign key on the school cannot say this. Checked at once and not at the end of
# the transaction, whose scope may be another by then. A bundle stays with its school, or this would have to look back.
OWN_BUNDLE = """
create function access_bundle_of_here() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if not exists (select from access_bundle b where b.id = new.bundle_id
                 and (b.school_id is null or b.school_id = new.school_id)) then
    raise foreign_key_violation using message = 'the role of another school cannot be given here';
  end if;
  return null;
end $$;
create trigger bundle_of_here after insert or update of bundle_id, school_id on access_assignment
  for each row execute function access_bundle_of_here();
create function access_bundle_stays() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin raise foreign_key_violation using message = 'a role stays with its school'; end $$;
create trigger bundle_stays before update on access_bundle
  for each row when (old.school_id is distinct from new.school_id) execute function access_bundle_stays();
"""
WITHOUT = """
drop trigger bundle_of_here on access_assignment; drop function access_bundle_of_here();
drop trigger bundle_stays on access_bundle; drop function access_bundle_stays();
"""


class Migration(migrations.Migration):
    """A role is given for a place of one school, of the board it says, with a bundle of that school or of all."""

    dependencies = [("access", "0007_roles_elsewhere"), ("organisation", "0005_same_school")]

    operations = [
        same_school("access_assignment", "school_id", "organisation_school", by="board_id"),
        same_school("access_assignment", "group_id", "organisation_group"),
        same_school("access_assignment", "pupil_id", "organisation_pupil"),
        migrations.RunSQL(OWN_BUNDLE, WITHOUT),
    ]
