"""Details of an event can be deleted only when their time is over: not to hide from where somebody looked yesterday."""

from django.db import migrations

from leercirkel.apps.access.row_security import APP_ROLE, within

KEPT = "12 months"
"""How long details are kept at least (docs/privacy/gegevens.md). Another period is a new migration."""

EXPIRE = f"""
drop policy expire on audit_eventdetail;
create policy expire on audit_eventdetail for delete to {APP_ROLE} using (
  ({within("schools")} or current_setting('lc.system', true) = 'on')
  and exists (select from audit_event event where event.id = event_id and event.at < now() - interval '{KEPT}'));
"""


class Migration(migrations.Migration):
    """The time of an event cannot be changed (0002), so neither can the day on which its details may go."""

    dependencies = [("audit", "0003_seals")]

    operations = [migrations.RunSQL(EXPIRE, migrations.RunSQL.noop)]
