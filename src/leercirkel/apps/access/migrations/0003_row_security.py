"""Binds assignments and own bundles to the schools of the request; everyone may read what was given to them."""

from django.db import migrations

from leercirkel.apps.access.row_security import protect


class Migration(migrations.Migration):
    """Binds assignments and own bundles to the schools of the request; everyone may read what was given to them."""

    dependencies = [("access", "0002_initial"), ("organisation", "0002_row_security")]

    operations = [
        protect("access_assignment", also="user_id = current_setting('lc.user')::bigint"),
        protect("access_bundle", also="school_id is null"),
    ]
