"""What the application never writes, it may not write: which version this is, tables of Django that stay as they are."""

from django.db import migrations

from leercirkel.apps.access.row_security import may_only


class Migration(migrations.Migration):
    """Users, schools and boards are never removed by a page; nor is what only a migration makes."""

    dependencies = [
        ("access", "0008_same_school"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("socialaccount", "0006_alter_socialaccount_extra_data"),
    ]

    operations = [
        may_only("django_migrations", "select"),
        may_only("django_content_type", "select"),
        may_only("auth_permission"),
        may_only("auth_group"),
        may_only("auth_group_permissions"),
        # Providers stand in settings; this is asked, and stays empty: in it one could name a provider of one's own.
        may_only("socialaccount_socialapp", "select"),
        may_only("organisation_board", "select", "insert", "update"),
        may_only("organisation_school", "select", "insert", "update"),
        may_only("access_user", "select", "insert", "update"),
    ]
