"""Puts the bundles that every school starts with into the database (apps/access/bundles.py)."""

from django.db import migrations

from leercirkel.apps.access.bundles import BUNDLES


def fill(apps, schema_editor):
    """Adds each standard bundle with its rights."""
    bundle_model, right_model = apps.get_model("access", "Bundle"), apps.get_model("access", "BundleRight")
    for each in BUNDLES:
        bundle = bundle_model.objects.create(code=each.code, name=each.name, about=each.about)
        right_model.objects.bulk_create(
            right_model(bundle=bundle, right=right.value, reach=reach.value) for right, reach in each.rights
        )


class Migration(migrations.Migration):
    """The usual jobs."""

    dependencies = [("access", "0003_row_security")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
